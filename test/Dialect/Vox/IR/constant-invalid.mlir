// RUN: vox-opt %s -split-input-file -verify-diagnostics

// Weights come in many forms, and some of them would make every later reader
// run off the data.

func.func @DataTooShort() {
  // expected-error @+1 {{has 4 bytes of data; expected 8}}
  %0 = vox.constant dense_resource<short> : tensor<2xf32>
  return
}

{-#
  dialect_resources: { builtin: { short: "0x040000000000803F" } }
#-}

// -----

func.func @DataTooLong() {
  // expected-error @+1 {{has 12 bytes of data; expected 8}}
  %0 = vox.constant dense_resource<long> : tensor<2xf32>
  return
}

{-#
  dialect_resources: { builtin: { long: "0x040000000000803F0000803F0000803F" } }
#-}

// -----

func.func @NoData() {
  // expected-error @+1 {{has no data for 'missing'; its weights were elided from this dump}}
  %0 = vox.constant dense_resource<missing> : tensor<2xf32>
  return
}

// -----

func.func @ElidedInText() {
  // expected-error @+1 {{has no data for '__elided__'; its weights were elided from this dump}}
  %0 = vox.constant dense_resource<__elided__> : tensor<2xf32>
  return
}

// -----

func.func @ElementType() {
  // expected-error @+1 {{result #0 must be statically shaped tensor (fewer than 2^31 elements) of 32-bit float or 8-bit unsigned integer}}
  %0 = vox.constant dense<1> : tensor<2xi128>
  return
}

// -----

func.func @TooManyElements() {
  // expected-error @+1 {{result #0 must be statically shaped tensor (fewer than 2^31 elements)}}
  %0 = vox.constant dense<1.0> : tensor<2147483648xf32>
  return
}

// -----

func.func @Sparse() {
  // expected-error @+1 {{value is neither dense nor a dense resource}}
  %0 = vox.constant sparse<[0], [1.0]> : tensor<2xf32>
  return
}

// -----

func.func @ValueOfOtherType() {
  // expected-error @+1 {{failed to verify that all of {value, result} have same type}}
  %0 = "vox.constant"() {value = dense<1.0> : tensor<2xf32>} : () -> tensor<3xf32>
  return
}

// -----

func.func @ValueWithLayout() {
  // expected-error @+1 {{has type 'tensor<1x2x1xf32, #vox.layout<block = 4>>'; expected a planar tensor}}
  %0 = vox.constant dense<1.0> : tensor<1x2x1xf32, #vox.layout<block = 4>>
  return
}

// -----

func.func @IntegersTooShort() {
  // expected-error @+1 {{has 8 bytes of data; expected 16}}
  %0 = vox.constant dense_resource<integers> : tensor<2xi64>
  return
}

{-#
  dialect_resources: { builtin: { integers: "0x080000000100000002000000" } }
#-}

// -----

func.func @NoBoolean() {
  // expected-error @+1 {{has a boolean that is neither 0 nor 1}}
  %0 = vox.constant dense_resource<booleans> : tensor<3xi1>
  return
}

{-#
  dialect_resources: { builtin: { booleans: "0x01000000000102" } }
#-}
