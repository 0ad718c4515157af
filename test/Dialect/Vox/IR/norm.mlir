// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// CHECK-LABEL: func.func @BatchNorm
// CHECK: vox.batch_norm %{{.*}} scale %{{.*}} bias %{{.*}} mean %{{.*}} variance %{{.*}} epsilon = 1.000000e-05 {layer = "bn1"} : tensor<1x2x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
// CHECK: vox.batch_norm {{.*}} epsilon = 0.000000e+00 : tensor<1x2x4xf32>
func.func @BatchNorm(%x: tensor<1x2x4xf32>, %s: tensor<2xf32>, %b: tensor<2xf32>, %m: tensor<2xf32>, %v: tensor<2xf32>) -> tensor<1x2x4xf32> {
  %0 = vox.batch_norm %x scale %s bias %b mean %m variance %v epsilon = 1.000000e-05 {layer = "bn1"}
      : tensor<1x2x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  %1 = vox.batch_norm %0 scale %s bias %b mean %m variance %v epsilon = 0.000000e+00
      : tensor<1x2x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  return %1 : tensor<1x2x4xf32>
}

// CHECK-LABEL: func.func @MatrixInput
func.func @MatrixInput(%x: tensor<5x2xf32>, %p: tensor<2xf32>) -> tensor<5x2xf32> {
  // CHECK: vox.batch_norm {{.*}} : tensor<5x2xf32>
  %0 = vox.batch_norm %x scale %p bias %p mean %p variance %p epsilon = 1.000000e-05
      : tensor<5x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  return %0 : tensor<5x2xf32>
}
