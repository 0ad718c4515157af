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
func.func @FlattenOfEmptyOverflows(%x: tensor<0x4294967296x4294967296xf32>) {
  // expected-error @+1 {{input shape 0x4294967296x4294967296 has too many elements; expected fewer than 2^31}}
  %0 = vox.flatten %x axis = 1 : tensor<0x4294967296x4294967296xf32> -> tensor<0x1xf32>
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
