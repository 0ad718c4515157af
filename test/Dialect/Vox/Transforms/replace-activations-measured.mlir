// Conditions on what was measured on samples. Of "a" one unit in two is dead,
// of "b" none.

// RUN: split-file %s %t
// DEFINE: %{policy} = relu[dead_units>=0.5]=leaky_relu(0.125), relu[dead_units<0.5 and greatest>2]=clip(0, 2)
// RUN: vox-opt %t/network.mlir --vox-replace-activations='policy={%{policy}} statistics=%t/statistics.json' --mlir-disable-threading --remarks-filter='vox-replace.*' --remark-format=emitRemark 2>&1 | FileCheck %s
// CHECK: remark: [Passed] ActivationReplaced {{.*}}"relu to leaky_relu(0.125): semantic, off without bound; rule relu[dead_units>=0.5]=leaky_relu(0.125) (dead_units 0.5)"
// CHECK: remark: [Passed] ActivationReplaced {{.*}}rule relu[dead_units<0.5 and greatest>2]=clip(0, 2) (dead_units 0, greatest 3)"
// CHECK: #vox.leaky_relu<alpha = 1.250000e-01> %{{.*}} {layer = "a"}
// CHECK: #vox.clip<min = 0.000000e+00, max = 2.000000e+00> %{{.*}} {layer = "b"}

// "unmeasured" has no statistics, but no rule that looks at them is about it.
// RUN: vox-opt %t/network.mlir --vox-replace-activations='policy={relu[zero_share>0.8 and mean<0.2 and variance<0.2 and least<=0]=gelu} statistics=%t/statistics.json' 2>&1 | FileCheck %s --check-prefix=FIGURES
// FIGURES: #vox.gelu %{{.*}} {layer = "a"}
// FIGURES: #vox.relu %{{.*}} {layer = "b"}
// FIGURES: #vox.tanh %{{.*}} {layer = "unmeasured"}

// Two activations of one name, and one without: as a monitor calls them.
// RUN: vox-opt %t/names.mlir --vox-replace-activations='policy={*[mean<2]=gelu,*[mean>2 and mean<4]=mish,*[mean>4]=selu} statistics=%t/names.json' 2>&1 | FileCheck %s --check-prefix=NAMES
// NAMES: #vox.selu %{{.*}} {layer = "a"}
// NAMES: #vox.gelu %{{.*}} {layer = "a"}
// NAMES: #vox.mish %{{.*}} :

// RUN: not vox-opt %t/network.mlir --vox-replace-activations='policy={relu=gelu} statistics=%t/none.json' 2>&1 | FileCheck %s --check-prefix=NO-FILE
// NO-FILE: error: option statistics: {{.*}}none.json can't be read: No such file or directory
// RUN: not vox-opt %t/network.mlir --vox-replace-activations='policy={relu=gelu} statistics=%t/network.mlir' 2>&1 | FileCheck %s --check-prefix=NO-JSON
// NO-JSON: error: option statistics: {{.*}}network.mlir is not what vox-run --monitor writes: [1:{{.*}} Invalid JSON value

//--- network.mlir
func.func @network(%x: tensor<1x2x2xf32>) -> tensor<1x2x2xf32> {
  %0 = vox.activation #vox.relu %x {layer = "a"} : tensor<1x2x2xf32>
  %1 = vox.activation #vox.relu %0 {layer = "b"} : tensor<1x2x2xf32>
  %2 = vox.activation #vox.tanh %1 {layer = "unmeasured"} : tensor<1x2x2xf32>
  return %2 : tensor<1x2x2xf32>
}

//--- names.mlir
func.func @network(%x: tensor<1x2x2xf32>) -> tensor<1x2x2xf32> {
  %0 = vox.activation #vox.relu %x {layer = "a"} : tensor<1x2x2xf32>
  %1 = vox.activation #vox.relu %0 {layer = "a"} : tensor<1x2x2xf32>
  %2 = vox.activation #vox.relu %1 : tensor<1x2x2xf32>
  return %2 : tensor<1x2x2xf32>
}

//--- names.json
{"layers": [
  {"layer": "a#2", "function": "relu", "units": [
    {"count": 4, "zeros": 0, "atLow": 0, "atHigh": 0, "mean": 1, "variance": 0, "min": 1, "max": 1, "samples": []}]},
  {"layer": "activation", "function": "relu", "units": [
    {"count": 4, "zeros": 0, "atLow": 0, "atHigh": 0, "mean": 3, "variance": 0, "min": 3, "max": 3, "samples": []}]},
  {"layer": "a", "function": "relu", "units": [
    {"count": 4, "zeros": 0, "atLow": 0, "atHigh": 0, "mean": 5, "variance": 0, "min": 5, "max": 5, "samples": []}]}]}

//--- statistics.json
{"layers": [
  {"layer": "a", "function": "relu", "units": [
    {"count": 4, "zeros": 4, "atLow": 0, "atHigh": 0, "mean": 0, "variance": 0, "min": 0, "max": 0, "samples": []},
    {"count": 4, "zeros": 3, "atLow": 0, "atHigh": 0, "mean": 0.25, "variance": 0.1875, "min": 0, "max": 1, "samples": []}]},
  {"layer": "b", "function": "relu", "units": [
    {"count": 4, "zeros": 2, "atLow": 0, "atHigh": 0, "mean": 1, "variance": 1.5, "min": 0, "max": 3, "samples": []}]}]}
