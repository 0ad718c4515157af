// Ops that must not be fused, and outputs that need a kernel of their own.

// RUN: vox-opt %s --vox-form-groups --remarks-filter='vox-form.*' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks
// RUN: vox-opt %s --vox-form-groups --canonicalize | FileCheck %s

//===----------------------------------------------------------------------===//
// Values that are needed elsewhere
//===----------------------------------------------------------------------===//

// REMARK: [Missed] NotFused | Category:vox-form-groups | {{.*}}Reason="its result has several users, so it must be stored"
// CHECK-LABEL: func.func @ValueIsAnOutput(
// CHECK: %[[Y:.*]] = vox.group
// CHECK-NEXT: vox.dense
// CHECK-NEXT: vox.yield
// CHECK: %[[Z:.*]] = vox.group (%{{.*}} = %[[Y]] : tensor<2x4xf32>)
// CHECK-NEXT: vox.activation
// CHECK: return %[[Y]], %[[Z]]
func.func @ValueIsAnOutput(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>) -> (tensor<2x4xf32>, tensor<2x4xf32>) {
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  %1 = vox.activation #vox.relu %0 : tensor<2x4xf32>
  return %0, %1 : tensor<2x4xf32>, tensor<2x4xf32>
}

// REMARK: Reason="its result has several users, so it must be stored"
// CHECK-LABEL: func.func @TwoUsers(
// CHECK-COUNT-3: vox.group
// CHECK-NOT: vox.group
// CHECK: return
func.func @TwoUsers(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>) -> (tensor<2x4xf32>, tensor<2x4xf32>) {
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  %1 = vox.activation #vox.relu %0 : tensor<2x4xf32>
  %2 = vox.activation #vox.tanh %0 : tensor<2x4xf32>
  return %1, %2 : tensor<2x4xf32>, tensor<2x4xf32>
}

// x sigmoid(x): the addition's value goes two ways and meets itself again.
// REMARK: Reason="its result has several users, so it must be stored"
// CHECK-LABEL: func.func @DiamondBehindLayer(
// CHECK: vox.group
// CHECK-NEXT: vox.dense
// CHECK-NEXT: vox.yield
// CHECK: vox.group
// CHECK-NEXT: vox.activation #vox.sigmoid
// CHECK-NEXT: vox.mul
// CHECK-NEXT: vox.yield
func.func @DiamondBehindLayer(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>) -> tensor<2x4xf32> {
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  %1 = vox.activation #vox.sigmoid %0 : tensor<2x4xf32>
  %2 = vox.mul %0, %1 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

//===----------------------------------------------------------------------===//
// Shapes and kinds that do not fit
//===----------------------------------------------------------------------===//

// REMARK: [Missed] NotFused {{.*}}Reason="its result 5x4 is broadcast from 1x4"
// CHECK-LABEL: func.func @LayerIsBroadcast(
// CHECK-COUNT-2: vox.group
func.func @LayerIsBroadcast(%x: tensor<1x3xf32>, %w: tensor<4x3xf32>, %a: tensor<5x1xf32>) -> tensor<5x4xf32> {
  %0 = vox.dense %x, %w : (tensor<1x3xf32>, tensor<4x3xf32>) -> tensor<1x4xf32>
  %1 = vox.add %0, %a : (tensor<1x4xf32>, tensor<5x1xf32>) -> tensor<5x4xf32>
  return %1 : tensor<5x4xf32>
}

// REMARK: Reason="its result 1x2x4 is broadcast from 2x4"
// CHECK-LABEL: func.func @AddendIsPerBatch(
// CHECK-COUNT-2: vox.group
func.func @AddendIsPerBatch(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>, %a: tensor<1x1x1xf32>) -> tensor<1x2x4xf32> {
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  %1 = vox.add %0, %a : (tensor<2x4xf32>, tensor<1x1x1xf32>) -> tensor<1x2x4xf32>
  return %1 : tensor<1x2x4xf32>
}

// CHECK-LABEL: func.func @NoEpilogueBehind(
// CHECK: vox.softmax
// CHECK-NEXT: vox.yield
// CHECK: vox.concat
// CHECK-NEXT: vox.yield
// CHECK: vox.pad
// CHECK-NEXT: vox.yield
// CHECK: vox.transpose
// CHECK-NEXT: vox.yield
// CHECK: vox.global_pool
// CHECK-NEXT: vox.yield
// CHECK: vox.activation
func.func @NoEpilogueBehind(%x: tensor<1x4x4xf32>) -> tensor<1x8x1xf32> {
  %0 = vox.softmax %x axis = 1 : tensor<1x4x4xf32>
  %1 = vox.concat %0, %x axis = 1 : (tensor<1x4x4xf32>, tensor<1x4x4xf32>) -> tensor<1x8x4xf32>
  %2 = vox.pad %1 pads = [0, 0, 1, 0, 0, 3] value = 0.0 : tensor<1x8x4xf32> -> tensor<1x8x8xf32>
  %3 = vox.transpose %2 permutation = [0, 2, 1] : tensor<1x8x8xf32> -> tensor<1x8x8xf32>
  %4 = vox.global_pool max %3 : tensor<1x8x8xf32> -> tensor<1x8x1xf32>
  %5 = vox.activation #vox.relu %4 : tensor<1x8x1xf32>
  return %5 : tensor<1x8x1xf32>
}

// Not even through a view: the shapes agree, the index arithmetic does not.
// CHECK-LABEL: func.func @ReshapeBetween(
// CHECK: vox.group
// CHECK: vox.reshape
// CHECK: vox.group
func.func @ReshapeBetween(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>) -> tensor<8xf32> {
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  %1 = vox.reshape %0 : tensor<2x4xf32> -> tensor<8xf32>
  %2 = vox.activation #vox.relu %1 : tensor<8xf32>
  return %2 : tensor<8xf32>
}

// CHECK-LABEL: func.func @OneLayerBehindAnother(
// CHECK-COUNT-2: vox.group
func.func @OneLayerBehindAnother(%x: tensor<2x3xf32>, %w: tensor<3x3xf32>) -> tensor<2x3xf32> {
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  %1 = vox.dense %0, %w : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}

//===----------------------------------------------------------------------===//
// Outputs: each is written by a kernel of its own
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @ArgumentReturned(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>
// CHECK-NEXT: %[[Y:.*]] = vox.group (%{{.*}} = %[[X]] : tensor<4xf32>)
// CHECK-NEXT: vox.activation #vox.identity
// CHECK: return %[[Y]]
func.func @ArgumentReturned(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// CHECK-LABEL: func.func @ConstantReturned(
// CHECK-NEXT: %[[C:.*]] = vox.constant
// CHECK-NEXT: %[[Y:.*]] = vox.group (%{{.*}} = %[[C]] : tensor<2xf32>)
// CHECK-NEXT: vox.activation #vox.identity
// CHECK: return %[[Y]]
func.func @ConstantReturned() -> tensor<2xf32> {
  %0 = vox.constant dense<[1.0, 2.0]> : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @ReshapeOfArgumentReturned(
// CHECK-NEXT: %[[V:.*]] = vox.reshape
// CHECK-NEXT: %[[Y:.*]] = vox.group (%{{.*}} = %[[V]] : tensor<2x2xf32>)
// CHECK-NEXT: vox.activation #vox.identity
// CHECK: return %[[Y]]
func.func @ReshapeOfArgumentReturned(%x: tensor<4xf32>) -> tensor<2x2xf32> {
  %0 = vox.reshape %x : tensor<4xf32> -> tensor<2x2xf32>
  return %0 : tensor<2x2xf32>
}

// The kernel behind a view writes the output itself: no copy.
// CHECK-LABEL: func.func @ReshapeOfLayerReturned(
// CHECK-COUNT-1: vox.group
// CHECK-NOT: vox.activation #vox.identity
// CHECK: %[[V:.*]] = vox.reshape
// CHECK-NEXT: return %[[V]]
func.func @ReshapeOfLayerReturned(%x: tensor<4xf32>) -> tensor<2x2xf32> {
  %0 = vox.activation #vox.relu %x : tensor<4xf32>
  %1 = vox.reshape %0 : tensor<4xf32> -> tensor<2x2xf32>
  return %1 : tensor<2x2xf32>
}

// CHECK-LABEL: func.func @ReturnedTwice(
// CHECK: %[[Y:.*]] = vox.group
// CHECK-NEXT: vox.activation #vox.relu
// CHECK: %[[Z:.*]] = vox.group (%{{.*}} = %[[Y]] : tensor<4xf32>)
// CHECK-NEXT: vox.activation #vox.identity
// CHECK: return %[[Y]], %[[Z]]
func.func @ReturnedTwice(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = vox.activation #vox.relu %x : tensor<4xf32>
  return %0, %0 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @ReturnedAsViewAndItself(
// CHECK: %[[Y:.*]] = vox.group
// CHECK: %[[V:.*]] = vox.reshape %[[Y]]
// CHECK-NEXT: %[[Z:.*]] = vox.group (%{{.*}} = %[[Y]] : tensor<4xf32>)
// CHECK-NEXT: vox.activation #vox.identity
// CHECK: return %[[V]], %[[Z]]
func.func @ReturnedAsViewAndItself(%x: tensor<4xf32>) -> (tensor<2x2xf32>, tensor<4xf32>) {
  %0 = vox.activation #vox.relu %x : tensor<4xf32>
  %1 = vox.reshape %0 : tensor<4xf32> -> tensor<2x2xf32>
  return %1, %0 : tensor<2x2xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @ArgumentReturnedTwice(
// CHECK-COUNT-2: vox.activation #vox.identity
func.func @ArgumentReturnedTwice(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  return %x, %x : tensor<4xf32>, tensor<4xf32>
}

// Launches, from a later phase, are no ops to group.
// CHECK-LABEL: func.func @LaunchesStay(
// CHECK-NEXT: vox.launch @relu
// CHECK-NEXT: return
vox.kernel @relu(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.activation #vox.relu %a : tensor<4xf32>
  vox.yield %0 : tensor<4xf32>
} schedule <algorithm = plain>
func.func @LaunchesStay(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.launch @relu(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func private @Declaration
func.func private @Declaration(tensor<4xf32>) -> tensor<4xf32>

// No activation copies integers; a cast to their own type does, also when it is
// canonicalized.
// CHECK-LABEL: func.func @IntegerInputIsOutput(
// CHECK-SAME: %[[X:.*]]: tensor<4xi32>
// CHECK: %[[Y:.*]] = vox.group (%[[A:.*]] = %[[X]] : tensor<4xi32>) -> tensor<4xi32> {
// CHECK-NEXT: vox.cast %[[A]] : tensor<4xi32> -> tensor<4xi32>
// CHECK: return %[[Y]]
func.func @IntegerInputIsOutput(%x: tensor<4xi32>) -> tensor<4xi32> {
  return %x : tensor<4xi32>
}
