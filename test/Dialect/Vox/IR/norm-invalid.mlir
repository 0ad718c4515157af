// RUN: vox-opt %s -split-input-file -verify-diagnostics

func.func @InputRank(%x: tensor<2xf32>, %p: tensor<2xf32>) {
  // expected-error @+1 {{input has rank 1; expected at least 2 ([N, C, ...])}}
  %0 = vox.batch_norm %x scale %p bias %p mean %p variance %p epsilon = 1.0e-05 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  return
}

// -----

func.func @Scale(%x: tensor<1x2x4xf32>, %p: tensor<2xf32>, %q: tensor<3xf32>) {
  // expected-error @+1 {{scale has shape 3; expected 2, one element per channel}}
  %0 = vox.batch_norm %x scale %q bias %p mean %p variance %p epsilon = 1.0e-05 : tensor<1x2x4xf32>, tensor<3xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  return
}

// -----

func.func @Bias(%x: tensor<1x2x4xf32>, %p: tensor<2xf32>, %q: tensor<1x2xf32>) {
  // expected-error @+1 {{bias has shape 1x2; expected 2, one element per channel}}
  %0 = vox.batch_norm %x scale %p bias %q mean %p variance %p epsilon = 1.0e-05 : tensor<1x2x4xf32>, tensor<2xf32>, tensor<1x2xf32>, tensor<2xf32>, tensor<2xf32>
  return
}

// -----

func.func @Mean(%x: tensor<1x2x4xf32>, %p: tensor<2xf32>, %q: tensor<1xf32>) {
  // expected-error @+1 {{mean has shape 1; expected 2, one element per channel}}
  %0 = vox.batch_norm %x scale %p bias %p mean %q variance %p epsilon = 1.0e-05 : tensor<1x2x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<1xf32>, tensor<2xf32>
  return
}

// -----

func.func @Variance(%x: tensor<1x2x4xf32>, %p: tensor<2xf32>, %q: tensor<f32>) {
  // expected-error @+1 {{variance has shape scalar; expected 2, one element per channel}}
  %0 = vox.batch_norm %x scale %p bias %p mean %p variance %q epsilon = 1.0e-05 : tensor<1x2x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<f32>
  return
}

// -----

func.func @ResultType(%x: tensor<1x2x4xf32>, %p: tensor<2xf32>) {
  // expected-error @+1 {{failed to verify that all of {input, result} have same type}}
  %0 = "vox.batch_norm"(%x, %p, %p, %p, %p) {epsilon = 1.0e-05 : f64} : (tensor<1x2x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x5xf32>
  return
}
