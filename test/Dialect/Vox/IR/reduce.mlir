// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// CHECK-LABEL: func.func @ArgMax
func.func @ArgMax(%x: tensor<2x3x4xf32>, %none: tensor<0x3xf32>) -> (tensor<2x1x4xi64>, tensor<2x3x1xi64>) {
  // CHECK: vox.argmax %{{.*}} axis = 1 : tensor<2x3x4xf32> -> tensor<2x1x4xi64>
  %0 = vox.argmax %x axis = 1 : tensor<2x3x4xf32> -> tensor<2x1x4xi64>
  // CHECK: vox.argmax %{{.*}} axis = 2 {layer = "labels", select_last} : tensor<2x3x4xf32> -> tensor<2x3x1xi64>
  %1 = vox.argmax %x axis = 2 {layer = "labels", select_last} : tensor<2x3x4xf32> -> tensor<2x3x1xi64>
  // CHECK: vox.argmax %{{.*}} axis = 1 : tensor<0x3xf32> -> tensor<0x1xi64>
  %2 = vox.argmax %none axis = 1 : tensor<0x3xf32> -> tensor<0x1xi64>
  return %0, %1 : tensor<2x1x4xi64>, tensor<2x3x1xi64>
}
