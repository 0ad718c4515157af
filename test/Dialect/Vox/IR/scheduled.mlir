// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// Kernels of every template, with tiles and rows as large as they may be.

#c4 = #vox.layout<block = 4>
#c8 = #vox.layout<block = 8>
#c16 = #vox.layout<block = 16>
#w1x16 = #vox.weight_layout<input_block = 1, output_block = 16>
#w16x16 = #vox.weight_layout<input_block = 16, output_block = 16>
#w4x8 = #vox.weight_layout<input_block = 4, output_block = 8>

// CHECK-LABEL: vox.kernel @Direct (
// CHECK: vox.conv
// CHECK-NEXT: vox.add
// CHECK-NEXT: vox.activation
// CHECK: schedule <algorithm = direct, lanes = 16, columns = 6, vectors = 2, rows = 5, parallel = rows>
vox.kernel @Direct(%x: tensor<1x32x4x5x6xf32, #c16>, %w: tensor<20x32x3x3x3xf32, #w16x16>, %b: tensor<20xf32>, %s: tensor<1x20x4x5x6xf32, #c16>) -> tensor<1x20x4x5x6xf32, #c16> {
  %0 = vox.conv %x, %w bias %b strides = [1, 1, 1] dilations = [1, 1, 1] pads = [1, 1, 1, 1, 1, 1] groups = 1
      : (tensor<1x32x4x5x6xf32, #c16>, tensor<20x32x3x3x3xf32, #w16x16>, tensor<20xf32>) -> tensor<1x20x4x5x6xf32, #c16>
  %1 = vox.add %0, %s : (tensor<1x20x4x5x6xf32, #c16>, tensor<1x20x4x5x6xf32, #c16>) -> tensor<1x20x4x5x6xf32, #c16>
  %2 = vox.activation #vox.relu %1 : tensor<1x20x4x5x6xf32, #c16>
  vox.yield %2 : tensor<1x20x4x5x6xf32, #c16>
} schedule <algorithm = direct, lanes = 16, columns = 6, vectors = 2, rows = 5, parallel = rows>

// Input and result differ in blocks; vectors are counted per group.
// CHECK-LABEL: vox.kernel @DirectOfGroups (
// CHECK: schedule <algorithm = direct, lanes = 8, columns = 4, vectors = 2, rows = 4, parallel = channels>
vox.kernel @DirectOfGroups(%x: tensor<1x8x4x4xf32, #c4>, %w: tensor<32x4x1x1xf32, #w4x8>) -> tensor<1x32x4x4xf32, #c8> {
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1, 1] pads = [0, 0, 0, 0] groups = 2
      : (tensor<1x8x4x4xf32, #c4>, tensor<32x4x1x1xf32, #w4x8>) -> tensor<1x32x4x4xf32, #c8>
  vox.yield %0 : tensor<1x32x4x4xf32, #c8>
} schedule <algorithm = direct, lanes = 8, columns = 4, vectors = 2, rows = 4, parallel = channels>

// CHECK-LABEL: vox.kernel @FewChannels (
// CHECK: schedule <algorithm = few_channels, lanes = 16, columns = 4, vectors = 2, rows = 4, parallel = rows>
vox.kernel @FewChannels(%x: tensor<1x3x8x8xf32>, %w: tensor<32x3x3x3xf32, #w1x16>) -> tensor<1x32x4x4xf32, #c16> {
  %0 = vox.conv %x, %w strides = [2, 2] dilations = [1, 1] pads = [1, 1, 0, 0] groups = 1
      : (tensor<1x3x8x8xf32>, tensor<32x3x3x3xf32, #w1x16>) -> tensor<1x32x4x4xf32, #c16>
  vox.yield %0 : tensor<1x32x4x4xf32, #c16>
} schedule <algorithm = few_channels, lanes = 16, columns = 4, vectors = 2, rows = 4, parallel = rows>

// One spatial dimension has no rows: any number of them fits.
// CHECK-LABEL: vox.kernel @Depthwise (
// CHECK: schedule <algorithm = depthwise, lanes = 16, columns = 7, rows = 9>
vox.kernel @Depthwise(%x: tensor<1x20x7xf32, #c16>, %w: tensor<20x1x3xf32, #w1x16>) -> tensor<1x20x7xf32, #c16> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [1, 1] groups = 20
      : (tensor<1x20x7xf32, #c16>, tensor<20x1x3xf32, #w1x16>) -> tensor<1x20x7xf32, #c16>
  vox.yield %0 : tensor<1x20x7xf32, #c16>
} schedule <algorithm = depthwise, lanes = 16, columns = 7, rows = 9>

// CHECK-LABEL: vox.kernel @Planar (
// CHECK: schedule <algorithm = planar, lanes = 16, rows = 4, parallel = rows>
vox.kernel @Planar(%x: tensor<1x6x4x4xf32>, %w: tensor<4x3x1x1xf32>) -> tensor<1x4x4x4xf32> {
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1, 1] pads = [0, 0, 0, 0] groups = 2
      : (tensor<1x6x4x4xf32>, tensor<4x3x1x1xf32>) -> tensor<1x4x4x4xf32>
  vox.yield %0 : tensor<1x4x4x4xf32>
} schedule <algorithm = planar, lanes = 16, rows = 4, parallel = rows>

// CHECK-LABEL: vox.kernel @Window (
// CHECK: schedule <algorithm = window, lanes = 8, rows = 3, parallel = rows>
vox.kernel @Window(%x: tensor<1x5x4x4xf32, #c8>) -> tensor<1x5x3x3xf32, #c8> {
  %0 = vox.pool max %x kernel = [2, 2] strides = [1, 1] dilations = [1, 1] pads = [0, 0, 0, 0] : tensor<1x5x4x4xf32, #c8> -> tensor<1x5x3x3xf32, #c8>
  vox.yield %0 : tensor<1x5x3x3xf32, #c8>
} schedule <algorithm = window, lanes = 8, rows = 3, parallel = rows>

// CHECK-LABEL: vox.kernel @PlanarWindow (
// CHECK: schedule <algorithm = window, lanes = 16>
vox.kernel @PlanarWindow(%x: tensor<1x5x4x4xf32>) -> tensor<1x5x3x3xf32> {
  %0 = vox.pool average %x kernel = [2, 2] strides = [1, 1] dilations = [1, 1] pads = [0, 0, 0, 0] : tensor<1x5x4x4xf32> -> tensor<1x5x3x3xf32>
  vox.yield %0 : tensor<1x5x3x3xf32>
} schedule <algorithm = window, lanes = 16>

// Columns are rows of the input, vectors those of all 40 outputs.
// CHECK-LABEL: vox.kernel @Dense (
// CHECK: schedule <algorithm = dense, lanes = 16, columns = 6, vectors = 3, parallel = channels>
vox.kernel @Dense(%x: tensor<2x3x7xf32>, %w: tensor<40x7xf32, #w1x16>) -> tensor<2x3x40xf32> {
  %0 = vox.dense %x, %w : (tensor<2x3x7xf32>, tensor<40x7xf32, #w1x16>) -> tensor<2x3x40xf32>
  vox.yield %0 : tensor<2x3x40xf32>
} schedule <algorithm = dense, lanes = 16, columns = 6, vectors = 3, parallel = channels>

// Columns are rows of the first operand, cut from those of a task; the last of
// 40 = 2 x 16 + 8 columns are in a tile that overlaps its neighbour.
// CHECK-LABEL: vox.kernel @MatMul (
// CHECK: schedule <algorithm = dense, lanes = 16, columns = 4, vectors = 2, rows = 5, parallel = rows>
vox.kernel @MatMul(%a: tensor<2x6x7xf32>, %b: tensor<7x40xf32>) -> tensor<2x6x40xf32> {
  %0 = vox.matmul %a, %b : (tensor<2x6x7xf32>, tensor<7x40xf32>) -> tensor<2x6x40xf32>
  vox.yield %0 : tensor<2x6x40xf32>
} schedule <algorithm = dense, lanes = 16, columns = 4, vectors = 2, rows = 5, parallel = rows>

// CHECK-LABEL: vox.kernel @PoolIndices (
// CHECK: schedule <algorithm = window, lanes = 16, rows = 3>
vox.kernel @PoolIndices(%x: tensor<1x5x4x4xf32>) -> tensor<1x5x3x3xi64> {
  %0 = vox.pool_indices %x kernel = [2, 2] strides = [1, 1] dilations = [1, 1] pads = [0, 0, 0, 0] : tensor<1x5x4x4xf32> -> tensor<1x5x3x3xi64>
  vox.yield %0 : tensor<1x5x3x3xi64>
} schedule <algorithm = window, lanes = 16, rows = 3>

// CHECK-LABEL: vox.kernel @GlobalPool (
// CHECK: schedule <algorithm = reduction, lanes = 8, parallel = channels>
vox.kernel @GlobalPool(%x: tensor<1x12x4x4xf32, #c8>) -> tensor<1x12x1x1xf32> {
  %0 = vox.global_pool average %x : tensor<1x12x4x4xf32, #c8> -> tensor<1x12x1x1xf32>
  vox.yield %0 : tensor<1x12x1x1xf32>
} schedule <algorithm = reduction, lanes = 8, parallel = channels>

// CHECK-LABEL: vox.kernel @Softmax (
// CHECK: schedule <algorithm = reduction, lanes = 16>
vox.kernel @Softmax(%x: tensor<2x10xf32>) -> tensor<2x10xf32> {
  %0 = vox.softmax %x axis = 1 : tensor<2x10xf32>
  vox.yield %0 : tensor<2x10xf32>
} schedule <algorithm = reduction, lanes = 16>

// CHECK-LABEL: vox.kernel @Scatter (
// CHECK: schedule <algorithm = reduction, lanes = 16, parallel = channels>
vox.kernel @Scatter(%x: tensor<9x10xf32>, %i: tensor<2x1xi32>, %u: tensor<2x10xf32>) -> tensor<9x10xf32> {
  %0 = vox.scatter_nd max %x, %i, %u : (tensor<9x10xf32>, tensor<2x1xi32>, tensor<2x10xf32>) -> tensor<9x10xf32>
  %1 = vox.activation #vox.relu %0 : tensor<9x10xf32>
  vox.yield %1 : tensor<9x10xf32>
} schedule <algorithm = reduction, lanes = 16, parallel = channels>

// CHECK-LABEL: vox.kernel @TopK (
// CHECK: schedule <algorithm = reduction, lanes = 16>
vox.kernel @TopK(%x: tensor<2x10xf32>) -> tensor<2x3xi64> {
  %0 = vox.topk %x axis = 1 : tensor<2x10xf32> -> tensor<2x3xi64>
  vox.yield %0 : tensor<2x3xi64>
} schedule <algorithm = reduction, lanes = 16>

// CHECK-LABEL: vox.kernel @Gather (
// CHECK: schedule <algorithm = element_wise, lanes = 16, parallel = rows>
vox.kernel @Gather(%x: tensor<9x10xf32>, %i: tensor<2x3xi64>) -> tensor<2x3x10xf32> {
  %0 = vox.gather %x, %i axis = 0 : (tensor<9x10xf32>, tensor<2x3xi64>) -> tensor<2x3x10xf32>
  vox.yield %0 : tensor<2x3x10xf32>
} schedule <algorithm = element_wise, lanes = 16, parallel = rows>

// CHECK-LABEL: vox.kernel @Add (
// CHECK: schedule <algorithm = element_wise, lanes = 8, parallel = rows>
vox.kernel @Add(%x: tensor<1x5x4x4xf32, #c8>, %s: tensor<5x1x1xf32>) -> tensor<1x5x4x4xf32, #c8> {
  %0 = vox.add %x, %s : (tensor<1x5x4x4xf32, #c8>, tensor<5x1x1xf32>) -> tensor<1x5x4x4xf32, #c8>
  vox.yield %0 : tensor<1x5x4x4xf32, #c8>
} schedule <algorithm = element_wise, lanes = 8, parallel = rows>

// CHECK-LABEL: vox.kernel @Pack (
// CHECK: schedule <algorithm = element_wise, lanes = 8>
vox.kernel @Pack(%x: tensor<1x5x4xf32>) -> tensor<1x5x4xf32, #c8> {
  %0 = vox.pack %x : tensor<1x5x4xf32> -> tensor<1x5x4xf32, #c8>
  vox.yield %0 : tensor<1x5x4xf32, #c8>
} schedule <algorithm = element_wise, lanes = 8>

// CHECK-LABEL: vox.kernel @Unpack (
// CHECK: schedule <algorithm = element_wise, lanes = 8>
vox.kernel @Unpack(%x: tensor<1x5x4xf32, #c8>) -> tensor<1x5x4xf32> {
  %0 = vox.unpack %x : tensor<1x5x4xf32, #c8> -> tensor<1x5x4xf32>
  vox.yield %0 : tensor<1x5x4xf32>
} schedule <algorithm = element_wise, lanes = 8>

// CHECK-LABEL: vox.kernel @PackWeights (
// CHECK: schedule <algorithm = element_wise, lanes = 16>
vox.kernel @PackWeights(%w: tensor<40x7xf32>) -> tensor<40x7xf32, #w1x16> {
  %0 = vox.pack_weights %w : tensor<40x7xf32> -> tensor<40x7xf32, #w1x16>
  vox.yield %0 : tensor<40x7xf32, #w1x16>
} schedule <algorithm = element_wise, lanes = 16>

// Channels of whole blocks, and blocks one beside the other along a row.
// CHECK-LABEL: vox.kernel @ConcatChannels (
// CHECK: schedule <algorithm = element_wise, lanes = 8>
vox.kernel @ConcatChannels(%x: tensor<1x8x4xf32, #c8>, %y: tensor<1x16x4xf32, #c8>) -> tensor<1x24x4xf32, #c8> {
  %0 = vox.concat %x, %y axis = 1 : (tensor<1x8x4xf32, #c8>, tensor<1x16x4xf32, #c8>) -> tensor<1x24x4xf32, #c8>
  vox.yield %0 : tensor<1x24x4xf32, #c8>
} schedule <algorithm = element_wise, lanes = 8>

// CHECK-LABEL: vox.kernel @ConcatColumns (
// CHECK: schedule <algorithm = element_wise, lanes = 8>
vox.kernel @ConcatColumns(%x: tensor<1x5x4xf32, #c8>, %y: tensor<1x5x3xf32, #c8>) -> tensor<1x5x7xf32, #c8> {
  %0 = vox.concat %x, %y axis = 2 : (tensor<1x5x4xf32, #c8>, tensor<1x5x3xf32, #c8>) -> tensor<1x5x7xf32, #c8>
  vox.yield %0 : tensor<1x5x7xf32, #c8>
} schedule <algorithm = element_wise, lanes = 8>

// CHECK-LABEL: vox.kernel @Pad (
// CHECK: schedule <algorithm = element_wise, lanes = 16>
vox.kernel @Pad(%x: tensor<2x3xf32>) -> tensor<2x5xf32> {
  %0 = vox.pad %x pads = [0, 1, 0, 1] value = 0.0 : tensor<2x3xf32> -> tensor<2x5xf32>
  vox.yield %0 : tensor<2x5xf32>
} schedule <algorithm = element_wise, lanes = 16>

// CHECK-LABEL: vox.kernel @Transpose (
// CHECK: schedule <algorithm = element_wise, lanes = 16>
vox.kernel @Transpose(%x: tensor<2x3xf32>) -> tensor<3x2xf32> {
  %0 = vox.transpose %x permutation = [1, 0] : tensor<2x3xf32> -> tensor<3x2xf32>
  vox.yield %0 : tensor<3x2xf32>
} schedule <algorithm = element_wise, lanes = 16>

// CHECK-LABEL: vox.kernel @Reduce (
// CHECK: schedule <algorithm = reduction, lanes = 16, parallel = channels>
vox.kernel @Reduce(%x: tensor<4x30x70xf32>) -> tensor<1x30x1xf32> {
  %0 = vox.reduce sum %x axes = [0, 2] : tensor<4x30x70xf32> -> tensor<1x30x1xf32>
  vox.yield %0 : tensor<1x30x1xf32>
} schedule <algorithm = reduction, lanes = 16, parallel = channels>

// CHECK-LABEL: vox.kernel @LogSoftmax (
// CHECK: schedule <algorithm = reduction, lanes = 16>
vox.kernel @LogSoftmax(%x: tensor<4x30xf32>) -> tensor<4x30xf32> {
  %0 = vox.log_softmax %x axis = 1 : tensor<4x30xf32>
  vox.yield %0 : tensor<4x30xf32>
} schedule <algorithm = reduction, lanes = 16>

// Blocked floats and the truth values of their kind.
// CHECK-LABEL: vox.kernel @Select (
// CHECK: schedule <algorithm = element_wise, lanes = 8>
vox.kernel @Select(%x: tensor<1x8x4xf32, #c8>, %c: tensor<1x8x4xi1, #c8>, %s: tensor<f32>) -> tensor<1x8x4xf32, #c8> {
  %0 = vox.unary erf %x : tensor<1x8x4xf32, #c8>
  %1 = vox.select %c, %0, %s : (tensor<1x8x4xi1, #c8>, tensor<1x8x4xf32, #c8>, tensor<f32>) -> tensor<1x8x4xf32, #c8>
  vox.yield %1 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = element_wise, lanes = 8>

// The plain template is one for all, and obeys no figure.
// CHECK-LABEL: vox.kernel @Plain (
// CHECK: schedule <algorithm = plain, columns = 64, vectors = 64, rows = 64>
vox.kernel @Plain(%x: tensor<1x32x4xf32, #c16>, %w: tensor<16x32x1xf32, #w16x16>) -> tensor<1x16x4xf32, #c16> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x32x4xf32, #c16>, tensor<16x32x1xf32, #w16x16>) -> tensor<1x16x4xf32, #c16>
  vox.yield %0 : tensor<1x16x4xf32, #c16>
} schedule <algorithm = plain, columns = 64, vectors = 64, rows = 64>

// What follows an anchor is free as long as no schedule is chosen.
// CHECK-LABEL: func.func @Groups(
// CHECK: vox.conv
// CHECK: } schedule <algorithm = direct, lanes = 16>
// CHECK: vox.reshape
// CHECK: }{{$}}
func.func @Groups(%x: tensor<1x32x4xf32, #c16>, %w: tensor<16x32x1xf32, #w16x16>, %y: tensor<8xf32>) -> tensor<1x16x4xf32, #c16> {
  %0 = vox.group(%a = %x : tensor<1x32x4xf32, #c16>, %b = %w : tensor<16x32x1xf32, #w16x16>) -> tensor<1x16x4xf32, #c16> {
    %2 = vox.conv %a, %b strides = [1] dilations = [1] pads = [0, 0] groups = 1
        : (tensor<1x32x4xf32, #c16>, tensor<16x32x1xf32, #w16x16>) -> tensor<1x16x4xf32, #c16>
    vox.yield %2 : tensor<1x16x4xf32, #c16>
  } schedule <algorithm = direct, lanes = 16>
  %1 = vox.group(%a = %y : tensor<8xf32>) -> tensor<2x4xf32> {
    %2 = vox.activation #vox.relu %a : tensor<8xf32>
    %3 = vox.reshape %2 : tensor<8xf32> -> tensor<2x4xf32>
    vox.yield %3 : tensor<2x4xf32>
  }
  return %0 : tensor<1x16x4xf32, #c16>
}
