// RUN: vox-translate --mlir-to-onnx %s -o %t.onnx
// RUN: voxc %t.onnx --compile-to=import -o - | FileCheck %s

// A network that no importer has made: names that collide or are missing,
// outputs that are inputs, constants and the same value twice, and ops that
// have another form in ONNX.

// CHECK: module @network attributes {vox.name = "network"}
// CHECK: func.func @main(%arg0: tensor<2x3x4xf32> {vox.name = "x"}, %arg1: tensor<4x5xf32> {vox.name = "input1"}, %arg2: tensor<6xui8> {vox.name = "bytes"})
// CHECK-SAME: -> (tensor<2x3x5xf32> {vox.name = "relu"}, tensor<2x3x5xf32> {vox.name = "again"}, tensor<6xui8> {vox.name = "bytes"}, tensor<6xui8> {vox.name = "copy"}, tensor<17xi16> {vox.name = "table"}, tensor<2x3x4xf32> {vox.name = "output5"}, tensor<9xui8> {vox.name = "padded"}, tensor<2x3x2xf32> {vox.name = "sliced"})
func.func @net(%x: tensor<2x3x4xf32> {vox.name = "x"}, %w: tensor<4x5xf32>,
               %bytes: tensor<6xui8> {vox.name = "bytes"})
    -> (tensor<2x3x5xf32> {vox.name = "relu"}, tensor<2x3x5xf32> {vox.name = "again"},
        tensor<6xui8> {vox.name = "bytes"}, tensor<6xui8> {vox.name = "copy"},
        tensor<17xi16> {vox.name = "table"}, tensor<2x3x4xf32>,
        tensor<9xui8> {vox.name = "padded"}, tensor<2x3x2xf32> {vox.name = "sliced"}) {
  %table = vox.constant dense<-7> : tensor<17xi16>
  %bias = vox.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0]> : tensor<5xf32>
  // A product of more than matrices has no bias in ONNX, and no need to turn
  // computed weights around.
  // CHECK-NOT: vox.transpose %{{.*}} permutation = [1, 0]{{.*}}5x4xf32> -> tensor<4x5xf32>
  // CHECK: %[[P:.*]] = vox.matmul %arg0, %arg1 {layer = "dense"} : (tensor<2x3x4xf32>, tensor<4x5xf32>) -> tensor<2x3x5xf32>
  // CHECK: %[[B:.*]] = vox.constant dense<[1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00, 5.000000e+00]>
  // CHECK: %[[D:.*]] = vox.add %[[P]], %[[B]]
  %wt = vox.transpose %w permutation = [1, 0] : tensor<4x5xf32> -> tensor<5x4xf32>
  %dense = vox.dense %x, %wt bias %bias {layer = "dense"} : (tensor<2x3x4xf32>, tensor<5x4xf32>, tensor<5xf32>) -> tensor<2x3x5xf32>
  // Two ops of one layer.
  // CHECK: %[[R:.*]] = vox.activation #vox.relu %[[D]] {layer = "dense_2"}
  %relu = vox.activation #vox.relu %dense {layer = "dense"} : tensor<2x3x5xf32>
  // CHECK: vox.activation #vox.clip<max = 1.000000e+00> %{{.*}} {layer = "Clip#{{.*}}"}
  %clip = vox.activation #vox.clip<max = 1.0> %x : tensor<2x3x4xf32>
  %identity = vox.activation #vox.identity %clip : tensor<2x3x4xf32>
  // CHECK: vox.pad %arg2 pads = [1, 2] value = 9.000000e+00
  %padded = vox.pad %bytes pads = [1, 2] value = 9.0 : tensor<6xui8> -> tensor<9xui8>
  // CHECK: vox.slice %arg0 starts = [1, 0, 3] steps = [-1, 1, -3]
  %sliced = vox.slice %x starts = [1, 0, 3] steps = [-1, 1, -3] : tensor<2x3x4xf32> -> tensor<2x3x2xf32>
  // CHECK: %[[T:.*]] = vox.constant dense_resource<table> : tensor<17xi16>
  // CHECK: return %[[R]], %[[R]], %arg2, %arg2, %[[T]]
  return %relu, %relu, %bytes, %bytes, %table, %identity, %padded, %sliced
      : tensor<2x3x5xf32>, tensor<2x3x5xf32>, tensor<6xui8>, tensor<6xui8>, tensor<17xi16>, tensor<2x3x4xf32>, tensor<9xui8>, tensor<2x3x2xf32>
}
