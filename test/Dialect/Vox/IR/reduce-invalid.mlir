// RUN: vox-opt %s -split-input-file -verify-diagnostics

func.func @AxisPastRank(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis is 2; expected 0 to 1}}
  %0 = vox.argmax %x axis = 2 : tensor<2x3xf32> -> tensor<2x1xi64>
  return
}

// -----

func.func @NegativeAxis(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis is -1; expected 0 to 1}}
  %0 = vox.argmax %x axis = -1 : tensor<2x3xf32> -> tensor<2x1xi64>
  return
}

// -----

func.func @OfScalar(%x: tensor<f32>) {
  // expected-error @+1 {{axis is 0; expected 0 to -1}}
  %0 = vox.argmax %x axis = 0 : tensor<f32> -> tensor<i64>
  return
}

// -----

func.func @ResultOfFloats(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{result has elements of type 'f32'; expected i64}}
  %0 = vox.argmax %x axis = 1 : tensor<2x3xf32> -> tensor<2x1xf32>
  return
}

// -----

func.func @ResultOf32Bits(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{result has elements of type 'i32'; expected i64}}
  %0 = vox.argmax %x axis = 1 : tensor<2x3xf32> -> tensor<2x1xi32>
  return
}

// -----

func.func @DimensionKept(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{result has shape 2; expected 2x1}}
  %0 = vox.argmax %x axis = 1 : tensor<2x3xf32> -> tensor<2xi64>
  return
}

// -----

func.func @OfNothing(%x: tensor<2x0xf32>) {
  // expected-error @+1 {{input is empty along dimension 1; expected at least one element to choose}}
  %0 = vox.argmax %x axis = 1 : tensor<2x0xf32> -> tensor<2x1xi64>
  return
}

// -----

func.func @OfTruthValues(%x: tensor<2x3xi1>) {
  // expected-error @+1 {{operand #0 must be statically shaped tensor (fewer than 2^31 elements) of 32-bit float or 8-bit unsigned integer or 8-bit signless integer or 16-bit unsigned integer or 16-bit signless integer or 32-bit signless integer or 64-bit signless integer values, but got 'tensor<2x3xi1>'}}
  %0 = vox.argmax %x axis = 1 : tensor<2x3xi1> -> tensor<2x1xi64>
  return
}

// -----

func.func @ReduceAxisPastRank(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axes has 2; expected ascending numbers from 0 to 1}}
  %0 = vox.reduce sum %x axes = [2] : tensor<2x3xf32> -> tensor<2x3xf32>
  return
}

// -----

func.func @ReduceNegativeAxis(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axes has -1; expected ascending numbers from 0 to 1}}
  %0 = vox.reduce sum %x axes = [-1] : tensor<2x3xf32> -> tensor<2x1xf32>
  return
}

// -----

func.func @ReduceAxesTwice(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axes has 1; expected ascending numbers from 0 to 1}}
  %0 = vox.reduce sum %x axes = [1, 1] : tensor<2x3xf32> -> tensor<2x1xf32>
  return
}

// -----

func.func @ReduceAxesDescending(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axes has 0; expected ascending numbers from 0 to 1}}
  %0 = vox.reduce sum %x axes = [1, 0] : tensor<2x3xf32> -> tensor<1x1xf32>
  return
}

// -----

func.func @ReduceDimensionDropped(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{result has shape 2; expected 2x1}}
  %0 = vox.reduce mean %x axes = [1] : tensor<2x3xf32> -> tensor<2xf32>
  return
}

// -----

func.func @MeanOfNothing(%x: tensor<0x3xf32>) {
  // expected-error @+1 {{input is empty along dimension 0}}
  %0 = vox.reduce mean %x axes = [0] : tensor<0x3xf32> -> tensor<1x3xf32>
  return
}

// -----

func.func @UnknownReduction(%x: tensor<2x3xf32>) {
  // expected-error @+2 {{expected ::vox::ReduceKind to be one of: sum, mean, max, min, prod}}
  // expected-error @+1 {{failed to parse Vox_ReduceKindAttr parameter 'value' which is to be a `::vox::ReduceKind`}}
  %0 = vox.reduce product %x axes = [1] : tensor<2x3xf32> -> tensor<2x1xf32>
  return
}

// -----

func.func @MeanOfIntegers(%x: tensor<2x3xi32>) {
  // expected-error @+1 {{computes the mean of elements of type 'i32'; expected f32}}
  %0 = vox.reduce mean %x axes = [1] : tensor<2x3xi32> -> tensor<2x1xi32>
  return
}

// -----

func.func @SumOfAnotherType(%x: tensor<2x3xi8>) {
  // expected-error @+1 {{moves elements of type 'i8' into 'i32'; expected one type}}
  %0 = vox.reduce sum %x axes = [1] : tensor<2x3xi8> -> tensor<2x1xi32>
  return
}
