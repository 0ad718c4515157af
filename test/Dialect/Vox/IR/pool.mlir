// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// CHECK-LABEL: func.func @MaxPool
// CHECK: vox.pool max %{{.*}} kernel = [3, 2] strides = [2, 1] dilations = [1, 2] pads = [1, 0, 1, 2] {layer = "pool"} : tensor<1x2x8x8xf32> -> tensor<1x2x4x8xf32>
func.func @MaxPool(%x: tensor<1x2x8x8xf32>) -> tensor<1x2x4x8xf32> {
  %0 = vox.pool max %x kernel = [3, 2] strides = [2, 1] dilations = [1, 2] pads = [1, 0, 1, 2] {layer = "pool"}
      : tensor<1x2x8x8xf32> -> tensor<1x2x4x8xf32>
  return %0 : tensor<1x2x4x8xf32>
}

// CHECK-LABEL: func.func @AveragePoolModes
// CHECK: vox.pool average %{{.*}} {ceil_mode, count_include_pad} : tensor<1x1x4xf32> -> tensor<1x1x3xf32>
// CHECK: vox.pool average %{{.*}} {count_include_pad} : tensor<1x1x4xf32> -> tensor<1x1x2xf32>
func.func @AveragePoolModes(%x: tensor<1x1x4xf32>) -> (tensor<1x1x3xf32>, tensor<1x1x2xf32>) {
  %0 = vox.pool average %x kernel = [2] strides = [2] dilations = [1] pads = [1, 0] {ceil_mode, count_include_pad}
      : tensor<1x1x4xf32> -> tensor<1x1x3xf32>
  %1 = vox.pool average %x kernel = [2] strides = [2] dilations = [1] pads = [1, 0] {count_include_pad}
      : tensor<1x1x4xf32> -> tensor<1x1x2xf32>
  return %0, %1 : tensor<1x1x3xf32>, tensor<1x1x2xf32>
}

// Rounded up there would be 3 windows; the third would start in the padding
// behind the input.
// CHECK-LABEL: func.func @CeilModeDropsWindowInPadding
// CHECK: vox.pool max {{.*}} {ceil_mode} : tensor<1x1x4xf32> -> tensor<1x1x2xf32>
func.func @CeilModeDropsWindowInPadding(%x: tensor<1x1x4xf32>) -> tensor<1x1x2xf32> {
  %0 = vox.pool max %x kernel = [2] strides = [3] dilations = [1] pads = [1, 1] {ceil_mode}
      : tensor<1x1x4xf32> -> tensor<1x1x2xf32>
  return %0 : tensor<1x1x2xf32>
}

// CHECK-LABEL: func.func @GlobalPool
// CHECK: vox.global_pool average %{{.*}} {layer = "gap"} : tensor<1x2x3x4x5xf32> -> tensor<1x2x1x1x1xf32>
// CHECK: vox.global_pool max %{{.*}} : tensor<1x2x3x4x5xf32> -> tensor<1x2x1x1x1xf32>
func.func @GlobalPool(%x: tensor<1x2x3x4x5xf32>) -> (tensor<1x2x1x1x1xf32>, tensor<1x2x1x1x1xf32>) {
  %0 = vox.global_pool average %x {layer = "gap"} : tensor<1x2x3x4x5xf32> -> tensor<1x2x1x1x1xf32>
  %1 = vox.global_pool max %x : tensor<1x2x3x4x5xf32> -> tensor<1x2x1x1x1xf32>
  return %0, %1 : tensor<1x2x1x1x1xf32>, tensor<1x2x1x1x1xf32>
}

// CHECK-LABEL: func.func @PoolIndices
// CHECK: vox.pool_indices %{{.*}} kernel = [2, 2] strides = [2, 1] dilations = [1, 1] pads = [0, 0, 0, 0] {column_major, layer = "pool"} : tensor<1x2x4x4xf32> -> tensor<1x2x2x3xi64>
// CHECK: vox.pool_indices %{{.*}} kernel = [2] strides = [2] dilations = [1] pads = [1, 0] {ceil_mode} : tensor<1x1x4xf32> -> tensor<1x1x3xi64>
func.func @PoolIndices(%x: tensor<1x2x4x4xf32>, %y: tensor<1x1x4xf32>) -> (tensor<1x2x2x3xi64>, tensor<1x1x3xi64>) {
  %0 = vox.pool_indices %x kernel = [2, 2] strides = [2, 1] dilations = [1, 1] pads = [0, 0, 0, 0] {column_major, layer = "pool"}
      : tensor<1x2x4x4xf32> -> tensor<1x2x2x3xi64>
  %1 = vox.pool_indices %y kernel = [2] strides = [2] dilations = [1] pads = [1, 0] {ceil_mode}
      : tensor<1x1x4xf32> -> tensor<1x1x3xi64>
  return %0, %1 : tensor<1x2x2x3xi64>, tensor<1x1x3xi64>
}
