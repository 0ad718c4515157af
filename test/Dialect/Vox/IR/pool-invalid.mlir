// RUN: vox-opt %s -split-input-file -verify-diagnostics

func.func @RankTooSmall(%x: tensor<1x1xf32>) {
  // expected-error @+1 {{input has rank 2; expected 3 to 5 ([N, C] and 1 to 3 spatial dimensions)}}
  %0 = vox.pool max %x kernel = [2] strides = [1] dilations = [1] pads = [0, 0] : tensor<1x1xf32> -> tensor<1x1xf32>
  return
}

// -----

func.func @RankTooLarge(%x: tensor<1x1x4x4x4x4xf32>) {
  // expected-error @+1 {{4 spatial dimensions; expected 1 to 3}}
  %0 = vox.pool max %x kernel = [2] strides = [1] dilations = [1] pads = [0, 0] : tensor<1x1x4x4x4x4xf32> -> tensor<1x1x4x4x4x4xf32>
  return
}

// -----

func.func @KernelCount(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{kernel has 2 entries; expected 1}}
  %0 = vox.pool max %x kernel = [2, 2] strides = [1] dilations = [1] pads = [0, 0] : tensor<1x1x4xf32> -> tensor<1x1x3xf32>
  return
}

// -----

func.func @ZeroKernel(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{kernel[0] is 0; expected 1 to 2^31 - 1}}
  %0 = vox.pool max %x kernel = [0] strides = [1] dilations = [1] pads = [0, 0] : tensor<1x1x4xf32> -> tensor<1x1x3xf32>
  return
}

// -----

func.func @ManyTaps(%x: tensor<1x1x1x1xf32>) {
  // expected-error @+1 {{the window has shape 65536x65536; expected at most 2^31 - 1 elements}}
  %0 = vox.pool max %x kernel = [65536, 65536] strides = [1, 1] dilations = [1, 1] pads = [65535, 65535, 0, 0] : tensor<1x1x1x1xf32> -> tensor<1x1x1x1xf32>
  return
}

// -----

func.func @ZeroStride(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{strides[0] is 0; expected 1 to 2^31 - 1}}
  %0 = vox.pool max %x kernel = [2] strides = [0] dilations = [1] pads = [0, 0] : tensor<1x1x4xf32> -> tensor<1x1x3xf32>
  return
}

// -----

func.func @WindowTooLarge(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{the window covers more than the padded input along spatial dimension 0 (kernel 5, dilation 1, padded extent 4)}}
  %0 = vox.pool max %x kernel = [5] strides = [1] dilations = [1] pads = [0, 0] : tensor<1x1x4xf32> -> tensor<1x1x1xf32>
  return
}

// -----

func.func @PadsBeforeExceedWindow(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{pads along spatial dimension 0 exceed the window; expected at most 1}}
  %0 = vox.pool max %x kernel = [2] strides = [1] dilations = [1] pads = [2, 0] : tensor<1x1x4xf32> -> tensor<1x1x5xf32>
  return
}

// -----

func.func @PadsAfterExceedWindow(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{pads along spatial dimension 0 exceed the window; expected at most 1}}
  %0 = vox.pool max %x kernel = [2] strides = [1] dilations = [1] pads = [0, 2] : tensor<1x1x4xf32> -> tensor<1x1x5xf32>
  return
}

// -----

func.func @WindowBetweenElements(%x: tensor<1x1x1xf32>) {
  // expected-error @+1 {{the holes of the dilated window cover the whole input along spatial dimension 0; expected an extent of at least 2}}
  %0 = vox.pool max %x kernel = [2] strides = [1] dilations = [2] pads = [1, 1] : tensor<1x1x1xf32> -> tensor<1x1x1xf32>
  return
}

// -----

func.func @CountIncludePadOfMaximum(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{count_include_pad concerns averages only}}
  %0 = vox.pool max %x kernel = [2] strides = [1] dilations = [1] pads = [0, 0] {count_include_pad} : tensor<1x1x4xf32> -> tensor<1x1x3xf32>
  return
}

// -----

func.func @ResultShape(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{result has shape 1x1x4; expected 1x1x3}}
  %0 = vox.pool max %x kernel = [2] strides = [1] dilations = [1] pads = [0, 0] : tensor<1x1x4xf32> -> tensor<1x1x4xf32>
  return
}

// -----

func.func @CeilModeResultShape(%x: tensor<1x1x5xf32>) {
  // expected-error @+1 {{result has shape 1x1x2; expected 1x1x3}}
  %0 = vox.pool max %x kernel = [2] strides = [2] dilations = [1] pads = [0, 0] {ceil_mode} : tensor<1x1x5xf32> -> tensor<1x1x2xf32>
  return
}

// -----

func.func @GlobalRank(%x: tensor<1x1xf32>) {
  // expected-error @+1 {{input has rank 2; expected at least 3 ([N, C] and spatial dimensions)}}
  %0 = vox.global_pool max %x : tensor<1x1xf32> -> tensor<1x1xf32>
  return
}

// -----

func.func @GlobalResultShape(%x: tensor<1x2x4xf32>) {
  // expected-error @+1 {{result has shape 1x2; expected 1x2x1}}
  %0 = vox.global_pool max %x : tensor<1x2x4xf32> -> tensor<1x2xf32>
  return
}

// -----

func.func @UnknownKind(%x: tensor<1x1x4xf32>) {
  // expected-error @+2 {{expected ::vox::PoolKind to be one of: max, average}}
  // expected-error @+1 {{failed to parse}}
  %0 = vox.pool median %x kernel = [2] strides = [1] dilations = [1] pads = [0, 0] : tensor<1x1x4xf32> -> tensor<1x1x3xf32>
  return
}

// -----

func.func @IndicesOfLine(%x: tensor<1x4xf32>) {
  // expected-error @+1 {{'vox.pool_indices' op input has rank 2; expected 3 to 5 ([N, C] and 1 to 3 spatial dimensions)}}
  %0 = vox.pool_indices %x kernel = [2] strides = [1] dilations = [1] pads = [0, 0] : tensor<1x4xf32> -> tensor<1x3xi64>
  return
}

// -----

func.func @IndicesOfPadding(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{'vox.pool_indices' op pads along spatial dimension 0 exceed the window; expected at most 1}}
  %0 = vox.pool_indices %x kernel = [2] strides = [1] dilations = [1] pads = [2, 0] : tensor<1x1x4xf32> -> tensor<1x1x5xi64>
  return
}

// -----

func.func @IndicesShape(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{'vox.pool_indices' op result has shape 1x1x4; expected 1x1x3}}
  %0 = vox.pool_indices %x kernel = [2] strides = [1] dilations = [1] pads = [0, 0] : tensor<1x1x4xf32> -> tensor<1x1x4xi64>
  return
}
