// RUN: vox-opt %s -split-input-file -verify-diagnostics

func.func @RankTooSmall(%x: tensor<1x1xf32>, %w: tensor<1x1xf32>) {
  // expected-error @+1 {{input has rank 2; expected 3 to 5 ([N, C] and 1 to 3 spatial dimensions)}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  return
}

// -----

func.func @RankTooLarge(%x: tensor<1x1x4x4x4x4xf32>, %w: tensor<1x1x1x1x1x1xf32>) {
  // expected-error @+1 {{input has rank 6; expected 3 to 5}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x1x4x4x4x4xf32>, tensor<1x1x1x1x1x1xf32>) -> tensor<1x1x4x4x4x4xf32>
  return
}

// -----

func.func @WeightRank(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1x1xf32>) {
  // expected-error @+1 {{weights have rank 4; expected 3, the rank of the input}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x1x4xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @NoGroups(%x: tensor<1x4x4xf32>, %w: tensor<6x4x1xf32>) {
  // expected-error @+1 {{groups is 0; expected a divisor of 4 input and 6 output channels}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 0 : (tensor<1x4x4xf32>, tensor<6x4x1xf32>) -> tensor<1x6x4xf32>
  return
}

// -----

func.func @NegativeGroups(%x: tensor<1x4x4xf32>, %w: tensor<6x4x1xf32>) {
  // expected-error @+1 {{groups is -1; expected a divisor of 4 input}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = -1 : (tensor<1x4x4xf32>, tensor<6x4x1xf32>) -> tensor<1x6x4xf32>
  return
}

// -----

func.func @GroupsDivideInputsOnly(%x: tensor<1x4x4xf32>, %w: tensor<6x1x1xf32>) {
  // expected-error @+1 {{groups is 4; expected a divisor of 4 input and 6 output channels}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 4 : (tensor<1x4x4xf32>, tensor<6x1x1xf32>) -> tensor<1x6x4xf32>
  return
}

// -----

func.func @GroupsDivideOutputsOnly(%x: tensor<1x4x4xf32>, %w: tensor<6x1x1xf32>) {
  // expected-error @+1 {{groups is 3; expected a divisor of 4 input and 6 output channels}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 3 : (tensor<1x4x4xf32>, tensor<6x1x1xf32>) -> tensor<1x6x4xf32>
  return
}

// -----

func.func @WeightChannels(%x: tensor<1x4x4xf32>, %w: tensor<6x3x1xf32>) {
  // expected-error @+1 {{weights take 3 channels per group; expected 2 (4 input channels in 2 groups)}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 2 : (tensor<1x4x4xf32>, tensor<6x3x1xf32>) -> tensor<1x6x4xf32>
  return
}

// -----

func.func @StrideCount(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1xf32>) {
  // expected-error @+1 {{strides has 2 entries; expected 1}}
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @ZeroStride(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1xf32>) {
  // expected-error @+1 {{strides[0] is 0; expected 1 to 2^31 - 1}}
  %0 = vox.conv %x, %w strides = [0] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @HugeStride(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1xf32>) {
  // expected-error @+1 {{strides[0] is 2147483648; expected 1 to 2^31 - 1}}
  %0 = vox.conv %x, %w strides = [2147483648] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @NegativeDilation(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1xf32>) {
  // expected-error @+1 {{dilations[0] is -1; expected 1 to 2^31 - 1}}
  %0 = vox.conv %x, %w strides = [1] dilations = [-1] pads = [0, 0] groups = 1 : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @PadCount(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1xf32>) {
  // expected-error @+1 {{pads has 1 entries; expected 2}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0] groups = 1 : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @NegativePad(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1xf32>) {
  // expected-error @+1 {{pads[1] is -1; expected 0 to 2^31 - 1}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, -1] groups = 1 : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @EmptyKernel(%x: tensor<1x1x4xf32>, %w: tensor<1x1x0xf32>) {
  // expected-error @+1 {{kernel[0] is 0; expected 1 to 2^31 - 1}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x1x4xf32>, tensor<1x1x0xf32>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @WindowTooLarge(%x: tensor<1x1x4xf32>, %w: tensor<1x1x3xf32>) {
  // expected-error @+1 {{the window covers more than the padded input along spatial dimension 0 (kernel 3, dilation 2, padded extent 4)}}
  %0 = vox.conv %x, %w strides = [1] dilations = [2] pads = [0, 0] groups = 1 : (tensor<1x1x4xf32>, tensor<1x1x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @HugeDilation(%x: tensor<1x1x4xf32>, %w: tensor<1x1x3xf32>) {
  // expected-error @+1 {{the window covers more than the padded input along spatial dimension 0 (kernel 3, dilation 2147483647, padded extent 4)}}
  %0 = vox.conv %x, %w strides = [1] dilations = [2147483647] pads = [0, 0] groups = 1 : (tensor<1x1x4xf32>, tensor<1x1x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @ResultShape(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1xf32>) {
  // expected-error @+1 {{result has shape 1x1x5; expected 1x1x4}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x5xf32>
  return
}

// -----

func.func @BiasSize(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1xf32>, %b: tensor<2xf32>) {
  // expected-error @+1 {{bias has shape 2; expected 1, one element per channel}}
  %0 = vox.conv %x, %w bias %b strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x1x4xf32>, tensor<1x1x1xf32>, tensor<2xf32>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @BiasRank(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1xf32>, %b: tensor<1x1xf32>) {
  // expected-error @+1 {{bias has shape 1x1; expected 1, one element per channel}}
  %0 = vox.conv %x, %w bias %b strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x1x4xf32>, tensor<1x1x1xf32>, tensor<1x1xf32>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @NoInputChannels(%x: tensor<1x0x4xf32>, %w: tensor<1x0x1xf32>) {
  // expected-error @+1 {{input has 0 channels and the result 1; expected at least 1 of each}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x0x4xf32>, tensor<1x0x1xf32>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @NoOutputChannels(%x: tensor<1x1x4xf32>, %w: tensor<0x1x1xf32>) {
  // expected-error @+1 {{input has 1 channels and the result 0; expected at least 1 of each}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x1x4xf32>, tensor<0x1x1xf32>) -> tensor<1x0x4xf32>
  return
}

// -----

func.func @DynamicShape(%x: tensor<1x1x?xf32>, %w: tensor<1x1x1xf32>) {
  // expected-error @+1 {{operand #0 must be statically shaped tensor (fewer than 2^31 elements) of 32-bit float values}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x1x?xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @ElementType(%x: tensor<1x1x4xf64>, %w: tensor<1x1x1xf64>) {
  // expected-error @+1 {{operand #0 must be statically shaped tensor (fewer than 2^31 elements) of 32-bit float values}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x1x4xf64>, tensor<1x1x1xf64>) -> tensor<1x1x4xf64>
  return
}

// -----

func.func @PadsOfTwoBillion(%x: tensor<1x1x4xf32>, %w: tensor<1x1x1xf32>) {
  // expected-error @+1 {{extent 4294967298 with its pads exceeds 2^31 - 1 along spatial dimension 0}}
  %0 = vox.conv %x, %w strides = [2147483647] dilations = [1] pads = [2147483647, 2147483647] groups = 1 : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

func.func @TransposedInputRank(%x: tensor<1x4xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error @+1 {{input has rank 2; expected 3 to 5 ([N, C] and 1 to 3 spatial dimensions)}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 2
      : (tensor<1x4xf32>, tensor<6x2x3xf32>) -> tensor<1x6x10xf32>
  return
}

// -----

func.func @TransposedWeightRank(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3x1xf32>) {
  // expected-error @+1 {{weights have rank 4; expected 3, the rank of the input}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 2
      : (tensor<1x4x8xf32>, tensor<6x2x3x1xf32>) -> tensor<1x6x10xf32>
  return
}

// -----

func.func @TransposedNoChannels(%x: tensor<1x0x8xf32>, %w: tensor<6x0x3xf32>) {
  // expected-error @+1 {{input has 0 channels and the result 6; expected at least 1 of each}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 1
      : (tensor<1x0x8xf32>, tensor<6x0x3xf32>) -> tensor<1x6x10xf32>
  return
}

// -----

func.func @TransposedGroups(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error @+1 {{groups is 3; expected a divisor of 4 input and 6 output channels}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 3
      : (tensor<1x4x8xf32>, tensor<6x2x3xf32>) -> tensor<1x6x10xf32>
  return
}

// -----

// [Ci, Co / groups, kernel...].
func.func @TransposedWeightsAsOnnxHasThem(%x: tensor<1x4x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error @+1 {{weights take 3 channels per group; expected 2 (4 input channels in 2 groups)}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 2
      : (tensor<1x4x8xf32>, tensor<4x3x3xf32>) -> tensor<1x4x10xf32>
  return
}

// -----

func.func @TransposedKernel(%x: tensor<1x4x8xf32>, %w: tensor<6x2x0xf32>) {
  // expected-error @+1 {{kernel[0] is 0; expected 1 to 2^31 - 1}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 2
      : (tensor<1x4x8xf32>, tensor<6x2x0xf32>) -> tensor<1x6x10xf32>
  return
}

// -----

func.func @TransposedStride(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error @+1 {{strides[0] is 0; expected 1 to 2^31 - 1}}
  %0 = vox.conv_transpose %x, %w strides = [0] dilations = [1] pads = [0, 0] output_pads = [0] groups = 2
      : (tensor<1x4x8xf32>, tensor<6x2x3xf32>) -> tensor<1x6x10xf32>
  return
}

// -----

func.func @TransposedDilations(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error @+1 {{dilations has 2 entries; expected 1}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1, 1] pads = [0, 0] output_pads = [0] groups = 2
      : (tensor<1x4x8xf32>, tensor<6x2x3xf32>) -> tensor<1x6x10xf32>
  return
}

// -----

func.func @TransposedPads(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error @+1 {{pads[1] is -1; expected 0 to 2^31 - 1}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, -1] output_pads = [0] groups = 2
      : (tensor<1x4x8xf32>, tensor<6x2x3xf32>) -> tensor<1x6x10xf32>
  return
}

// -----

func.func @TransposedOutputPads(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error @+1 {{output_pads[0] is -1; expected 0 to 2^31 - 1}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [-1] groups = 2
      : (tensor<1x4x8xf32>, tensor<6x2x3xf32>) -> tensor<1x6x10xf32>
  return
}

// -----

func.func @TransposedOutputPadsCount(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error @+1 {{output_pads has 0 entries; expected 1}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [] groups = 2
      : (tensor<1x4x8xf32>, tensor<6x2x3xf32>) -> tensor<1x6x10xf32>
  return
}

// -----

func.func @TransposedOutputPadsTooLarge(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error @+1 {{output_pads[0] is 2; expected less than the stride 2 or the dilation 1}}
  %0 = vox.conv_transpose %x, %w strides = [2] dilations = [1] pads = [0, 0] output_pads = [2] groups = 2
      : (tensor<1x4x8xf32>, tensor<6x2x3xf32>) -> tensor<1x6x19xf32>
  return
}

// -----

func.func @TransposedOfNothing(%x: tensor<1x4x0xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error @+1 {{input is empty along spatial dimension 0; expected at least one position}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 2
      : (tensor<1x4x0xf32>, tensor<6x2x3xf32>) -> tensor<1x6x10xf32>
  return
}

// -----

func.func @TransposedCutsEverything(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error @+1 {{result has extent 0 along spatial dimension 0; expected 1 to 2^31 - 1}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [4, 6] output_pads = [0] groups = 2
      : (tensor<1x4x8xf32>, tensor<6x2x3xf32>) -> tensor<1x6x10xf32>
  return
}

// -----

func.func @TransposedTooLarge(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error @+1 {{result has extent 15032385532 along spatial dimension 0; expected 1 to 2^31 - 1}}
  %0 = vox.conv_transpose %x, %w strides = [2147483647] dilations = [1] pads = [0, 0] output_pads = [0] groups = 2
      : (tensor<1x4x8xf32>, tensor<6x2x3xf32>) -> tensor<1x6x10xf32>
  return
}

// -----

func.func @TransposedBias(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>, %b: tensor<4xf32>) {
  // expected-error @+1 {{bias has shape 4; expected 6, one element per channel}}
  %0 = vox.conv_transpose %x, %w bias %b strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 2
      : (tensor<1x4x8xf32>, tensor<6x2x3xf32>, tensor<4xf32>) -> tensor<1x6x10xf32>
  return
}

// -----

func.func @TransposedResult(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error @+1 {{result has shape 1x6x9; expected 1x6x10}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 2
      : (tensor<1x4x8xf32>, tensor<6x2x3xf32>) -> tensor<1x6x9xf32>
  return
}

// -----

func.func @BorderTooLarge(%x: tensor<1x16x4xf32>, %w: tensor<16x16x2xf32>) {
  // expected-error @+1 {{the input with its border of zeros has shape 1x16x536870916; expected fewer than 2^29 elements}}
  %0 = vox.conv %x, %w strides = [1] dilations = [536870912] pads = [268435456, 268435456] groups = 1 : (tensor<1x16x4xf32>, tensor<16x16x2xf32>) -> tensor<1x16x4xf32>
  return
}

// -----

func.func @TransposedBorderTooLarge(%x: tensor<1x16x4xf32>, %w: tensor<16x16x2xf32>) {
  // expected-error @+1 {{the input with its border of zeros has shape 1x16x536870916; expected fewer than 2^29 elements}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [268435456] pads = [134217728, 134217728] output_pads = [0] groups = 1 : (tensor<1x16x4xf32>, tensor<16x16x2xf32>) -> tensor<1x16x4xf32>
  return
}
