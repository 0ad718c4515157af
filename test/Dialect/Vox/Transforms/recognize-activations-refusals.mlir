// What vox-recognize-activations leaves alone, and why.
// test/Recognition has the formulas that only look like one.

// RUN: vox-opt %s --vox-recognize-activations --remarks-filter='vox-recognize-activations' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks

// REMARK: [Missed] NotRecognized | Category:vox-recognize-activations | {{.*}}Reason="looks like swish, but a value inside it has other users"
// CHECK-LABEL: func.func @AnotherUser(
// CHECK: vox.activation #vox.sigmoid
// CHECK: vox.mul
func.func @AnotherUser(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.sigmoid %x : tensor<8xf32>
  %1 = vox.mul %x, %0 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  %2 = vox.add %1, %0 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  return %2 : tensor<8xf32>
}

// REMARK: {{.*}}Reason="looks like softplus, but a value inside it has other users"
// CHECK-LABEL: func.func @InnerOutput(
// CHECK: %[[E:.*]] = vox.unary exp
// CHECK: vox.unary log
// CHECK: return %{{.*}}, %[[E]]
func.func @InnerOutput(%x: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %one = vox.constant dense<1.0> : tensor<f32>
  %0 = vox.unary exp %x : tensor<8xf32>
  %1 = vox.add %0, %one : (tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
  %2 = vox.unary log %1 : tensor<8xf32>
  return %2, %0 : tensor<8xf32>, tensor<8xf32>
}

// Something else still needs the inside, but not all of it: the gate alone.
// CHECK-LABEL: func.func @GateHasAnotherUser(
// CHECK: %[[S:.*]] = vox.activation #vox.sigmoid %arg0
// CHECK: vox.mul %arg0, %[[S]]
// CHECK: vox.sub %[[S]], %arg0
func.func @GateHasAnotherUser(%x: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %one = vox.constant dense<1.0> : tensor<f32>
  %0 = vox.unary neg %x : tensor<8xf32>
  %1 = vox.unary exp %0 : tensor<8xf32>
  %2 = vox.add %1, %one : (tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
  %3 = vox.div %one, %2 : (tensor<f32>, tensor<8xf32>) -> tensor<8xf32>
  %4 = vox.mul %x, %3 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  %5 = vox.sub %3, %x : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  return %4, %5 : tensor<8xf32>, tensor<8xf32>
}

// REMARK: {{.*}}Reason="looks like sigmoid, but a number is 2; expected 1"
// CHECK-LABEL: func.func @TwoOver(
// CHECK: vox.div
func.func @TwoOver(%x: tensor<8xf32>) -> tensor<8xf32> {
  %one = vox.constant dense<1.0> : tensor<f32>
  %two = vox.constant dense<2.0> : tensor<f32>
  %0 = vox.unary neg %x : tensor<8xf32>
  %1 = vox.unary exp %0 : tensor<8xf32>
  %2 = vox.add %1, %one : (tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
  %3 = vox.div %two, %2 : (tensor<f32>, tensor<8xf32>) -> tensor<8xf32>
  return %3 : tensor<8xf32>
}

// REMARK: {{.*}}Reason="looks like leaky_relu, but a number is 1.5; expected 0 to 1"
// CHECK-LABEL: func.func @SlopeAboveOne(
// CHECK: vox.max
func.func @SlopeAboveOne(%x: tensor<8xf32>) -> tensor<8xf32> {
  %a = vox.constant dense<1.5> : tensor<f32>
  %0 = vox.mul %x, %a : (tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
  %1 = vox.max %0, %x : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  return %1 : tensor<8xf32>
}

// REMARK: {{.*}}Reason="looks like leaky_relu, but a number is 0.5; expected 1 or more"
// CHECK-LABEL: func.func @SlopeBelowOne(
// CHECK: vox.min
func.func @SlopeBelowOne(%x: tensor<8xf32>) -> tensor<8xf32> {
  %a = vox.constant dense<0.5> : tensor<f32>
  %0 = vox.mul %x, %a : (tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
  %1 = vox.min %0, %x : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  return %1 : tensor<8xf32>
}

// REMARK: {{.*}}Reason="looks like celu, but its parameters are out of range"
// CHECK-LABEL: func.func @NegativeCelu(
// CHECK: vox.select
func.func @NegativeCelu(%x: tensor<8xf32>) -> tensor<8xf32> {
  %zero = vox.constant dense<0.0> : tensor<f32>
  %one = vox.constant dense<1.0> : tensor<f32>
  %a = vox.constant dense<-2.0> : tensor<f32>
  %0 = vox.div %x, %a : (tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
  %1 = vox.unary exp %0 : tensor<8xf32>
  %2 = vox.sub %1, %one : (tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
  %3 = vox.mul %2, %a : (tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
  %4 = vox.compare greater %x, %zero : (tensor<8xf32>, tensor<f32>) -> tensor<8xi1>
  %5 = vox.select %4, %x, %3 : (tensor<8xi1>, tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  return %5 : tensor<8xf32>
}

// REMARK: {{.*}}Reason="looks like softmax, but a number is 1; expected 0"
// CHECK-LABEL: func.func @AnotherDimension(
// CHECK: vox.div
// CHECK-NEXT: return
func.func @AnotherDimension(%x: tensor<3x3xf32>) -> tensor<3x3xf32> {
  %0 = vox.reduce max %x axes = [1] : tensor<3x3xf32> -> tensor<3x1xf32>
  %1 = vox.sub %x, %0 : (tensor<3x3xf32>, tensor<3x1xf32>) -> tensor<3x3xf32>
  %2 = vox.unary exp %1 : tensor<3x3xf32>
  %3 = vox.reduce max %x axes = [0] : tensor<3x3xf32> -> tensor<1x3xf32>
  %4 = vox.sub %x, %3 : (tensor<3x3xf32>, tensor<1x3xf32>) -> tensor<3x3xf32>
  %5 = vox.unary exp %4 : tensor<3x3xf32>
  %6 = vox.reduce sum %5 axes = [0] : tensor<3x3xf32> -> tensor<1x3xf32>
  %7 = vox.div %2, %6 : (tensor<3x3xf32>, tensor<1x3xf32>) -> tensor<3x3xf32>
  return %7 : tensor<3x3xf32>
}

// Both dimensions at once are no softmax of one.
// CHECK-LABEL: func.func @TwoDimensions(
// CHECK: vox.div
func.func @TwoDimensions(%x: tensor<3x3xf32>) -> tensor<3x3xf32> {
  %0 = vox.unary exp %x : tensor<3x3xf32>
  %1 = vox.reduce sum %0 axes = [0, 1] : tensor<3x3xf32> -> tensor<1x1xf32>
  %2 = vox.div %0, %1 : (tensor<3x3xf32>, tensor<1x1xf32>) -> tensor<3x3xf32>
  return %2 : tensor<3x3xf32>
}

// The sum counts each element three times.
// CHECK-LABEL: func.func @SumOfABroadcast(
// CHECK: vox.div
func.func @SumOfABroadcast(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %ones = vox.constant dense<1.0> : tensor<3x1xf32>
  %0 = vox.unary exp %x : tensor<1x4xf32>
  %1 = vox.mul %0, %ones : (tensor<1x4xf32>, tensor<3x1xf32>) -> tensor<3x4xf32>
  %2 = vox.reduce sum %1 axes = [0] : tensor<3x4xf32> -> tensor<1x4xf32>
  %3 = vox.div %0, %2 : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return %3 : tensor<1x4xf32>
}

// The gate broadcasts its input.
// CHECK-LABEL: func.func @BroadcastResult(
// CHECK: vox.activation #vox.sigmoid %arg0
// CHECK: vox.mul
func.func @BroadcastResult(%x: tensor<4xf32>) -> tensor<2x4xf32> {
  %ones = vox.constant dense<1.0> : tensor<2x4xf32>
  %0 = vox.activation #vox.sigmoid %x : tensor<4xf32>
  %1 = vox.mul %0, %ones : (tensor<4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = vox.mul %x, %1 : (tensor<4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// The input of the gate is another value.
// CHECK-LABEL: func.func @AnotherInput(
// CHECK: vox.activation #vox.sigmoid %arg1
// CHECK: vox.mul
func.func @AnotherInput(%x: tensor<8xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.sigmoid %y : tensor<8xf32>
  %1 = vox.mul %x, %0 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  return %1 : tensor<8xf32>
}

// Only constants are learned parameters.
// CHECK-LABEL: func.func @ParameterIsAnInput(
// CHECK: vox.activation #vox.sigmoid
// CHECK: vox.mul
func.func @ParameterIsAnInput(%x: tensor<8xf32>, %p: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.mul %x, %p : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  %1 = vox.activation #vox.sigmoid %0 : tensor<8xf32>
  %2 = vox.mul %x, %1 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  return %2 : tensor<8xf32>
}

// A maximum over more than one dimension.
// CHECK-LABEL: func.func @PoolOverTwoDimensions(
// CHECK: vox.global_pool
// CHECK: vox.div
func.func @PoolOverTwoDimensions(%x: tensor<1x2x3x4xf32>) -> tensor<1x2x3x4xf32> {
  %0 = vox.global_pool max %x : tensor<1x2x3x4xf32> -> tensor<1x2x1x1xf32>
  %1 = vox.sub %x, %0 : (tensor<1x2x3x4xf32>, tensor<1x2x1x1xf32>) -> tensor<1x2x3x4xf32>
  %2 = vox.unary exp %1 : tensor<1x2x3x4xf32>
  %3 = vox.reduce max %2 axes = [3] : tensor<1x2x3x4xf32> -> tensor<1x2x3x1xf32>
  %4 = vox.div %2, %3 : (tensor<1x2x3x4xf32>, tensor<1x2x3x1xf32>) -> tensor<1x2x3x4xf32>
  return %4 : tensor<1x2x3x4xf32>
}

// An activation by its name needs nothing.
// CHECK-LABEL: func.func @Named(
// CHECK-NEXT: vox.activation #vox.relu %arg0 {layer = "a"}
// CHECK-NEXT: vox.activation #vox.elu %{{.*}} {layer = "b"}
// CHECK-NEXT: vox.softmax %{{.*}} axis = 0 {layer = "c"}
// CHECK-NEXT: return
func.func @Named(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %x {layer = "a"} : tensor<8xf32>
  %1 = vox.activation #vox.elu %0 {layer = "b"} : tensor<8xf32>
  %2 = vox.softmax %1 axis = 0 {layer = "c"} : tensor<8xf32>
  return %2 : tensor<8xf32>
}

// A NaN has no place in a formula.
// CHECK-LABEL: func.func @NotANumber(
// CHECK: vox.max
func.func @NotANumber(%x: tensor<8xf32>) -> tensor<8xf32> {
  %nan = vox.constant dense<0x7FC00000> : tensor<f32>
  %0 = vox.max %x, %nan : (tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
  return %0 : tensor<8xf32>
}

// Of integers this is no activation.
// CHECK-LABEL: func.func @ReluOfIntegers(
// CHECK-NEXT: vox.sub %arg0, %arg0
// CHECK-NEXT: vox.max
// CHECK-NEXT: return
func.func @ReluOfIntegers(%x: tensor<8xi32>) -> tensor<8xi32> {
  %0 = vox.sub %x, %x : (tensor<8xi32>, tensor<8xi32>) -> tensor<8xi32>
  %1 = vox.max %x, %0 : (tensor<8xi32>, tensor<8xi32>) -> tensor<8xi32>
  return %1 : tensor<8xi32>
}

// The condition looks at integers, which may be anything.
// CHECK-LABEL: func.func @ChosenByIntegers(
// CHECK: vox.compare greater %arg1
// CHECK-NEXT: vox.select
func.func @ChosenByIntegers(%x: tensor<8xf32>, %i: tensor<8xi32>) -> tensor<8xf32> {
  %none = vox.constant dense<0> : tensor<i32>
  %zero = vox.constant dense<0.0> : tensor<f32>
  %0 = vox.compare greater %i, %none : (tensor<8xi32>, tensor<i32>) -> tensor<8xi1>
  %1 = vox.select %0, %x, %zero : (tensor<8xi1>, tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
  return %1 : tensor<8xf32>
}
