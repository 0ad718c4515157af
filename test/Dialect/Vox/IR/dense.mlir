// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// CHECK-LABEL: func.func @Matrix
func.func @Matrix(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>, %b: tensor<4xf32>) -> tensor<2x4xf32> {
  // CHECK: vox.dense %{{.*}}, %{{.*}} bias %{{.*}} {layer = "fc"} : (tensor<2x3xf32>, tensor<4x3xf32>, tensor<4xf32>) -> tensor<2x4xf32>
  %0 = vox.dense %x, %w bias %b {layer = "fc"} : (tensor<2x3xf32>, tensor<4x3xf32>, tensor<4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @AnyRank
func.func @AnyRank(%x: tensor<3xf32>, %y: tensor<2x5x1x3xf32>, %w: tensor<4x3xf32>) -> (tensor<4xf32>, tensor<2x5x1x4xf32>) {
  // CHECK: vox.dense %{{.*}}, %{{.*}} : (tensor<3xf32>, tensor<4x3xf32>) -> tensor<4xf32>
  %0 = vox.dense %x, %w : (tensor<3xf32>, tensor<4x3xf32>) -> tensor<4xf32>
  // CHECK: vox.dense %{{.*}}, %{{.*}} : (tensor<2x5x1x3xf32>, tensor<4x3xf32>) -> tensor<2x5x1x4xf32>
  %1 = vox.dense %y, %w : (tensor<2x5x1x3xf32>, tensor<4x3xf32>) -> tensor<2x5x1x4xf32>
  return %0, %1 : tensor<4xf32>, tensor<2x5x1x4xf32>
}

// CHECK-LABEL: func.func @MatMul
func.func @MatMul(%a: tensor<2x4x7x8xf32>, %b: tensor<4x8x5xf32>, %c: tensor<1x5xf32>) -> (tensor<2x4x7x5xf32>, tensor<4x8x1xf32>) {
  // CHECK: vox.matmul %{{.*}}, %{{.*}} {layer = "scores"} : (tensor<2x4x7x8xf32>, tensor<4x8x5xf32>) -> tensor<2x4x7x5xf32>
  %0 = vox.matmul %a, %b {layer = "scores"} : (tensor<2x4x7x8xf32>, tensor<4x8x5xf32>) -> tensor<2x4x7x5xf32>
  %1 = vox.transpose %c permutation = [1, 0] : tensor<1x5xf32> -> tensor<5x1xf32>
  // CHECK: vox.matmul %{{.*}}, %{{.*}} : (tensor<4x8x5xf32>, tensor<5x1xf32>) -> tensor<4x8x1xf32>
  %2 = vox.matmul %b, %1 : (tensor<4x8x5xf32>, tensor<5x1xf32>) -> tensor<4x8x1xf32>
  return %0, %2 : tensor<2x4x7x5xf32>, tensor<4x8x1xf32>
}
