// What vox-recognize-activations finds, apart from the spellings, which
// test/Recognition has: around them, what becomes of names, users, parameters.

// RUN: vox-opt %s --vox-recognize-activations --canonicalize --remarks-filter='vox-recognize-activations' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks
// RUN: vox-opt %s --vox-recognize-activations --vox-recognize-activations --canonicalize | FileCheck %s

// The last op names the layer.
// REMARK: [Passed] Recognized | Category:vox-recognize-activations | {{.*}}"recognized as swish"
// CHECK-LABEL: func.func @Layer(
// CHECK-NEXT: vox.activation #vox.swish %arg0 {layer = "act/Mul"}
// CHECK-NEXT: return
func.func @Layer(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = vox.activation #vox.sigmoid %x {layer = "act/Sigmoid"} : tensor<4x8xf32>
  %1 = vox.mul %0, %x : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32> loc("act/Mul")
  return %1 : tensor<4x8xf32>
}

// The result may have any number of users, and so may the input.
// CHECK-LABEL: func.func @UsersOutside(
// CHECK-NEXT: %[[S:.*]] = vox.activation #vox.swish %arg0
// CHECK-NEXT: %[[T:.*]] = vox.add %[[S]], %arg0
// CHECK-NEXT: return %[[S]], %[[T]]
func.func @UsersOutside(%x: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %0 = vox.activation #vox.sigmoid %x : tensor<8xf32>
  %1 = vox.mul %x, %0 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  %2 = vox.add %1, %x : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  return %1, %2 : tensor<8xf32>, tensor<8xf32>
}

// Several users inside are as good as one.
// REMARK: {{.*}}"recognized as tanh"
// CHECK-LABEL: func.func @UsersInside(
// CHECK-NEXT: vox.activation #vox.tanh %arg0
// CHECK-NEXT: return
func.func @UsersInside(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.unary exp %x : tensor<8xf32>
  %1 = vox.unary neg %x : tensor<8xf32>
  %2 = vox.unary exp %1 : tensor<8xf32>
  %3 = vox.sub %0, %2 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  %4 = vox.add %0, %2 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  %5 = vox.div %3, %4 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  return %5 : tensor<8xf32>
}

// The input of one is the result of another; each is found.
// CHECK-LABEL: func.func @OneAfterTheOther(
// CHECK-NEXT: %[[A:.*]] = vox.activation #vox.swish %arg0
// CHECK-NEXT: %[[B:.*]] = vox.activation #vox.softsign %[[A]]
// CHECK-NEXT: return %[[B]]
func.func @OneAfterTheOther(%x: tensor<8xf32>) -> tensor<8xf32> {
  %one = vox.constant dense<1.0> : tensor<f32>
  %0 = vox.activation #vox.sigmoid %x : tensor<8xf32>
  %1 = vox.mul %x, %0 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  %2 = vox.unary abs %1 : tensor<8xf32>
  %3 = vox.add %2, %one : (tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
  %4 = vox.div %1, %3 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  return %4 : tensor<8xf32>
}

// The scale belongs to the value that is activated, not to the activation.
// CHECK-LABEL: func.func @ScaledInput(
// CHECK: %[[M:.*]] = vox.mul %arg0
// CHECK-NEXT: vox.activation #vox.sigmoid %[[M]]
func.func @ScaledInput(%x: tensor<8xf32>) -> tensor<8xf32> {
  %one = vox.constant dense<1.0> : tensor<f32>
  %three = vox.constant dense<3.0> : tensor<f32>
  %0 = vox.mul %x, %three : (tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
  %1 = vox.unary neg %0 : tensor<8xf32>
  %2 = vox.unary exp %1 : tensor<8xf32>
  %3 = vox.add %2, %one : (tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
  %4 = vox.unary reciprocal %3 : tensor<8xf32>
  return %4 : tensor<8xf32>
}

// A learned parameter, one per channel; here with the other sign.
// REMARK: {{.*}}"recognized as prelu"
// CHECK-LABEL: func.func @Parameter(
// CHECK-NEXT: %[[P:.*]] = vox.constant dense<{{\[}}[1.000000e-01], [2.000000e-01]]> : tensor<2x1xf32>
// CHECK-NEXT: vox.activation #vox.prelu %arg0 parameter %[[P]]
func.func @Parameter(%x: tensor<1x2x4xf32>) -> tensor<1x2x4xf32> {
  %p = vox.constant dense<[[-0.1], [-0.2]]> : tensor<2x1xf32>
  %0 = vox.activation #vox.relu %x : tensor<1x2x4xf32>
  %1 = vox.unary neg %x : tensor<1x2x4xf32>
  %2 = vox.activation #vox.relu %1 : tensor<1x2x4xf32>
  %3 = vox.mul %p, %2 : (tensor<2x1xf32>, tensor<1x2x4xf32>) -> tensor<1x2x4xf32>
  %4 = vox.add %0, %3 : (tensor<1x2x4xf32>, tensor<1x2x4xf32>) -> tensor<1x2x4xf32>
  return %4 : tensor<1x2x4xf32>
}

// The same number for all channels is no tensor.
// CHECK-LABEL: func.func @SameForAllChannels(
// CHECK-NEXT: vox.activation #vox.swish<beta = 2.500000e-01> %arg0
func.func @SameForAllChannels(%x: tensor<1x2x4xf32>) -> tensor<1x2x4xf32> {
  %p = vox.constant dense<0.25> : tensor<2x1xf32>
  %0 = vox.mul %p, %x : (tensor<2x1xf32>, tensor<1x2x4xf32>) -> tensor<1x2x4xf32>
  %1 = vox.activation #vox.sigmoid %0 : tensor<1x2x4xf32>
  %2 = vox.mul %1, %x : (tensor<1x2x4xf32>, tensor<1x2x4xf32>) -> tensor<1x2x4xf32>
  return %2 : tensor<1x2x4xf32>
}

// A clip with the bounds of ReLU is ReLU.
// REMARK: {{.*}}"recognized as relu"
// CHECK-LABEL: func.func @ClipIsRelu(
// CHECK-NEXT: vox.activation #vox.relu %arg0 {layer = "c"}
func.func @ClipIsRelu(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.clip<min = 0.0> %x {layer = "c"} : tensor<8xf32>
  return %0 : tensor<8xf32>
}

// REMARK: {{.*}}"recognized as relu6"
// CHECK-LABEL: func.func @Relu6(
// CHECK-NEXT: vox.activation #vox.clip<min = 0.000000e+00, max = 6.000000e+00> %arg0
func.func @Relu6(%x: tensor<8xf32>) -> tensor<8xf32> {
  %six = vox.constant dense<6.0> : tensor<1xf32>
  %0 = vox.activation #vox.relu %x : tensor<8xf32>
  %1 = vox.min %0, %six : (tensor<8xf32>, tensor<1xf32>) -> tensor<8xf32>
  return %1 : tensor<8xf32>
}

// REMARK: {{.*}}"recognized as log_softmax"
// REMARK: {{.*}}"recognized as softmax"
// CHECK-LABEL: func.func @Softmax(
// CHECK-NEXT: %[[S:.*]] = vox.softmax %arg0 axis = 1 {layer = "soft"}
// CHECK-NEXT: %[[L:.*]] = vox.log_softmax %arg1 axis = 0
func.func @Softmax(%x: tensor<3x4xf32>, %y: tensor<3x4xf32>) -> (tensor<3x4xf32>, tensor<3x4xf32>) {
  %0 = vox.reduce max %x axes = [1] : tensor<3x4xf32> -> tensor<3x1xf32>
  %1 = vox.sub %x, %0 : (tensor<3x4xf32>, tensor<3x1xf32>) -> tensor<3x4xf32>
  %2 = vox.unary exp %1 : tensor<3x4xf32>
  %3 = vox.reduce sum %2 axes = [1] : tensor<3x4xf32> -> tensor<3x1xf32>
  %4 = vox.div %2, %3 : (tensor<3x4xf32>, tensor<3x1xf32>) -> tensor<3x4xf32> loc("soft")
  %5 = vox.softmax %y axis = 0 : tensor<3x4xf32>
  %6 = vox.unary log %5 : tensor<3x4xf32>
  return %4, %6 : tensor<3x4xf32>, tensor<3x4xf32>
}

// Softmax of a difference, where the maximum is another value's.
// CHECK-LABEL: func.func @SoftmaxOfADifference(
// CHECK: %[[D:.*]] = vox.sub %arg0
// CHECK-NEXT: vox.softmax %[[D]] axis = 1
func.func @SoftmaxOfADifference(%x: tensor<3x4xf32>, %y: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %0 = vox.reduce max %y axes = [1] : tensor<3x4xf32> -> tensor<3x1xf32>
  %1 = vox.sub %x, %0 : (tensor<3x4xf32>, tensor<3x1xf32>) -> tensor<3x4xf32>
  %2 = vox.unary exp %1 : tensor<3x4xf32>
  %3 = vox.reduce sum %2 axes = [1] : tensor<3x4xf32> -> tensor<3x1xf32>
  %4 = vox.div %2, %3 : (tensor<3x4xf32>, tensor<3x1xf32>) -> tensor<3x4xf32>
  return %4 : tensor<3x4xf32>
}

// Without elements, and of rank 0.
// CHECK-LABEL: func.func @Shapes(
// CHECK-NEXT: vox.activation #vox.swish %arg0 : tensor<0x8xf32>
// CHECK-NEXT: vox.activation #vox.swish %arg1 : tensor<f32>
func.func @Shapes(%x: tensor<0x8xf32>, %y: tensor<f32>) -> (tensor<0x8xf32>, tensor<f32>) {
  %0 = vox.activation #vox.sigmoid %x : tensor<0x8xf32>
  %1 = vox.mul %x, %0 : (tensor<0x8xf32>, tensor<0x8xf32>) -> tensor<0x8xf32>
  %2 = vox.activation #vox.sigmoid %y : tensor<f32>
  %3 = vox.mul %y, %2 : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %1, %3 : tensor<0x8xf32>, tensor<f32>
}
