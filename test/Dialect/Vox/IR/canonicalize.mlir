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

// A kernel that computes nothing is a copy that someone asked for.
// CHECK-LABEL: func.func @AnchorsStay(
// CHECK: vox.activation #vox.identity
// CHECK: vox.concat
// CHECK: vox.pad
// CHECK: vox.transpose
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
  return %3 : tensor<2x4xf32>
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
