// Values that must get blocked channels, and the conversions at the border.

// RUN: vox-opt %s --vox-form-groups --vox-assign-layouts --canonicalize \
// RUN:     --remarks-filter='vox-assign-layouts' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks
// RUN: vox-opt %s --vox-form-groups --vox-assign-layouts=lanes=8 | FileCheck %s --check-prefix=LANES8
// RUN: vox-opt %s --vox-form-groups --vox-assign-layouts=lanes=1 | FileCheck %s --check-prefix=LANES1

// Layouts that are assigned already stay as they are.
// RUN: vox-opt %s --vox-form-groups --vox-assign-layouts -o %t.once
// RUN: vox-opt %t.once --vox-assign-layouts | diff %t.once -

// LANES1-NOT: #vox.layout

// Of at most 4 input channels: planar input, blocked result. The next layer
// takes it as it is; the output is planar again.
// REMARK: [Passed] Unpacked | Category:vox-assign-layouts | {{.*}}"layout changed for func.return"
// CHECK-LABEL: func.func @FewThenManyChannels(
// CHECK-SAME: %[[X:.*]]: tensor<1x3x8x8xf32>
// CHECK-DAG: %[[W1:.*]] = vox.pack_weights {{.*}} -> tensor<32x3x1x1xf32, #vox.weight_layout<input_block = 1, output_block = 16>>
// CHECK: %[[Y:.*]] = vox.group (%{{.*}} = %[[X]] : tensor<1x3x8x8xf32>, {{.*}}) -> tensor<1x32x8x8xf32, #vox.layout<block = 16>>
// CHECK: vox.activation #vox.relu {{.*}} : tensor<1x32x8x8xf32, #vox.layout<block = 16>>
// CHECK: vox.pack_weights {{.*}} -> tensor<20x32x1x1xf32, #vox.weight_layout<input_block = 16, output_block = 16>>
// CHECK: %[[Z:.*]] = vox.group (%{{.*}} = %[[Y]] : {{.*}}) -> tensor<1x20x8x8xf32, #vox.layout<block = 16>>
// CHECK: %[[U:.*]] = vox.group (%{{.*}} = %[[Z]]
// CHECK-NEXT: vox.unpack {{.*}} -> tensor<1x20x8x8xf32>
// CHECK: return %[[U]]
// LANES8-LABEL: func.func @FewThenManyChannels(
// LANES8: tensor<1x32x8x8xf32, #vox.layout<block = 8>>
// LANES8: tensor<20x32x1x1xf32, #vox.weight_layout<input_block = 8, output_block = 8>>
func.func @FewThenManyChannels(%x: tensor<1x3x8x8xf32>) -> tensor<1x20x8x8xf32> {
  %w1 = vox.constant dense<1.0> : tensor<32x3x1x1xf32>
  %w2 = vox.constant dense<1.0> : tensor<20x32x1x1xf32>
  %0 = vox.conv %x, %w1 strides = [1, 1] dilations = [1, 1] pads = [0, 0, 0, 0] groups = 1
      : (tensor<1x3x8x8xf32>, tensor<32x3x1x1xf32>) -> tensor<1x32x8x8xf32>
  %1 = vox.activation #vox.relu %0 : tensor<1x32x8x8xf32>
  %2 = vox.conv %1, %w2 strides = [1, 1] dilations = [1, 1] pads = [0, 0, 0, 0] groups = 1
      : (tensor<1x32x8x8xf32>, tensor<20x32x1x1xf32>) -> tensor<1x20x8x8xf32>
  return %2 : tensor<1x20x8x8xf32>
}

// A block is never much larger than the channels: 4 for 1 to 4, 8 for 5 to 8.
// REMARK: [Passed] Packed {{.*}}"layout changed for vox.group"
// CHECK-LABEL: func.func @SmallBlocks(
// CHECK: vox.pack {{.*}} -> tensor<1x5x8xf32, #vox.layout<block = 8>>
// CHECK: vox.conv {{.*}} -> tensor<1x1x8xf32, #vox.layout<block = 4>>
func.func @SmallBlocks(%x: tensor<1x5x8xf32>) -> tensor<1x1x8xf32> {
  %w = vox.constant dense<1.0> : tensor<1x5x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x5x8xf32>, tensor<1x5x1xf32>) -> tensor<1x1x8xf32>
  return %0 : tensor<1x1x8xf32>
}

// A value is packed once for all who read it.
// CHECK-LABEL: func.func @PackedOnce(
// CHECK-COUNT-1: vox.pack %
// CHECK-NOT: vox.pack %
// CHECK-LABEL: func.func @Pools(
func.func @PackedOnce(%x: tensor<1x16x8xf32>) -> (tensor<1x16x8xf32>, tensor<1x16x8xf32>) {
  %w = vox.constant dense<1.0> : tensor<16x16x1xf32>
  %v = vox.constant dense<2.0> : tensor<16x16x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x16x8xf32>, tensor<16x16x1xf32>) -> tensor<1x16x8xf32>
  %1 = vox.conv %x, %v strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x16x8xf32>, tensor<16x16x1xf32>) -> tensor<1x16x8xf32>
  return %0, %1 : tensor<1x16x8xf32>, tensor<1x16x8xf32>
}

// Pools work in the layout that they find; a global pool gives a planar result.
// CHECK: vox.pool max {{.*}} : tensor<1x16x8xf32, #vox.layout<block = 16>> -> tensor<1x16x4xf32, #vox.layout<block = 16>>
// CHECK: vox.global_pool average {{.*}} : tensor<1x16x4xf32, #vox.layout<block = 16>> -> tensor<1x16x1xf32>
// CHECK-NOT: vox.unpack
// CHECK: vox.reshape
// CHECK: vox.pack_weights {{.*}} -> tensor<10x16xf32, #vox.weight_layout<input_block = 1, output_block = 16>>
// CHECK: vox.dense
func.func @Pools(%x: tensor<1x1x8xf32>) -> tensor<1x10xf32> {
  %w = vox.constant dense<1.0> : tensor<16x1x1xf32>
  %v = vox.constant dense<1.0> : tensor<10x16xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x8xf32>, tensor<16x1x1xf32>) -> tensor<1x16x8xf32>
  %1 = vox.pool max %0 kernel = [2] strides = [2] dilations = [1] pads = [0, 0] : tensor<1x16x8xf32> -> tensor<1x16x4xf32>
  %2 = vox.global_pool average %1 : tensor<1x16x4xf32> -> tensor<1x16x1xf32>
  %3 = vox.reshape %2 : tensor<1x16x1xf32> -> tensor<1x16xf32>
  %4 = vox.dense %3, %v : (tensor<1x16xf32>, tensor<10x16xf32>) -> tensor<1x10xf32>
  return %4 : tensor<1x10xf32>
}

// A residual of the result's shape takes the result's layout; a bias-like
// addend stays planar.
// CHECK-LABEL: func.func @Residual(
// CHECK: vox.add {{.*}} : (tensor<1x16x8xf32, #vox.layout<block = 16>>, tensor<1x16x8xf32, #vox.layout<block = 16>>)
// CHECK: vox.mul {{.*}} : (tensor<1x16x8xf32, #vox.layout<block = 16>>, tensor<16x1xf32>)
func.func @Residual(%x: tensor<1x1x8xf32>, %r: tensor<1x16x8xf32>, %s: tensor<16x1xf32>) -> tensor<1x16x8xf32> {
  %w = vox.constant dense<1.0> : tensor<16x1x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x8xf32>, tensor<16x1x1xf32>) -> tensor<1x16x8xf32>
  %1 = vox.add %0, %r : (tensor<1x16x8xf32>, tensor<1x16x8xf32>) -> tensor<1x16x8xf32>
  %2 = vox.mul %1, %s : (tensor<1x16x8xf32>, tensor<16x1xf32>) -> tensor<1x16x8xf32>
  return %2 : tensor<1x16x8xf32>
}

// Depthwise: channels pair up, so both sides are blocked.
// CHECK-LABEL: func.func @Depthwise(
// CHECK: vox.pack_weights {{.*}} -> tensor<16x1x1xf32, #vox.weight_layout<input_block = 1, output_block = 16>>
// CHECK: vox.conv {{.*}} groups = 16 : (tensor<1x16x8xf32, #vox.layout<block = 16>>, {{.*}}) -> tensor<1x16x8xf32, #vox.layout<block = 16>>
func.func @Depthwise(%x: tensor<1x16x8xf32>) -> tensor<1x16x8xf32> {
  %w = vox.constant dense<1.0> : tensor<16x1x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 16
      : (tensor<1x16x8xf32>, tensor<16x1x1xf32>) -> tensor<1x16x8xf32>
  return %0 : tensor<1x16x8xf32>
}

// Whole blocks in each group.
// CHECK-LABEL: func.func @GroupsOfWholeBlocks(
// CHECK: vox.conv {{.*}} groups = 2 : (tensor<1x32x8xf32, #vox.layout<block = 16>>, {{.*}}) -> tensor<1x32x8xf32, #vox.layout<block = 16>>
func.func @GroupsOfWholeBlocks(%x: tensor<1x32x8xf32>) -> tensor<1x32x8xf32> {
  %w = vox.constant dense<1.0> : tensor<32x16x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 2
      : (tensor<1x32x8xf32>, tensor<32x16x1xf32>) -> tensor<1x32x8xf32>
  return %0 : tensor<1x32x8xf32>
}

// CHECK-LABEL: func.func @ConcatOfWholeBlocks(
// CHECK: vox.concat {{.*}} axis = 1 : (tensor<1x16x8xf32, #vox.layout<block = 16>>, tensor<1x32x8xf32, #vox.layout<block = 16>>) -> tensor<1x48x8xf32, #vox.layout<block = 16>>
func.func @ConcatOfWholeBlocks(%x: tensor<1x1x8xf32>) -> tensor<1x48x8xf32> {
  %w = vox.constant dense<1.0> : tensor<16x1x1xf32>
  %v = vox.constant dense<1.0> : tensor<32x1x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x8xf32>, tensor<16x1x1xf32>) -> tensor<1x16x8xf32>
  %1 = vox.conv %x, %v strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x8xf32>, tensor<32x1x1xf32>) -> tensor<1x32x8xf32>
  %2 = vox.concat %0, %1 axis = 1 : (tensor<1x16x8xf32>, tensor<1x32x8xf32>) -> tensor<1x48x8xf32>
  return %2 : tensor<1x48x8xf32>
}

// Weights that are known only when the network runs are packed by a kernel.
// CHECK-LABEL: func.func @WeightsAreAnInput(
// CHECK-SAME: %{{.*}}: tensor<2x3xf32>, %[[W:.*]]: tensor<4x3xf32>
// CHECK: %[[P:.*]] = vox.group (%[[A:.*]] = %[[W]] : tensor<4x3xf32>)
// CHECK-NEXT: vox.pack_weights %[[A]] : tensor<4x3xf32> -> tensor<4x3xf32, #vox.weight_layout<input_block = 1, output_block = 16>>
// CHECK: vox.group ({{.*}} = %[[P]] : tensor<4x3xf32, #vox.weight_layout<input_block = 1, output_block = 16>>)
// CHECK-NEXT: vox.dense
func.func @WeightsAreAnInput(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>) -> tensor<2x4xf32> {
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// One tensor as data and as weights has two layouts.
// CHECK-LABEL: func.func @InputIsTheWeights(
// CHECK: %[[W:.*]] = vox.constant
// CHECK: %[[P:.*]] = vox.pack_weights %[[W]]
// CHECK: vox.group (%[[A:.*]] = %[[W]] : tensor<1x1x3xf32>, %[[B:.*]] = %[[P]] : tensor<1x1x3xf32, #vox.weight_layout<input_block = 1, output_block = 4>>)
// CHECK-NEXT: vox.conv %[[A]], %[[B]]
func.func @InputIsTheWeights() -> tensor<1x1x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1x3xf32>
  %0 = vox.conv %w, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x3xf32>, tensor<1x1x3xf32>) -> tensor<1x1x1xf32>
  return %0 : tensor<1x1x1xf32>
}

// CHECK-LABEL: func.func @ResidualIsTheWeights(
// CHECK: %[[W:.*]] = vox.constant
// CHECK: %[[P:.*]] = vox.pack_weights %[[W]]
// CHECK: vox.group ({{.*}}, %[[B:.*]] = %[[W]] : tensor<3x3xf32>, %[[C:.*]] = %[[P]] : tensor<3x3xf32, #vox.weight_layout<input_block = 1, output_block = 16>>)
// CHECK-NEXT: %[[Y:.*]] = vox.dense %{{.*}}, %[[C]]
// CHECK-NEXT: vox.add %[[Y]], %[[B]]
func.func @ResidualIsTheWeights(%x: tensor<3x3xf32>) -> tensor<3x3xf32> {
  %w = vox.constant dense<1.0> : tensor<3x3xf32>
  %0 = vox.dense %x, %w : (tensor<3x3xf32>, tensor<3x3xf32>) -> tensor<3x3xf32>
  %1 = vox.add %0, %w : (tensor<3x3xf32>, tensor<3x3xf32>) -> tensor<3x3xf32>
  return %1 : tensor<3x3xf32>
}

// Weights that the epilogue broadcasts: an argument for each, and none besides.
// CHECK-LABEL: func.func @WeightsAreBroadcast(
// CHECK-SAME: %[[X:.*]]: tensor<1x1x4xf32>, %[[W:.*]]: tensor<1x1x1xf32>)
// CHECK: %[[P:.*]] = vox.group ({{.*}} = %[[W]] : tensor<1x1x1xf32>) -> tensor<1x1x1xf32, #vox.weight_layout<input_block = 1, output_block = 4>>
// CHECK: vox.group (%[[A:.*]] = %[[X]] : tensor<1x1x4xf32>, %[[B:.*]] = %[[W]] : tensor<1x1x1xf32>, %[[C:.*]] = %[[P]] : tensor<1x1x1xf32, #vox.weight_layout<input_block = 1, output_block = 4>>) ->
// CHECK-NEXT: %[[Y:.*]] = vox.conv %[[A]], %[[C]]
// CHECK-NEXT: vox.mul %[[Y]], %[[B]]
func.func @WeightsAreBroadcast(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1xf32>) -> tensor<1x1x4xf32> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  %1 = vox.mul %0, %w : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  return %1 : tensor<1x1x4xf32>
}

// What the anchor reads in blocks, a broadcast addition reads by channels.
// CHECK-LABEL: func.func @InputIsBroadcast(
// CHECK: %[[Y:.*]] = vox.group {{.*}} -> tensor<1x1x1xf32, #vox.layout<block = 4>>
// CHECK: %[[U:.*]] = vox.group ({{.*}} = %[[Y]] : tensor<1x1x1xf32, #vox.layout<block = 4>>) -> tensor<1x1x1xf32> {
// CHECK: vox.group (%[[A:.*]] = %[[Y]] : tensor<1x1x1xf32, #vox.layout<block = 4>>, {{.*}}, %[[B:.*]] = %[[U]] : tensor<1x1x1xf32>)
// CHECK-NEXT: %[[Z:.*]] = vox.conv %[[A]]
// CHECK-NEXT: vox.add %[[B]], %[[Z]]
func.func @InputIsBroadcast(%x: tensor<1x1x1xf32>) -> tensor<1x2x3xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1x1xf32>
  %w2 = vox.constant dense<1.0> : tensor<2x1x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x1xf32>, tensor<1x1x1xf32>) -> tensor<1x1x1xf32>
  %1 = vox.conv %0, %w2 strides = [1] dilations = [1] pads = [1, 1] groups = 1
      : (tensor<1x1x1xf32>, tensor<2x1x1xf32>) -> tensor<1x2x3xf32>
  %2 = vox.add %0, %1 : (tensor<1x1x1xf32>, tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  return %2 : tensor<1x2x3xf32>
}

// CHECK-LABEL: func.func @Transposed(
// CHECK: vox.pack_weights {{.*}} -> tensor<20x32x2xf32, #vox.weight_layout<input_block = 16, output_block = 16>>
// CHECK: vox.conv_transpose {{.*}} : (tensor<1x32x8xf32, #vox.layout<block = 16>>, {{.*}}) -> tensor<1x20x16xf32, #vox.layout<block = 16>>
func.func @Transposed(%x: tensor<1x32x8xf32>) -> tensor<1x20x16xf32> {
  %w = vox.constant dense<1.0> : tensor<20x32x2xf32>
  %0 = vox.conv_transpose %x, %w strides = [2] dilations = [1] pads = [0, 0] output_pads = [0] groups = 1
      : (tensor<1x32x8xf32>, tensor<20x32x2xf32>) -> tensor<1x20x16xf32>
  return %0 : tensor<1x20x16xf32>
}

// Truth values are blocked like what was compared; a reduction reads planar
// input.
// CHECK-LABEL: func.func @BlockedTruthValues(
// CHECK: vox.compare {{.*}} -> tensor<1x32x8xi1, #vox.layout<block = 16>>
// CHECK: vox.select {{.*}} : (tensor<1x32x8xi1, #vox.layout<block = 16>>, tensor<1x32x8xf32, #vox.layout<block = 16>>, tensor<f32>) -> tensor<1x32x8xf32, #vox.layout<block = 16>>
// CHECK: vox.unpack
// CHECK: vox.reduce {{.*}} : tensor<1x32x8xf32> -> tensor<1x1x8xf32>
func.func @BlockedTruthValues(%x: tensor<1x1x8xf32>, %s: tensor<f32>) -> (tensor<1x1x8xf32>, tensor<1x32x8xi1>) {
  %w = vox.constant dense<1.0> : tensor<32x1x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x8xf32>, tensor<32x1x1xf32>) -> tensor<1x32x8xf32>
  %1 = vox.compare less %0, %s : (tensor<1x32x8xf32>, tensor<f32>) -> tensor<1x32x8xi1>
  %2 = vox.select %1, %0, %s : (tensor<1x32x8xi1>, tensor<1x32x8xf32>, tensor<f32>) -> tensor<1x32x8xf32>
  %3 = vox.reduce sum %2 axes = [1] : tensor<1x32x8xf32> -> tensor<1x1x8xf32>
  return %3, %1 : tensor<1x1x8xf32>, tensor<1x32x8xi1>
}

// Moving whole blocks, and casts, leave channels where they are; argmax reads
// blocks and gives a planar result.
// CHECK-LABEL: func.func @BlocksAreMoved(
// CHECK: vox.pad {{.*}} -> tensor<1x32x12xf32, #vox.layout<block = 16>>
// CHECK: vox.slice {{.*}} -> tensor<1x16x6xf32, #vox.layout<block = 16>>
// CHECK: vox.resize {{.*}} -> tensor<1x16x12xf32, #vox.layout<block = 16>>
// CHECK: vox.cast {{.*}} -> tensor<1x16x12xi32, #vox.layout<block = 16>>
// CHECK: vox.cast {{.*}} -> tensor<1x16x12xf32, #vox.layout<block = 16>>
// CHECK-NOT: vox.unpack
// CHECK: vox.argmax {{.*}} : tensor<1x16x12xf32, #vox.layout<block = 16>> -> tensor<1x1x12xi64>
func.func @BlocksAreMoved(%x: tensor<1x1x8xf32>) -> tensor<1x1x12xi64> {
  %w = vox.constant dense<1.0> : tensor<32x1x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x8xf32>, tensor<32x1x1xf32>) -> tensor<1x32x8xf32>
  %1 = vox.pad %0 pads = [0, 0, 2, 0, 0, 2] value = 0.0 : tensor<1x32x8xf32> -> tensor<1x32x12xf32>
  %2 = vox.slice %1 starts = [0, 16, 11] steps = [1, 1, -2] : tensor<1x32x12xf32> -> tensor<1x16x6xf32>
  %3 = vox.resize nearest %2 scales = [1.0, 1.0, 2.0] coordinates = asymmetric rounding = floor : tensor<1x16x6xf32> -> tensor<1x16x12xf32>
  %4 = vox.cast %3 : tensor<1x16x12xf32> -> tensor<1x16x12xi32>
  %5 = vox.cast %4 : tensor<1x16x12xi32> -> tensor<1x16x12xf32>
  %6 = vox.argmax %5 axis = 1 : tensor<1x16x12xf32> -> tensor<1x1x12xi64>
  return %6 : tensor<1x1x12xi64>
}

// Neighbours along the channels are no neighbours in memory.
// CHECK-LABEL: func.func @Resampled(
// CHECK: vox.resample {{.*}} axis = 2 : (tensor<1x32x8xf32, #vox.layout<block = 16>>, tensor<5xi32>, tensor<5x2xf32>) -> tensor<1x32x5xf32, #vox.layout<block = 16>>
// CHECK: vox.unpack
// CHECK: vox.resample {{.*}} axis = 1 : (tensor<1x32x5xf32>, tensor<5xi32>, tensor<5x2xf32>) -> tensor<1x5x5xf32>
func.func @Resampled(%x: tensor<1x1x8xf32>, %starts: tensor<5xi32>, %weights: tensor<5x2xf32>) -> tensor<1x5x5xf32> {
  %w = vox.constant dense<1.0> : tensor<32x1x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x8xf32>, tensor<32x1x1xf32>) -> tensor<1x32x8xf32>
  %1 = vox.resample %0, %starts, %weights axis = 2
      : (tensor<1x32x8xf32>, tensor<5xi32>, tensor<5x2xf32>) -> tensor<1x32x5xf32>
  %2 = vox.resample %1, %starts, %weights axis = 1
      : (tensor<1x32x5xf32>, tensor<5xi32>, tensor<5x2xf32>) -> tensor<1x5x5xf32>
  return %2 : tensor<1x5x5xf32>
}
