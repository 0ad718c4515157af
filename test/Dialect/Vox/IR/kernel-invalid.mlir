// RUN: vox-opt %s -split-input-file -verify-diagnostics -allow-unregistered-dialect

func.func @GroupWithoutYield(%x: tensor<8xf32>) {
  // expected-error @+1 {{body does not end in vox.yield}}
  %0 = vox.group(%a = %x : tensor<8xf32>) -> tensor<8xf32> {
    %1 = vox.activation #vox.relu %a : tensor<8xf32>
    "another.terminator"() : () -> ()
  }
  return
}

// -----

func.func @GroupWithoutOps(%x: tensor<8xf32>) {
  // expected-error @+1 {{expects a non-empty block}}
  %0 = vox.group(%a = %x : tensor<8xf32>) -> tensor<8xf32> {
  }
  return
}

// -----

func.func @GroupWithoutAnchor(%x: tensor<8xf32>) {
  // expected-error @+1 {{body is empty; expected an anchor op}}
  %0 = vox.group(%a = %x : tensor<8xf32>) -> tensor<8xf32> {
    vox.yield %a : tensor<8xf32>
  }
  return
}

// -----

func.func @GroupOfSeveralBlocks(%x: tensor<8xf32>) {
  // expected-error @+1 {{expects region #0 to have 0 or 1 blocks}}
  %0 = vox.group(%a = %x : tensor<8xf32>) -> tensor<8xf32> {
    %1 = vox.activation #vox.relu %a : tensor<8xf32>
    vox.yield %1 : tensor<8xf32>
  ^second:
    vox.yield %1 : tensor<8xf32>
  }
  return
}

// -----

func.func @GroupReadsOutside(%x: tensor<8xf32>) {
  // expected-note @+1 {{required by region isolation constraints}}
  %0 = vox.group(%a = %x : tensor<8xf32>) -> tensor<8xf32> {
    // expected-error @+1 {{using value defined outside the region}}
    %1 = vox.activation #vox.relu %x : tensor<8xf32>
    vox.yield %1 : tensor<8xf32>
  }
  return
}

// -----

func.func @GroupInsideGroup(%x: tensor<8xf32>, %y: tensor<4x4xf32>) {
  %0 = vox.group(%a = %x : tensor<8xf32>, %w = %y : tensor<4x4xf32>) -> tensor<8xf32> {
    // expected-error @+1 {{'vox.group' op can't stand inside vox.group}}
    %1 = vox.group(%b = %a : tensor<8xf32>) -> tensor<8xf32> {
      %2 = vox.activation #vox.relu %b : tensor<8xf32>
      vox.yield %2 : tensor<8xf32>
    }
    %3 = vox.activation #vox.relu %a : tensor<8xf32>
    vox.yield %3 : tensor<8xf32>
  }
  return
}

// -----

func.func @ConstantInsideGroup(%x: tensor<8xf32>, %y: tensor<4x4xf32>) {
  %0 = vox.group(%a = %x : tensor<8xf32>, %w = %y : tensor<4x4xf32>) -> tensor<8xf32> {
    // expected-error @+1 {{'vox.constant' op can't stand inside vox.group}}
    %1 = vox.constant dense<1.0> : tensor<8xf32>
    %3 = vox.activation #vox.relu %a : tensor<8xf32>
    vox.yield %3 : tensor<8xf32>
  }
  return
}

// -----

func.func @LaunchInsideGroup(%x: tensor<8xf32>, %y: tensor<4x4xf32>) {
  %0 = vox.group(%a = %x : tensor<8xf32>, %w = %y : tensor<4x4xf32>) -> tensor<8xf32> {
    // expected-error @+1 {{'vox.launch' op can't stand inside vox.group}}
    %1 = vox.launch @k(%a) : (tensor<8xf32>) -> tensor<8xf32>
    %3 = vox.activation #vox.relu %a : tensor<8xf32>
    vox.yield %3 : tensor<8xf32>
  }
  return
}

// -----

func.func @UnknownOpInsideGroup(%x: tensor<8xf32>) {
  %0 = vox.group(%a = %x : tensor<8xf32>) -> tensor<8xf32> {
    // expected-error @+1 {{'another.op' op can't stand inside vox.group}}
    %1 = "another.op"(%a) : (tensor<8xf32>) -> tensor<8xf32>
    vox.yield %1 : tensor<8xf32>
  }
  return
}

// -----

func.func @OpOfAnotherDialectInsideGroup(%x: tensor<8xf32>, %y: tensor<4x4xf32>) {
  %0 = vox.group(%a = %x : tensor<8xf32>, %w = %y : tensor<4x4xf32>) -> tensor<8xf32> {
    // expected-error @+1 {{'func.call' op can't stand inside vox.group}}
    %1 = func.call @k(%a) : (tensor<8xf32>) -> tensor<8xf32>
    %3 = vox.activation #vox.relu %a : tensor<8xf32>
    vox.yield %3 : tensor<8xf32>
  }
  return
}

// -----

func.func @GroupArgumentTypes(%x: tensor<8xf32>) {
  // expected-error @+1 {{arguments of the body differ from the inputs in type}}
  %0 = "vox.group"(%x) ({
  ^body(%a: tensor<9xf32>):
    %1 = vox.activation #vox.relu %a : tensor<9xf32>
    vox.yield %1 : tensor<9xf32>
  }) : (tensor<8xf32>) -> tensor<9xf32>
  return
}

// -----

func.func @GroupResultType(%x: tensor<8xf32>) {
  // expected-error @+1 {{yields 'tensor<8xf32>'; expected 'tensor<9xf32>'}}
  %0 = vox.group(%a = %x : tensor<8xf32>) -> tensor<9xf32> {
    %1 = vox.activation #vox.relu %a : tensor<8xf32>
    vox.yield %1 : tensor<8xf32>
  }
  return
}

// -----

func.func @YieldOutside(%x: tensor<8xf32>) {
  // expected-error @+1 {{expects parent op to be one of 'vox.group, vox.kernel'}}
  vox.yield %x : tensor<8xf32>
}

// -----

// expected-error @+1 {{body is empty; expected an anchor op}}
vox.kernel @KernelWithoutAnchor(%a: tensor<8xf32>) -> tensor<8xf32> {
  vox.yield %a : tensor<8xf32>
} schedule <algorithm = plain>

// -----

// expected-error @+1 {{the body yields 'tensor<8xf32>'; expected 'tensor<9xf32>'}}
vox.kernel @KernelResultType(%a: tensor<8xf32>) -> tensor<9xf32> {
  %0 = vox.activation #vox.relu %a : tensor<8xf32>
  vox.yield %0 : tensor<8xf32>
} schedule <algorithm = plain>

// -----

// expected-error @+1 {{expects a non-empty block}}
vox.kernel @KernelWithoutOps(%a: tensor<8xf32>) -> tensor<8xf32> {
} schedule <algorithm = plain>

// -----

// expected-error @+1 {{body does not end in vox.yield}}
vox.kernel @KernelWithoutYield(%a: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %a : tensor<8xf32>
  "another.terminator"() : () -> ()
} schedule <algorithm = plain>

// -----

vox.kernel @KernelWithoutSchedule(%a: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %a : tensor<8xf32>
  vox.yield %0 : tensor<8xf32>
}
// expected-error @+1 {{custom op 'vox.kernel' expected 'schedule'}}
func.func private @Next()

// -----

// expected-error @+1 {{name "kernel of a space" is no identifier; expected letters, digits and underscores}}
vox.kernel @"kernel of a space"(%a: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %a : tensor<8xf32>
  vox.yield %0 : tensor<8xf32>
} schedule <algorithm = plain>

// -----

func.func @LaunchOfNothing(%x: tensor<8xf32>) {
  // expected-error @+1 {{kernel @missing does not exist}}
  %0 = vox.launch @missing(%x) : (tensor<8xf32>) -> tensor<8xf32>
  return
}

// -----

func.func @LaunchOfFunction(%x: tensor<8xf32>) {
  // expected-error @+1 {{kernel @LaunchOfFunction does not exist}}
  %0 = vox.launch @LaunchOfFunction(%x) : (tensor<8xf32>) -> tensor<8xf32>
  return
}

// -----

vox.kernel @k(%a: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %a : tensor<8xf32>
  vox.yield %0 : tensor<8xf32>
} schedule <algorithm = plain>
func.func @LaunchInputCount(%x: tensor<8xf32>) {
  // expected-error @+1 {{inputs differ from the arguments of kernel @k}}
  %0 = vox.launch @k(%x, %x) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  return
}

// -----

vox.kernel @k(%a: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %a : tensor<8xf32>
  vox.yield %0 : tensor<8xf32>
} schedule <algorithm = plain>
func.func @LaunchInputType(%x: tensor<9xf32>) {
  // expected-error @+1 {{inputs differ from the arguments of kernel @k}}
  %0 = vox.launch @k(%x) : (tensor<9xf32>) -> tensor<8xf32>
  return
}

// -----

vox.kernel @k(%a: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %a : tensor<8xf32>
  vox.yield %0 : tensor<8xf32>
} schedule <algorithm = plain>
func.func @LaunchResultType(%x: tensor<8xf32>) {
  // expected-error @+1 {{result is 'tensor<9xf32>'; kernel @k gives 'tensor<8xf32>'}}
  %0 = vox.launch @k(%x) : (tensor<8xf32>) -> tensor<9xf32>
  return
}

// -----

vox.kernel @k(%a: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %a : tensor<8xf32>
  vox.yield %0 : tensor<8xf32>
} schedule <algorithm = plain>
// expected-note @-4 {{see existing symbol definition here}}
// expected-error @+1 {{redefinition of symbol named 'k'}}
vox.kernel @k(%a: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %a : tensor<8xf32>
  vox.yield %0 : tensor<8xf32>
} schedule <algorithm = plain>

// -----

func.func @JoinOfNothing() {
  // expected-error @+1 {{no inputs; expected at least one}}
  %0 = "vox.join"() {axis = 0} : () -> tensor<1xf32>
  return
}

// -----

func.func @JoinAxis(%a0: tensor<2xf32>) {
  // expected-error @+1 {{axis is 1; expected 0 to 0}}
  %0 = vox.join %a0 axis = 1 : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @JoinResult(%a0: tensor<2xf32>, %a1: tensor<3xf32>) {
  // expected-error @+1 {{result has shape 4; expected 5}}
  %0 = vox.join %a0, %a1 axis = 0 : (tensor<2xf32>, tensor<3xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @JoinOfTwoTypes(%a0: tensor<2xf32>, %a1: tensor<2xi32>) {
  // expected-error @+1 {{joins 'tensor<2xi32>' into 'tensor<4xf32>'; expected one element type and layout}}
  %0 = vox.join %a0, %a1 axis = 0 : (tensor<2xf32>, tensor<2xi32>) -> tensor<4xf32>
  return
}

// -----

func.func @JoinOfTwoLayouts(%a0: tensor<1x8x4xf32, #vox.layout<block = 8>>, %a1: tensor<1x8x4xf32>) {
  // expected-error @+1 {{joins 'tensor<1x8x4xf32>' into 'tensor<1x16x4xf32, #vox.layout<block = 8>>'; expected one element type and layout}}
  %0 = vox.join %a0, %a1 axis = 1 : (tensor<1x8x4xf32, #vox.layout<block = 8>>, tensor<1x8x4xf32>) -> tensor<1x16x4xf32, #vox.layout<block = 8>>
  return
}

// -----

func.func @JoinOfHalfBlocks(%a0: tensor<1x4x4xf32, #vox.layout<block = 8>>, %a1: tensor<1x4x4xf32, #vox.layout<block = 8>>) {
  // expected-error @+1 {{an input's channels are no whole blocks}}
  %0 = vox.join %a0, %a1 axis = 1 : (tensor<1x4x4xf32, #vox.layout<block = 8>>, tensor<1x4x4xf32, #vox.layout<block = 8>>) -> tensor<1x8x4xf32, #vox.layout<block = 8>>
  return
}

// -----

// The rows of the inputs alternate.
func.func @JoinInRows(%a0: tensor<2x3xf32>, %a1: tensor<2x3xf32>) {
  // expected-error @+1 {{inputs don't lie one after the other; expected extent 1 in every dimension before axis 1}}
  %0 = vox.join %a0, %a1 axis = 1 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x6xf32>
  return
}

// -----

func.func @JoinOfImages(%a0: tensor<1x8x4xf32, #vox.layout<block = 8>>, %a1: tensor<1x8x4xf32, #vox.layout<block = 8>>) {
  // expected-error @+1 {{inputs don't lie one after the other; expected extent 1 in every dimension before axis 2}}
  %0 = vox.join %a0, %a1 axis = 2 : (tensor<1x8x4xf32, #vox.layout<block = 8>>, tensor<1x8x4xf32, #vox.layout<block = 8>>) -> tensor<1x8x8xf32, #vox.layout<block = 8>>
  return
}

// -----

func.func @JoinOfWeights(%a0: tensor<8x8xf32, #vox.weight_layout<input_block = 1, output_block = 8>>) {
  // expected-error @+1 {{can't write the encoding #vox.weight_layout<input_block = 1, output_block = 8>}}
  %0 = vox.join %a0 axis = 0 : (tensor<8x8xf32, #vox.weight_layout<input_block = 1, output_block = 8>>) -> tensor<8x8xf32, #vox.weight_layout<input_block = 1, output_block = 8>>
  return
}

// -----

func.func @JoinInsideGroup(%x: tensor<8xf32>) {
  %0 = vox.group(%a = %x : tensor<8xf32>) -> tensor<16xf32> {
    // expected-error @+1 {{'vox.join' op can't stand inside vox.group}}
    %1 = vox.join %a, %a axis = 0 : (tensor<8xf32>, tensor<8xf32>) -> tensor<16xf32>
    vox.yield %1 : tensor<16xf32>
  }
  return
}

// -----

func.func @PackIntoOtherType(%x: tensor<1x8x4xui8>) {
  // expected-error @+1 {{moves elements of type 'ui8' into 'f32'; expected one type}}
  %0 = vox.pack %x : tensor<1x8x4xui8> -> tensor<1x8x4xf32, #vox.layout<block = 8>>
  return
}

// -----

func.func @UnpackIntoOtherType(%x: tensor<1x8x4xui8, #vox.layout<block = 8>>) {
  // expected-error @+1 {{moves elements of type 'ui8' into 'i8'; expected one type}}
  %0 = vox.unpack %x : tensor<1x8x4xui8, #vox.layout<block = 8>> -> tensor<1x8x4xi8>
  return
}

// -----

func.func @PackWeightsIntoOtherType(%x: tensor<8x8xi32>) {
  // expected-error @+1 {{moves elements of type 'i32' into 'f32'; expected one type}}
  %0 = vox.pack_weights %x : tensor<8x8xi32> -> tensor<8x8xf32, #vox.weight_layout<input_block = 1, output_block = 8>>
  return
}
