// RUN: vox-opt %s -split-input-file -verify-diagnostics

func.func @AxisPastRank(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis is 2; expected 0 to 1}}
  %0 = vox.activation_statistics %x axis = 2 low = 0.0 high = 1.0 samples = 0 : tensor<2x3xf32> -> tensor<2x7xf32>
  return
}

// -----

func.func @NegativeAxis(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis is -1; expected 0 to 1}}
  %0 = vox.activation_statistics %x axis = -1 low = 0.0 high = 1.0 samples = 0 : tensor<2x3xf32> -> tensor<2x7xf32>
  return
}

// -----

func.func @OfNothing(%x: tensor<2x0xf32>) {
  // expected-error @+1 {{input has shape 2x0; expected at least one element}}
  %0 = vox.activation_statistics %x axis = 0 low = 0.0 high = 1.0 samples = 0 : tensor<2x0xf32> -> tensor<2x7xf32>
  return
}

// -----

func.func @TooManySamples(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{samples is 4097; expected 0 to 4096}}
  %0 = vox.activation_statistics %x axis = 0 low = 0.0 high = 1.0 samples = 4097 : tensor<2x3xf32> -> tensor<2x4104xf32>
  return
}

// -----

func.func @NegativeSamples(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{samples is -1; expected 0 to 4096}}
  %0 = vox.activation_statistics %x axis = 0 low = 0.0 high = 1.0 samples = -1 : tensor<2x3xf32> -> tensor<2x6xf32>
  return
}

// -----

func.func @NoNumber(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{low or high is NaN; expected numbers or infinities}}
  %0 = vox.activation_statistics %x axis = 0 low = 0x7FF8000000000000 high = 1.0 samples = 0 : tensor<2x3xf32> -> tensor<2x7xf32>
  return
}

// -----

func.func @ResultOfOtherShape(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{result has shape 2x7; expected 2x8}}
  %0 = vox.activation_statistics %x axis = 0 low = 0.0 high = 1.0 samples = 1 : tensor<2x3xf32> -> tensor<2x7xf32>
  return
}

// -----

// Blocks are of channels.
#c4 = #vox.layout<block = 4>
vox.kernel @BlocksOfOthers(%x: tensor<2x6x5xf32, #c4>) -> tensor<5x7xf32> {
  // expected-error @+1 {{input has a layout; expected a planar one}}
  %0 = vox.activation_statistics %x axis = 2 low = 0.0 high = 1.0 samples = 0 : tensor<2x6x5xf32, #c4> -> tensor<5x7xf32>
  vox.yield %0 : tensor<5x7xf32>
} schedule <algorithm = reduction, lanes = 4>

// -----

vox.kernel @Followed(%x: tensor<2x3xf32>) -> tensor<2x7xf32> {
  %0 = vox.activation_statistics %x axis = 0 low = 0.0 high = 1.0 samples = 0 : tensor<2x3xf32> -> tensor<2x7xf32>
  // expected-error @+1 {{can't follow vox.activation_statistics in its kernel}}
  %1 = vox.activation #vox.relu %0 : tensor<2x7xf32>
  vox.yield %1 : tensor<2x7xf32>
} schedule <algorithm = plain>

// -----

// expected-error @+1 {{algorithm element_wise does not fit the anchor vox.activation_statistics}}
vox.kernel @OtherTemplate(%x: tensor<2x3xf32>) -> tensor<2x7xf32> {
  %0 = vox.activation_statistics %x axis = 0 low = 0.0 high = 1.0 samples = 0 : tensor<2x3xf32> -> tensor<2x7xf32>
  vox.yield %0 : tensor<2x7xf32>
} schedule <algorithm = element_wise>
