// The template that each anchor gets, and the properties that every schedule
// of it must have. Figures are left to measurement, so few are checked.

// RUN: vox-opt %s --vox-form-groups --vox-assign-layouts --vox-assign-schedules \
// RUN:     --remarks-filter='vox-assign-schedules' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks
// RUN: vox-opt %s --vox-form-groups --vox-assign-layouts=lanes=8 --vox-assign-schedules="lanes=8 registers=16" | FileCheck %s --check-prefix=AVX2
// RUN: vox-opt %s --vox-form-groups --vox-assign-layouts --vox-assign-schedules=plain | FileCheck %s --check-prefix=PLAIN
// RUN: vox-opt %s --vox-form-groups --vox-assign-layouts --vox-assign-schedules | %python %S/Inputs/check-schedules.py
// RUN: vox-opt %s --vox-form-groups --vox-assign-layouts=lanes=8 --vox-assign-schedules="lanes=8 registers=16" | %python %S/Inputs/check-schedules.py --registers=16
// RUN: vox-opt %s --vox-form-groups --vox-assign-layouts=lanes=4 --vox-assign-schedules="lanes=4 registers=32" | %python %S/Inputs/check-schedules.py

// Every group gets the plain schedule, layout changes too.
// PLAIN-NOT: algorithm = {{[^p]}}
// PLAIN: schedule <algorithm = plain>
// PLAIN-NOT: algorithm = {{[^p]}}

// REMARK: [Passed] Scheduled | Category:vox-assign-schedules | {{.*}}algorithm = few_channels
// CHECK-LABEL: func.func @Stem(
// CHECK: schedule <algorithm = few_channels, lanes = 16, {{.*}}parallel = rows>
// AVX2-LABEL: func.func @Stem(
// AVX2: schedule <algorithm = few_channels, lanes = 8, {{.*}}parallel = rows>
func.func @Stem(%x: tensor<1x3x64x64xf32>) -> tensor<1x32x64x64xf32> {
  %w = vox.constant dense<1.0> : tensor<32x3x3x3xf32>
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1, 1] pads = [1, 1, 1, 1] groups = 1
      : (tensor<1x3x64x64xf32>, tensor<32x3x3x3xf32>) -> tensor<1x32x64x64xf32>
  return %0 : tensor<1x32x64x64xf32>
}

// CHECK-LABEL: func.func @Wide(
// CHECK: vox.pack %
// CHECK: schedule <algorithm = element_wise, lanes = 16
// CHECK: vox.conv
// CHECK: schedule <algorithm = direct, lanes = 16, {{.*}}parallel = rows>
// CHECK: vox.unpack
// CHECK: schedule <algorithm = element_wise, lanes = 16
func.func @Wide(%x: tensor<1x64x16x16x16xf32>) -> tensor<1x64x16x16x16xf32> {
  %w = vox.constant dense<1.0> : tensor<64x64x3x3x3xf32>
  %0 = vox.conv %x, %w strides = [1, 1, 1] dilations = [1, 1, 1] pads = [1, 1, 1, 1, 1, 1] groups = 1
      : (tensor<1x64x16x16x16xf32>, tensor<64x64x3x3x3xf32>) -> tensor<1x64x16x16x16xf32>
  return %0 : tensor<1x64x16x16x16xf32>
}

// Weights of 28 MB for an input of 16 KB: threads divide the weights.
// CHECK-LABEL: func.func @Deep(
// CHECK: vox.conv
// CHECK: schedule <algorithm = direct, {{.*}}parallel = channels>
func.func @Deep(%x: tensor<1x512x2x2x2xf32>) -> tensor<1x512x2x2x2xf32> {
  %w = vox.constant dense<1.0> : tensor<512x512x3x3x3xf32>
  %0 = vox.conv %x, %w strides = [1, 1, 1] dilations = [1, 1, 1] pads = [1, 1, 1, 1, 1, 1] groups = 1
      : (tensor<1x512x2x2x2xf32>, tensor<512x512x3x3x3xf32>) -> tensor<1x512x2x2x2xf32>
  return %0 : tensor<1x512x2x2x2xf32>
}

// Too little work to wake another thread.
// CHECK-LABEL: func.func @Small(
// CHECK-NOT: parallel
// CHECK: vox.conv
// CHECK: schedule <algorithm = direct, lanes = 8
// CHECK-NOT: parallel
// CHECK: return
func.func @Small(%x: tensor<1x8x4x4xf32>) -> tensor<1x8x4x4xf32> {
  %w = vox.constant dense<1.0> : tensor<8x8x3x3xf32>
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1, 1] pads = [1, 1, 1, 1] groups = 1
      : (tensor<1x8x4x4xf32>, tensor<8x8x3x3xf32>) -> tensor<1x8x4x4xf32>
  return %0 : tensor<1x8x4x4xf32>
}

// CHECK-LABEL: func.func @Depthwise(
// CHECK: vox.conv
// CHECK: schedule <algorithm = depthwise, lanes = 16
func.func @Depthwise(%x: tensor<1x32x14x14xf32>) -> tensor<1x32x14x14xf32> {
  %w = vox.constant dense<1.0> : tensor<32x1x3x3xf32>
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1, 1] pads = [1, 1, 1, 1] groups = 32
      : (tensor<1x32x14x14xf32>, tensor<32x1x3x3xf32>) -> tensor<1x32x14x14xf32>
  return %0 : tensor<1x32x14x14xf32>
}

// CHECK-LABEL: func.func @PlanarGroups(
// CHECK: vox.conv
// CHECK: schedule <algorithm = planar
func.func @PlanarGroups(%x: tensor<1x6x14x14xf32>) -> tensor<1x6x14x14xf32> {
  %w = vox.constant dense<1.0> : tensor<6x3x3x3xf32>
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1, 1] pads = [1, 1, 1, 1] groups = 2
      : (tensor<1x6x14x14xf32>, tensor<6x3x3x3xf32>) -> tensor<1x6x14x14xf32>
  return %0 : tensor<1x6x14x14xf32>
}

// CHECK-LABEL: func.func @Others(
// CHECK: vox.pool
// CHECK: schedule <algorithm = window
// CHECK: vox.softmax
// CHECK: schedule <algorithm = reduction
// CHECK: vox.global_pool
// CHECK: schedule <algorithm = reduction
// CHECK: vox.dense
// CHECK: schedule <algorithm = dense
// CHECK: vox.transpose
// CHECK: schedule <algorithm = element_wise
func.func @Others(%x: tensor<1x20x13x13xf32>) -> tensor<10x1xf32> {
  %w = vox.constant dense<1.0> : tensor<10x20xf32>
  %0 = vox.pool max %x kernel = [2, 2] strides = [1, 1] dilations = [1, 1] pads = [0, 0, 0, 0] : tensor<1x20x13x13xf32> -> tensor<1x20x12x12xf32>
  %1 = vox.softmax %0 axis = 1 : tensor<1x20x12x12xf32>
  %2 = vox.global_pool average %1 : tensor<1x20x12x12xf32> -> tensor<1x20x1x1xf32>
  %3 = vox.reshape %2 : tensor<1x20x1x1xf32> -> tensor<1x20xf32>
  %4 = vox.dense %3, %w : (tensor<1x20xf32>, tensor<10x20xf32>) -> tensor<1x10xf32>
  %5 = vox.transpose %4 permutation = [1, 0] : tensor<1x10xf32> -> tensor<10x1xf32>
  return %5 : tensor<10x1xf32>
}

// Extents without a divisor, of one, and of none.
// CHECK-LABEL: func.func @OddExtents(
func.func @OddExtents(%x: tensor<1x17x13x1031xf32>, %e: tensor<0x17x13x7xf32>) -> (tensor<1x19x13x1031xf32>, tensor<0x19x13x7xf32>) {
  %w = vox.constant dense<1.0> : tensor<19x17x1x1xf32>
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1, 1] pads = [0, 0, 0, 0] groups = 1
      : (tensor<1x17x13x1031xf32>, tensor<19x17x1x1xf32>) -> tensor<1x19x13x1031xf32>
  %1 = vox.conv %e, %w strides = [1, 1] dilations = [1, 1] pads = [0, 0, 0, 0] groups = 1
      : (tensor<0x17x13x7xf32>, tensor<19x17x1x1xf32>) -> tensor<0x19x13x7xf32>
  return %0, %1 : tensor<1x19x13x1031xf32>, tensor<0x19x13x7xf32>
}

// Tiles and rows count positions of one phase: 24 of 48 in a row.
// REMARK: algorithm = transposed
// CHECK-LABEL: func.func @Transposed(
// CHECK: vox.conv_transpose
// CHECK: schedule <algorithm = transposed, lanes = 16, columns = {{[0-9]+}}, {{(vectors = [0-9]+, )?}}rows = {{[0-9]+}}, parallel = rows>
func.func @Transposed(%x: tensor<1x32x24x24x24xf32>) -> tensor<1x16x48x48x48xf32> {
  %w = vox.constant dense<1.0> : tensor<16x32x2x2x2xf32>
  %0 = vox.conv_transpose %x, %w strides = [2, 2, 2] dilations = [1, 1, 1] pads = [0, 0, 0, 0, 0, 0] output_pads = [0, 0, 0] groups = 1
      : (tensor<1x32x24x24x24xf32>, tensor<16x32x2x2x2xf32>) -> tensor<1x16x48x48x48xf32>
  return %0 : tensor<1x16x48x48x48xf32>
}

// Weights of 8 MB for an input of 16 KB.
// CHECK-LABEL: func.func @DeepTransposed(
// CHECK: vox.conv_transpose
// CHECK: schedule <algorithm = transposed, {{.*}}parallel = channels>
func.func @DeepTransposed(%x: tensor<1x512x2x2x2xf32>) -> tensor<1x512x4x4x4xf32> {
  %w = vox.constant dense<1.0> : tensor<512x512x2x2x2xf32>
  %0 = vox.conv_transpose %x, %w strides = [2, 2, 2] dilations = [1, 1, 1] pads = [0, 0, 0, 0, 0, 0] output_pads = [0, 0, 0] groups = 1
      : (tensor<1x512x2x2x2xf32>, tensor<512x512x2x2x2xf32>) -> tensor<1x512x4x4x4xf32>
  return %0 : tensor<1x512x4x4x4xf32>
}

// Upsampling by a stride that is more than the result has: one position each.
// CHECK-LABEL: func.func @ShorterThanStride(
// CHECK: vox.conv_transpose
// CHECK: schedule <algorithm = transposed, lanes = 16>
func.func @ShorterThanStride(%x: tensor<1x6x1x1xf32>) -> tensor<1x6x2x2xf32> {
  %w = vox.constant dense<1.0> : tensor<6x1x2x2xf32>
  %0 = vox.conv_transpose %x, %w strides = [7, 7] dilations = [1, 1] pads = [0, 0, 0, 0] output_pads = [0, 0] groups = 6
      : (tensor<1x6x1x1xf32>, tensor<6x1x2x2xf32>) -> tensor<1x6x2x2xf32>
  return %0 : tensor<1x6x2x2xf32>
}

// CHECK-LABEL: func.func @Labels(
// CHECK: vox.argmax
// CHECK: schedule <algorithm = reduction, lanes = 16, parallel = channels>
// CHECK: vox.slice
// CHECK: schedule <algorithm = element_wise, lanes = 16
// CHECK: vox.resize
// CHECK: schedule <algorithm = element_wise, lanes = 16
func.func @Labels(%x: tensor<1x3x64x64x64xf32>) -> tensor<1x1x64x64x64xi64> {
  %0 = vox.argmax %x axis = 1 : tensor<1x3x64x64x64xf32> -> tensor<1x1x64x64x64xi64>
  %1 = vox.slice %0 starts = [0, 0, 0, 0, 0] steps = [1, 1, 2, 2, 2] : tensor<1x1x64x64x64xi64> -> tensor<1x1x32x32x32xi64>
  %2 = vox.resize nearest %1 scales = [1.0, 1.0, 2.0, 2.0, 2.0] coordinates = asymmetric rounding = floor
      : tensor<1x1x32x32x32xi64> -> tensor<1x1x64x64x64xi64>
  return %2 : tensor<1x1x64x64x64xi64>
}

// Work is what is added up.
// CHECK-LABEL: func.func @Resampled(
// CHECK: vox.resample
// CHECK: schedule <algorithm = reduction, lanes = 16, parallel = channels>
// CHECK: vox.resample
// CHECK: schedule <algorithm = reduction, lanes = 16>
func.func @Resampled(%x: tensor<8x64x64xf32>, %starts: tensor<64xi32>, %eight: tensor<64x8xf32>, %seven: tensor<64x7xf32>) -> tensor<8x64x64xf32> {
  %0 = vox.resample %x, %starts, %eight axis = 1 : (tensor<8x64x64xf32>, tensor<64xi32>, tensor<64x8xf32>) -> tensor<8x64x64xf32>
  %1 = vox.resample %0, %starts, %seven axis = 2 : (tensor<8x64x64xf32>, tensor<64xi32>, tensor<64x7xf32>) -> tensor<8x64x64xf32>
  return %1 : tensor<8x64x64xf32>
}

// Work is what is read.
// CHECK-LABEL: func.func @Reductions(
// CHECK: vox.reduce
// CHECK: schedule <algorithm = reduction, lanes = 16, parallel = channels>
// CHECK: vox.log_softmax
// CHECK: schedule <algorithm = reduction, lanes = 16>
func.func @Reductions(%x: tensor<1x3x64x64x64xf32>) -> tensor<1x3x64x1x1xf32> {
  %0 = vox.reduce max %x axes = [3, 4] : tensor<1x3x64x64x64xf32> -> tensor<1x3x64x1x1xf32>
  %1 = vox.log_softmax %0 axis = 1 : tensor<1x3x64x1x1xf32>
  return %1 : tensor<1x3x64x1x1xf32>
}

// Attention's products. The last tile of columns overlaps its neighbour; rows
// are divided as well, because 2 heads of 4 tiles are few tasks.
// CHECK-LABEL: func.func @Attention(
// CHECK: vox.matmul
// CHECK: schedule <algorithm = dense, lanes = 16, columns = {{.*}}, rows = {{.*}}, parallel = rows>
// CHECK: vox.matmul
// CHECK: schedule <algorithm = dense, lanes = 16, columns = {{.*}}, vectors = {{.*}}, rows = {{.*}}, parallel = rows>
// AVX2-LABEL: func.func @Attention(
// AVX2: schedule <algorithm = dense, lanes = 8, {{.*}}parallel = rows>
func.func @Attention(%q: tensor<2x197x64xf32>, %k: tensor<2x64x197xf32>, %v: tensor<2x197x64xf32>) -> tensor<2x197x64xf32> {
  %0 = vox.matmul %q, %k : (tensor<2x197x64xf32>, tensor<2x64x197xf32>) -> tensor<2x197x197xf32>
  %1 = vox.softmax %0 axis = 2 : tensor<2x197x197xf32>
  %2 = vox.matmul %1, %v : (tensor<2x197x197xf32>, tensor<2x197x64xf32>) -> tensor<2x197x64xf32>
  return %2 : tensor<2x197x64xf32>
}

// One row takes as many vectors as there are.
// CHECK-LABEL: func.func @OneRow(
// CHECK: schedule <algorithm = dense, lanes = 16, vectors = 8>
func.func @OneRow(%a: tensor<1x64xf32>, %b: tensor<64x256xf32>) -> tensor<1x256xf32> {
  %0 = vox.matmul %a, %b : (tensor<1x64xf32>, tensor<64x256xf32>) -> tensor<1x256xf32>
  return %0 : tensor<1x256xf32>
}

// CHECK-LABEL: func.func @PoolIndices(
// CHECK: schedule <algorithm = window, lanes = 16
func.func @PoolIndices(%x: tensor<1x32x16x16xf32>) -> tensor<1x32x8x8xi64> {
  %0 = vox.pool_indices %x kernel = [2, 2] strides = [2, 2] dilations = [1, 1] pads = [0, 0, 0, 0]
      : tensor<1x32x16x16xf32> -> tensor<1x32x8x8xi64>
  return %0 : tensor<1x32x8x8xi64>
}
