// RUN: vox-opt %s -split-input-file -verify-diagnostics

func.func @Scalar(%x: tensor<f32>, %w: tensor<4x3xf32>) {
  // expected-error @+1 {{input is a scalar; expected [..., K]}}
  %0 = vox.dense %x, %w : (tensor<f32>, tensor<4x3xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @WeightRank(%x: tensor<2x3xf32>, %w: tensor<3xf32>) {
  // expected-error @+1 {{weights have rank 1; expected 2 ([N, K])}}
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x1xf32>
  return
}

// -----

func.func @TransposedWeights(%x: tensor<2x3xf32>, %w: tensor<3x4xf32>) {
  // expected-error @+1 {{the input's last dimension is 3; expected 4, the weights' K}}
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @NoOutputs(%x: tensor<2x3xf32>, %w: tensor<0x3xf32>) {
  // expected-error @+1 {{weights have shape 0x3; expected at least 1x1}}
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<0x3xf32>) -> tensor<2x0xf32>
  return
}

// -----

func.func @NoInputs(%x: tensor<2x0xf32>, %w: tensor<4x0xf32>) {
  // expected-error @+1 {{weights have shape 4x0; expected at least 1x1}}
  %0 = vox.dense %x, %w : (tensor<2x0xf32>, tensor<4x0xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @BiasSize(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>, %b: tensor<3xf32>) {
  // expected-error @+1 {{bias has shape 3; expected 4, one element per channel}}
  %0 = vox.dense %x, %w bias %b : (tensor<2x3xf32>, tensor<4x3xf32>, tensor<3xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @ResultShape(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>) {
  // expected-error @+1 {{result has shape 4x2; expected 2x4}}
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<4x2xf32>
  return
}
