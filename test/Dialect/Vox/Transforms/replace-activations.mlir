// What rules choose, and what they leave: one network, several policies.

// DEFINE: %{options} = --mlir-disable-threading --mlir-print-debuginfo --mlir-use-nameloc-as-prefix
// DEFINE: %{policy} = relu=gelu
// DEFINE: %{replace} = vox-opt %s %{options} --vox-replace-activations='policy={%{policy}}'

// A kind with other parameters is another activation; a kind alone fits all.
// Names and locations stay.
// RUN: %{replace} | FileCheck %s --check-prefix=KIND
// KIND: vox.activation #vox.gelu %{{.*}} {layer = "/block1/act"} {{.*}} loc(#[[FIRST:.*]])
// KIND: vox.activation #vox.clip<min = 0.000000e+00, max = 6.000000e+00> %{{.*}} {layer = "/block1/act6"}
// KIND: vox.activation #vox.leaky_relu<alpha = 0.10000000149011612> %{{.*}} {layer = "/block2/act"}
// KIND: vox.activation #vox.leaky_relu<alpha = 2.000000e-01> %{{.*}} {layer = "/block2/leaky"}
// KIND: vox.activation #vox.swish %{{.*}} {layer = "/block3/act"}
// KIND: vox.activation #vox.gelu %{{.*}} {layer = "/block3/last"}
// KIND: #[[FIRST]] = loc("first")

// REDEFINE: %{policy} = leaky_relu=elu(0.5), clip=hard_swish
// RUN: %{replace} | FileCheck %s --check-prefix=ALL-PARAMETERS
// ALL-PARAMETERS: #vox.relu
// ALL-PARAMETERS: #vox.hard_swish
// ALL-PARAMETERS: #vox.elu<alpha = 5.000000e-01>
// ALL-PARAMETERS: #vox.elu<alpha = 5.000000e-01>
// ALL-PARAMETERS: #vox.swish
// ALL-PARAMETERS: #vox.relu

// A parameter in a model is a float32; 0.1 fits 0.1f, and 0.2 both.
// REDEFINE: %{policy} = leaky_relu(0.1)=relu,leaky_relu(alpha: 0.2)=tanh
// RUN: %{replace} | FileCheck %s --check-prefix=PARAMETERS
// PARAMETERS: #vox.relu %{{.*}} {layer = "/block1/act"}
// PARAMETERS: #vox.clip
// PARAMETERS: #vox.relu %{{.*}} {layer = "/block2/act"}
// PARAMETERS: #vox.tanh %{{.*}} {layer = "/block2/leaky"}

// Other names, in both places.
// REDEFINE: %{policy} = relu6=silu,silu=linear,leaky_relu=relu6
// RUN: %{replace} | FileCheck %s --check-prefix=ALIAS
// ALIAS: #vox.relu
// ALIAS: #vox.swish %{{.*}} {layer = "/block1/act6"}
// ALIAS: #vox.clip<min = 0.000000e+00, max = 6.000000e+00> %{{.*}} {layer = "/block2/act"}
// ALIAS: #vox.clip<min = 0.000000e+00, max = 6.000000e+00> %{{.*}} {layer = "/block2/leaky"}
// ALIAS: #vox.identity %{{.*}} {layer = "/block3/act"}
// ALIAS: #vox.relu

// Rules look at the network as it was: relu becomes gelu, not mish.
// REDEFINE: %{policy} = relu=gelu,swish=relu
// RUN: %{replace} | FileCheck %s --check-prefix=AT-ONCE
// AT-ONCE: #vox.gelu %{{.*}} {layer = "/block1/act"}
// AT-ONCE: #vox.relu %{{.*}} {layer = "/block3/act"}
// AT-ONCE: #vox.gelu %{{.*}} {layer = "/block3/last"}

// REDEFINE: %{policy} = *[name~"/block2/*"]=selu, *[ name ~ */last ] = mish, *[name~"/block[13]/act"]=tanh
// RUN: %{replace} | FileCheck %s --check-prefix=NAME
// NAME: #vox.tanh %{{.*}} {layer = "/block1/act"}
// NAME: #vox.clip<min = 0.000000e+00, max = 6.000000e+00> %{{.*}} {layer = "/block1/act6"}
// NAME: #vox.selu %{{.*}} {layer = "/block2/act"}
// NAME: #vox.selu %{{.*}} {layer = "/block2/leaky"}
// NAME: #vox.tanh %{{.*}} {layer = "/block3/act"}
// NAME: #vox.mish %{{.*}} {layer = "/block3/last"}

// Six activations: positions 0, 0.2, ... 1.
// REDEFINE: %{policy} = *[position=shallow]=tanh,*[position=deep]=mish
// RUN: %{replace} | FileCheck %s --check-prefix=HALVES
// HALVES-COUNT-3: #vox.tanh
// HALVES-COUNT-3: #vox.mish

// REDEFINE: %{policy} = *[position<0.2]=tanh,*[position>=0.2 and position<=0.6]=mish,*[position>0.6]=softsign
// RUN: %{replace} | FileCheck %s --check-prefix=POSITION
// POSITION-COUNT-1: #vox.tanh
// POSITION-COUNT-3: #vox.mish
// POSITION-COUNT-2: #vox.softsign

// All conditions of a rule must hold. One activation may have two rules that
// agree.
// REDEFINE: %{policy} = relu[position=deep and role=output]=tanh,*[name~*last]=tanh
// RUN: %{replace} | FileCheck %s --check-prefix=BOTH
// BOTH: #vox.relu %{{.*}} {layer = "/block1/act"}
// BOTH: #vox.tanh %{{.*}} {layer = "/block3/last"}

// What is there already is no replacement.
// REDEFINE: %{policy} = *=relu
// RUN: %{replace} --remarks-filter=vox-replace.* --remark-format=emitRemark 2>&1 | FileCheck %s --check-prefix=SAME
// SAME-COUNT-4: remark: [Passed] ActivationReplaced
// SAME-NOT: remark
// SAME-COUNT-6: = vox.activation #vox.relu %
// SAME-NOT: vox.activation

func.func @network(%x: tensor<1x4x2x2xf32>) -> tensor<1x4x2x2xf32> {
  %0 = vox.activation #vox.relu %x {layer = "/block1/act"} : tensor<1x4x2x2xf32> loc("first")
  %1 = vox.activation #vox.clip<min = 0.0, max = 6.0> %0 {layer = "/block1/act6"} : tensor<1x4x2x2xf32>
  %2 = vox.activation #vox.leaky_relu<alpha = 0.10000000149011612> %1 {layer = "/block2/act"} : tensor<1x4x2x2xf32>
  %3 = vox.activation #vox.leaky_relu<alpha = 0.2> %2 {layer = "/block2/leaky"} : tensor<1x4x2x2xf32>
  %4 = vox.activation #vox.swish %3 {layer = "/block3/act"} : tensor<1x4x2x2xf32>
  %5 = vox.activation #vox.relu %4 {layer = "/block3/last"} : tensor<1x4x2x2xf32>
  return %5 : tensor<1x4x2x2xf32>
}
