// RUN: vox-opt %s -split-input-file -verify-diagnostics

func.func @Add(%x: tensor<2x3xf32>, %y: tensor<2xf32>) {
  // expected-error @+1 {{shapes 2x3 and 2 can't be broadcast together}}
  %0 = vox.add %x, %y : (tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @Sub(%x: tensor<2x3xf32>, %y: tensor<2x3xf32>) {
  // expected-error @+1 {{result has shape 2x4; expected 2x3}}
  %0 = vox.sub %x, %y : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x4xf32>
  return
}

// -----

// A result has the rank of the longer operand.
func.func @Mul(%x: tensor<1x3xf32>, %y: tensor<3xf32>) {
  // expected-error @+1 {{result has shape 3; expected 1x3}}
  %0 = vox.mul %x, %y : (tensor<1x3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @Div(%x: tensor<2x0xf32>, %y: tensor<2x2xf32>) {
  // expected-error @+1 {{shapes 2x0 and 2x2 can't be broadcast together}}
  %0 = vox.div %x, %y : (tensor<2x0xf32>, tensor<2x2xf32>) -> tensor<2x0xf32>
  return
}

// -----

// Kernels count elements in 32 bits.
func.func @TooManyElements(%x: tensor<65536x32768xf32>) {
  // expected-error @+1 {{operand #0 must be statically shaped tensor (fewer than 2^31 elements) of 32-bit float or 8-bit unsigned integer or 8-bit signless integer or 16-bit unsigned integer or 16-bit signless integer or 32-bit signless integer or 64-bit signless integer values}}
  %0 = vox.add %x, %x : (tensor<65536x32768xf32>, tensor<65536x32768xf32>) -> tensor<65536x32768xf32>
  return
}

// -----

func.func @ElementsOverflow64Bits(%x: tensor<4294967296x4294967296x4xf32>) {
  // expected-error @+1 {{operand #0 must be statically shaped tensor (fewer than 2^31 elements) of 32-bit float or 8-bit unsigned integer or 8-bit signless integer or 16-bit unsigned integer or 16-bit signless integer or 32-bit signless integer or 64-bit signless integer values}}
  %0 = vox.add %x, %x : (tensor<4294967296x4294967296x4xf32>, tensor<4294967296x4294967296x4xf32>) -> tensor<4294967296x4294967296x4xf32>
  return
}

// -----

func.func @BroadcastToTooManyElements(%x: tensor<65536x1xf32>, %y: tensor<32768xf32>) {
  // expected-error @+1 {{result #0 must be statically shaped tensor (fewer than 2^31 elements) of 32-bit float or 8-bit unsigned integer or 8-bit signless integer or 16-bit unsigned integer or 16-bit signless integer or 32-bit signless integer or 64-bit signless integer values}}
  %0 = vox.add %x, %y : (tensor<65536x1xf32>, tensor<32768xf32>) -> tensor<65536x32768xf32>
  return
}

// -----

func.func @AddTruthValues(%x: tensor<2xi1>) {
  // expected-error @+1 {{operand #0 must be statically shaped tensor (fewer than 2^31 elements) of 32-bit float or 8-bit unsigned integer or 8-bit signless integer or 16-bit unsigned integer or 16-bit signless integer or 32-bit signless integer or 64-bit signless integer values, but got 'tensor<2xi1>'}}
  %0 = vox.add %x, %x : (tensor<2xi1>, tensor<2xi1>) -> tensor<2xi1>
  return
}

// -----

func.func @AddMixed(%x: tensor<2xf32>, %y: tensor<2xi32>) {
  // expected-error @+1 {{has operands of elements 'f32' and 'i32'; expected one type}}
  %0 = vox.add %x, %y : (tensor<2xf32>, tensor<2xi32>) -> tensor<2xf32>
  return
}

// -----

func.func @ModOfAnotherType(%x: tensor<2xi8>) {
  // expected-error @+1 {{has operands of elements 'i8' and a result of 'i16'; expected one type}}
  %0 = vox.mod %x, %x : (tensor<2xi8>, tensor<2xi8>) -> tensor<2xi16>
  return
}

// -----

func.func @RemShape(%x: tensor<2x3xi64>, %y: tensor<2xi64>) {
  // expected-error @+1 {{shapes 2x3 and 2 can't be broadcast together}}
  %0 = vox.rem %x, %y : (tensor<2x3xi64>, tensor<2xi64>) -> tensor<2x3xi64>
  return
}

// -----

func.func @CastShape(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{requires the same shape for all operands and results}}
  %0 = vox.cast %x : tensor<2x3xf32> -> tensor<3x2xi8>
  return
}

// -----

func.func @CastToUnknownType(%x: tensor<2xf32>) {
  // expected-error @+1 {{result #0 must be statically shaped tensor (fewer than 2^31 elements) of 32-bit float or 8-bit unsigned integer or 8-bit signless integer or 16-bit unsigned integer}}
  %0 = vox.cast %x : tensor<2xf32> -> tensor<2xf64>
  return
}

// -----

func.func @CastOfSignedType(%x: tensor<2xsi8>) {
  // expected-error @+1 {{operand #0 must be statically shaped tensor}}
  %0 = vox.cast %x : tensor<2xsi8> -> tensor<2xf32>
  return
}

// -----

func.func @Max(%x: tensor<2x3xf32>, %y: tensor<2xf32>) {
  // expected-error @+1 {{shapes 2x3 and 2 can't be broadcast together}}
  %0 = vox.max %x, %y : (tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @Pow(%x: tensor<2x3xf32>, %y: tensor<3xf32>) {
  // expected-error @+1 {{result has shape 3; expected 2x3}}
  %0 = vox.pow %x, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @PowOfIntegers(%x: tensor<2xi32>) {
  // expected-error @+1 {{operand #0 must be statically shaped tensor (fewer than 2^31 elements) of 32-bit float values, but got 'tensor<2xi32>'}}
  %0 = vox.pow %x, %x : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @ExpOfIntegers(%x: tensor<2xi32>) {
  // expected-error @+1 {{computes exp of elements of type 'i32'; expected f32}}
  %0 = vox.unary exp %x : tensor<2xi32>
  return
}

// -----

func.func @NegOfTruthValues(%x: tensor<2xi1>) {
  // expected-error @+1 {{operand #0 must be statically shaped tensor (fewer than 2^31 elements) of 32-bit float or 8-bit unsigned integer or 8-bit signless integer or 16-bit unsigned integer or 16-bit signless integer or 32-bit signless integer or 64-bit signless integer values, but got 'tensor<2xi1>'}}
  %0 = vox.unary neg %x : tensor<2xi1>
  return
}

// -----

func.func @UnknownUnary(%x: tensor<2xf32>) {
  // expected-error @+2 {{expected ::vox::UnaryKind to be one of: abs, neg, exp, log, sqrt, reciprocal, erf, floor, ceil, round, sign, sin, cos, tan, asin, acos, atan, sinh, cosh, asinh, acosh, atanh}}
  // expected-error @+1 {{failed to parse Vox_UnaryKindAttr parameter 'value' which is to be a `::vox::UnaryKind`}}
  %0 = vox.unary cbrt %x : tensor<2xf32>
  return
}

// -----

func.func @CompareMixed(%x: tensor<2xi8>, %y: tensor<2xui8>) {
  // expected-error @+1 {{has operands of elements 'i8' and 'ui8'; expected one type}}
  %0 = vox.compare less %x, %y : (tensor<2xi8>, tensor<2xui8>) -> tensor<2xi1>
  return
}

// -----

func.func @CompareShape(%x: tensor<2x3xf32>, %y: tensor<3xf32>) {
  // expected-error @+1 {{result has shape 3; expected 2x3}}
  %0 = vox.compare less %x, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<3xi1>
  return
}

// -----

func.func @CompareToFloats(%x: tensor<3xf32>) {
  // expected-error @+1 {{result #0 must be statically shaped tensor (fewer than 2^31 elements) of 1-bit signless integer values, but got 'tensor<3xf32>'}}
  %0 = vox.compare less %x, %x : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @SelectByFloats(%x: tensor<3xf32>) {
  // expected-error @+1 {{operand #0 must be statically shaped tensor (fewer than 2^31 elements) of 1-bit signless integer values, but got 'tensor<3xf32>'}}
  %0 = vox.select %x, %x, %x : (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @SelectBranches(%c: tensor<3xi1>, %x: tensor<3xf32>, %y: tensor<2xf32>) {
  // expected-error @+1 {{shapes 3 and 2 can't be broadcast together}}
  %0 = vox.select %c, %x, %y : (tensor<3xi1>, tensor<3xf32>, tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @SelectCondition(%c: tensor<2xi1>, %x: tensor<3xf32>) {
  // expected-error @+1 {{shapes 2 and 3 can't be broadcast together}}
  %0 = vox.select %c, %x, %x : (tensor<2xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @SelectShape(%c: tensor<2x1xi1>, %x: tensor<3xf32>) {
  // expected-error @+1 {{result has shape 3; expected 2x3}}
  %0 = vox.select %c, %x, %x : (tensor<2x1xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @SelectMixed(%c: tensor<3xi1>, %x: tensor<3xf32>, %y: tensor<3xi32>) {
  // expected-error @+1 {{has operands of elements 'f32' and 'i32'; expected one type}}
  %0 = vox.select %c, %x, %y : (tensor<3xi1>, tensor<3xf32>, tensor<3xi32>) -> tensor<3xf32>
  return
}

// -----

func.func @SelectAnotherType(%c: tensor<3xi1>, %x: tensor<3xi32>) {
  // expected-error @+1 {{has operands of elements 'i32' and a result of 'i64'; expected one type}}
  %0 = vox.select %c, %x, %x : (tensor<3xi1>, tensor<3xi32>, tensor<3xi32>) -> tensor<3xi64>
  return
}
