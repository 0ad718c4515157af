// RUN: vox-opt %s -split-input-file -verify-diagnostics

func.func @SoftmaxAxisPastRank(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis is 2; expected 0 to 1}}
  %0 = vox.softmax %x axis = 2 : tensor<2x3xf32>
  return
}

// -----

func.func @SoftmaxNegativeAxis(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis is -1; expected 0 to 1}}
  %0 = vox.softmax %x axis = -1 : tensor<2x3xf32>
  return
}

// -----

func.func @SoftmaxOfScalar(%x: tensor<f32>) {
  // expected-error @+1 {{axis is 0; expected 0 to -1}}
  %0 = vox.softmax %x axis = 0 : tensor<f32>
  return
}

// -----

func.func @NotAnActivation(%x: tensor<4xf32>) {
  // expected-error @+1 {{invalid kind of attribute specified}}
  %0 = vox.activation "relu" %x : tensor<4xf32>
  return
}

// -----

func.func @LayoutIsNoActivation(%x: tensor<4xf32>) {
  // expected-error @+1 {{invalid kind of attribute specified}}
  %0 = vox.activation #vox.layout<block = 4> %x : tensor<4xf32>
  return
}

// -----

func.func @UnknownActivation(%x: tensor<4xf32>) {
  // expected-error @+1 {{unknown attribute `swoosh` in dialect `vox`}}
  %0 = vox.activation #vox.swoosh %x : tensor<4xf32>
  return
}

// -----

func.func @AlphaIsNaN(%x: tensor<4xf32>) {
  // expected-error @+1 {{alpha is nan; expected a real number}}
  %0 = vox.activation #vox.leaky_relu<alpha = 0x7FF8000000000000> %x : tensor<4xf32>
  return
}

// -----

func.func @AlphaIsInfinite(%x: tensor<4xf32>) {
  // expected-error @+1 {{alpha is inf; expected a real number}}
  %0 = vox.activation #vox.leaky_relu<alpha = 0x7FF0000000000000> %x : tensor<4xf32>
  return
}

// -----

func.func @ClipBoundIsNaN(%x: tensor<4xf32>) {
  // expected-error @+1 {{max is nan; expected a number or an infinity}}
  %0 = vox.activation #vox.clip<max = 0x7FF8000000000000> %x : tensor<4xf32>
  return
}

// -----

func.func @ResultType(%x: tensor<4xf32>) {
  // expected-error @+1 {{failed to verify that all of {input, result} have same type}}
  %0 = "vox.activation"(%x) {function = #vox.relu} : (tensor<4xf32>) -> tensor<5xf32>
  return
}

// -----

func.func @PReluWithoutParameter(%x: tensor<4xf32>) {
  // expected-error @+1 {{#vox.prelu needs a parameter}}
  %0 = vox.activation #vox.prelu %x : tensor<4xf32>
  return
}

// -----

func.func @ReluWithParameter(%x: tensor<4xf32>) {
  // expected-error @+1 {{#vox.relu takes no parameter}}
  %0 = vox.activation #vox.relu %x parameter %x : tensor<4xf32>, tensor<4xf32>
  return
}

// -----

func.func @ParameterDoesNotBroadcast(%x: tensor<2x4xf32>, %p: tensor<2xf32>) {
  // expected-error @+1 {{shapes 2x4 and 2 can't be broadcast together}}
  %0 = vox.activation #vox.prelu %x parameter %p : tensor<2x4xf32>, tensor<2xf32>
  return
}

// -----

// The input is not broadcast, only its parameter.
func.func @ParameterOfHigherRank(%x: tensor<4xf32>, %p: tensor<2x4xf32>) {
  // expected-error @+1 {{result has shape 4; expected 2x4}}
  %0 = vox.activation #vox.prelu %x parameter %p : tensor<4xf32>, tensor<2x4xf32>
  return
}

// -----

func.func @ParameterOfIntegers(%x: tensor<4xf32>, %p: tensor<4xi32>) {
  // expected-error @+1 {{operand #1 must be statically shaped tensor (fewer than 2^31 elements) of 32-bit float values, but got 'tensor<4xi32>'}}
  %0 = vox.activation #vox.prelu %x parameter %p : tensor<4xf32>, tensor<4xi32>
  return
}

// -----

func.func @LogSoftmaxAxis(%x: tensor<4xf32>) {
  // expected-error @+1 {{axis is 1; expected 0 to 0}}
  %0 = vox.log_softmax %x axis = 1 : tensor<4xf32>
  return
}
