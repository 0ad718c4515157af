// Extents that groups find open, by the rules of the ops before them. A group's
// sizes are the different open extents of its inputs.

// RUN: vox-opt %s --vox-form-groups='fuse=false' --vox-resolve-extents --remarks-filter='vox-resolve-extents' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks
// RUN: vox-opt %s --vox-form-groups='fuse=false' --vox-resolve-extents --vox-resolve-extents | FileCheck %s

// REMARK: [Passed] Open | Category:vox-resolve-extents | {{.*}}"2 of its sizes are open"

// CHECK-DAG: #[[BOTH:map[0-9]*]] = affine_map<()[s0, s1] -> (s0, s1)>
// CHECK-DAG: #[[CONV:map[0-9]*]] = affine_map<()[s0, s1] -> (s0, (s1 - 1) floordiv 2 + 1, s1)>
// CHECK-DAG: #[[ONE:map[0-9]*]] = affine_map<()[s0] -> (s0)>
// CHECK-DAG: #[[TWICE:map[0-9]*]] = affine_map<()[s0] -> (s0 * 2)>
// CHECK-DAG: #[[HALF:map[0-9]*]] = affine_map<()[s0] -> (s0 floordiv 2)>
// CHECK-DAG: #[[CEIL:map[0-9]*]] = affine_map<()[s0] -> ((s0 - 2) ceildiv 2 + 1)>
// CHECK-DAG: #[[CEILED:map[0-9]*]] = affine_map<()[s0] -> ((s0 + 1) ceildiv 4)>
// CHECK-DAG: #[[SAME:map[0-9]*]] = affine_map<()[s0] -> ((s0 floordiv 2) * 2, s0)>
// CHECK-DAG: #[[FLAT:map[0-9]*]] = affine_map<()[s0, s1] -> (s0, s1 * 4)>
// CHECK-DAG: #[[FLATTENED:map[0-9]*]] = affine_map<()[s0, s1] -> (s0 * 4, s1)>
// CHECK-DAG: #[[ALL:map[0-9]*]] = affine_map<()[s0, s1] -> ((s0 * s1) * 4)>
// CHECK-DAG: #[[SLICED:map[0-9]*]] = affine_map<()[s0] -> (s0 - 2, s0 ceildiv 2)>
// CHECK-DAG: #[[PADDED:map[0-9]*]] = affine_map<()[s0] -> (s0 + 2)>

// Pads, strides and dilations, as in the shape rule.
// CHECK-LABEL: func.func @Conv(
// CHECK: open <least = [1, 5], greatest = [2, 16], inputs = [()[s0, s1] -> (s0, 3, s1, s1), ()[s0, s1] -> (8, 3, 3, 3)]> sizes #[[BOTH]]{{$}}
// CHECK: open <least = [1, 3, 5], greatest = [2, 8, 16], inputs = [()[s0, s1, s2] -> (s0, 8, s1, s2)]> sizes #[[CONV]]{{$}}
func.func @Conv(%x: tensor<2x3x16x16xf32>) -> tensor<2x8x8x16xf32> attributes {vox.open = #vox.open<least = [1, 5], greatest = [2, 16], inputs = [()[s0, s1] -> (s0, 3, s1, s1)]>} {
  %w = vox.constant dense<0.5> : tensor<8x3x3x3xf32>
  %0 = vox.conv %x, %w strides = [2, 1] dilations = [1, 2] pads = [1, 2, 1, 2] groups = 1 : (tensor<2x3x16x16xf32>, tensor<8x3x3x3xf32>) -> tensor<2x8x8x16xf32>
  %1 = vox.activation #vox.relu %0 : tensor<2x8x8x16xf32>
  return %1 : tensor<2x8x8x16xf32>
}

// A transposed convolution doubles an extent.
// CHECK-LABEL: func.func @ConvTranspose(
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (1, 4, s0), ()[s0] -> (2, 4, 2)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [4], greatest = [16], inputs = [()[s0] -> (1, 2, s0)]> sizes #[[TWICE]]{{$}}
func.func @ConvTranspose(%x: tensor<1x4x8xf32>) -> tensor<1x2x16xf32> attributes {vox.open = #vox.open<least = [2], greatest = [8], inputs = [()[s0] -> (1, 4, s0)]>} {
  %w = vox.constant dense<0.5> : tensor<2x4x2xf32>
  %0 = vox.conv_transpose %x, %w strides = [2] dilations = [1] pads = [0, 0] output_pads = [0] groups = 1 : (tensor<1x4x8xf32>, tensor<2x4x2xf32>) -> tensor<1x2x16xf32>
  %1 = vox.activation #vox.relu %0 : tensor<1x2x16xf32>
  return %1 : tensor<1x2x16xf32>
}

// Windows rounded down, rounded up, and rounded up where a last window that
// starts in the padding is dropped; global ones leave nothing open.
// CHECK-LABEL: func.func @Pool(
// CHECK: open <least = [6], greatest = [17], inputs = [()[s0] -> (1, 4, s0)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [6], greatest = [17], inputs = [()[s0] -> (1, 4, s0)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [6], greatest = [17], inputs = [()[s0] -> (1, 4, s0)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [6], greatest = [17], inputs = [()[s0] -> (1, 4, s0)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [3], greatest = [8], inputs = [()[s0] -> (1, 4, s0)]> sizes #[[HALF]]{{$}}
// CHECK: open <least = [3], greatest = [9], inputs = [()[s0] -> (1, 4, s0)]> sizes #[[CEIL]]{{$}}
// CHECK: open <least = [2], greatest = [5], inputs = [()[s0] -> (1, 4, s0)]> sizes #[[CEILED]]{{$}}
func.func @Pool(%x: tensor<1x4x17xf32>) -> (tensor<1x4x8xf32>, tensor<1x4x9xf32>, tensor<1x4x5xf32>, tensor<1x4x1xf32>) attributes {vox.open = #vox.open<least = [6], greatest = [17], inputs = [()[s0] -> (1, 4, s0)]>} {
  %0 = vox.pool max %x kernel = [2] strides = [2] dilations = [1] pads = [0, 0] : tensor<1x4x17xf32> -> tensor<1x4x8xf32>
  %1 = vox.pool max %x kernel = [2] strides = [2] dilations = [1] pads = [0, 0] {ceil_mode} : tensor<1x4x17xf32> -> tensor<1x4x9xf32>
  %2 = vox.pool average %x kernel = [3] strides = [4] dilations = [1] pads = [1, 1] {ceil_mode} : tensor<1x4x17xf32> -> tensor<1x4x5xf32>
  %3 = vox.global_pool max %x : tensor<1x4x17xf32> -> tensor<1x4x1xf32>
  %4 = vox.activation #vox.relu %0 : tensor<1x4x8xf32>
  %5 = vox.activation #vox.relu %1 : tensor<1x4x9xf32>
  %6 = vox.activation #vox.relu %2 : tensor<1x4x5xf32>
  %7 = vox.activation #vox.relu %3 : tensor<1x4x1xf32>
  return %4, %5, %6, %7 : tensor<1x4x8xf32>, tensor<1x4x9xf32>, tensor<1x4x5xf32>, tensor<1x4x1xf32>
}

// A U-Net's concatenation: both inputs are as long, so the shorter expression
// stands for both behind it.
// CHECK-LABEL: func.func @Join(
// CHECK: open <least = [4], greatest = [16], inputs = [()[s0] -> (1, 4, s0)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (1, 4, s0)]> sizes #[[HALF]]{{$}}
// CHECK: open <least = [4, 4], greatest = [16, 16], inputs = [()[s0, s1] -> (1, 4, s0), ()[s0, s1] -> (1, 4, s1)]> sizes #[[SAME]]{{$}}
// CHECK: open <least = [4], greatest = [16], inputs = [()[s0] -> (1, 8, s0)]> sizes #[[ONE]]{{$}}
func.func @Join(%x: tensor<1x4x16xf32>) -> tensor<1x8x16xf32> attributes {vox.open = #vox.open<least = [4], greatest = [16], inputs = [()[s0] -> (1, 4, s0)]>} {
  %0 = vox.pool max %x kernel = [2] strides = [2] dilations = [1] pads = [0, 0] : tensor<1x4x16xf32> -> tensor<1x4x8xf32>
  %1 = vox.resize nearest %0 scales = [1.0, 1.0, 2.0] coordinates = asymmetric rounding = floor : tensor<1x4x8xf32> -> tensor<1x4x16xf32>
  %2 = vox.concat %1, %x axis = 1 : (tensor<1x4x16xf32>, tensor<1x4x16xf32>) -> tensor<1x8x16xf32>
  %3 = vox.activation #vox.relu %2 : tensor<1x8x16xf32>
  return %3 : tensor<1x8x16xf32>
}

// An extent of 1 gives way to an open one.
// CHECK-LABEL: func.func @Broadcast(
// CHECK: open <least = [1, 2], greatest = [4, 8], inputs = [()[s0, s1] -> (s0, 1, s1), ()[s0, s1] -> (s1)]> sizes #[[BOTH]]{{$}}
// CHECK: open <least = [1, 2], greatest = [4, 8], inputs = [()[s0, s1] -> (s0, 1, s1)]> sizes #[[BOTH]]{{$}}
func.func @Broadcast(%x: tensor<4x1x8xf32>, %y: tensor<8xf32>) -> tensor<4x1x8xf32> attributes {vox.open = #vox.open<least = [1, 2], greatest = [4, 8], inputs = [()[s0, s1] -> (s0, 1, s1), ()[s0, s1] -> (s1)]>} {
  %0 = vox.add %x, %y : (tensor<4x1x8xf32>, tensor<8xf32>) -> tensor<4x1x8xf32>
  %1 = vox.activation #vox.relu %0 : tensor<4x1x8xf32>
  return %1 : tensor<4x1x8xf32>
}

// Extents are multiplied, split off and passed by.
// CHECK-LABEL: func.func @Reshape(
// CHECK: open <least = [2, 12], greatest = [6, 40], inputs = [()[s0, s1] -> (s0, s1)]> sizes #[[FLAT]]{{$}}
// CHECK: open <least = [2, 3], greatest = [6, 10], inputs = [()[s0, s1] -> (s0, 2, 2, s1)]> sizes #[[BOTH]]{{$}}
// CHECK: open <least = [8, 3], greatest = [24, 10], inputs = [()[s0, s1] -> (s0, 1, s1)]> sizes #[[FLATTENED]]{{$}}
// CHECK: open <least = [24], greatest = [240], inputs = [()[s0] -> (s0)]> sizes #[[ALL]]{{$}}
func.func @Reshape(%x: tensor<6x4x10xf32>) -> (tensor<6x40xf32>, tensor<6x2x2x10xf32>, tensor<24x1x10xf32>, tensor<240xf32>) attributes {vox.open = #vox.open<least = [2, 3], greatest = [6, 10], inputs = [()[s0, s1] -> (s0, 4, s1)]>} {
  %0 = vox.reshape %x : tensor<6x4x10xf32> -> tensor<6x40xf32>
  %1 = vox.reshape %x : tensor<6x4x10xf32> -> tensor<6x2x2x10xf32>
  %2 = vox.reshape %x : tensor<6x4x10xf32> -> tensor<24x1x10xf32>
  %3 = vox.reshape %x : tensor<6x4x10xf32> -> tensor<240xf32>
  %4 = vox.activation #vox.relu %0 : tensor<6x40xf32>
  %5 = vox.activation #vox.relu %1 : tensor<6x2x2x10xf32>
  %6 = vox.activation #vox.relu %2 : tensor<24x1x10xf32>
  %7 = vox.activation #vox.relu %3 : tensor<240xf32>
  return %4, %5, %6, %7 : tensor<6x40xf32>, tensor<6x2x2x10xf32>, tensor<24x1x10xf32>, tensor<240xf32>
}

// To the end; positions that exist at every size; every second one.
// CHECK-LABEL: func.func @Slices(
// CHECK: open <least = [6], greatest = [16], inputs = [()[s0] -> (s0, s0, s0)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [4, 3], greatest = [14, 8], inputs = [()[s0, s1] -> (s0, 3, s1)]> sizes #[[SLICED]]{{$}}
func.func @Slices(%x: tensor<16x16x16xf32>) -> tensor<14x3x8xf32> attributes {vox.open = #vox.open<least = [6], greatest = [16], inputs = [()[s0] -> (s0, s0, s0)]>} {
  %0 = vox.slice %x starts = [2, 1, 0] steps = [1, 2, 2] : tensor<16x16x16xf32> -> tensor<14x3x8xf32>
  %1 = vox.activation #vox.relu %0 : tensor<14x3x8xf32>
  return %1 : tensor<14x3x8xf32>
}

// Padded, tiled along a fixed dimension, transposed.
// CHECK-LABEL: func.func @Moved(
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (s0, 4)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [4], greatest = [10], inputs = [()[s0] -> (s0, 4)]> sizes #[[PADDED]]{{$}}
// CHECK: open <least = [4], greatest = [10], inputs = [()[s0] -> (s0, 12)]> sizes #[[PADDED]]{{$}}
// CHECK: open <least = [4], greatest = [10], inputs = [()[s0] -> (12, s0)]> sizes #[[PADDED]]{{$}}
func.func @Moved(%x: tensor<8x4xf32>) -> tensor<12x10xf32> attributes {vox.open = #vox.open<least = [2], greatest = [8], inputs = [()[s0] -> (s0, 4)]>} {
  %0 = vox.pad %x pads = [1, 0, 1, 0] value = 0.0 : tensor<8x4xf32> -> tensor<10x4xf32>
  %1 = vox.tile %0 : tensor<10x4xf32> -> tensor<10x12xf32>
  %2 = vox.transpose %1 permutation = [1, 0] : tensor<10x12xf32> -> tensor<12x10xf32>
  %3 = vox.activation #vox.relu %2 : tensor<12x10xf32>
  return %3 : tensor<12x10xf32>
}

// Rows and batches of products.
// CHECK-LABEL: func.func @Products(
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (s0, 4, 6), ()[s0] -> (5, 6)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (s0, 4, 6)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (s0, 4, 6), ()[s0] -> (s0, 6, 4)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (s0, 4, 5)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (s0, 4, 4)]> sizes #[[ONE]]{{$}}
func.func @Products(%x: tensor<8x4x6xf32>) -> (tensor<8x4x5xf32>, tensor<8x4x4xf32>) attributes {vox.open = #vox.open<least = [2], greatest = [8], inputs = [()[s0] -> (s0, 4, 6)]>} {
  %w = vox.constant dense<0.5> : tensor<5x6xf32>
  %0 = vox.dense %x, %w : (tensor<8x4x6xf32>, tensor<5x6xf32>) -> tensor<8x4x5xf32>
  %1 = vox.transpose %x permutation = [0, 2, 1] : tensor<8x4x6xf32> -> tensor<8x6x4xf32>
  %2 = vox.matmul %x, %1 : (tensor<8x4x6xf32>, tensor<8x6x4xf32>) -> tensor<8x4x4xf32>
  %3 = vox.activation #vox.relu %0 : tensor<8x4x5xf32>
  %4 = vox.activation #vox.relu %2 : tensor<8x4x4xf32>
  return %3, %4 : tensor<8x4x5xf32>, tensor<8x4x4xf32>
}

// The indices of a gather.
// CHECK-LABEL: func.func @Gathered(
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (5, 3), ()[s0] -> (s0)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (s0, 3)]> sizes #[[ONE]]{{$}}
func.func @Gathered(%x: tensor<8xi64>) -> tensor<8x3xf32> attributes {vox.open = #vox.open<least = [2], greatest = [8], inputs = [()[s0] -> (s0)]>} {
  %w = vox.constant dense<0.5> : tensor<5x3xf32>
  %0 = vox.gather %w, %x axis = 0 : (tensor<5x3xf32>, tensor<8xi64>) -> tensor<8x3xf32>
  %1 = vox.activation #vox.relu %0 : tensor<8x3xf32>
  return %1 : tensor<8x3xf32>
}

// What is reduced is gone, also with an open number of terms.
// CHECK-LABEL: func.func @Reduced(
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (s0, 4)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (s0, 4)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (s0, 4)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (s0, 1)]> sizes #[[ONE]]{{$}}
// CHECK: open <least = [2], greatest = [8], inputs = [()[s0] -> (s0, 4)]> sizes #[[ONE]]{{$}}
func.func @Reduced(%x: tensor<8x4xf32>) -> (tensor<1x4xf32>, tensor<8x1xi64>, tensor<8x4xf32>) attributes {vox.open = #vox.open<least = [2], greatest = [8], inputs = [()[s0] -> (s0, 4)]>} {
  %0 = vox.reduce sum %x axes = [0] : tensor<8x4xf32> -> tensor<1x4xf32>
  %1 = vox.argmax %x axis = 1 : tensor<8x4xf32> -> tensor<8x1xi64>
  %2 = vox.softmax %x axis = 0 : tensor<8x4xf32>
  %3 = vox.activation #vox.relu %0 : tensor<1x4xf32>
  %4 = vox.add %1, %1 : (tensor<8x1xi64>, tensor<8x1xi64>) -> tensor<8x1xi64>
  %5 = vox.activation #vox.relu %2 : tensor<8x4xf32>
  return %3, %4, %5 : tensor<1x4xf32>, tensor<8x1xi64>, tensor<8x4xf32>
}

// Nothing to say where the network has fixed extents.
// CHECK-LABEL: func.func @Fixed(
// CHECK-NOT: open
// CHECK: return
func.func @Fixed(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %x : tensor<8xf32>
  return %0 : tensor<8xf32>
}
