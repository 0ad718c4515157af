// Clamps that go, or become less, because of what is known of their inputs.
// test/Numeric/ranges.test runs networks of this kind with and without the pass.

// RUN: vox-opt %s --vox-simplify-by-range | FileCheck %s
// RUN: vox-opt %s --vox-simplify-by-range --remarks-filter='vox-simplify.*' --remark-format=emitRemark --mlir-disable-threading 2>&1 >/dev/null \
// RUN:   | FileCheck %s --check-prefix=REMARK

//===----------------------------------------------------------------------===//
// relu of what is not negative
//===----------------------------------------------------------------------===//

// REMARK: [Passed] ReluOfNonNegative | Category:vox-simplify-by-range | {{.*}}"a relu of what is not negative: the input lies in [0, 1]"
// CHECK-LABEL: func.func @ReluOfSigmoid(
// CHECK-NEXT: %[[Y:.*]] = vox.activation #vox.sigmoid
// CHECK-NEXT: return %[[Y]]
func.func @ReluOfSigmoid(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.activation #vox.sigmoid %x : tensor<4xf32>
  %1 = vox.activation #vox.relu %0 : tensor<4xf32>
  return %1 : tensor<4xf32>
}

// The second of two that both stay in use.
// REMARK: [Passed] ReluOfNonNegative | {{.*}}"a relu of what is not negative: the input lies in [0, inf)"
// CHECK-LABEL: func.func @ReluOfReluWithAnotherUser(
// CHECK-NEXT: %[[Y:.*]] = vox.activation #vox.relu
// CHECK-NEXT: return %[[Y]], %[[Y]]
func.func @ReluOfReluWithAnotherUser(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = vox.activation #vox.relu %x : tensor<4xf32>
  %1 = vox.activation #vox.relu %0 : tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// Functions that round, rise or are bounded, and what repeats elements.
// REMARK-COUNT-6: [Passed] ReluOfNonNegative
// CHECK-LABEL: func.func @ReluOfFunctions(
// CHECK-NOT: #vox.relu
// CHECK: return
func.func @ReluOfFunctions(%x: tensor<2x3xf32>) -> tensor<18x9xf32> {
  %0 = vox.activation #vox.sigmoid %x : tensor<2x3xf32>
  %1 = vox.unary floor %0 : tensor<2x3xf32>
  %2 = vox.activation #vox.relu %1 : tensor<2x3xf32>
  %3 = vox.unary sinh %0 : tensor<2x3xf32>
  %4 = vox.activation #vox.relu %3 : tensor<2x3xf32>
  %5 = vox.unary acos %x : tensor<2x3xf32>
  %6 = vox.activation #vox.relu %5 : tensor<2x3xf32>
  %7 = vox.concat %2, %4, %6 axis = 0 : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<6x3xf32>
  %8 = vox.tile %7 : tensor<6x3xf32> -> tensor<18x3xf32>
  %9 = vox.activation #vox.relu %8 : tensor<18x3xf32>
  %10 = vox.pad %9 mode = reflect pads = [0, 4, 0, 2] value = -1.0 : tensor<18x3xf32> -> tensor<18x9xf32>
  %11 = vox.activation #vox.relu %10 : tensor<18x9xf32>
  %12 = vox.unary cosh %11 : tensor<18x9xf32>
  %13 = vox.activation #vox.relu %12 : tensor<18x9xf32>
  return %13 : tensor<18x9xf32>
}

// What lies along a dimension is repeated with it.
// REMARK: [Passed] ClipContainsRange
// CHECK-LABEL: func.func @ClipOfTile(
// CHECK: vox.tile
// CHECK-NEXT: vox.add
// CHECK-NEXT: return
func.func @ClipOfTile() -> tensor<4xf32> {
  %low = vox.constant dense<[0.0, 5.0]> : tensor<2xf32>
  %other = vox.constant dense<[5.0, 0.0, 5.0, 0.0]> : tensor<4xf32>
  %0 = vox.tile %low : tensor<2xf32> -> tensor<4xf32>
  %1 = vox.add %0, %other : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %2 = vox.activation #vox.clip<min = 4.0, max = 6.0> %1 : tensor<4xf32>
  return %2 : tensor<4xf32>
}

// Pools, concatenations, padding, resizing and moving keep the sign.
// REMARK-COUNT-6: [Passed] ReluOfNonNegative
// CHECK-LABEL: func.func @ReluBehindStructure(
// CHECK: vox.activation #vox.relu
// CHECK-NOT: vox.activation
func.func @ReluBehindStructure(%x: tensor<1x2x4x4xf32>) -> tensor<1x2x2xf32> {
  %0 = vox.activation #vox.relu %x : tensor<1x2x4x4xf32>
  %1 = vox.pool average %0 kernel = [2, 2] strides = [1, 1] dilations = [1, 1] pads = [1, 1, 1, 1]
      : tensor<1x2x4x4xf32> -> tensor<1x2x5x5xf32>
  %2 = vox.activation #vox.relu %1 : tensor<1x2x5x5xf32>
  %3 = vox.resize linear %2 scales = [1.0, 1.0, 2.0, 2.0] coordinates = half_pixel rounding = round_prefer_floor
      : tensor<1x2x5x5xf32> -> tensor<1x2x10x10xf32>
  %4 = vox.activation #vox.relu %3 : tensor<1x2x10x10xf32>
  %5 = vox.concat %4, %4 axis = 1 : (tensor<1x2x10x10xf32>, tensor<1x2x10x10xf32>) -> tensor<1x4x10x10xf32>
  %6 = vox.activation #vox.relu %5 : tensor<1x4x10x10xf32>
  %7 = vox.pad %6 pads = [0, 0, 1, 0, 0, 0, 0, -2] value = 5.0 : tensor<1x4x10x10xf32> -> tensor<1x4x11x8xf32>
  %8 = vox.activation #vox.relu %7 : tensor<1x4x11x8xf32>
  %9 = vox.slice %8 starts = [0, 3, 0, 7] steps = [1, -2, 1, -1] : tensor<1x4x11x8xf32> -> tensor<1x2x11x8xf32>
  %10 = vox.global_pool average %9 : tensor<1x2x11x8xf32> -> tensor<1x2x1x1xf32>
  %11 = vox.activation #vox.relu %10 : tensor<1x2x1x1xf32>
  %12 = vox.reshape %11 : tensor<1x2x1x1xf32> -> tensor<2x1x1xf32>
  %13 = vox.transpose %12 permutation = [1, 0, 2] : tensor<2x1x1xf32> -> tensor<1x2x1xf32>
  %14 = vox.add %13, %13 : (tensor<1x2x1xf32>, tensor<1x2x1xf32>) -> tensor<1x2x1xf32>
  %15 = vox.activation #vox.relu %14 : tensor<1x2x1xf32>
  %16 = vox.concat %15, %15 axis = 2 : (tensor<1x2x1xf32>, tensor<1x2x1xf32>) -> tensor<1x2x2xf32>
  return %16 : tensor<1x2x2xf32>
}

// REMARK-COUNT-10: [Passed] ReluOfNonNegative
// CHECK-LABEL: func.func @ReluOfNonNegativeFunctions(
// CHECK-NOT: #vox.relu
// CHECK: return
func.func @ReluOfNonNegativeFunctions(%x: tensor<2x4xf32>, %u: tensor<2x4xui8>) -> (
    tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>,
    tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>) {
  %two = vox.constant dense<2.0> : tensor<f32>
  %exp = vox.unary exp %x : tensor<2x4xf32>
  %0 = vox.activation #vox.relu %exp : tensor<2x4xf32>
  %abs = vox.unary abs %x : tensor<2x4xf32>
  %1 = vox.activation #vox.relu %abs : tensor<2x4xf32>
  %softplus = vox.activation #vox.softplus %x : tensor<2x4xf32>
  %2 = vox.activation #vox.relu %softplus : tensor<2x4xf32>
  %softmax = vox.softmax %x axis = 1 : tensor<2x4xf32>
  %3 = vox.activation #vox.relu %softmax : tensor<2x4xf32>
  %square = vox.mul %x, %x : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %4 = vox.activation #vox.relu %square : tensor<2x4xf32>
  %product = vox.mul %exp, %abs : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %5 = vox.activation #vox.relu %product : tensor<2x4xf32>
  %power = vox.pow %x, %two : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  %6 = vox.activation #vox.relu %power : tensor<2x4xf32>
  %max = vox.max %x, %two : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  %7 = vox.activation #vox.relu %max : tensor<2x4xf32>
  %byte = vox.cast %u : tensor<2x4xui8> -> tensor<2x4xf32>
  %8 = vox.activation #vox.relu %byte : tensor<2x4xf32>
  %mean = vox.reduce mean %abs axes = [1] : tensor<2x4xf32> -> tensor<2x1xf32>
  %quotient = vox.div %mean, %max : (tensor<2x1xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %9 = vox.activation #vox.relu %quotient : tensor<2x4xf32>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9 : tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>,
      tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>,
      tensor<2x4xf32>
}

//===----------------------------------------------------------------------===//
// Clips
//===----------------------------------------------------------------------===//

// ReLU6 of a sigmoid.
// REMARK: [Passed] ClipContainsRange | {{.*}}"a clip of what is inside its bounds: the input lies in [0, 1]"
// CHECK-LABEL: func.func @ClipOfSigmoid(
// CHECK-NEXT: %[[Y:.*]] = vox.activation #vox.sigmoid
// CHECK-NEXT: return %[[Y]]
func.func @ClipOfSigmoid(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.activation #vox.sigmoid %x : tensor<4xf32>
  %1 = vox.activation #vox.clip<min = 0.0, max = 6.0> %0 : tensor<4xf32>
  return %1 : tensor<4xf32>
}

// REMARK: [Passed] ClipLosesBound | {{.*}}"a clip one of whose bounds is kept anyway: the input lies in [-1, 1]"
// REMARK: [Passed] ClipLosesBound | {{.*}}"a clip one of whose bounds is kept anyway: the input lies in [-1, 1]"
// REMARK: [Passed] ClipLosesBound | {{.*}}"a clip one of whose bounds is kept anyway: the input lies in [-1, 1]"
// CHECK-LABEL: func.func @ClipLosesABound(
// CHECK: %[[T:.*]] = vox.activation #vox.tanh
// CHECK-DAG: %[[U:.*]] = vox.activation #vox.clip<max = 5.000000e-01> %[[T]] {layer = "upper"}
// CHECK-DAG: %[[L:.*]] = vox.activation #vox.clip<min = -5.000000e-01> %[[T]]
// CHECK-DAG: %[[R:.*]] = vox.activation #vox.relu %[[T]]
// CHECK: return %[[U]], %[[L]], %[[R]]
func.func @ClipLosesABound(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %0 = vox.activation #vox.tanh %x : tensor<4xf32>
  %1 = vox.activation #vox.clip<min = -1.0, max = 0.5> %0 {layer = "upper"} : tensor<4xf32>
  %2 = vox.activation #vox.clip<min = -0.5, max = 6.0> %0 : tensor<4xf32>
  %3 = vox.activation #vox.clip<min = 0.0, max = 6.0> %0 : tensor<4xf32>
  return %1, %2, %3 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// REMARK-COUNT-4: [Passed] ClampsMerged | {{.*}}"a clamp after another one: the input lies in
// CHECK-LABEL: func.func @ClampsMerged(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>)
// CHECK-DAG: %[[A:.*]] = vox.activation #vox.clip<min = 0.000000e+00, max = 6.000000e+00> %[[X]] {layer = "relu6"}
// CHECK-DAG: %[[B:.*]] = vox.activation #vox.clip<min = 0.000000e+00, max = 3.000000e+00> %[[X]]
// CHECK-DAG: %[[C:.*]] = vox.activation #vox.clip<min = 1.000000e+00, max = 2.000000e+00> %[[X]]
// CHECK-DAG: %[[D:.*]] = vox.activation #vox.relu %[[X]]
// CHECK: return %[[A]], %[[B]], %[[C]], %[[D]]
func.func @ClampsMerged(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %0 = vox.activation #vox.relu %x {layer = "relu"} : tensor<4xf32>
  %1 = vox.activation #vox.clip<min = -1.0, max = 6.0> %0 {layer = "relu6"} : tensor<4xf32>
  %2 = vox.activation #vox.clip<min = -2.0, max = 3.0> %x : tensor<4xf32>
  %3 = vox.activation #vox.relu %2 : tensor<4xf32>
  %4 = vox.activation #vox.clip<min = 0.0, max = 2.0> %x : tensor<4xf32>
  %5 = vox.activation #vox.clip<min = 1.0, max = 4.0> %4 : tensor<4xf32>
  %6 = vox.activation #vox.clip<min = -1.0> %x : tensor<4xf32>
  %7 = vox.activation #vox.relu %6 : tensor<4xf32>
  return %1, %3, %5, %7 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

//===----------------------------------------------------------------------===//
// Other functions
//===----------------------------------------------------------------------===//

// REMARK-COUNT-5: [Passed] RectifierOfNonNegative | {{.*}}"a rectifier of what is on its positive side: the input lies in
// CHECK-LABEL: func.func @RectifiersOfNonNegative(
// CHECK: %[[S:.*]] = vox.activation #vox.sigmoid
// CHECK: %[[C:.*]] = vox.activation #vox.clip<min = 2.000000e+00>
// CHECK-NEXT: return %[[S]], %[[S]], %[[S]], %[[S]], %[[C]]
func.func @RectifiersOfNonNegative(%x: tensor<4xf32>) -> (
    tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %slope = vox.constant dense<[0.1, -0.2, 0.3, 4.0]> : tensor<4xf32>
  %s = vox.activation #vox.sigmoid %x : tensor<4xf32>
  %0 = vox.activation #vox.leaky_relu<alpha = 0.2> %s : tensor<4xf32>
  %1 = vox.activation #vox.prelu %s parameter %slope : tensor<4xf32>, tensor<4xf32>
  %2 = vox.activation #vox.elu<alpha = 2.0> %s : tensor<4xf32>
  %3 = vox.activation #vox.celu<alpha = 2.0> %s : tensor<4xf32>
  %c = vox.activation #vox.clip<min = 2.0> %x : tensor<4xf32>
  %4 = vox.activation #vox.thresholded_relu<alpha = 1.0> %c : tensor<4xf32>
  return %0, %1, %2, %3, %4 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// REMARK: [Passed] AbsOfNonNegative | {{.*}}"an absolute value of what is not negative: the input lies in [0, inf)"
// CHECK-LABEL: func.func @AbsOfRelu(
// CHECK-NEXT: %[[Y:.*]] = vox.activation #vox.relu
// CHECK-NEXT: return %[[Y]]
func.func @AbsOfRelu(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.activation #vox.relu %x : tensor<4xf32>
  %1 = vox.unary abs %0 : tensor<4xf32>
  return %1 : tensor<4xf32>
}

// A constant on either side, greater and lesser.
// REMARK-COUNT-2: [Passed] ExtremumDecided | {{.*}}"a maximum or minimum whose winner is known: the operands lie in
// CHECK-LABEL: func.func @DecidedExtrema(
// CHECK: %[[S:.*]] = vox.activation #vox.sigmoid
// CHECK-NEXT: return %[[S]], %[[S]]
func.func @DecidedExtrema(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %five = vox.constant dense<5.0> : tensor<f32>
  %s = vox.activation #vox.sigmoid %x : tensor<4xf32>
  %0 = vox.max %s, %zero : (tensor<4xf32>, tensor<1xf32>) -> tensor<4xf32>
  %1 = vox.min %five, %s : (tensor<f32>, tensor<4xf32>) -> tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// A scale of zero makes each channel its bias, here negative.
// REMARK: [Passed] ConstantActivation | {{.*}}"an activation that has one value only: the input lies in [-2, -1]"
// REMARK: [Passed] ConstantActivation | {{.*}}"an activation that has one value only: the input lies in [0, 1]"
// CHECK-LABEL: func.func @ConstantActivations(
// CHECK-DAG: %[[Z:.*]] = vox.constant dense<0.000000e+00> : tensor<1x2x3xf32>
// CHECK-DAG: %[[O:.*]] = vox.constant dense<2.000000e+00> : tensor<1x2x3xf32>
// CHECK: return %[[Z]], %[[O]]
func.func @ConstantActivations(%x: tensor<1x2x3xf32>) -> (tensor<1x2x3xf32>, tensor<1x2x3xf32>) {
  %scale = vox.constant dense<0.0> : tensor<2xf32>
  %bias = vox.constant dense<[-1.0, -2.0]> : tensor<2xf32>
  %one = vox.constant dense<1.0> : tensor<2xf32>
  %0 = vox.batch_norm %x scale %scale bias %bias mean %one variance %one epsilon = 1.0e-5
      : tensor<1x2x3xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  %1 = vox.activation #vox.relu %0 : tensor<1x2x3xf32>
  %2 = vox.activation #vox.sigmoid %x : tensor<1x2x3xf32>
  %3 = vox.activation #vox.clip<min = 2.0, max = 3.0> %2 : tensor<1x2x3xf32>
  return %1, %3 : tensor<1x2x3xf32>, tensor<1x2x3xf32>
}

//===----------------------------------------------------------------------===//
// Channel by channel
//===----------------------------------------------------------------------===//

// Channel 1 alone is known: it is 3. It stays known where a transpose, a slice
// and a concatenation move it, and in arithmetic with a constant per channel.
// REMARK: [Passed] ReluOfNonNegative | {{.*}}the input lies in [5.99{{[0-9]*}}, 6.0
// REMARK: [Passed] ConstantActivation | {{.*}}the input lies in [3, 3]
// CHECK-LABEL: func.func @FactsMoveWithChannels(
// CHECK: vox.mul
// CHECK-NEXT: vox.slice
// CHECK-NEXT: vox.concat
// CHECK-NEXT: vox.slice
// CHECK-NEXT: vox.constant dense<3.000000e+00>
// CHECK-NEXT: return
func.func @FactsMoveWithChannels(%x: tensor<1x2x3xf32>) -> (tensor<1x3x1xf32>, tensor<1x1x3xf32>) {
  %scale = vox.constant dense<[1.0, 0.0]> : tensor<2xf32>
  %bias = vox.constant dense<[1.0, 3.0]> : tensor<2xf32>
  %one = vox.constant dense<1.0> : tensor<2xf32>
  %factor = vox.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %0 = vox.batch_norm %x scale %scale bias %bias mean %one variance %one epsilon = 0.0
      : tensor<1x2x3xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  %1 = vox.transpose %0 permutation = [0, 2, 1] : tensor<1x2x3xf32> -> tensor<1x3x2xf32>
  %2 = vox.mul %1, %factor : (tensor<1x3x2xf32>, tensor<2xf32>) -> tensor<1x3x2xf32>
  %3 = vox.slice %2 starts = [0, 0, 1] steps = [1, 1, 1] : tensor<1x3x2xf32> -> tensor<1x3x1xf32>
  %4 = vox.activation #vox.relu %3 : tensor<1x3x1xf32>
  %5 = vox.concat %x, %0 axis = 1 : (tensor<1x2x3xf32>, tensor<1x2x3xf32>) -> tensor<1x4x3xf32>
  %6 = vox.slice %5 starts = [0, 3, 0] steps = [1, 1, 1] : tensor<1x4x3xf32> -> tensor<1x1x3xf32>
  %7 = vox.activation #vox.relu %6 : tensor<1x1x3xf32>
  return %4, %7 : tensor<1x3x1xf32>, tensor<1x1x3xf32>
}

//===----------------------------------------------------------------------===//
// Through layers
//===----------------------------------------------------------------------===//

// No term of the sums is negative, and the activation is hidden.
// REMARK: [Passed] ReluOfNonNegative | {{.*}}"a relu of what is not negative: the input lies in [0.499{{[0-9]*}}, inf)"
// CHECK-LABEL: func.func @HiddenReluOfLayer(
// CHECK: vox.dense
// CHECK-NEXT: vox.dense
func.func @HiddenReluOfLayer(%x: tensor<3x2xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<[[0.25, 1.0], [2.0, 0.0]]> : tensor<2x2xf32>
  %b = vox.constant dense<[0.5, 0.75]> : tensor<2xf32>
  %v = vox.constant dense<1.0> : tensor<1x2xf32>
  %0 = vox.activation #vox.relu %x : tensor<3x2xf32>
  %1 = vox.dense %0, %w bias %b : (tensor<3x2xf32>, tensor<2x2xf32>, tensor<2xf32>) -> tensor<3x2xf32>
  %2 = vox.activation #vox.relu %1 : tensor<3x2xf32>
  %3 = vox.dense %2, %v : (tensor<3x2xf32>, tensor<1x2xf32>) -> tensor<3x1xf32>
  return %3 : tensor<3x1xf32>
}

// What is known of a channel is known of the features that it is flattened to:
// channel 0 is 1, channel 1 at most 0, and the weights are positive where the
// former is read.
// REMARK: [Passed] ReluOfNonNegative | {{.*}}"a relu of what is not negative: the input lies in [2, inf)"
// CHECK-LABEL: func.func @FlattenedChannels(
// CHECK: vox.dense
// CHECK-NEXT: vox.dense
func.func @FlattenedChannels(%x: tensor<1x2x2xf32>) -> tensor<1x1xf32> {
  %scale = vox.constant dense<[0.0, -1.0]> : tensor<2xf32>
  %bias = vox.constant dense<[1.0, 0.0]> : tensor<2xf32>
  %zero = vox.constant dense<0.0> : tensor<2xf32>
  %one = vox.constant dense<1.0> : tensor<2xf32>
  %w = vox.constant dense<[[1.0, 1.0, -1.0, 0.0]]> : tensor<1x4xf32>
  %v = vox.constant dense<1.0> : tensor<1x1xf32>
  %0 = vox.activation #vox.relu %x : tensor<1x2x2xf32>
  %1 = vox.batch_norm %0 scale %scale bias %bias mean %zero variance %one epsilon = 0.0
      : tensor<1x2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  %2 = vox.reshape %1 : tensor<1x2x2xf32> -> tensor<1x4xf32>
  %3 = vox.dense %2, %w : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x1xf32>
  %4 = vox.activation #vox.relu %3 : tensor<1x1xf32>
  %5 = vox.dense %4, %v : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  return %5 : tensor<1x1xf32>
}
