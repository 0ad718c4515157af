// Values that must stay planar.

// RUN: vox-opt %s --vox-form-groups --vox-assign-layouts --canonicalize \
// RUN:     --remarks-filter-missed='vox-assign-layouts' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks
// RUN: not vox-opt %s --vox-assign-layouts=lanes=0 2>&1 | FileCheck %s --check-prefix=LANES0
// RUN: not vox-opt %s --vox-assign-layouts=lanes=12 2>&1 | FileCheck %s --check-prefix=LANES12
// RUN: not vox-opt %s --vox-assign-layouts=lanes=128 2>&1 | FileCheck %s --check-prefix=LANES128

// LANES0: error: option lanes is 0; expected a power of two from 1 to 64
// LANES12: error: option lanes is 12; expected a power of two from 1 to 64
// LANES128: error: option lanes is 128; expected a power of two from 1 to 64

// Half a block of 8 belongs to each group.
// REMARK: [Missed] Planar | Category:vox-assign-layouts | {{.*}}Reason="channels per group are no multiple of the block"
// CHECK-LABEL: func.func @GroupsOfHalfBlocks(
// CHECK-NOT: #vox
// CHECK: vox.conv
// CHECK-NOT: #vox
// CHECK: return
func.func @GroupsOfHalfBlocks(%x: tensor<1x8x8xf32>) -> tensor<1x8x8xf32> {
  %w = vox.constant dense<1.0> : tensor<8x4x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 2
      : (tensor<1x8x8xf32>, tensor<8x4x1xf32>) -> tensor<1x8x8xf32>
  return %0 : tensor<1x8x8xf32>
}

// REMARK: Reason="channels per group are no multiple of the block"
// CHECK-LABEL: func.func @DepthwiseWithMultiplier(
// CHECK-NOT: #vox
// CHECK: return
func.func @DepthwiseWithMultiplier(%x: tensor<1x8x8xf32>) -> tensor<1x16x8xf32> {
  %w = vox.constant dense<1.0> : tensor<16x1x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 8
      : (tensor<1x8x8xf32>, tensor<16x1x1xf32>) -> tensor<1x16x8xf32>
  return %0 : tensor<1x16x8xf32>
}

// The second part would begin inside a block.
// REMARK: [Missed] Planar {{.*}}Reason="parts are no multiples of one block"
// CHECK-LABEL: func.func @ConcatInsideBlock(
// CHECK-COUNT-2: vox.unpack
// CHECK: vox.concat {{.*}} : (tensor<1x20x8xf32>, tensor<1x20x8xf32>) -> tensor<1x40x8xf32>
func.func @ConcatInsideBlock(%x: tensor<1x1x8xf32>) -> tensor<1x40x8xf32> {
  %w = vox.constant dense<1.0> : tensor<20x1x1xf32>
  %v = vox.constant dense<2.0> : tensor<20x1x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x8xf32>, tensor<20x1x1xf32>) -> tensor<1x20x8xf32>
  %1 = vox.conv %x, %v strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x8xf32>, tensor<20x1x1xf32>) -> tensor<1x20x8xf32>
  %2 = vox.concat %0, %1 axis = 1 : (tensor<1x20x8xf32>, tensor<1x20x8xf32>) -> tensor<1x40x8xf32>
  return %2 : tensor<1x40x8xf32>
}

// Views, softmax, transposition and a padding of channels see row-major
// elements.
// REMARK: [Missed] Planar {{.*}}Reason="channels leave their blocks"
// CHECK-LABEL: func.func @PlanarReaders(
// CHECK: vox.conv
// CHECK: %[[U:.*]] = vox.group
// CHECK-NEXT: vox.unpack
// CHECK: vox.softmax {{.*}} : tensor<1x16x8xf32>{{$}}
// CHECK: vox.transpose {{.*}} : tensor<1x16x8xf32> -> tensor<1x8x16xf32>
// CHECK: vox.pad {{.*}} : tensor<1x16x8xf32> -> tensor<1x17x8xf32>
// CHECK: vox.reshape %[[U]] : tensor<1x16x8xf32> -> tensor<128xf32>
func.func @PlanarReaders(%x: tensor<1x1x8xf32>) -> (tensor<1x16x8xf32>, tensor<1x8x16xf32>, tensor<1x17x8xf32>, tensor<128xf32>) {
  %w = vox.constant dense<1.0> : tensor<16x1x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x8xf32>, tensor<16x1x1xf32>) -> tensor<1x16x8xf32>
  %1 = vox.softmax %0 axis = 1 : tensor<1x16x8xf32>
  %2 = vox.transpose %0 permutation = [0, 2, 1] : tensor<1x16x8xf32> -> tensor<1x8x16xf32>
  %3 = vox.pad %0 pads = [0, 0, 0, 0, 1, 0] value = 0.0 : tensor<1x16x8xf32> -> tensor<1x17x8xf32>
  %4 = vox.reshape %0 : tensor<1x16x8xf32> -> tensor<128xf32>
  return %1, %2, %3, %4 : tensor<1x16x8xf32>, tensor<1x8x16xf32>, tensor<1x17x8xf32>, tensor<128xf32>
}

// Nothing to compute, nothing to change.
// CHECK-LABEL: func.func @PlanarNetwork(
// CHECK-NOT: #vox.layout
// CHECK: return
func.func @PlanarNetwork(%x: tensor<1x16x8xf32>, %y: tensor<1x16x8xf32>) -> tensor<1x16x8xf32> {
  %0 = vox.pool max %x kernel = [1] strides = [1] dilations = [1] pads = [0, 0] : tensor<1x16x8xf32> -> tensor<1x16x8xf32>
  %1 = vox.add %0, %y : (tensor<1x16x8xf32>, tensor<1x16x8xf32>) -> tensor<1x16x8xf32>
  return %1 : tensor<1x16x8xf32>
}

// CHECK-LABEL: func.func private @Declaration
func.func private @Declaration(tensor<1x16x8xf32>) -> tensor<1x16x8xf32>

// REMARK: Reason="channels per group are no multiple of the block"
// CHECK-LABEL: func.func @DepthwiseTransposed(
// CHECK-NOT: #vox
// CHECK: return
func.func @DepthwiseTransposed(%x: tensor<1x8x8xf32>) -> tensor<1x8x16xf32> {
  %w = vox.constant dense<1.0> : tensor<8x1x2xf32>
  %0 = vox.conv_transpose %x, %w strides = [2] dilations = [1] pads = [0, 0] output_pads = [0] groups = 8
      : (tensor<1x8x8xf32>, tensor<8x1x2xf32>) -> tensor<1x8x16xf32>
  return %0 : tensor<1x8x16xf32>
}

// A slice from inside a block, and one of less than a block.
// REMARK: Reason="channels leave their blocks"
// REMARK: Reason="channels leave their blocks"
// CHECK-LABEL: func.func @SlicesOfBlocks(
// CHECK: vox.slice {{.*}} -> tensor<1x16x8xf32>{{$}}
// CHECK: vox.slice {{.*}} -> tensor<1x2x8xf32>{{$}}
func.func @SlicesOfBlocks(%x: tensor<1x1x8xf32>) -> (tensor<1x16x8xf32>, tensor<1x2x8xf32>) {
  %w = vox.constant dense<1.0> : tensor<32x1x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x8xf32>, tensor<32x1x1xf32>) -> tensor<1x32x8xf32>
  %1 = vox.slice %0 starts = [0, 8, 0] steps = [1, 1, 1] : tensor<1x32x8xf32> -> tensor<1x16x8xf32>
  %2 = vox.slice %0 starts = [0, 16, 0] steps = [1, 1, 1] : tensor<1x32x8xf32> -> tensor<1x2x8xf32>
  return %1, %2 : tensor<1x16x8xf32>, tensor<1x2x8xf32>
}
