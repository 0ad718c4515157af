// Ops through which extents can't be followed, or whose kernels need fixed
// ones.

// RUN: vox-opt %s --vox-form-groups='fuse=false' --vox-resolve-extents --split-input-file --verify-diagnostics

func.func @Channels(%x: tensor<1x8x16xf32>) -> tensor<1x8x8xf32> attributes {vox.open = #vox.open<least = [4], greatest = [8], inputs = [()[s0] -> (1, s0, 16)]>} {
  // expected-error@below {{'vox.pool' op dimension 1 of input 0 has an open extent; expected a fixed one}}
  %0 = vox.pool max %x kernel = [2] strides = [2] dilations = [1] pads = [0, 0] : tensor<1x8x16xf32> -> tensor<1x8x8xf32>
  return %0 : tensor<1x8x8xf32>
}

// -----

func.func @Terms(%x: tensor<4x8xf32>, %y: tensor<8x4xf32>) -> tensor<4x4xf32> attributes {vox.open = #vox.open<least = [4], greatest = [8], inputs = [()[s0] -> (4, s0), ()[s0] -> (s0, 4)]>} {
  // expected-error@below {{dimension 1 of input 0 has an open extent; expected a fixed one}}
  %0 = vox.matmul %x, %y : (tensor<4x8xf32>, tensor<8x4xf32>) -> tensor<4x4xf32>
  return %0 : tensor<4x4xf32>
}

// -----

func.func @Corners(%x: tensor<1x4x8xf32>) -> tensor<1x4x16xf32> attributes {vox.open = #vox.open<least = [4], greatest = [8], inputs = [()[s0] -> (1, 4, s0)]>} {
  // expected-error@below {{aligns the corners of an open extent, dimension 2; expected other coordinates}}
  %0 = vox.resize linear %x scales = [1.0, 1.0, 2.0] coordinates = align_corners rounding = floor : tensor<1x4x8xf32> -> tensor<1x4x16xf32>
  return %0 : tensor<1x4x16xf32>
}

// -----

func.func @OnePosition(%x: tensor<1x4x8xf32>) -> tensor<1x4x4xf32> attributes {vox.open = #vox.open<least = [2], greatest = [8], inputs = [()[s0] -> (1, 4, s0)]>} {
  // expected-error@below {{leaves one position of an open extent, dimension 2, at the least size; expected more in pytorch_half_pixel coordinates}}
  %0 = vox.resize linear %x scales = [1.0, 1.0, 0.5] coordinates = pytorch_half_pixel rounding = floor : tensor<1x4x8xf32> -> tensor<1x4x4xf32>
  return %0 : tensor<1x4x4xf32>
}

// -----

func.func @Scaled(%x: tensor<1x4x8xf32>) -> tensor<1x4x12xf32> attributes {vox.open = #vox.open<least = [4], greatest = [8], inputs = [()[s0] -> (1, 4, s0)]>} {
  // expected-error@below {{scales an open extent, dimension 2, by 1.500000e+00; expected a whole number or the inverse of one}}
  %0 = vox.resize nearest %x scales = [1.0, 1.0, 1.5] coordinates = asymmetric rounding = floor : tensor<1x4x8xf32> -> tensor<1x4x12xf32>
  return %0 : tensor<1x4x12xf32>
}

// -----

func.func @Mirrored(%x: tensor<8xf32>) -> tensor<10xf32> attributes {vox.open = #vox.open<least = [4], greatest = [8], inputs = [()[s0] -> (s0)]>} {
  // expected-error@below {{dimension 0 of input 0 has an open extent; expected a fixed one}}
  %0 = vox.pad %x mode = reflect pads = [1, 1] value = 0.0 : tensor<8xf32> -> tensor<10xf32>
  return %0 : tensor<10xf32>
}

// -----

func.func @Beyond(%x: tensor<8xf32>) -> tensor<6xf32> attributes {vox.open = #vox.open<least = [4], greatest = [8], inputs = [()[s0] -> (s0)]>} {
  // expected-error@below {{takes positions of an open extent that it need not have; expected a slice that goes to the end, or whose positions exist at the least size}}
  %0 = vox.slice %x starts = [0] steps = [1] : tensor<8xf32> -> tensor<6xf32>
  return %0 : tensor<6xf32>
}

// -----

func.func @Ambiguous(%x: tensor<8x9xf32>) -> tensor<4x18xf32> attributes {vox.open = #vox.open<least = [2, 3], greatest = [8, 9], inputs = [()[s0, s1] -> (s0, s1)]>} {
  // expected-error@below {{its result's open extents can't be told; expected one that follows from those of its input}}
  %0 = vox.reshape %x : tensor<8x9xf32> -> tensor<4x18xf32>
  %1 = vox.activation #vox.relu %0 : tensor<4x18xf32>
  return %1 : tensor<4x18xf32>
}

// -----

func.func @TopK(%x: tensor<8xf32>) -> tensor<2xi64> attributes {vox.open = #vox.open<least = [4], greatest = [8], inputs = [()[s0] -> (s0)]>} {
  // expected-error@below {{'vox.topk' op is not supported on open extents; fix its input's by --shapes}}
  %0 = vox.topk %x axis = 0 : tensor<8xf32> -> tensor<2xi64>
  return %0 : tensor<2xi64>
}

// -----

// Joins are made by vox-join-concats, which leaves open extents alone.
func.func @Join(%x: tensor<8xf32>) -> tensor<16xf32> attributes {vox.open = #vox.open<least = [4], greatest = [8], inputs = [()[s0] -> (s0)]>} {
  %0 = vox.activation #vox.relu %x : tensor<8xf32>
  // expected-error@below {{is not supported on open extents; expected vox.concat}}
  %1 = vox.join %0, %0 axis = 0 : (tensor<8xf32>, tensor<8xf32>) -> tensor<16xf32>
  return %1 : tensor<16xf32>
}

// -----

func.func @Window(%x: tensor<1x4x8xf32>) -> tensor<1x4x4xf32> attributes {vox.open = #vox.open<least = [4], greatest = [8], inputs = [()[s0] -> (1, 4, s0)]>} {
  // expected-error@below {{the window covers more than the padded input along spatial dimension 0 at the least shapes}}
  %0 = vox.pool max %x kernel = [5] strides = [1] dilations = [1] pads = [0, 0] : tensor<1x4x8xf32> -> tensor<1x4x4xf32>
  return %0 : tensor<1x4x4xf32>
}

// -----

func.func @Holes(%x: tensor<1x4x8xf32>) -> tensor<1x4x4xf32> attributes {vox.open = #vox.open<least = [2], greatest = [8], inputs = [()[s0] -> (1, 4, s0)]>} {
  // expected-error@below {{the holes of the dilated window cover the whole input along spatial dimension 0 at the least shapes}}
  %0 = vox.pool max %x kernel = [3] strides = [2] dilations = [3] pads = [3, 3] : tensor<1x4x8xf32> -> tensor<1x4x4xf32>
  return %0 : tensor<1x4x4xf32>
}

// -----

func.func @Vanishes(%x: tensor<8xf32>) -> tensor<4xf32> attributes {vox.open = #vox.open<least = [4], greatest = [8], inputs = [()[s0] -> (s0)]>} {
  // expected-error@below {{extent 0 of a result goes from 0 to 4 (s0 - 4); expected 1 or more to 4}}
  %0 = vox.slice %x starts = [4] steps = [1] : tensor<8xf32> -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// expected-error@below {{has 2 maps of open extents; expected 1, one for each argument}}
func.func @Maps(%x: tensor<8xf32>) -> tensor<8xf32> attributes {vox.open = #vox.open<least = [4], greatest = [8], inputs = [()[s0] -> (s0), ()[s0] -> (s0)]>} {
  return %x : tensor<8xf32>
}

// -----

// expected-error@below {{has 2 open extents for 'tensor<8xf32>'}}
func.func @Rank(%x: tensor<8xf32>) -> tensor<8xf32> attributes {vox.open = #vox.open<least = [4], greatest = [8], inputs = [()[s0] -> (s0, s0)]>} {
  return %x : tensor<8xf32>
}

// -----

// expected-error@below {{extent 0 of a result goes from 2 to 4 (s0 floordiv 2); expected 1 or more to 8}}
func.func @Type(%x: tensor<8xf32>) -> tensor<8xf32> attributes {vox.open = #vox.open<least = [4], greatest = [8], inputs = [()[s0] -> (s0 floordiv 2)]>} {
  return %x : tensor<8xf32>
}
