// RUN: vox-translate --mlir-to-onnx %s -o %t.onnx
// RUN: voxc %t.onnx --compile-to=import -o - | FileCheck %s

// ONNX's TopK gives elements, which here nobody asks for, and positions. Where
// somebody does, twice even, or along another dimension, each is there once.

// CHECK-LABEL: func.func @main
func.func @main(%x: tensor<3x3xf32> {vox.name = "x"})
    -> (tensor<3x2xi64> {vox.name = "alone"}, tensor<3x3xf32> {vox.name = "across"},
        tensor<3x3xf32> {vox.name = "first"}, tensor<3x3xf32> {vox.name = "second"}) {
  // CHECK: %[[ALONE:.*]] = vox.topk %arg0 axis = 1 {layer = "alone", smallest}
  %0 = vox.topk %x axis = 1 {layer = "alone", smallest} : tensor<3x3xf32> -> tensor<3x2xi64>
  // CHECK: %[[TOP:.*]] = vox.topk %arg0 axis = 1 {layer = "top"}
  // CHECK: %[[FIRST:.*]] = vox.gather_elements %arg0, %[[TOP]] axis = 1
  %1 = vox.topk %x axis = 1 {layer = "top"} : tensor<3x3xf32> -> tensor<3x3xi64>
  // CHECK: %[[ACROSS:.*]] = vox.gather_elements %arg0, %[[TOP]] axis = 0
  %2 = vox.gather_elements %x, %1 axis = 0 : (tensor<3x3xf32>, tensor<3x3xi64>) -> tensor<3x3xf32>
  %3 = vox.gather_elements %x, %1 axis = 1 : (tensor<3x3xf32>, tensor<3x3xi64>) -> tensor<3x3xf32>
  // CHECK: %[[SECOND:.*]] = vox.gather_elements %arg0, %[[TOP]] axis = 1
  %4 = vox.gather_elements %x, %1 axis = 1 : (tensor<3x3xf32>, tensor<3x3xi64>) -> tensor<3x3xf32>
  // CHECK: return %[[ALONE]], %[[ACROSS]], %[[FIRST]], %[[SECOND]]
  return %0, %2, %3, %4 : tensor<3x2xi64>, tensor<3x3xf32>, tensor<3x3xf32>, tensor<3x3xf32>
}
