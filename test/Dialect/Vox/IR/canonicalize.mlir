// Folds that are exact for every input, and their look-alikes that are not:
// what is replaced must give the same bits, the sign of zero included.

// RUN: vox-opt %s --canonicalize | FileCheck %s

//===----------------------------------------------------------------------===//
// Must fold
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @AddNegativeZero(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @AddNegativeZero(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<-0.0> : tensor<f32>
  %0 = vox.add %x, %c : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @AddNegativeZeroFromTheLeft(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @AddNegativeZeroFromTheLeft(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<-0.0> : tensor<f32>
  %0 = vox.add %c, %x : (tensor<f32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @SubZero(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @SubZero(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<0.0> : tensor<f32>
  %0 = vox.sub %x, %c : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @MulOne(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @MulOne(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<1.0> : tensor<f32>
  %0 = vox.mul %x, %c : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @MulOneFromTheLeft(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @MulOneFromTheLeft(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<1.0> : tensor<f32>
  %0 = vox.mul %c, %x : (tensor<f32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @DivOne(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @DivOne(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<1.0> : tensor<f32>
  %0 = vox.div %x, %c : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @MulOnesOfSameShape(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @MulOnesOfSameShape(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<1.0> : tensor<2x4xf32>
  %0 = vox.mul %x, %c : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @MulOnesPerColumn(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @MulOnesPerColumn(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<[1.0, 1.0, 1.0, 1.0]> : tensor<4xf32>
  %0 = vox.mul %x, %c : (tensor<2x4xf32>, tensor<4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @Identity(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @Identity(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.activation #vox.identity %x {layer = "skip"} : tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @ConcatOfOne(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @ConcatOfOne(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.concat %x axis = 1 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @PadNothing(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @PadNothing(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.pad %x pads = [0, 0, 0, 0] value = 1.0 : tensor<2x4xf32> -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @SliceOfEverything(
// CHECK-SAME: %[[X:.*]]: tensor<2x1xi64>
// CHECK-NEXT: return %[[X]]
func.func @SliceOfEverything(%x: tensor<2x1xi64>) -> tensor<2x1xi64> {
  %0 = vox.slice %x starts = [0, 0] steps = [1, -3] : tensor<2x1xi64> -> tensor<2x1xi64>
  return %0 : tensor<2x1xi64>
}

// CHECK-LABEL: func.func @CastToSameType(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xi1>
// CHECK-NEXT: return %[[X]]
func.func @CastToSameType(%x: tensor<2x4xi1>) -> tensor<2x4xi1> {
  %0 = vox.cast %x : tensor<2x4xi1> -> tensor<2x4xi1>
  return %0 : tensor<2x4xi1>
}

// CHECK-LABEL: func.func @ResizeToSameSize(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @ResizeToSameSize(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.resize nearest %x scales = [1.0, 1.0] coordinates = half_pixel rounding = ceil : tensor<2x4xf32> -> tensor<2x4xf32>
  %1 = vox.resize linear %0 scales = [1.0, 1.0] coordinates = align_corners rounding = floor : tensor<2x4xf32> -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// One slope for all channels is a Leaky ReLU's; what selects the layer stays.
// CHECK-LABEL: func.func @PReluOfOneSlope(
// CHECK-SAME: %[[X:.*]]: tensor<1x2x4xf32>
// CHECK-NEXT: %[[Y:.*]] = vox.activation #vox.leaky_relu<alpha = 2.500000e-01> %[[X]] {layer = "slopes"} : tensor<1x2x4xf32>
// CHECK-NEXT: return %[[Y]]
func.func @PReluOfOneSlope(%x: tensor<1x2x4xf32>) -> tensor<1x2x4xf32> {
  %slope = vox.constant dense<0.25> : tensor<1x1xf32>
  %0 = vox.activation #vox.prelu %x parameter %slope {layer = "slopes"} : tensor<1x2x4xf32>, tensor<1x1xf32>
  return %0 : tensor<1x2x4xf32>
}

// The slope is a float32, which alpha holds exactly; it may be negative.
// CHECK-LABEL: func.func @PReluOfNegativeSlope(
// CHECK-NEXT: vox.activation #vox.leaky_relu<alpha = -0.10000000149011612> %{{.*}} : tensor<1x2x4xf32>
func.func @PReluOfNegativeSlope(%x: tensor<1x2x4xf32>) -> tensor<1x2x4xf32> {
  %slope = vox.constant dense<-0.1> : tensor<f32>
  %0 = vox.activation #vox.prelu %x parameter %slope : tensor<1x2x4xf32>, tensor<f32>
  return %0 : tensor<1x2x4xf32>
}

// CHECK-LABEL: func.func @ReshapeToSameShape(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @ReshapeToSameShape(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.reshape %x : tensor<2x4xf32> -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @TransposeNothing(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @TransposeNothing(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.transpose %x permutation = [0, 1] : tensor<2x4xf32> -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @ReshapeBackAndForth(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @ReshapeBackAndForth(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.reshape %x : tensor<2x4xf32> -> tensor<8xf32>
  %1 = vox.reshape %0 : tensor<8xf32> -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @ReshapeOfReshape(
// CHECK-SAME: %[[X:.*]]: tensor<2x3x4xf32>
// CHECK-NEXT: %[[Y:.*]] = vox.reshape %[[X]] : tensor<2x3x4xf32> -> tensor<24xf32>
// CHECK-NEXT: return %[[Y]]
func.func @ReshapeOfReshape(%x: tensor<2x3x4xf32>) -> tensor<24xf32> {
  %0 = vox.reshape %x : tensor<2x3x4xf32> -> tensor<6x4xf32>
  %1 = vox.reshape %0 : tensor<6x4xf32> -> tensor<24xf32>
  return %1 : tensor<24xf32>
}

// The first reshape has another user, which keeps it.
// CHECK-LABEL: func.func @ReshapeOfUsedReshape(
// CHECK-SAME: %[[X:.*]]: tensor<2x3x4xf32>
// CHECK-NEXT: %[[Y:.*]] = vox.reshape %[[X]] : tensor<2x3x4xf32> -> tensor<6x4xf32>
// CHECK-NEXT: %[[Z:.*]] = vox.reshape %[[X]] : tensor<2x3x4xf32> -> tensor<24xf32>
// CHECK-NEXT: return %[[Y]], %[[Z]]
func.func @ReshapeOfUsedReshape(%x: tensor<2x3x4xf32>) -> (tensor<6x4xf32>, tensor<24xf32>) {
  %0 = vox.reshape %x : tensor<2x3x4xf32> -> tensor<6x4xf32>
  %1 = vox.reshape %0 : tensor<6x4xf32> -> tensor<24xf32>
  return %0, %1 : tensor<6x4xf32>, tensor<24xf32>
}

// CHECK-LABEL: func.func @FlattenIsReshape(
// CHECK-NEXT: vox.reshape %{{.*}} : tensor<2x3x4xf32> -> tensor<6x4xf32>
func.func @FlattenIsReshape(%x: tensor<2x3x4xf32>) -> tensor<6x4xf32> {
  %0 = vox.flatten %x axis = 2 : tensor<2x3x4xf32> -> tensor<6x4xf32>
  return %0 : tensor<6x4xf32>
}

// CHECK-LABEL: func.func @FlattenOfMatrixIsNothing(
// CHECK-NEXT: return %{{.*}}
func.func @FlattenOfMatrixIsNothing(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.flatten %x axis = 1 : tensor<2x4xf32> -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// A resource folds as an inline constant does.
// CHECK-LABEL: func.func @MulOnesInResource(
// CHECK-NEXT: return %{{.*}}
func.func @MulOnesInResource(%x: tensor<2xf32>) -> tensor<2xf32> {
  %c = vox.constant dense_resource<ones> : tensor<2xf32>
  %0 = vox.mul %x, %c : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @UnusedOps(
// CHECK-NEXT: return
func.func @UnusedOps(%x: tensor<1x1x8xf32>, %w: tensor<1x1x3xf32>) {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x8xf32>, tensor<1x1x3xf32>) -> tensor<1x1x6xf32>
  %1 = vox.softmax %0 axis = 2 : tensor<1x1x6xf32>
  return
}

// What exporters compute by nodes: 1 / sqrt(2), gains per row and column.
// CHECK-LABEL: func.func @Constants(
// CHECK-DAG: vox.constant dense<0.707106769> : tensor<f32>
// CHECK-DAG: vox.constant dense<{{\[\[}}3.000000e+00, 4.000000e+00, 5.000000e+00], [6.000000e+00, 8.000000e+00, 1.000000e+01]]> : tensor<2x3xf32>
// CHECK-DAG: vox.constant dense<1.25992107> : tensor<1xf32>
// CHECK-DAG: vox.constant dense<[0x7FC00000, 2.000000e+00]> : tensor<2xf32>
// CHECK-DAG: vox.constant dense<[0x7FC00000, 1.000000e+00]> : tensor<2xf32>
// CHECK-NEXT: return
func.func @Constants() -> (tensor<f32>, tensor<2x3xf32>, tensor<1xf32>, tensor<2xf32>, tensor<2xf32>) {
  %two = vox.constant dense<2.0> : tensor<f32>
  %root = vox.unary sqrt %two : tensor<f32>
  %0 = vox.unary reciprocal %root : tensor<f32>
  %row = vox.constant dense<[3.0, 4.0, 5.0]> : tensor<3xf32>
  %column = vox.constant dense<[[1.0], [2.0]]> : tensor<2x1xf32>
  %1 = vox.mul %row, %column : (tensor<3xf32>, tensor<2x1xf32>) -> tensor<2x3xf32>
  %third = vox.constant dense<0.333333343> : tensor<1xf32>
  %3 = vox.pow %two, %third : (tensor<f32>, tensor<1xf32>) -> tensor<1xf32>
  %nan = vox.constant dense<[0x7FC00000, 1.0]> : tensor<2xf32>
  %4 = vox.max %nan, %two : (tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  %5 = vox.min %two, %nan : (tensor<f32>, tensor<2xf32>) -> tensor<2xf32>
  return %0, %1, %3, %4, %5 : tensor<f32>, tensor<2x3xf32>, tensor<1xf32>, tensor<2xf32>, tensor<2xf32>
}

// Each step is rounded to float32: 1e8 + 1 is 1e8.
// CHECK-LABEL: func.func @ConstantsRound(
// CHECK-NEXT: vox.constant dense<0.000000e+00> : tensor<f32>
// CHECK-NEXT: return
func.func @ConstantsRound() -> tensor<f32> {
  %large = vox.constant dense<1.0e8> : tensor<f32>
  %one = vox.constant dense<1.0> : tensor<f32>
  %0 = vox.add %large, %one : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %1 = vox.sub %0, %large : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %1 : tensor<f32>
}

// CHECK-LABEL: func.func @NegTwice(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @NegTwice(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.unary neg %x : tensor<2x4xf32>
  %1 = vox.unary neg %0 : tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @AbsTwice(
// CHECK-NEXT: %[[Y:.*]] = vox.unary abs
// CHECK-NEXT: return %[[Y]]
func.func @AbsTwice(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.unary abs %x : tensor<2x4xf32>
  %1 = vox.unary abs %0 : tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @ExtremesOfOneValue(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @ExtremesOfOneValue(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.max %x, %x : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = vox.min %0, %0 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @PowOne(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @PowOne(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %one = vox.constant dense<1.0> : tensor<f32>
  %0 = vox.pow %x, %one : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

//===----------------------------------------------------------------------===//
// Must not fold
//===----------------------------------------------------------------------===//

// -0 + 0 is 0, not -0.
// CHECK-LABEL: func.func @AddZeroStays(
// CHECK: %[[Y:.*]] = vox.add
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @AddZeroStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<0.0> : tensor<f32>
  %0 = vox.add %x, %c : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// -0 - -0 is 0, not -0.
// CHECK-LABEL: func.func @SubNegativeZeroStays(
// CHECK: %[[Y:.*]] = vox.sub
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @SubNegativeZeroStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<-0.0> : tensor<f32>
  %0 = vox.sub %x, %c : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// 0 - x is no x.
// CHECK-LABEL: func.func @ZeroMinusXStays(
// CHECK: %[[Y:.*]] = vox.sub
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @ZeroMinusXStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<0.0> : tensor<f32>
  %0 = vox.sub %c, %x : (tensor<f32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// 1 / x is no x.
// CHECK-LABEL: func.func @OneOverXStays(
// CHECK: %[[Y:.*]] = vox.div
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @OneOverXStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<1.0> : tensor<f32>
  %0 = vox.div %c, %x : (tensor<f32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @MulTwoStays(
// CHECK: %[[Y:.*]] = vox.mul
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @MulTwoStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<2.0> : tensor<f32>
  %0 = vox.mul %x, %c : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// NaN and infinities keep it.
// CHECK-LABEL: func.func @MulZeroStays(
// CHECK: %[[Y:.*]] = vox.mul
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @MulZeroStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<0.0> : tensor<f32>
  %0 = vox.mul %x, %c : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// One element differs.
// CHECK-LABEL: func.func @MulAlmostOnesStays(
// CHECK: %[[Y:.*]] = vox.mul
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @MulAlmostOnesStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<[1.0, 1.0, 1.0, 2.0]> : tensor<4xf32>
  %0 = vox.mul %x, %c : (tensor<2x4xf32>, tensor<4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// Zeros of both signs.
// CHECK-LABEL: func.func @AddMixedZerosStays(
// CHECK: %[[Y:.*]] = vox.add
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @AddMixedZerosStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<[-0.0, 0.0, -0.0, -0.0]> : tensor<4xf32>
  %0 = vox.add %x, %c : (tensor<2x4xf32>, tensor<4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// The constant repeats x.
// CHECK-LABEL: func.func @MulOnesThatBroadcastStays(
// CHECK: %[[Y:.*]] = vox.mul
// CHECK-NEXT: return %[[Y]] : tensor<3x2x4xf32>
func.func @MulOnesThatBroadcastStays(%x: tensor<2x4xf32>) -> tensor<3x2x4xf32> {
  %c = vox.constant dense<1.0> : tensor<3x2x4xf32>
  %0 = vox.mul %x, %c : (tensor<2x4xf32>, tensor<3x2x4xf32>) -> tensor<3x2x4xf32>
  return %0 : tensor<3x2x4xf32>
}

// The constant gives x another rank.
// CHECK-LABEL: func.func @AddNegativeZeroOfHigherRankStays(
// CHECK: %[[Y:.*]] = vox.add
// CHECK-NEXT: return %[[Y]] : tensor<1x2x4xf32>
func.func @AddNegativeZeroOfHigherRankStays(%x: tensor<2x4xf32>) -> tensor<1x2x4xf32> {
  %c = vox.constant dense<-0.0> : tensor<1x1x1xf32>
  %0 = vox.add %x, %c : (tensor<2x4xf32>, tensor<1x1x1xf32>) -> tensor<1x2x4xf32>
  return %0 : tensor<1x2x4xf32>
}

// CHECK-LABEL: func.func @ReluStays(
// CHECK: %[[Y:.*]] = vox.activation
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @ReluStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.activation #vox.relu %x : tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// Unbounded, but NaN and infinities are what they are.
// CHECK-LABEL: func.func @ClipWithoutBoundsStays(
// CHECK: %[[Y:.*]] = vox.activation
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @ClipWithoutBoundsStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.activation #vox.clip %x : tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// A slope of 1 is still a function to be replaced by name.
// CHECK-LABEL: func.func @LeakyReluOfSlopeOneStays(
// CHECK: %[[Y:.*]] = vox.activation
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @LeakyReluOfSlopeOneStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.activation #vox.leaky_relu<alpha = 1.0> %x : tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @PReluPerChannelStays(
// CHECK: vox.activation #vox.prelu
func.func @PReluPerChannelStays(%x: tensor<1x2x4xf32>) -> tensor<1x2x4xf32> {
  %slope = vox.constant dense<[[0.25], [0.5]]> : tensor<2x1xf32>
  %0 = vox.activation #vox.prelu %x parameter %slope : tensor<1x2x4xf32>, tensor<2x1xf32>
  return %0 : tensor<1x2x4xf32>
}

// Training is to set them apart: what --replace-activations puts there.
// CHECK-LABEL: func.func @PReluOfEqualSlopesPerChannelStays(
// CHECK: vox.activation #vox.prelu
func.func @PReluOfEqualSlopesPerChannelStays(%x: tensor<1x2x4xf32>) -> tensor<1x2x4xf32> {
  %slope = vox.constant dense<0.25> : tensor<2x1xf32>
  %0 = vox.activation #vox.prelu %x parameter %slope : tensor<1x2x4xf32>, tensor<2x1xf32>
  return %0 : tensor<1x2x4xf32>
}

// CHECK-LABEL: func.func @PReluOfComputedSlopeStays(
// CHECK: vox.activation #vox.prelu
func.func @PReluOfComputedSlopeStays(%x: tensor<1x2x4xf32>, %slope: tensor<1xf32>) -> tensor<1x2x4xf32> {
  %0 = vox.activation #vox.prelu %x parameter %slope : tensor<1x2x4xf32>, tensor<1xf32>
  return %0 : tensor<1x2x4xf32>
}

// A Leaky ReLU's slope is a real number.
// CHECK-LABEL: func.func @PReluOfInfiniteSlopeStays(
// CHECK: vox.activation #vox.prelu
// CHECK: vox.activation #vox.prelu
func.func @PReluOfInfiniteSlopeStays(%x: tensor<1x2x4xf32>) -> tensor<1x2x4xf32> {
  %infinite = vox.constant dense<0x7F800000> : tensor<1xf32>
  %nan = vox.constant dense<0x7FC00000> : tensor<1xf32>
  %0 = vox.activation #vox.prelu %x parameter %infinite : tensor<1x2x4xf32>, tensor<1xf32>
  %1 = vox.activation #vox.prelu %0 parameter %nan : tensor<1x2x4xf32>, tensor<1xf32>
  return %1 : tensor<1x2x4xf32>
}

// No slopes, and nothing to compute with them.
// CHECK-LABEL: func.func @PReluOfNothingStays(
// CHECK: vox.activation #vox.prelu
func.func @PReluOfNothingStays(%x: tensor<1x0x4xf32>) -> tensor<1x0x4xf32> {
  %slope = vox.constant dense<> : tensor<0x1xf32>
  %0 = vox.activation #vox.prelu %x parameter %slope : tensor<1x0x4xf32>, tensor<0x1xf32>
  return %0 : tensor<1x0x4xf32>
}

// The same shape, in the other direction.
// CHECK-LABEL: func.func @SliceBackwardsStays(
// CHECK: %[[Y:.*]] = vox.slice
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @SliceBackwardsStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.slice %x starts = [0, 3] steps = [1, -1] : tensor<2x4xf32> -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @SliceOfAPartStays(
// CHECK: %[[Y:.*]] = vox.slice
// CHECK-NEXT: return %[[Y]] : tensor<2x3xf32>
func.func @SliceOfAPartStays(%x: tensor<2x4xf32>) -> tensor<2x3xf32> {
  %0 = vox.slice %x starts = [0, 0] steps = [1, 1] : tensor<2x4xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// Of the same size in memory.
// CHECK-LABEL: func.func @CastToUnsignedStays(
// CHECK: %[[Y:.*]] = vox.cast
// CHECK-NEXT: return %[[Y]] : tensor<2x4xui8>
func.func @CastToUnsignedStays(%x: tensor<2x4xi8>) -> tensor<2x4xui8> {
  %0 = vox.cast %x : tensor<2x4xi8> -> tensor<2x4xui8>
  return %0 : tensor<2x4xui8>
}

// Integers come back from float32 rounded, and floats from integers cut off.
// CHECK-LABEL: func.func @CastThereAndBackStays(
// CHECK: vox.cast
// CHECK: vox.cast
func.func @CastThereAndBackStays(%x: tensor<2x4xi32>) -> tensor<2x4xi32> {
  %0 = vox.cast %x : tensor<2x4xi32> -> tensor<2x4xf32>
  %1 = vox.cast %0 : tensor<2x4xf32> -> tensor<2x4xi32>
  return %1 : tensor<2x4xi32>
}

// The same extents, but other positions: 2 x 1.2 and 4 x 1.2 are rounded down.
// CHECK-LABEL: func.func @ResizeByFractionStays(
// CHECK: %[[Y:.*]] = vox.resize
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @ResizeByFractionStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.resize linear %x scales = [1.2, 1.2] coordinates = half_pixel rounding = floor : tensor<2x4xf32> -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// Integers are no neutral elements of float arithmetic.
// CHECK-LABEL: func.func @MulCastOnesStays(
// CHECK: %[[Y:.*]] = vox.mul
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @MulCastOnesStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = vox.constant dense<1> : tensor<4xi32>
  %0 = vox.cast %c : tensor<4xi32> -> tensor<4xf32>
  %1 = vox.mul %x, %0 : (tensor<2x4xf32>, tensor<4xf32>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @ConcatTwiceStays(
// CHECK: %[[Y:.*]] = vox.concat
// CHECK-NEXT: return %[[Y]] : tensor<4x4xf32>
func.func @ConcatTwiceStays(%x: tensor<2x4xf32>) -> tensor<4x4xf32> {
  %0 = vox.concat %x, %x axis = 0 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<4x4xf32>
  return %0 : tensor<4x4xf32>
}

// Shifts by one: the shape stays, the elements move.
// CHECK-LABEL: func.func @PadAndCropStays(
// CHECK: %[[Y:.*]] = vox.pad
// CHECK-NEXT: return %[[Y]] : tensor<2x4xf32>
func.func @PadAndCropStays(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.pad %x pads = [0, 1, 0, -1] value = 0.0 : tensor<2x4xf32> -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// Equal extents hide the exchange.
// CHECK-LABEL: func.func @TransposeOfSquareStays(
// CHECK: %[[Y:.*]] = vox.transpose
// CHECK-NEXT: return %[[Y]] : tensor<4x4xf32>
func.func @TransposeOfSquareStays(%x: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %0 = vox.transpose %x permutation = [1, 0] : tensor<4x4xf32> -> tensor<4x4xf32>
  return %0 : tensor<4x4xf32>
}

// CHECK-LABEL: func.func @ReshapeStays(
// CHECK: %[[Y:.*]] = vox.reshape
// CHECK-NEXT: return %[[Y]] : tensor<4x2xf32>
func.func @ReshapeStays(%x: tensor<2x4xf32>) -> tensor<4x2xf32> {
  %0 = vox.reshape %x : tensor<2x4xf32> -> tensor<4x2xf32>
  return %0 : tensor<4x2xf32>
}

// Of two different ops neither is left out; the exponent of 1 is no factor.
// CHECK-LABEL: func.func @OtherPairsStay(
// CHECK: vox.unary neg
// CHECK: vox.unary abs
// CHECK: vox.unary reciprocal
// CHECK: vox.unary reciprocal
// CHECK: vox.pow
// CHECK: return
func.func @OtherPairsStay(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.unary neg %x : tensor<2x4xf32>
  %1 = vox.unary abs %0 : tensor<2x4xf32>
  %2 = vox.unary reciprocal %1 : tensor<2x4xf32>
  %3 = vox.unary reciprocal %2 : tensor<2x4xf32>
  %one = vox.constant dense<1.0> : tensor<f32>
  %4 = vox.pow %one, %3 : (tensor<f32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %4 : tensor<2x4xf32>
}

// What is computed once per run costs less than a large constant.
// CHECK-LABEL: func.func @LargeConstantsStay(
// CHECK: vox.unary sqrt
func.func @LargeConstantsStay() -> tensor<4097xf32> {
  %c = vox.constant dense<2.0> : tensor<4097xf32>
  %0 = vox.unary sqrt %c : tensor<4097xf32>
  return %0 : tensor<4097xf32>
}

// A kernel that computes nothing is a copy that someone asked for.
// CHECK-LABEL: func.func @AnchorsStay(
// CHECK: vox.activation #vox.identity
// CHECK: vox.concat
// CHECK: vox.pad
// CHECK: vox.transpose
// CHECK: vox.slice
// CHECK: vox.cast
// CHECK: vox.resize
// CHECK: vox.max
func.func @AnchorsStay(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.group(%a = %x : tensor<2x4xf32>) -> tensor<2x4xf32> {
    %4 = vox.activation #vox.identity %a : tensor<2x4xf32>
    vox.yield %4 : tensor<2x4xf32>
  }
  %1 = vox.group(%a = %0 : tensor<2x4xf32>) -> tensor<2x4xf32> {
    %4 = vox.concat %a axis = 1 : (tensor<2x4xf32>) -> tensor<2x4xf32>
    vox.yield %4 : tensor<2x4xf32>
  }
  %2 = vox.group(%a = %1 : tensor<2x4xf32>) -> tensor<2x4xf32> {
    %4 = vox.pad %a pads = [0, 0, 0, 0] value = 0.0 : tensor<2x4xf32> -> tensor<2x4xf32>
    vox.yield %4 : tensor<2x4xf32>
  }
  %3 = vox.group(%a = %2 : tensor<2x4xf32>) -> tensor<2x4xf32> {
    %4 = vox.transpose %a permutation = [0, 1] : tensor<2x4xf32> -> tensor<2x4xf32>
    vox.yield %4 : tensor<2x4xf32>
  }
  %5 = vox.group(%a = %3 : tensor<2x4xf32>) -> tensor<2x4xf32> {
    %4 = vox.slice %a starts = [0, 0] steps = [1, 1] : tensor<2x4xf32> -> tensor<2x4xf32>
    vox.yield %4 : tensor<2x4xf32>
  }
  %6 = vox.group(%a = %5 : tensor<2x4xf32>) -> tensor<2x4xf32> {
    %4 = vox.cast %a : tensor<2x4xf32> -> tensor<2x4xf32>
    vox.yield %4 : tensor<2x4xf32>
  }
  %7 = vox.group(%a = %6 : tensor<2x4xf32>) -> tensor<2x4xf32> {
    %4 = vox.resize nearest %a scales = [1.0, 1.0] coordinates = half_pixel rounding = floor : tensor<2x4xf32> -> tensor<2x4xf32>
    vox.yield %4 : tensor<2x4xf32>
  }
  %8 = vox.group(%a = %7 : tensor<2x4xf32>) -> tensor<2x4xf32> {
    %4 = vox.max %a, %a : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
    vox.yield %4 : tensor<2x4xf32>
  }
  return %8 : tensor<2x4xf32>
}

// Behind an anchor an identity is only a step.
// CHECK-LABEL: func.func @EpilogueFolds(
// CHECK: vox.activation #vox.relu
// CHECK-NEXT: vox.yield
func.func @EpilogueFolds(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = vox.group(%a = %x : tensor<2x4xf32>) -> tensor<2x4xf32> {
    %1 = vox.activation #vox.relu %a : tensor<2x4xf32>
    %2 = vox.activation #vox.identity %1 : tensor<2x4xf32>
    vox.yield %2 : tensor<2x4xf32>
  }
  return %0 : tensor<2x4xf32>
}

{-#
  dialect_resources: {
    builtin: {
      ones: "0x400000000000803F0000803F"
    }
  }
#-}

// Exporters write one slice per dimension; one is left.
// CHECK-LABEL: @SliceOfSlice
// CHECK-SAME: %[[X:.*]]: tensor<9x8x7xf32>
// CHECK-NEXT: %[[Y:.*]] = vox.slice %[[X]] starts = [1, 7, 6] steps = [2, -2, -3] : tensor<9x8x7xf32> -> tensor<3x4x2xf32>
// CHECK-NEXT: return %[[Y]]
func.func @SliceOfSlice(%x: tensor<9x8x7xf32>) -> tensor<3x4x2xf32> {
  %0 = vox.slice %x starts = [1, 0, 0] steps = [2, 1, 1] : tensor<9x8x7xf32> -> tensor<4x8x7xf32>
  %1 = vox.slice %0 starts = [0, 7, 6] steps = [1, -1, -1] : tensor<4x8x7xf32> -> tensor<4x8x7xf32>
  %2 = vox.slice %1 starts = [0, 0, 0] steps = [1, 2, 3] : tensor<4x8x7xf32> -> tensor<3x4x2xf32>
  return %2 : tensor<3x4x2xf32>
}

// Steps that matter to no element don't stand in the way of others.
// CHECK-LABEL: @SliceInHugeSteps
// CHECK-NEXT: vox.slice %{{.*}} starts = [2, 3] steps = [1, 1] : tensor<3x5xf32> -> tensor<1x1xf32>
func.func @SliceInHugeSteps(%x: tensor<3x5xf32>) -> tensor<1x1xf32> {
  %0 = vox.slice %x starts = [2, 2] steps = [9223372036854775807, 1] : tensor<3x5xf32> -> tensor<1x3xf32>
  %1 = vox.slice %0 starts = [0, 1] steps = [9223372036854775807, 4611686018427387904] : tensor<1x3xf32> -> tensor<1x1xf32>
  return %1 : tensor<1x1xf32>
}

// Integers have no folds of numbers; what holds for each of them stays.
// CHECK-LABEL: func.func @Integers(
// CHECK-DAG: %[[ONE:.*]] = vox.constant dense<1> : tensor<3xi32>
// CHECK-DAG: %[[SUM:.*]] = vox.add %[[ONE]], %[[ONE]]
// CHECK-DAG: %[[PRODUCT:.*]] = vox.mul %arg0, %[[ONE]]
// CHECK: return %[[SUM]], %[[PRODUCT]], %arg0, %arg0
func.func @Integers(%x: tensor<3xi32>) -> (tensor<3xi32>, tensor<3xi32>, tensor<3xi32>, tensor<3xi32>) {
  %one = vox.constant dense<1> : tensor<3xi32>
  %0 = vox.add %one, %one : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
  %1 = vox.mul %x, %one : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
  %2 = vox.unary neg %x : tensor<3xi32>
  %3 = vox.unary neg %2 : tensor<3xi32>
  %4 = vox.max %x, %x : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
  return %0, %1, %3, %4 : tensor<3xi32>, tensor<3xi32>, tensor<3xi32>, tensor<3xi32>
}

// CHECK-LABEL: func.func @TileOfAll(
// CHECK-NEXT: return %arg0
func.func @TileOfAll(%x: tensor<2x3xi1>) -> tensor<2x3xi1> {
  %0 = vox.tile %x : tensor<2x3xi1> -> tensor<2x3xi1>
  return %0 : tensor<2x3xi1>
}

// CHECK-LABEL: func.func @RepeatingPadOfNothing(
// CHECK-NEXT: return %arg0
func.func @RepeatingPadOfNothing(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = vox.pad %x mode = reflect pads = [0, 0, 0, 0] value = 0.0 : tensor<2x3xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}
