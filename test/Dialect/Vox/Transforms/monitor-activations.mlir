// Activations that get a monitor, and those that don't.

// RUN: vox-opt %s --vox-monitor-activations --remarks-filter='vox-monitor.*' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks
// RUN: vox-opt %s --vox-monitor-activations --vox-monitor-activations --remarks-filter='vox-monitor.*' --remark-format=emitRemark --mlir-disable-threading 2>%t.again | FileCheck %s --check-prefix=AGAIN
// RUN: FileCheck %s --check-prefix=TWICE < %t.again
// RUN: vox-opt %s --vox-monitor-activations=samples=2 | FileCheck %s --check-prefix=FEW
// RUN: vox-opt %s --vox-monitor-activations --vox-form-groups | FileCheck %s --check-prefix=GROUPS
// RUN: not vox-opt %s --vox-monitor-activations=samples=-1 2>&1 | FileCheck %s --check-prefix=OPTION

// OPTION: error: option samples is -1; expected 0 to 4096

// Conv + ReLU stays one kernel; the pool sees what it saw.
// REMARK: [Passed] Monitored | Category:vox-monitor-activations | {{.*}}"4 units of 25 elements"
// CHECK-LABEL: func.func @ConvReluPool(
// CHECK-SAME: -> (tensor<1x4x2x2xf32> {vox.name = "y"}, tensor<4x23xf32> {vox.name = "activation_statistics:relu:25:relu1"})
// CHECK: %[[CONV:.*]] = vox.conv
// CHECK: %[[RELU:.*]] = vox.activation #vox.relu %[[CONV]]
// CHECK-NEXT: %[[S:.*]] = vox.activation_statistics %[[RELU]] axis = 1 low = 0xFFF0000000000000 high = 0x7FF0000000000000 samples = 16 {layer = "relu1"}
// CHECK: %[[POOL:.*]] = vox.pool max %[[RELU]]
// CHECK: return %[[POOL]], %[[S]]
// AGAIN-LABEL: func.func @ConvReluPool(
// AGAIN-COUNT-1: vox.activation_statistics
// AGAIN-NOT: vox.activation_statistics
// AGAIN: return
// TWICE: [Missed] NotMonitored | Category:vox-monitor-activations | {{.*}}"it has a monitor already"
// FEW-LABEL: func.func @ConvReluPool(
// FEW: samples = 2
// GROUPS-LABEL: func.func @ConvReluPool(
// GROUPS: vox.conv
// GROUPS-NEXT: vox.activation #vox.relu
// GROUPS-NEXT: vox.yield
// GROUPS: vox.activation_statistics
// GROUPS-NEXT: vox.yield
// GROUPS: vox.pool
// GROUPS-NEXT: vox.yield
func.func @ConvReluPool(%x: tensor<1x2x5x5xf32>, %w: tensor<4x2x1x1xf32>) -> (tensor<1x4x2x2xf32> {vox.name = "y"}) {
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1, 1] pads = [0, 0, 0, 0] groups = 1
      : (tensor<1x2x5x5xf32>, tensor<4x2x1x1xf32>) -> tensor<1x4x5x5xf32>
  %1 = vox.activation #vox.relu %0 {layer = "relu1"} : tensor<1x4x5x5xf32>
  %2 = vox.pool max %1 kernel = [2, 2] strides = [2, 2] dilations = [1, 1] pads = [0, 0, 0, 0]
      : tensor<1x4x5x5xf32> -> tensor<1x4x2x2xf32>
  return %2 : tensor<1x4x2x2xf32>
}

// A dense layer's units are its last dimension, seen through what is
// element-wise; a convolution's are dimension 1.
// CHECK-LABEL: func.func @Axes(
// CHECK: vox.activation_statistics %{{.*}} axis = 2 low = -0.9{{[78].*}} high = 0.9{{[78].*}} samples = 6 {layer = "tanh"}
// CHECK: vox.activation_statistics %{{.*}} axis = 0 low = 0xFFF0000000000000 {{.*}} samples = 1 :
// CHECK: vox.activation_statistics %{{.*}} axis = 1 low = 0xFFF0000000000000 {{.*}} samples = 8 :
func.func @Axes(%x: tensor<2x3x4xf32>, %w: tensor<5x4xf32>, %b: tensor<5xf32>) -> (tensor<2x3x5xf32>, tensor<5xf32>, tensor<2x3x4xf32>) {
  %0 = vox.dense %x, %w : (tensor<2x3x4xf32>, tensor<5x4xf32>) -> tensor<2x3x5xf32>
  %1 = vox.add %b, %0 : (tensor<5xf32>, tensor<2x3x5xf32>) -> tensor<2x3x5xf32>
  %2 = vox.activation #vox.tanh %1 {layer = "tanh"} : tensor<2x3x5xf32>
  %3 = vox.activation #vox.relu %b : tensor<5xf32>
  %4 = vox.activation #vox.relu %x : tensor<2x3x4xf32>
  return %2, %3, %4 : tensor<2x3x5xf32>, tensor<5xf32>, tensor<2x3x4xf32>
}

// 1 % of the distance between two bounds, or of the one; a rectifier's zero is
// none. The function stands in the output's name, and equal names get numbers.
// CHECK-LABEL: func.func @Bounds(
// CHECK-SAME: "activation_statistics:sigmoid:1:a"
// CHECK-SAME: "activation_statistics:relu6:1:a#2"
// CHECK-SAME: "activation_statistics:elu(2):1:activation"
// CHECK-SAME: "activation_statistics:leaky_relu(0.2):1:activation#2"
// CHECK: low = 1.000000e-02 high = 0.98{{9+.*}} samples
// CHECK: low = 0xFFF0000000000000 high = {{5.94.*}} samples
// CHECK: low = -{{1.98.*}} high = 0x7FF0000000000000
// CHECK: low = 0xFFF0000000000000 high = 0x7FF0000000000000
func.func @Bounds(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  %0 = vox.activation #vox.sigmoid %x {layer = "a"} : tensor<1x2xf32>
  %1 = vox.activation #vox.clip<min = 0.0, max = 6.0> %0 {layer = "a"} : tensor<1x2xf32>
  %2 = vox.activation #vox.elu<alpha = 2.0> %1 : tensor<1x2xf32>
  %3 = vox.activation #vox.leaky_relu<alpha = 0.2> %2 : tensor<1x2xf32>
  return %3 : tensor<1x2xf32>
}

// REMARK: [Missed] NotMonitored | Category:vox-monitor-activations | {{.*}}"it is the identity"
// REMARK: [Missed] NotMonitored | Category:vox-monitor-activations | {{.*}}"it is known when compiling"
// REMARK: [Missed] NotMonitored | Category:vox-monitor-activations | {{.*}}"its shape scalar has no units"
// CHECK-LABEL: func.func @Refused(
// CHECK-NOT: vox.activation_statistics
func.func @Refused(%x: tensor<1x2xf32>, %s: tensor<f32>) -> (tensor<1x2xf32>, tensor<2xf32>, tensor<f32>) {
  %c = vox.constant dense<1.0> : tensor<2xf32>
  %0 = vox.activation #vox.identity %x : tensor<1x2xf32>
  %1 = vox.activation #vox.relu %c : tensor<2xf32>
  %2 = vox.activation #vox.relu %s : tensor<f32>
  return %0, %1, %2 : tensor<1x2xf32>, tensor<2xf32>, tensor<f32>
}
