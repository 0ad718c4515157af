// Clamps that must stay, with the reason where something is known of the input.

// RUN: vox-opt %s --vox-simplify-by-range --remarks-filter='vox-simplify.*' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks

// REMARK-NOT: [Passed]

// REMARK: [Missed] OpenExtents | Category:vox-simplify-by-range | {{.*}}"positions and numbers of terms differ from run to run"
// CHECK-LABEL: func.func @OpenExtents(
// CHECK: #vox.relu
// CHECK: #vox.relu
func.func @OpenExtents(%x: tensor<4xf32>) -> tensor<4xf32> attributes {vox.open = #vox.open<least = [1], greatest = [4], inputs = [()[s0] -> (s0)]>} {
  %0 = vox.activation #vox.relu %x : tensor<4xf32>
  %1 = vox.activation #vox.relu %0 : tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: func.func @NothingIsKnown(
// CHECK: #vox.relu
func.func @NothingIsKnown(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.activation #vox.relu %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// REMARK: [Missed] ClampKept | {{.*}}"it changes something: the input lies in [-1, 1]"
// REMARK: [Missed] ClampKept | {{.*}}"it changes something: the input lies in [-1, 1]"
// REMARK: [Missed] ClampKept | {{.*}}"it changes something: the input lies in [-1, 1]"
// CHECK-LABEL: func.func @RangeIsTooWide(
// CHECK: #vox.relu
// CHECK: #vox.clip<min = -5.000000e-01, max = 5.000000e-01>
// CHECK: #vox.leaky_relu
// CHECK: vox.unary abs
// CHECK: vox.max
func.func @RangeIsTooWide(%x: tensor<4xf32>) -> (
    tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %half = vox.constant dense<0.5> : tensor<4xf32>
  %0 = vox.activation #vox.tanh %x : tensor<4xf32>
  %1 = vox.activation #vox.relu %0 : tensor<4xf32>
  %2 = vox.activation #vox.clip<min = -0.5, max = 0.5> %0 : tensor<4xf32>
  %3 = vox.activation #vox.leaky_relu<alpha = 0.1> %0 : tensor<4xf32>
  %4 = vox.unary abs %0 : tensor<4xf32>
  %5 = vox.max %0, %half : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1, %2, %3, %4, %5 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// Kernels of these may exceed the real function's bounds by their rounding:
// the least value of swish is -0.27846..., softmax may give more than 1.
// REMARK-COUNT-2: [Missed] ClampKept
// CHECK-LABEL: func.func @KernelsMayRoundOver(
// CHECK: #vox.clip<min = -0.27846454276107402>
// CHECK: #vox.clip<max = 1.000000e+00>
func.func @KernelsMayRoundOver(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = vox.activation #vox.swish %x : tensor<4xf32>
  %1 = vox.activation #vox.clip<min = -0.27846454276107402> %0 : tensor<4xf32>
  %2 = vox.softmax %x axis = 0 : tensor<4xf32>
  %3 = vox.activation #vox.clip<max = 1.0> %2 : tensor<4xf32>
  return %1, %3 : tensor<4xf32>, tensor<4xf32>
}

// SELU scales the positive side too; ReLU clamps what a padding, a difference,
// a product of signs, an odd power or two values that only look alike brought.
// REMARK: [Missed] ClampKept | {{.*}}"it changes something: the input lies in [-1, inf)"
// CHECK-LABEL: func.func @LookAlikes(
// CHECK: #vox.selu
// CHECK: vox.pad
// CHECK-NEXT: #vox.relu
// CHECK: vox.sub
// CHECK-NEXT: #vox.relu
// CHECK: vox.mul
// CHECK-NEXT: #vox.relu
// CHECK: vox.pow
// CHECK-NEXT: #vox.relu
// CHECK: vox.div
// CHECK-NEXT: #vox.relu
func.func @LookAlikes(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (
    tensor<4xf32>, tensor<5xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %three = vox.constant dense<3.0> : tensor<f32>
  %0 = vox.activation #vox.relu %x : tensor<4xf32>
  %1 = vox.activation #vox.selu %0 : tensor<4xf32>
  %2 = vox.pad %0 pads = [0, 1] value = -1.0 : tensor<4xf32> -> tensor<5xf32>
  %3 = vox.activation #vox.relu %2 : tensor<5xf32>
  %4 = vox.sub %0, %1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %5 = vox.activation #vox.relu %4 : tensor<4xf32>
  %6 = vox.mul %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %7 = vox.activation #vox.relu %6 : tensor<4xf32>
  %8 = vox.pow %x, %three : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %9 = vox.activation #vox.relu %8 : tensor<4xf32>
  // 1 / -0 is -inf, and -0 is not negative.
  %10 = vox.div %0, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %11 = vox.activation #vox.relu %10 : tensor<4xf32>
  return %1, %3, %5, %7, %9, %11 : tensor<4xf32>, tensor<5xf32>, tensor<4xf32>, tensor<4xf32>,
      tensor<4xf32>, tensor<4xf32>
}

// The clamp before serves another op, too.
// REMARK: [Missed] ClampsNotMerged | {{.*}}"the clamp before it has other users"
// CHECK-LABEL: func.func @ClampHasAnotherUser(
// CHECK: #vox.clip<min = -1.000000e+00, max = 1.000000e+00>
// CHECK: #vox.clip<min = -5.000000e-01, max = 5.000000e-01>
func.func @ClampHasAnotherUser(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = vox.activation #vox.clip<min = -1.0, max = 1.0> %x : tensor<4xf32>
  %1 = vox.activation #vox.clip<min = -0.5, max = 0.5> %0 : tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// An output's clamp stays where the layer's own sums alone speak against it:
// here behind a pool, which changes nothing about that.
// REMARK: [Missed] OutputClampKept | {{.*}}"a relu of what is not negative leads to an output, and that the input lies in [0, inf) is known only by adding up a layer's terms"
// CHECK-LABEL: func.func @OutputReluOfLayer(
// CHECK: vox.conv
// CHECK-NEXT: #vox.relu
func.func @OutputReluOfLayer(%x: tensor<1x1x4xf32>) -> tensor<1x1x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1x3xf32>
  %0 = vox.activation #vox.relu %x : tensor<1x1x4xf32>
  %1 = vox.conv %0, %w strides = [1] dilations = [1] pads = [1, 1] groups = 1
      : (tensor<1x1x4xf32>, tensor<1x1x3xf32>) -> tensor<1x1x4xf32>
  %2 = vox.activation #vox.relu %1 : tensor<1x1x4xf32>
  %3 = vox.global_pool max %2 : tensor<1x1x4xf32> -> tensor<1x1x1xf32>
  return %3 : tensor<1x1x1xf32>
}

// A logarithm may be -inf or NaN, of which a scale of zero makes NaN.
// REMARK: [Missed] ClampKept | {{.*}}"it changes something: the input lies in [-1, -1]"
// CHECK-LABEL: func.func @ConstantUnlessNaN(
// CHECK: #vox.relu
func.func @ConstantUnlessNaN(%x: tensor<1x1x3xf32>) -> tensor<1x1x3xf32> {
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %bias = vox.constant dense<-1.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.unary log %x : tensor<1x1x3xf32>
  %1 = vox.batch_norm %0 scale %zero bias %bias mean %one variance %one epsilon = 1.0e-5
      : tensor<1x1x3xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  %2 = vox.activation #vox.relu %1 : tensor<1x1x3xf32>
  return %2 : tensor<1x1x3xf32>
}

// Of NaN a thresholded ReLU makes 0, and a NaN would win a maximum.
// CHECK-LABEL: func.func @NaNWouldBeLost(
// CHECK: #vox.thresholded_relu
// CHECK: vox.max
func.func @NaNWouldBeLost(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %s = vox.activation #vox.sigmoid %x : tensor<4xf32>
  %0 = vox.unary sqrt %x : tensor<4xf32>
  %1 = vox.activation #vox.clip<min = 2.0, max = 3.0> %0 : tensor<4xf32>
  %2 = vox.activation #vox.thresholded_relu<alpha = 1.5> %1 : tensor<4xf32>
  %3 = vox.activation #vox.clip<min = 4.0> %s : tensor<4xf32>
  %4 = vox.max %x, %1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %2, %4 : tensor<4xf32>, tensor<4xf32>
}

// REMARK: [Missed] ConstantKept | {{.*}}"an activation that has one value only would be a constant of more than 65536 elements"
// CHECK-LABEL: func.func @ConstantIsLarge(
// CHECK: #vox.clip
func.func @ConstantIsLarge(%x: tensor<65537xf32>) -> tensor<65537xf32> {
  %0 = vox.activation #vox.sigmoid %x : tensor<65537xf32>
  %1 = vox.activation #vox.clip<min = 2.0, max = 3.0> %0 : tensor<65537xf32>
  return %1 : tensor<65537xf32>
}

// A negative slope turns the negative side round: up to 2 here.
// REMARK: [Missed] ClampKept | {{.*}}"it changes something: the input lies in [-1, 1]"
// REMARK: [Missed] ClampKept | {{.*}}"it changes something: the input lies in [0, 2]"
// CHECK-LABEL: func.func @NegativeSlope(
// CHECK: #vox.leaky_relu
// CHECK: #vox.clip<max = 1.000000e+00>
func.func @NegativeSlope(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.activation #vox.tanh %x : tensor<4xf32>
  %1 = vox.activation #vox.leaky_relu<alpha = -2.0> %0 : tensor<4xf32>
  %2 = vox.activation #vox.clip<max = 1.0> %1 : tensor<4xf32>
  return %2 : tensor<4xf32>
}

// Three taps of at least 1 are at least 3, but at the border some are 0; and
// what is subtracted is least where the input is greatest.
// REMARK: [Missed] ClampKept | {{.*}}"it changes something: the input lies in [0, 6
// REMARK: [Missed] ClampKept | {{.*}}"it changes something: the input lies in [-12{{.*}}, 0]"
// REMARK: [Missed] ClampKept | {{.*}}"it changes something: the input lies in [0, 6
// CHECK-LABEL: func.func @BordersAndSigns(
// CHECK: #vox.clip<min = 2.000000e+00>
// CHECK: #vox.clip<min = -7.000000e+00>
// CHECK: #vox.clip<min = 2.000000e+00>
func.func @BordersAndSigns(%x: tensor<1x1x4xf32>) -> (tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1x6xf32>) {
  %w = vox.constant dense<1.0> : tensor<1x1x3xf32>
  %v = vox.constant dense<-2.0> : tensor<1x1x3xf32>
  %one = vox.constant dense<1.0> : tensor<1x1x1xf32>
  %0 = vox.activation #vox.clip<min = 1.0, max = 2.0> %x : tensor<1x1x4xf32>
  %1 = vox.conv %0, %w strides = [1] dilations = [1] pads = [1, 1] groups = 1
      : (tensor<1x1x4xf32>, tensor<1x1x3xf32>) -> tensor<1x1x4xf32>
  %2 = vox.activation #vox.clip<min = 2.0> %1 : tensor<1x1x4xf32>
  %3 = vox.conv %2, %one strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  %4 = vox.conv %0, %v strides = [1] dilations = [1] pads = [1, 1] groups = 1
      : (tensor<1x1x4xf32>, tensor<1x1x3xf32>) -> tensor<1x1x4xf32>
  %5 = vox.activation #vox.clip<min = -7.0> %4 : tensor<1x1x4xf32>
  %6 = vox.conv %5, %one strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  %7 = vox.conv_transpose %0, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 1
      : (tensor<1x1x4xf32>, tensor<1x1x3xf32>) -> tensor<1x1x6xf32>
  %8 = vox.activation #vox.clip<min = 2.0> %7 : tensor<1x1x6xf32>
  %9 = vox.conv %8, %one strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x6xf32>, tensor<1x1x1xf32>) -> tensor<1x1x6xf32>
  return %3, %6, %9 : tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1x1x6xf32>
}

// Where bounds are inverted the result is the upper one, which the lower one
// alone would not give. (A square root may be NaN, so it is no constant.)
// REMARK: [Missed] ClampKept | {{.*}}"it changes something: the input lies in [0, 1]"
// CHECK-LABEL: func.func @InvertedClip(
// CHECK: #vox.clip<min = 3.000000e+00, max = 2.000000e+00>
func.func @InvertedClip(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.unary sqrt %x : tensor<4xf32>
  %1 = vox.activation #vox.tanh %0 : tensor<4xf32>
  %2 = vox.activation #vox.clip<min = 3.0, max = 2.0> %1 : tensor<4xf32>
  return %2 : tensor<4xf32>
}

// A square root may be NaN, of which thresholded_relu makes 0.
// REMARK: [Missed] ClampKept | {{.*}}"it changes something: the input lies in [0, inf)"
// CHECK-LABEL: func.func @NumberOfNaN(
// CHECK: #vox.clip<min = 1.000000e+00>
func.func @NumberOfNaN(%x: tensor<4xf32>) -> tensor<4xf32> {
  %two = vox.constant dense<2.0> : tensor<f32>
  %0 = vox.unary sqrt %x : tensor<4xf32>
  %1 = vox.add %0, %two : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %2 = vox.activation #vox.thresholded_relu<alpha = 1.0> %1 : tensor<4xf32>
  %3 = vox.activation #vox.clip<min = 1.0> %2 : tensor<4xf32>
  return %3 : tensor<4xf32>
}

// The winner has one element, the result four.
// CHECK-LABEL: func.func @WinnerIsBroadcast(
// CHECK: vox.max
func.func @WinnerIsBroadcast(%x: tensor<1xf32>) -> tensor<4xf32> {
  %low = vox.constant dense<[-1.0, -2.0, -3.0, -4.0]> : tensor<4xf32>
  %0 = vox.activation #vox.sigmoid %x : tensor<1xf32>
  %1 = vox.max %0, %low : (tensor<1xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// Integers wrap around: their sum may be below 0, and greater than 300.
// REMARK: [Missed] ClampKept | {{.*}}"it changes something: the input lies in [-128, 127]"
// CHECK-LABEL: func.func @IntegersWrap(
// CHECK: vox.cast
// CHECK-NEXT: vox.activation #vox.relu
// CHECK: vox.max %arg1
func.func @IntegersWrap(%x: tensor<4xi8>, %y: tensor<4xui8>) -> (tensor<4xf32>, tensor<4xui8>) {
  %zero = vox.constant dense<0> : tensor<ui8>
  %0 = vox.unary abs %x : tensor<4xi8>
  %1 = vox.add %0, %0 : (tensor<4xi8>, tensor<4xi8>) -> tensor<4xi8>
  %2 = vox.cast %1 : tensor<4xi8> -> tensor<4xf32>
  %3 = vox.activation #vox.relu %2 : tensor<4xf32>
  %4 = vox.max %y, %zero : (tensor<4xui8>, tensor<ui8>) -> tensor<4xui8>
  return %3, %4 : tensor<4xf32>, tensor<4xui8>
}

// An arc sine may be NaN, of which thresholded_relu makes 0.
// REMARK: [Missed] ClampKept | {{.*}}"it changes something: the input lies in [0, 6.57{{.*}}]"
// CHECK-LABEL: func.func @NumberOfArcSine(
// CHECK: #vox.clip<min = 1.000000e+00>
func.func @NumberOfArcSine(%x: tensor<4xf32>) -> tensor<4xf32> {
  %five = vox.constant dense<5.0> : tensor<f32>
  %0 = vox.unary asin %x : tensor<4xf32>
  %1 = vox.add %0, %five : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %2 = vox.activation #vox.thresholded_relu<alpha = 1.0> %1 : tensor<4xf32>
  %3 = vox.activation #vox.clip<min = 1.0> %2 : tensor<4xf32>
  return %3 : tensor<4xf32>
}

// REMARK-NOT: [Passed]
