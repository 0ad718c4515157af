// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// Values that are used twice by one op, returned twice, never used, constants
// or inputs that are returned: none is freed too early.

func.func @main(%x: tensor<2xf32> {vox.name = "x"}) -> (
    tensor<2xf32> {vox.name = "squared"}, tensor<2xf32> {vox.name = "input"},
    tensor<2xf32> {vox.name = "constant"}, tensor<2xf32> {vox.name = "again"}) {
  %one = vox.constant dense<1.0> : tensor<2xf32>
  %sum = vox.add %x, %one : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %unused = vox.activation #vox.tanh %sum : tensor<2xf32>
  %squared = vox.mul %sum, %sum : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  // CHECK: values: "squared" 1 4{{$}}
  // CHECK: values: "input" 0 1{{$}}
  // CHECK: values: "constant" 1 1{{$}}
  // CHECK: values: "again" 1 4{{$}}
  return %squared, %x, %one, %squared
      : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}
