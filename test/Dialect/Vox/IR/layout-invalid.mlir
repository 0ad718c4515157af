// RUN: vox-opt %s -split-input-file -verify-diagnostics

// expected-error @+1 {{block is 1; expected a power of two from 2 to 64}}
func.func private @BlockOfOne(tensor<1x4x8xf32, #vox.layout<block = 1>>)

// -----

// expected-error @+1 {{block is 0; expected a power of two from 2 to 64}}
func.func private @BlockOfNone(tensor<1x4x8xf32, #vox.layout<block = 0>>)

// -----

// expected-error @+1 {{block is -4; expected a power of two from 2 to 64}}
func.func private @NegativeBlock(tensor<1x4x8xf32, #vox.layout<block = -4>>)

// -----

// expected-error @+1 {{block is 12; expected a power of two from 2 to 64}}
func.func private @BlockIsNoPowerOfTwo(tensor<1x4x8xf32, #vox.layout<block = 12>>)

// -----

// expected-error @+1 {{block is 128; expected a power of two from 2 to 64}}
func.func private @BlockTooLarge(tensor<1x4x8xf32, #vox.layout<block = 128>>)

// -----

// expected-error @+1 {{a tensor of rank 2 can't have blocked channels; expected rank 3 to 5}}
func.func private @RankTooSmall(tensor<4x8xf32, #vox.layout<block = 4>>)

// -----

// expected-error @+1 {{a tensor of rank 6 can't have blocked channels; expected rank 3 to 5}}
func.func private @RankTooLarge(tensor<1x4x8x8x8x8xf32, #vox.layout<block = 4>>)

// -----

// expected-error @+1 {{block is 0; expected a power of two from 1 to 64}}
func.func private @NoInputBlock(tensor<8x4xf32, #vox.weight_layout<input_block = 0, output_block = 8>>)

// -----

// expected-error @+1 {{block is 128; expected a power of two from 1 to 64}}
func.func private @OutputBlockTooLarge(tensor<8x4xf32, #vox.weight_layout<input_block = 8, output_block = 128>>)

// -----

// expected-error @+1 {{block is 3; expected a power of two from 1 to 64}}
func.func private @InputBlockIsNoPowerOfTwo(tensor<8x4xf32, #vox.weight_layout<input_block = 3, output_block = 8>>)

// -----

// expected-error @+1 {{weights of rank 1 can't be packed; expected rank 2 to 5}}
func.func private @WeightRankTooSmall(tensor<4xf32, #vox.weight_layout<input_block = 4, output_block = 4>>)

// -----

// expected-error @+1 {{weights of rank 6 can't be packed; expected rank 2 to 5}}
func.func private @WeightRankTooLarge(tensor<1x4x8x8x8x8xf32, #vox.weight_layout<input_block = 4, output_block = 4>>)

// -----

func.func @PackToPlanar(%x: tensor<1x4x8xf32>) {
  // expected-error @+1 {{result has no #vox.layout}}
  %0 = vox.pack %x : tensor<1x4x8xf32> -> tensor<1x4x8xf32>
  return
}

// -----

func.func @PackToWeightLayout(%x: tensor<1x4x8xf32>) {
  // expected-error @+1 {{result has no #vox.layout}}
  %0 = vox.pack %x : tensor<1x4x8xf32> -> tensor<1x4x8xf32, #vox.weight_layout<input_block = 4, output_block = 4>>
  return
}

// -----

func.func @PackOtherShape(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{result has shape 1x4x8; expected 1x4x9}}
  %0 = vox.pack %x : tensor<1x4x9xf32> -> tensor<1x4x8xf32, #vox.layout<block = 4>>
  return
}

// -----

func.func @UnpackToBlocked(%x: tensor<1x4x8xf32, #vox.layout<block = 4>>) {
  // expected-error @+1 {{result has an encoding; expected a planar tensor}}
  %0 = vox.unpack %x : tensor<1x4x8xf32, #vox.layout<block = 4>> -> tensor<1x4x8xf32, #vox.layout<block = 4>>
  return
}

// -----

func.func @UnpackOtherShape(%x: tensor<1x4x8xf32, #vox.layout<block = 4>>) {
  // expected-error @+1 {{result has shape 1x4x9; expected 1x4x8}}
  %0 = vox.unpack %x : tensor<1x4x8xf32, #vox.layout<block = 4>> -> tensor<1x4x9xf32>
  return
}

// -----

func.func @PackWeightsToLayout(%x: tensor<1x4x8xf32>) {
  // expected-error @+1 {{result has no #vox.weight_layout}}
  %0 = vox.pack_weights %x : tensor<1x4x8xf32> -> tensor<1x4x8xf32, #vox.layout<block = 4>>
  return
}

// -----

func.func @PackWeightsOtherShape(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{result has shape 1x4x8; expected 1x4x9}}
  %0 = vox.pack_weights %x : tensor<1x4x9xf32> -> tensor<1x4x8xf32, #vox.weight_layout<input_block = 4, output_block = 4>>
  return
}
