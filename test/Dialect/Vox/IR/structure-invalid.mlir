// RUN: vox-opt %s -split-input-file -verify-diagnostics

func.func @ConcatOfNothing() {
  // expected-error @+1 {{no inputs; expected at least one}}
  %0 = "vox.concat"() {axis = 0} : () -> tensor<1xf32>
  return
}

// -----

func.func @ConcatAxis(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis is 2; expected 0 to 1}}
  %0 = vox.concat %x, %x axis = 2 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x6xf32>
  return
}

// -----

func.func @ConcatNegativeAxis(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis is -1; expected 0 to 1}}
  %0 = vox.concat %x, %x axis = -1 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x6xf32>
  return
}

// -----

func.func @ConcatOtherDimension(%x: tensor<2x3xf32>, %y: tensor<4x3xf32>) {
  // expected-error @+1 {{input shape 4x3 does not match 2x3 outside dimension 1}}
  %0 = vox.concat %x, %y axis = 1 : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x6xf32>
  return
}

// -----

func.func @ConcatRank(%x: tensor<2x3xf32>, %y: tensor<2x3x1xf32>) {
  // expected-error @+1 {{input shape 2x3x1 does not match 2x3 outside dimension 1}}
  %0 = vox.concat %x, %y axis = 1 : (tensor<2x3xf32>, tensor<2x3x1xf32>) -> tensor<2x6xf32>
  return
}

// -----

func.func @ConcatResult(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{result has shape 2x3; expected 2x6}}
  %0 = vox.concat %x, %x axis = 1 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @PadCount(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{pads has 2 entries; expected 4}}
  %0 = vox.pad %x pads = [1, 1] value = 0.0 : tensor<2x3xf32> -> tensor<2x5xf32>
  return
}

// -----

func.func @PadRemovesEverything(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{dimension 1 of extent 3 can't be padded by -2 and -1; at least one element must remain}}
  %0 = vox.pad %x pads = [0, -2, 0, -1] value = 0.0 : tensor<2x3xf32> -> tensor<2x0xf32>
  return
}

// -----

func.func @PadsOverflow(%x: tensor<3xf32>) {
  // expected-error @+1 {{dimension 0 of extent 3 can't be padded by 9223372036854775807 and -9223372036854775808}}
  %0 = vox.pad %x pads = [9223372036854775807, -9223372036854775808] value = 0.0 : tensor<3xf32> -> tensor<2xf32>
  return
}

// -----

func.func @PadResult(%x: tensor<3xf32>) {
  // expected-error @+1 {{result has shape 5; expected 4}}
  %0 = vox.pad %x pads = [0, 1] value = 0.0 : tensor<3xf32> -> tensor<5xf32>
  return
}

// -----

func.func @PadRepeatsNothing(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{extends dimension 1, of which nothing is left; expected at least one element}}
  %0 = vox.pad %x mode = edge pads = [0, -3, 0, 2] value = 0.0 : tensor<2x3xf32> -> tensor<2x2xf32>
  return
}

// -----

func.func @UnknownPadMode(%x: tensor<3xf32>) {
  // expected-error @+2 {{expected ::vox::PadMode to be one of: constant, edge, reflect, wrap}}
  // expected-error @+1 {{failed to parse Vox_PadModeAttr parameter 'value' which is to be a `::vox::PadMode`}}
  %0 = vox.pad %x mode = symmetric pads = [0, 1] value = 0.0 : tensor<3xf32> -> tensor<4xf32>
  return
}

// -----

func.func @TileToNoMultiple(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{result has shape 2x4; expected multiples of 2x3}}
  %0 = vox.tile %x : tensor<2x3xf32> -> tensor<2x4xf32>
  return
}

// -----

func.func @TileRank(%x: tensor<3xf32>) {
  // expected-error @+1 {{result has shape 1x3; expected multiples of 3}}
  %0 = vox.tile %x : tensor<3xf32> -> tensor<1x3xf32>
  return
}

// -----

func.func @TileOfNothing(%x: tensor<0xf32>) {
  // expected-error @+1 {{result has shape 0; expected multiples of 0}}
  %0 = vox.tile %x : tensor<0xf32> -> tensor<0xf32>
  return
}

// -----

func.func @TileToOtherElements(%x: tensor<3xf32>) {
  // expected-error @+1 {{moves elements of type 'f32' into 'i32'; expected one type}}
  %0 = vox.tile %x : tensor<3xf32> -> tensor<6xi32>
  return
}

// -----

func.func @ReshapeElements(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{result shape 7 does not have the elements of 2x3}}
  %0 = vox.reshape %x : tensor<2x3xf32> -> tensor<7xf32>
  return
}

// -----

// The bytes of a blocked tensor lie in another order.
func.func @ReshapeOfBlocked(%x: tensor<1x4x6xf32, #vox.layout<block = 4>>) {
  // expected-error @+1 {{has an operand or result with a layout; expected planar tensors}}
  %0 = vox.reshape %x : tensor<1x4x6xf32, #vox.layout<block = 4>> -> tensor<24xf32>
  return
}

// -----

func.func @ReshapeToBlocked(%x: tensor<24xf32>) {
  // expected-error @+1 {{has an operand or result with a layout; expected planar tensors}}
  %0 = vox.reshape %x : tensor<24xf32> -> tensor<1x4x6xf32, #vox.layout<block = 4>>
  return
}

// -----

func.func @FlattenAxis(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis is 3; expected 0 to 2}}
  %0 = vox.flatten %x axis = 3 : tensor<2x3xf32> -> tensor<6x1xf32>
  return
}

// -----

func.func @FlattenNegativeAxis(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis is -1; expected 0 to 2}}
  %0 = vox.flatten %x axis = -1 : tensor<2x3xf32> -> tensor<2x3xf32>
  return
}

// -----

func.func @FlattenResult(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{result has shape 3x2; expected 2x3}}
  %0 = vox.flatten %x axis = 1 : tensor<2x3xf32> -> tensor<3x2xf32>
  return
}

// -----

// An empty tensor may hide a product that does not fit.
func.func @FlattenOfEmptyOverflows(%x: tensor<0x65536x65536xf32>) {
  // expected-error @+1 {{input shape 0x65536x65536 has too many elements; expected fewer than 2^31}}
  %0 = vox.flatten %x axis = 1 : tensor<0x65536x65536xf32> -> tensor<0x1xf32>
  return
}

// -----

// It may not have an extent that does not fit.
func.func @HugeExtentOfEmpty(%x: tensor<0x2147483648xf32>) {
  // expected-error @+1 {{operand #0 must be statically shaped tensor (fewer than 2^31 elements)}}
  %0 = vox.reshape %x : tensor<0x2147483648xf32> -> tensor<0xf32>
  return
}

// -----

func.func @TransposeTwice(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{[0, 0] is not a permutation of 2 dimensions}}
  %0 = vox.transpose %x permutation = [0, 0] : tensor<2x3xf32> -> tensor<2x2xf32>
  return
}

// -----

func.func @TransposePastRank(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{[0, 2] is not a permutation of 2 dimensions}}
  %0 = vox.transpose %x permutation = [0, 2] : tensor<2x3xf32> -> tensor<2x3xf32>
  return
}

// -----

func.func @TransposeTooShort(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{[1] is not a permutation of 2 dimensions}}
  %0 = vox.transpose %x permutation = [1] : tensor<2x3xf32> -> tensor<3xf32>
  return
}

// -----

func.func @TransposeResult(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{result has shape 2x3; expected 3x2}}
  %0 = vox.transpose %x permutation = [1, 0] : tensor<2x3xf32> -> tensor<2x3xf32>
  return
}

// -----

func.func @ConcatOfTwoTypes(%x: tensor<2xf32>, %y: tensor<2xi32>) {
  // expected-error @+1 {{moves elements of type 'i32' into 'f32'; expected one type}}
  %0 = vox.concat %x, %y axis = 0 : (tensor<2xf32>, tensor<2xi32>) -> tensor<4xf32>
  return
}

// -----

func.func @PadIntoOtherType(%x: tensor<3xi8>) {
  // expected-error @+1 {{moves elements of type 'i8' into 'ui8'; expected one type}}
  %0 = vox.pad %x pads = [0, 1] value = 0.0 : tensor<3xi8> -> tensor<4xui8>
  return
}

// -----

func.func @SliceIntoOtherType(%x: tensor<3xi8>) {
  // expected-error @+1 {{moves elements of type 'i8' into 'i16'; expected one type}}
  %0 = vox.slice %x starts = [0] steps = [1] : tensor<3xi8> -> tensor<3xi16>
  return
}

// -----

func.func @ReshapeIntoOtherType(%x: tensor<1x4xf32>) {
  // expected-error @+1 {{moves elements of type 'f32' into 'i32'; expected one type}}
  %0 = vox.reshape %x : tensor<1x4xf32> -> tensor<4xi32>
  return
}

// -----

func.func @FlattenIntoOtherType(%x: tensor<4xi1>) {
  // expected-error @+1 {{moves elements of type 'i1' into 'i8'; expected one type}}
  %0 = vox.flatten %x axis = 0 : tensor<4xi1> -> tensor<1x4xi8>
  return
}

// -----

func.func @TransposeIntoOtherType(%x: tensor<4xi64>) {
  // expected-error @+1 {{moves elements of type 'i64' into 'i32'; expected one type}}
  %0 = vox.transpose %x permutation = [0] : tensor<4xi64> -> tensor<4xi32>
  return
}

// -----

func.func @PadWithFraction(%x: tensor<3xi8>) {
  // expected-error @+1 {{value is 5.000000e-01; expected one that 'i8' can hold}}
  %0 = vox.pad %x pads = [0, 1] value = 0.5 : tensor<3xi8> -> tensor<4xi8>
  return
}

// -----

func.func @PadWithTooMuch(%x: tensor<3xui8>) {
  // expected-error @+1 {{value is 2.560000e+02; expected one that 'ui8' can hold}}
  %0 = vox.pad %x pads = [0, 1] value = 256.0 : tensor<3xui8> -> tensor<4xui8>
  return
}

// -----

func.func @PadWithTooLittle(%x: tensor<3xi1>) {
  // expected-error @+1 {{value is -1.000000e+00; expected one that 'i1' can hold}}
  %0 = vox.pad %x pads = [0, 1] value = -1.0 : tensor<3xi1> -> tensor<4xi1>
  return
}

// -----

// 2^63, the first that is not in.
func.func @PadWithOneTooMuch(%x: tensor<3xi64>) {
  // expected-error @+1 {{value is 9.223372e+18; expected one that 'i64' can hold}}
  %0 = vox.pad %x pads = [0, 1] value = 9223372036854775808.0 : tensor<3xi64> -> tensor<4xi64>
  return
}

// -----

func.func @PadIntegersWithNaN(%x: tensor<3xi32>) {
  // expected-error @+1 {{expected one that 'i32' can hold}}
  %0 = vox.pad %x pads = [0, 1] value = 0x7FC00000 : tensor<3xi32> -> tensor<4xi32>
  return
}

// -----

func.func @SliceStarts(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{has 1 starts, 2 steps and a result of rank 2; expected 2 of each}}
  %0 = vox.slice %x starts = [0] steps = [1, 1] : tensor<2x3xf32> -> tensor<2x3xf32>
  return
}

// -----

func.func @SliceSteps(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{has 2 starts, 3 steps and a result of rank 2; expected 2 of each}}
  %0 = vox.slice %x starts = [0, 0] steps = [1, 1, 1] : tensor<2x3xf32> -> tensor<2x3xf32>
  return
}

// -----

func.func @SliceRank(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{has 2 starts, 2 steps and a result of rank 1; expected 2 of each}}
  %0 = vox.slice %x starts = [0, 0] steps = [1, 1] : tensor<2x3xf32> -> tensor<3xf32>
  return
}

// -----

func.func @SliceStepOfZero(%x: tensor<3xf32>) {
  // expected-error @+1 {{reads 2 elements from 0 in steps of 0 along dimension 0; expected positions from 0 to 2}}
  %0 = vox.slice %x starts = [0] steps = [0] : tensor<3xf32> -> tensor<2xf32>
  return
}

// -----

func.func @SliceFromBefore(%x: tensor<3xf32>) {
  // expected-error @+1 {{reads 2 elements from -1 in steps of 1 along dimension 0; expected positions from 0 to 2}}
  %0 = vox.slice %x starts = [-1] steps = [1] : tensor<3xf32> -> tensor<2xf32>
  return
}

// -----

func.func @SliceFromBehind(%x: tensor<3xf32>) {
  // expected-error @+1 {{reads 2 elements from 3 in steps of -1 along dimension 0; expected positions from 0 to 2}}
  %0 = vox.slice %x starts = [3] steps = [-1] : tensor<3xf32> -> tensor<2xf32>
  return
}

// -----

func.func @SlicePastEnd(%x: tensor<2x4xf32>) {
  // expected-error @+1 {{reads 3 elements from 1 in steps of 2 along dimension 1; expected positions from 0 to 3}}
  %0 = vox.slice %x starts = [0, 1] steps = [1, 2] : tensor<2x4xf32> -> tensor<2x3xf32>
  return
}

// -----

func.func @SlicePastStart(%x: tensor<3xf32>) {
  // expected-error @+1 {{reads 3 elements from 1 in steps of -1 along dimension 0; expected positions from 0 to 2}}
  %0 = vox.slice %x starts = [1] steps = [-1] : tensor<3xf32> -> tensor<3xf32>
  return
}

// -----

func.func @SliceOfNothing(%x: tensor<3xf32>) {
  // expected-error @+1 {{reads 0 elements from 0 in steps of 1 along dimension 0; expected positions from 0 to 2}}
  %0 = vox.slice %x starts = [0] steps = [1] : tensor<3xf32> -> tensor<0xf32>
  return
}

// -----

func.func @SliceOverflows(%x: tensor<4xf32>) {
  // expected-error @+1 {{reads 3 elements from 1 in steps of 9223372036854775807 along dimension 0}}
  %0 = vox.slice %x starts = [1] steps = [9223372036854775807] : tensor<4xf32> -> tensor<3xf32>
  return
}

// -----

func.func @SliceSumOverflows(%x: tensor<4xf32>) {
  // expected-error @+1 {{reads 2 elements from 1 in steps of 9223372036854775807 along dimension 0}}
  %0 = vox.slice %x starts = [1] steps = [9223372036854775807] : tensor<4xf32> -> tensor<2xf32>
  return
}
