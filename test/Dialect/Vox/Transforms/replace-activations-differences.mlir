// How much a replacement changes: the supremum of |f - g|. Expected values: a
// sweep in float64 with numpy, or by hand.

// DEFINE: %{policy} = *[name~00]=leaky_relu(0),*[name~01]=clip(0, inf),*[name~02]=prelu(0),*[name~03]=prelu,*[name~04]=identity,*[name~05]=learned_swish, \
// DEFINE:   *[name~06]=celu,*[name~07]=elu,*[name~08]=relu,*[name~09]=relu,*[name~10]=gelu_tanh,*[name~11]=relu, \
// DEFINE:   *[name~12]=relu,*[name~13]=relu,*[name~14]=hard_sigmoid,*[name~15]=hard_sigmoid(0.16666667),*[name~16]=hard_swish,*[name~17]=relu, \
// DEFINE:   *[name~18]=softsign,*[name~19]=swish,*[name~20]=elu(2),*[name~21]=relu,*[name~22]=clip(0, 7),*[name~23]=clip(-20000, 20001), \
// DEFINE:   *[name~24]=relu6,*[name~25]=leaky_relu,*[name~26]=swish,*[name~27]=leaky_relu(0.1000001),*[name~28]=leaky_relu(0.25),*[name~29]=leaky_relu(0.25), \
// DEFINE:   *[name~30]=leaky_relu(0.25),*[name~31]=relu,*[name~32]=learned_swish(1),*[name~33]=leaky_relu(0.25), \
// DEFINE:   *[name~34]=relu,*[name~35]=clip(0, 2e35),*[name~36]=relu
// DEFINE: %{remarks} = --mlir-disable-threading --remarks-filter='vox-replace.*' --remark-format=emitRemark
// RUN: vox-opt %s --vox-replace-activations='policy={%{policy}}' %{remarks} 2>&1 | FileCheck %s
// RUN: vox-opt %s --vox-replace-activations='policy={%{policy}} tolerance=0.001' %{remarks} 2>&1 | FileCheck %s --check-prefix=TOLERANCE
// RUN: not vox-opt %s --vox-replace-activations='policy={*=relu} tolerance=-1' 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// RUN: not vox-opt %s --vox-replace-activations='policy={*=relu} tolerance=nan' 2>&1 | FileCheck %s --check-prefix=NAN

// NEGATIVE: error: option tolerance is -1.000000e+00; expected 0 or more
// NAN: error: option tolerance is {{.*}}; expected 0 or more

// With a tolerance of 1e-3 what is semantic stays, with the reason.
// TOLERANCE: [Passed] ActivationReplaced {{.*}}"relu to leaky_relu(0): exact;
// TOLERANCE: [Passed] ActivationReplaced {{.*}}"gelu to gelu_tanh: approximate, off by up to 0.000473;
// TOLERANCE: [Missed] ActivationKept {{.*}}"swish(100) to relu: semantic, off by up to 0.00278; rule *[name~12]=relu; kept: the tolerance is 0.001"
// TOLERANCE: [Missed] ActivationKept {{.*}}"relu to relu6: semantic, off without bound; rule *[name~24]=relu6; kept: the tolerance is 0.001"
// TOLERANCE: %{{.*}} = vox.activation #vox.leaky_relu<alpha = 0.000000e+00> %arg0 {layer = "00"}
// TOLERANCE: %{{.*}} = vox.activation #vox.gelu_tanh %arg0 {layer = "10"}
// TOLERANCE: %{{.*}} = vox.activation #vox.swish<beta = 1.000000e+02> %arg0 {layer = "12"}
// TOLERANCE: %{{.*}} = vox.activation #vox.prelu %arg0 parameter %arg1 {layer = "30"}

func.func @network(%x: tensor<4xf32>, %y: tensor<4xf32>) {
  %quarter = vox.constant dense<0.25> : tensor<1xf32>
  %slopes = vox.constant dense<[0.25, 0.25, 0.5, 0.25]> : tensor<4xf32>
  %nan = vox.constant dense<[0.25, 0x7FC00000, 0.25, 0.25]> : tensor<4xf32>
  %steep = vox.constant dense<[1000.0, 100.0, 500.0, 100.0]> : tensor<4xf32>
  // CHECK: "relu to leaky_relu(0): exact;
  vox.activation #vox.relu %x {layer = "00"} : tensor<4xf32>
  // CHECK: "relu to clip(0): exact;
  vox.activation #vox.relu %x {layer = "01"} : tensor<4xf32>
  // CHECK: "relu to prelu: exact;
  vox.activation #vox.relu %x {layer = "02"} : tensor<4xf32>
  // CHECK: "leaky_relu(0.25) to prelu: exact;
  vox.activation #vox.leaky_relu<alpha = 0.25> %x {layer = "03"} : tensor<4xf32>
  // CHECK: "leaky_relu(1) to identity: exact;
  vox.activation #vox.leaky_relu<alpha = 1.0> %x {layer = "04"} : tensor<4xf32>
  // CHECK: "swish to learned_swish: exact;
  vox.activation #vox.swish %x {layer = "05"} : tensor<4xf32>
  // CHECK: "elu to celu: exact;
  vox.activation #vox.elu %x {layer = "06"} : tensor<4xf32>
  // CHECK: "selu(1, 1) to elu: exact;
  vox.activation #vox.selu<alpha = 1.0, gamma = 1.0> %x {layer = "07"} : tensor<4xf32>
  // CHECK: "elu(0) to relu: exact;
  vox.activation #vox.elu<alpha = 0.0> %x {layer = "08"} : tensor<4xf32>
  // CHECK: "thresholded_relu(0) to relu: exact;
  vox.activation #vox.thresholded_relu<alpha = 0.0> %x {layer = "09"} : tensor<4xf32>
  // CHECK: "gelu to gelu_tanh: approximate, off by up to 0.000473;
  vox.activation #vox.gelu %x {layer = "10"} : tensor<4xf32>
  // CHECK: "swish(1000) to relu: approximate, off by up to 0.000278;
  vox.activation #vox.swish<beta = 1000.0> %x {layer = "11"} : tensor<4xf32>
  // CHECK: "swish(100) to relu: semantic, off by up to 0.00278;
  vox.activation #vox.swish<beta = 100.0> %x {layer = "12"} : tensor<4xf32>
  // CHECK: "swish(1e-06) to relu: semantic, off by up to 2.78e+05;
  vox.activation #vox.swish<beta = 1.0e-6> %x {layer = "13"} : tensor<4xf32>
  // CHECK: "sigmoid to hard_sigmoid: semantic, off by up to 0.0759;
  vox.activation #vox.sigmoid %x {layer = "14"} : tensor<4xf32>
  // CHECK: "sigmoid to hard_sigmoid(0.1666667): semantic, off by up to 0.0692;
  vox.activation #vox.sigmoid %x {layer = "15"} : tensor<4xf32>
  // CHECK: "swish to hard_swish: semantic, off by up to 0.142;
  vox.activation #vox.swish %x {layer = "16"} : tensor<4xf32>
  // CHECK: "softplus to relu: semantic, off by up to 0.693;
  vox.activation #vox.softplus %x {layer = "17"} : tensor<4xf32>
  // CHECK: "tanh to softsign: semantic, off by up to 0.306;
  vox.activation #vox.tanh %x {layer = "18"} : tensor<4xf32>
  // CHECK: "mish to swish: semantic, off by up to 0.184;
  vox.activation #vox.mish %x {layer = "19"} : tensor<4xf32>
  // CHECK: "celu(2) to elu(2): semantic, off by up to 0.5;
  vox.activation #vox.celu<alpha = 2.0> %x {layer = "20"} : tensor<4xf32>
  // CHECK: "thresholded_relu(20000) to relu: semantic, off by up to 2e+04;
  vox.activation #vox.thresholded_relu<alpha = 20000.0> %x {layer = "21"} : tensor<4xf32>
  // CHECK: "relu6 to clip(0, 7): semantic, off by up to 1;
  vox.activation #vox.clip<min = 0.0, max = 6.0> %x {layer = "22"} : tensor<4xf32>
  // CHECK: "clip(-20000, 20000) to clip(-20000, 20001): semantic, off by up to 1;
  vox.activation #vox.clip<min = -20000.0, max = 20000.0> %x {layer = "23"} : tensor<4xf32>
  // CHECK: "relu to relu6: semantic, off without bound;
  vox.activation #vox.relu %x {layer = "24"} : tensor<4xf32>
  // CHECK: "relu to leaky_relu: semantic, off without bound;
  vox.activation #vox.relu %x {layer = "25"} : tensor<4xf32>
  // CHECK: "swish(-1) to swish: semantic, off without bound;
  vox.activation #vox.swish<beta = -1.0> %x {layer = "26"} : tensor<4xf32>
  // CHECK: "leaky_relu(0.1) to leaky_relu(0.1000001): semantic, off without bound;
  vox.activation #vox.leaky_relu<alpha = 0.1> %x {layer = "27"} : tensor<4xf32>
  // CHECK: "prelu to leaky_relu(0.25): exact;
  vox.activation #vox.prelu %x parameter %quarter {layer = "28"} : tensor<4xf32>, tensor<1xf32>
  // CHECK: "prelu to leaky_relu(0.25): semantic, off without bound;
  vox.activation #vox.prelu %x parameter %slopes {layer = "29"} : tensor<4xf32>, tensor<4xf32>
  // CHECK: "prelu to leaky_relu(0.25): semantic, off without bound;
  vox.activation #vox.prelu %x parameter %y {layer = "30"} : tensor<4xf32>, tensor<4xf32>
  // CHECK: "learned_swish to relu: semantic, off by up to 0.00278;
  vox.activation #vox.learned_swish %x parameter %steep {layer = "31"} : tensor<4xf32>, tensor<4xf32>
  // CHECK: "learned_swish to learned_swish: semantic, off without bound;
  vox.activation #vox.learned_swish %x parameter %y {layer = "32"} : tensor<4xf32>, tensor<4xf32>
  // CHECK: "prelu to leaky_relu(0.25): semantic, off without bound;
  vox.activation #vox.prelu %x parameter %nan {layer = "33"} : tensor<4xf32>, tensor<4xf32>
  // Far out, but a float32 gets there.
  // CHECK: "clip(0, 1e+35) to relu: semantic, off without bound;
  vox.activation #vox.clip<min = 0.0, max = 1.0e35> %x {layer = "34"} : tensor<4xf32>
  // CHECK: "clip(0, 1e+35) to clip(0, 2e+35): semantic, off by up to 1e+35;
  vox.activation #vox.clip<min = 0.0, max = 1.0e35> %x {layer = "35"} : tensor<4xf32>
  // CHECK: "swish(1e-35) to relu: semantic, off by up to 2.78e+34;
  vox.activation #vox.swish<beta = 1.0e-35> %x {layer = "36"} : tensor<4xf32>
  return
}
