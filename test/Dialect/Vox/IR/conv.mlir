// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// One, two and three spatial dimensions, every window parameter at a value of
// its own.

// CHECK-LABEL: func.func @OneDimension
// CHECK: vox.conv %{{.*}}, %{{.*}} strides = [2] dilations = [1] pads = [1, 0] groups = 1 : (tensor<1x3x8xf32>, tensor<4x3x3xf32>) -> tensor<1x4x4xf32>
func.func @OneDimension(%x: tensor<1x3x8xf32>, %w: tensor<4x3x3xf32>) -> tensor<1x4x4xf32> {
  %0 = vox.conv %x, %w strides = [2] dilations = [1] pads = [1, 0] groups = 1
      : (tensor<1x3x8xf32>, tensor<4x3x3xf32>) -> tensor<1x4x4xf32>
  return %0 : tensor<1x4x4xf32>
}

// CHECK-LABEL: func.func @BiasAndLayer
// CHECK: vox.conv %{{.*}}, %{{.*}} bias %{{.*}} strides = [1, 2] dilations = [2, 1] pads = [2, 0, 2, 1] groups = 2 {layer = "stem/conv \22a\22"}
func.func @BiasAndLayer(%x: tensor<2x4x8x9xf32>, %w: tensor<6x2x3x2xf32>, %b: tensor<6xf32>) -> tensor<2x6x8x5xf32> {
  %0 = vox.conv %x, %w bias %b strides = [1, 2] dilations = [2, 1]
      pads = [2, 0, 2, 1] groups = 2 {layer = "stem/conv \"a\""}
      : (tensor<2x4x8x9xf32>, tensor<6x2x3x2xf32>, tensor<6xf32>) -> tensor<2x6x8x5xf32>
  return %0 : tensor<2x6x8x5xf32>
}

// CHECK-LABEL: func.func @ThreeDimensions
// CHECK: vox.conv %{{.*}}, %{{.*}} strides = [1, 2, 3] dilations = [1, 1, 1] pads = [0, 1, 2, 0, 1, 2] groups = 1 : (tensor<1x1x4x6x8xf32>, tensor<2x1x1x3x5xf32>) -> tensor<1x2x4x3x3xf32>
func.func @ThreeDimensions(%x: tensor<1x1x4x6x8xf32>, %w: tensor<2x1x1x3x5xf32>) -> tensor<1x2x4x3x3xf32> {
  %0 = vox.conv %x, %w strides = [1, 2, 3] dilations = [1, 1, 1] pads = [0, 1, 2, 0, 1, 2] groups = 1
      : (tensor<1x1x4x6x8xf32>, tensor<2x1x1x3x5xf32>) -> tensor<1x2x4x3x3xf32>
  return %0 : tensor<1x2x4x3x3xf32>
}

// CHECK-LABEL: func.func @KernelLargerThanInputWithPads
func.func @KernelLargerThanInputWithPads(%x: tensor<1x1x2xf32>, %w: tensor<1x1x5xf32>) -> tensor<1x1x2xf32> {
  // CHECK: vox.conv
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [2, 2] groups = 1
      : (tensor<1x1x2xf32>, tensor<1x1x5xf32>) -> tensor<1x1x2xf32>
  return %0 : tensor<1x1x2xf32>
}

// CHECK-LABEL: func.func @BatchOfNone
func.func @BatchOfNone(%x: tensor<0x1x8xf32>, %w: tensor<1x1x3xf32>) -> tensor<0x1x6xf32> {
  // CHECK: vox.conv
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<0x1x8xf32>, tensor<1x1x3xf32>) -> tensor<0x1x6xf32>
  return %0 : tensor<0x1x6xf32>
}

// CHECK-LABEL: func.func @Transposed
// CHECK: vox.conv_transpose %{{.*}}, %{{.*}} strides = [2] dilations = [1] pads = [1, 0] output_pads = [1] groups = 1 : (tensor<1x3x8xf32>, tensor<4x3x3xf32>) -> tensor<1x4x17xf32>
func.func @Transposed(%x: tensor<1x3x8xf32>, %w: tensor<4x3x3xf32>) -> tensor<1x4x17xf32> {
  %0 = vox.conv_transpose %x, %w strides = [2] dilations = [1] pads = [1, 0] output_pads = [1] groups = 1
      : (tensor<1x3x8xf32>, tensor<4x3x3xf32>) -> tensor<1x4x17xf32>
  return %0 : tensor<1x4x17xf32>
}

// 2 x 3 + 2 x 2 + 1 - 1 = 10 rows, 1 x 4 + 1 x 1 + 1 - 1 = 5 columns.
// CHECK-LABEL: func.func @TransposedBiasAndLayer
// CHECK: vox.conv_transpose %{{.*}}, %{{.*}} bias %{{.*}} strides = [2, 1] dilations = [2, 1] pads = [1, 0, 0, 1] output_pads = [0, 0] groups = 2 {layer = "up"}
func.func @TransposedBiasAndLayer(%x: tensor<2x4x4x5xf32>, %w: tensor<6x2x3x2xf32>, %b: tensor<6xf32>) -> tensor<2x6x10x5xf32> {
  %0 = vox.conv_transpose %x, %w bias %b strides = [2, 1] dilations = [2, 1]
      pads = [1, 0, 0, 1] output_pads = [0, 0] groups = 2 {layer = "up"}
      : (tensor<2x4x4x5xf32>, tensor<6x2x3x2xf32>, tensor<6xf32>) -> tensor<2x6x10x5xf32>
  return %0 : tensor<2x6x10x5xf32>
}

// Gaps between the windows (stride 3, kernel 1), and an extension that is below
// the dilation but not the stride.
// CHECK-LABEL: func.func @TransposedThreeDimensions
// CHECK: vox.conv_transpose %{{.*}}, %{{.*}} strides = [3, 1, 2] dilations = [1, 2, 1] pads = [0, 0, 0, 0, 0, 0] output_pads = [2, 1, 0] groups = 1 : (tensor<1x1x2x2x2xf32>, tensor<2x1x1x2x2xf32>) -> tensor<1x2x6x5x4xf32>
func.func @TransposedThreeDimensions(%x: tensor<1x1x2x2x2xf32>, %w: tensor<2x1x1x2x2xf32>) -> tensor<1x2x6x5x4xf32> {
  %0 = vox.conv_transpose %x, %w strides = [3, 1, 2] dilations = [1, 2, 1] pads = [0, 0, 0, 0, 0, 0]
      output_pads = [2, 1, 0] groups = 1
      : (tensor<1x1x2x2x2xf32>, tensor<2x1x1x2x2xf32>) -> tensor<1x2x6x5x4xf32>
  return %0 : tensor<1x2x6x5x4xf32>
}
