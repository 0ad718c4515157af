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

// CHECK-LABEL: func.func @EveryReduction
func.func @EveryReduction(%x: tensor<2x3x4xf32>, %none: tensor<0x3xf32>, %scalar: tensor<f32>) {
  // CHECK: vox.reduce sum %{{.*}} axes = [1] : tensor<2x3x4xf32> -> tensor<2x1x4xf32>
  %0 = vox.reduce sum %x axes = [1] : tensor<2x3x4xf32> -> tensor<2x1x4xf32>
  // CHECK: vox.reduce mean %{{.*}} axes = [0, 2] {layer = "mean"} : tensor<2x3x4xf32> -> tensor<1x3x1xf32>
  %1 = vox.reduce mean %x axes = [0, 2] {layer = "mean"} : tensor<2x3x4xf32> -> tensor<1x3x1xf32>
  // CHECK: vox.reduce max %{{.*}} axes = [0, 1, 2] : tensor<2x3x4xf32> -> tensor<1x1x1xf32>
  %2 = vox.reduce max %x axes = [0, 1, 2] : tensor<2x3x4xf32> -> tensor<1x1x1xf32>
  // CHECK: vox.reduce min %{{.*}} axes = [] : tensor<2x3x4xf32> -> tensor<2x3x4xf32>
  %3 = vox.reduce min %x axes = [] : tensor<2x3x4xf32> -> tensor<2x3x4xf32>
  // CHECK: vox.reduce sum %{{.*}} axes = [0] : tensor<0x3xf32> -> tensor<1x3xf32>
  %4 = vox.reduce sum %none axes = [0] : tensor<0x3xf32> -> tensor<1x3xf32>
  // CHECK: vox.reduce max %{{.*}} axes = [1] : tensor<0x3xf32> -> tensor<0x1xf32>
  %5 = vox.reduce max %none axes = [1] : tensor<0x3xf32> -> tensor<0x1xf32>
  // CHECK: vox.reduce mean %{{.*}} axes = [] : tensor<f32> -> tensor<f32>
  %6 = vox.reduce mean %scalar axes = [] : tensor<f32> -> tensor<f32>
  // CHECK: vox.reduce prod %{{.*}} axes = [0] : tensor<0x3xf32> -> tensor<1x3xf32>
  %7 = vox.reduce prod %none axes = [0] : tensor<0x3xf32> -> tensor<1x3xf32>
  return
}

// CHECK-LABEL: func.func @Integers
func.func @Integers(%x: tensor<2x3xi32>, %y: tensor<2x3xui8>) {
  // CHECK: vox.argmax %{{.*}} axis = 0 : tensor<2x3xi32> -> tensor<1x3xi64>
  %0 = vox.argmax %x axis = 0 : tensor<2x3xi32> -> tensor<1x3xi64>
  // CHECK: vox.reduce sum %{{.*}} axes = [1] : tensor<2x3xi32> -> tensor<2x1xi32>
  %1 = vox.reduce sum %x axes = [1] : tensor<2x3xi32> -> tensor<2x1xi32>
  // CHECK: vox.reduce max %{{.*}} axes = [1] : tensor<2x3xui8> -> tensor<2x1xui8>
  %2 = vox.reduce max %y axes = [1] : tensor<2x3xui8> -> tensor<2x1xui8>
  return
}
