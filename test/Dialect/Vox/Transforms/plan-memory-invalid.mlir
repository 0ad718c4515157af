// Every output needs a launch of its own; vox-form-groups sees to it.

// RUN: vox-opt %s --vox-plan-memory -split-input-file -verify-diagnostics

func.func @ArgumentReturned(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @+1 {{output 0 is not the result of a launch of its own}}
  return %x : tensor<4xf32>
}

// -----

func.func @ConstantReturned() -> tensor<2xf32> {
  %0 = vox.constant dense<1.0> : tensor<2xf32>
  // expected-error @+1 {{output 0 is not the result of a launch of its own}}
  return %0 : tensor<2xf32>
}

// -----

vox.kernel @relu(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.activation #vox.relu %a : tensor<4xf32>
  vox.yield %0 : tensor<4xf32>
} schedule <algorithm = plain>
func.func @ReturnedTwice(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = vox.launch @relu(%x) : (tensor<4xf32>) -> tensor<4xf32>
  // expected-error @+1 {{output 1 is not the result of a launch of its own}}
  return %0, %0 : tensor<4xf32>, tensor<4xf32>
}

// -----

vox.kernel @relu(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.activation #vox.relu %a : tensor<4xf32>
  vox.yield %0 : tensor<4xf32>
} schedule <algorithm = plain>
func.func @ReturnedAsViewAndItself(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<2x2xf32>) {
  %0 = vox.launch @relu(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = vox.reshape %0 : tensor<4xf32> -> tensor<2x2xf32>
  // expected-error @+1 {{output 1 is not the result of a launch of its own}}
  return %0, %1 : tensor<4xf32>, tensor<2x2xf32>
}

// -----

vox.kernel @relu(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.activation #vox.relu %a : tensor<4xf32>
  vox.yield %0 : tensor<4xf32>
} schedule <algorithm = plain>
func.func @PartReturned(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.launch @relu(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = vox.join %0 axis = 0 : (tensor<4xf32>) -> tensor<4xf32>
  // expected-error @+1 {{output 0 is not the result of a launch of its own}}
  return %0 : tensor<4xf32>
}

// -----

vox.kernel @relu(%a: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %a : tensor<8xf32>
  vox.yield %0 : tensor<8xf32>
} schedule <algorithm = plain>
func.func @InputJoined(%x: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error @+1 {{joins what has no place of its own; expected results of launches, each once}}
  %0 = vox.join %x axis = 0 : (tensor<8xf32>) -> tensor<8xf32>
  %1 = vox.launch @relu(%0) : (tensor<8xf32>) -> tensor<8xf32>
  return %1 : tensor<8xf32>
}

// -----

vox.kernel @relu(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.activation #vox.relu %a : tensor<4xf32>
  vox.yield %0 : tensor<4xf32>
} schedule <algorithm = plain>
vox.kernel @whole(%a: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %a : tensor<8xf32>
  vox.yield %0 : tensor<8xf32>
} schedule <algorithm = plain>
func.func @JoinedTwice(%x: tensor<4xf32>) -> tensor<8xf32> {
  %0 = vox.launch @relu(%x) : (tensor<4xf32>) -> tensor<4xf32>
  // expected-error @+1 {{joins what has no place of its own; expected results of launches, each once}}
  %1 = vox.join %0, %0 axis = 0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
  %2 = vox.launch @whole(%1) : (tensor<8xf32>) -> tensor<8xf32>
  return %2 : tensor<8xf32>
}
