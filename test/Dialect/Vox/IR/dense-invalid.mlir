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

// -----

func.func @MatMulOfVector(%a: tensor<3xf32>, %b: tensor<3x4xf32>) {
  // expected-error @+1 {{operands have shapes 3 and 3x4; expected at least two dimensions each}}
  %0 = vox.matmul %a, %b : (tensor<3xf32>, tensor<3x4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @MatMulInnerExtents(%a: tensor<2x3xf32>, %b: tensor<4x3xf32>) {
  // expected-error @+1 {{operands have shapes 2x3 and 4x3; expected the last dimension of the first to be the last but one of the second}}
  %0 = vox.matmul %a, %b : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @MatMulOfNothing(%a: tensor<2x0xf32>, %b: tensor<0x3xf32>) {
  // expected-error @+1 {{an operand has shape 2x0; expected no dimension to be 0}}
  %0 = vox.matmul %a, %b : (tensor<2x0xf32>, tensor<0x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @MatMulBatches(%a: tensor<2x1x3xf32>, %b: tensor<4x3x1xf32>) {
  // expected-error @+1 {{shapes 2 and 4 can't be broadcast together}}
  %0 = vox.matmul %a, %b : (tensor<2x1x3xf32>, tensor<4x3x1xf32>) -> tensor<4x1x1xf32>
  return
}

// -----

func.func @MatMulResult(%a: tensor<2x1x3xf32>, %b: tensor<3x5xf32>) {
  // expected-error @+1 {{result has shape 1x5; expected 2x1x5}}
  %0 = vox.matmul %a, %b : (tensor<2x1x3xf32>, tensor<3x5xf32>) -> tensor<1x5xf32>
  return
}
