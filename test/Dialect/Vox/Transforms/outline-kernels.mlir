// Groups that become one kernel, and groups that must not.

// RUN: vox-opt %s --vox-outline-kernels | FileCheck %s
// RUN: vox-opt %s --vox-outline-kernels | vox-opt --vox-outline-kernels | FileCheck %s
// RUN: vox-opt %s --vox-outline-kernels --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s --check-prefix=LOCATIONS

// A kernel's name is its anchor and a hash of its text: the same in every
// network, whatever else there is.
// CHECK-COUNT-4: vox.kernel
// CHECK-NOT: vox.kernel
// CHECK-LABEL: func.func @EqualGroups(
// CHECK-NEXT: %[[A:.*]] = vox.launch @activation_[[SAME:[0-9a-f]+]](%{{.*}}) {layer = "first"}
// CHECK-NEXT: %[[B:.*]] = vox.launch @activation_[[SAME]](%[[A]]) {layer = "second+third"}
// CHECK-NEXT: %[[C:.*]] = vox.launch @activation_[[SAME]](%[[B]]) : (
// CHECK-NEXT: return %[[C]]
// Locations of one layer are those of no other.
// LOCATIONS: vox.kernel @
// LOCATIONS-NOT: "only.onnx"
// LOCATIONS: vox.launch @activation_{{.*}} loc("only.onnx":1:1)
func.func @EqualGroups(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.group (%a = %x : tensor<4xf32>) -> tensor<4xf32> {
    %3 = vox.activation #vox.relu %a {layer = "first"} : tensor<4xf32> loc("only.onnx":1:1)
    %4 = vox.activation #vox.tanh %3 : tensor<4xf32>
    vox.yield %4 : tensor<4xf32>
  } schedule <algorithm = element_wise, lanes = 4> loc("only.onnx":1:1)
  %1 = vox.group (%b = %0 : tensor<4xf32>) -> tensor<4xf32> {
    %3 = vox.activation #vox.relu %b {layer = "second"} : tensor<4xf32>
    %4 = vox.activation #vox.tanh %3 {layer = "third"} : tensor<4xf32>
    vox.yield %4 : tensor<4xf32>
  } schedule <algorithm = element_wise, lanes = 4>
  %2 = vox.group (%b = %1 : tensor<4xf32>) -> tensor<4xf32> {
    %3 = vox.activation #vox.relu %b : tensor<4xf32>
    %4 = vox.activation #vox.tanh %3 : tensor<4xf32>
    vox.yield %4 : tensor<4xf32>
  } schedule <algorithm = element_wise, lanes = 4>
  return %2 : tensor<4xf32>
}

// Equal to those of another function.
// CHECK-LABEL: func.func @AnotherFunction(
// CHECK-NEXT: vox.launch @activation_[[SAME]](
func.func @AnotherFunction(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.group (%b = %x : tensor<4xf32>) -> tensor<4xf32> {
    %3 = vox.activation #vox.relu %b : tensor<4xf32>
    %4 = vox.activation #vox.tanh %3 : tensor<4xf32>
    vox.yield %4 : tensor<4xf32>
  } schedule <algorithm = element_wise, lanes = 4>
  return %0 : tensor<4xf32>
}

// They differ in the schedule, in a parameter by its last bit, in the extents.
// CHECK-LABEL: func.func @DifferentGroups(
// CHECK-NEXT: vox.launch @activation_[[P:[0-9a-f]+]](
// CHECK-NEXT: vox.launch @activation_[[Q:[0-9a-f]+]](
// CHECK-NEXT: vox.launch @activation_[[R:[0-9a-f]+]](
func.func @DifferentGroups(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.group (%a = %x : tensor<4xf32>) -> tensor<4xf32> {
    %3 = vox.activation #vox.leaky_relu<alpha = 0.1> %a : tensor<4xf32>
    vox.yield %3 : tensor<4xf32>
  } schedule <algorithm = element_wise, lanes = 4>
  %1 = vox.group (%a = %0 : tensor<4xf32>) -> tensor<4xf32> {
    %3 = vox.activation #vox.leaky_relu<alpha = 0.1> %a : tensor<4xf32>
    vox.yield %3 : tensor<4xf32>
  } schedule <algorithm = plain>
  %2 = vox.group (%a = %1 : tensor<4xf32>) -> tensor<4xf32> {
    %3 = vox.activation #vox.leaky_relu<alpha = 0.10000000000000002> %a : tensor<4xf32>
    vox.yield %3 : tensor<4xf32>
  } schedule <algorithm = element_wise, lanes = 4>
  return %2 : tensor<4xf32>
}
