// RUN: vox-opt %s -split-input-file -verify-diagnostics

func.func @ElementType(%x: tensor<2x3xui8>) {
  // expected-error @+1 {{moves elements of type 'ui8' into 'i8'; expected one type}}
  %0 = vox.resize nearest %x scales = [1.0, 2.0] coordinates = half_pixel rounding = floor : tensor<2x3xui8> -> tensor<2x6xi8>
  return
}

// -----

func.func @TooFewScales(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{has 1 scales and a result of rank 2; expected 2 of each}}
  %0 = vox.resize nearest %x scales = [2.0] coordinates = half_pixel rounding = floor : tensor<2x3xf32> -> tensor<2x6xf32>
  return
}

// -----

func.func @ResultRank(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{has 2 scales and a result of rank 1; expected 2 of each}}
  %0 = vox.resize nearest %x scales = [1.0, 2.0] coordinates = half_pixel rounding = floor : tensor<2x3xf32> -> tensor<6xf32>
  return
}

// -----

func.func @ScaleIsZero(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{scales[1] is no positive number; expected one}}
  %0 = vox.resize nearest %x scales = [1.0, 0.0] coordinates = half_pixel rounding = floor : tensor<2x3xf32> -> tensor<2x6xf32>
  return
}

// -----

func.func @ScaleIsNegative(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{scales[0] is no positive number; expected one}}
  %0 = vox.resize nearest %x scales = [-1.0, 2.0] coordinates = half_pixel rounding = floor : tensor<2x3xf32> -> tensor<2x6xf32>
  return
}

// -----

func.func @ScaleIsNaN(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{scales[1] is no positive number; expected one}}
  %0 = vox.resize nearest %x scales = [1.0, 0x7FF8000000000000] coordinates = half_pixel rounding = floor : tensor<2x3xf32> -> tensor<2x6xf32>
  return
}

// -----

func.func @ScaleIsInfinite(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{scales[1] is no positive number; expected one}}
  %0 = vox.resize nearest %x scales = [1.0, 0x7FF0000000000000] coordinates = half_pixel rounding = floor : tensor<2x3xf32> -> tensor<2x6xf32>
  return
}

// -----

func.func @TooLarge(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{result has extent 7 along dimension 1; expected 3 times the scale 2.000000e+00, rounded}}
  %0 = vox.resize nearest %x scales = [1.0, 2.0] coordinates = half_pixel rounding = floor : tensor<2x3xf32> -> tensor<2x7xf32>
  return
}

// -----

func.func @TooSmall(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{result has extent 1 along dimension 0; expected 2 times the scale 1.000000e+00, rounded}}
  %0 = vox.resize nearest %x scales = [1.0, 2.0] coordinates = half_pixel rounding = floor : tensor<2x3xf32> -> tensor<1x6xf32>
  return
}

// -----

// There is nothing to read.
func.func @OfNothing(%x: tensor<2x0xf32>) {
  // expected-error @+1 {{result has extent 1 along dimension 1; expected 0 times the scale 2.000000e+00, rounded}}
  %0 = vox.resize nearest %x scales = [1.0, 2.0] coordinates = half_pixel rounding = floor : tensor<2x0xf32> -> tensor<2x1xf32>
  return
}

// -----

func.func @LinearIntegers(%x: tensor<2x3xi32>) {
  // expected-error @+1 {{interpolates integers; expected float elements, or nearest}}
  %0 = vox.resize linear %x scales = [1.0, 2.0] coordinates = half_pixel rounding = floor : tensor<2x3xi32> -> tensor<2x6xi32>
  return
}

// -----

func.func @UnknownRounding(%x: tensor<2x3xf32>) {
  // expected-error @+2 {{expected ::vox::NearestRounding to be one of: round_prefer_floor, round_prefer_ceil, floor, ceil}}
  // expected-error @+1 {{custom op 'vox.resize' failed to parse Vox_NearestRoundingAttr parameter 'value' which is to be a `::vox::NearestRounding`}}
  %0 = vox.resize nearest %x scales = [1.0, 2.0] coordinates = half_pixel rounding = up : tensor<2x3xf32> -> tensor<2x6xf32>
  return
}

// -----

func.func @ResampleAxis(%x: tensor<2x3xf32>, %s: tensor<4xi32>, %w: tensor<4x2xf32>) {
  // expected-error @+1 {{axis is 2; expected 0 to 1}}
  %0 = vox.resample %x, %s, %w axis = 2 : (tensor<2x3xf32>, tensor<4xi32>, tensor<4x2xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @ResampleNothing(%x: tensor<2x0xf32>, %s: tensor<4xi32>, %w: tensor<4x2xf32>) {
  // expected-error @+1 {{input is empty along dimension 1}}
  %0 = vox.resample %x, %s, %w axis = 1 : (tensor<2x0xf32>, tensor<4xi32>, tensor<4x2xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @ResampleTable(%x: tensor<2x3xf32>, %s: tensor<4xi32>, %w: tensor<2x4xf32>) {
  // expected-error @+1 {{starts have shape 4 and weights 2x4; expected N and N x taps}}
  %0 = vox.resample %x, %s, %w axis = 1 : (tensor<2x3xf32>, tensor<4xi32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @ResampleWithoutTaps(%x: tensor<2x3xf32>, %s: tensor<4xi32>, %w: tensor<4x0xf32>) {
  // expected-error @+1 {{starts have shape 4 and weights 4x0; expected N and N x taps}}
  %0 = vox.resample %x, %s, %w axis = 1 : (tensor<2x3xf32>, tensor<4xi32>, tensor<4x0xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @ResampleManyTaps(%x: tensor<2147483646xf32>, %s: tensor<1xi32>, %w: tensor<1x2xf32>) {
  // expected-error @+1 {{has 2 taps along a dimension of 2147483646 elements; expected less than 2^31 in all}}
  %0 = vox.resample %x, %s, %w axis = 0 : (tensor<2147483646xf32>, tensor<1xi32>, tensor<1x2xf32>) -> tensor<1xf32>
  return
}

// -----

func.func @ResampleResult(%x: tensor<2x3xf32>, %s: tensor<4xi32>, %w: tensor<4x2xf32>) {
  // expected-error @+1 {{result has shape 2x5; expected 2x4}}
  %0 = vox.resample %x, %s, %w axis = 1 : (tensor<2x3xf32>, tensor<4xi32>, tensor<4x2xf32>) -> tensor<2x5xf32>
  return
}
