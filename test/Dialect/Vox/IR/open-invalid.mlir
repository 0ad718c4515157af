// Faults of #vox.open, and of the sizes beside it.

// RUN: vox-opt %s --split-input-file --verify-diagnostics

// expected-error@below {{1 least sizes and 2 greatest; expected at least one, as many of both}}
func.func @Counts() attributes {vox.open = #vox.open<least = [1], greatest = [2, 3], inputs = [()[s0] -> (s0)]>} { return }

// -----

// expected-error@below {{a size from 3 to 2; expected 1 or more, and less than 2^31}}
func.func @Order() attributes {vox.open = #vox.open<least = [3], greatest = [2], inputs = [()[s0] -> (s0)]>} { return }

// -----

// expected-error@below {{a map of 1 dimensions and 0 symbols; expected 1 symbols alone, the sizes}}
func.func @Dims() attributes {vox.open = #vox.open<least = [1], greatest = [2], inputs = [(d0) -> (d0)]>} { return }

// -----

// expected-error@below {{an extent of 8 floordiv s0; expected divisions by positive numbers}}
func.func @Divisor() attributes {vox.open = #vox.open<least = [1], greatest = [2], inputs = [()[s0] -> (8 floordiv s0)]>} { return }

// -----

func.func @NoSizes(%x: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error@below {{computes 2 sizes; expected 1}}
  %0 = vox.group(%a = %x : tensor<8xf32>) -> tensor<8xf32> {
    %i = vox.activation #vox.relu %a : tensor<8xf32>
    vox.yield %i : tensor<8xf32>
  } open <least = [4], greatest = [8], inputs = [()[s0] -> (s0)]> sizes affine_map<()[s0] -> (s0, s0)>
  return %0 : tensor<8xf32>
}

// -----

func.func @SizesOfDimensions(%x: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error@below {{computes sizes from dimensions; expected symbols alone}}
  %0 = vox.group(%a = %x : tensor<8xf32>) -> tensor<8xf32> {
    %i = vox.activation #vox.relu %a : tensor<8xf32>
    vox.yield %i : tensor<8xf32>
  } open <least = [4], greatest = [8], inputs = [()[s0] -> (s0)]> sizes affine_map<(d0) -> (d0)>
  return %0 : tensor<8xf32>
}

// -----

// A tile that fits the greatest extents and not the least.
// expected-error@below {{schedule has columns = 8; expected at most 4}}
vox.kernel @conv(%x: tensor<1x16x8xf32, #vox.layout<block = 16>>, %w: tensor<16x16x1xf32, #vox.weight_layout<input_block = 16, output_block = 16>>) -> tensor<1x16x8xf32, #vox.layout<block = 16>> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x16x8xf32, #vox.layout<block = 16>>, tensor<16x16x1xf32, #vox.weight_layout<input_block = 16, output_block = 16>>) -> tensor<1x16x8xf32, #vox.layout<block = 16>>
  vox.yield %0 : tensor<1x16x8xf32, #vox.layout<block = 16>>
} open <least = [4], greatest = [8], inputs = [()[s0] -> (1, 16, s0), ()[s0] -> (16, 16, 1)]> schedule <algorithm = direct, lanes = 16, columns = 8>

// -----

vox.kernel @relu(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %x : tensor<8xf32>
  vox.yield %0 : tensor<8xf32>
} open <least = [4], greatest = [8], inputs = [()[s0] -> (s0)]> schedule <algorithm = element_wise, lanes = 16>
func.func @Launch(%x: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error@below {{computes 0 sizes; expected 1}}
  %0 = vox.launch @relu(%x) : (tensor<8xf32>) -> tensor<8xf32>
  return %0 : tensor<8xf32>
}

// -----

// expected-error@below {{has 2 maps of open extents; expected 1, one for each argument}}
vox.kernel @maps(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %x : tensor<8xf32>
  vox.yield %0 : tensor<8xf32>
} open <least = [4], greatest = [8], inputs = [()[s0] -> (s0), ()[s0] -> (s0)]> schedule <algorithm = element_wise, lanes = 16>

// -----

// expected-error@below {{channels in blocks have an open extent; expected a fixed one}}
vox.kernel @blocks(%x: tensor<1x16x8xf32, #vox.layout<block = 16>>) -> tensor<1x16x8xf32, #vox.layout<block = 16>> {
  %0 = vox.activation #vox.relu %x : tensor<1x16x8xf32, #vox.layout<block = 16>>
  vox.yield %0 : tensor<1x16x8xf32, #vox.layout<block = 16>>
} open <least = [4], greatest = [16], inputs = [()[s0] -> (1, s0, 8)]> schedule <algorithm = element_wise, lanes = 16>
