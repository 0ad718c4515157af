// Ranges of inputs that can't be used: the message names the text.

// RUN: not vox-opt %s '--vox-simplify-by-range=input-ranges=x:0' 2>&1 | FileCheck %s --check-prefix=FORM -DTEXT=x:0
// RUN: not vox-opt %s '--vox-simplify-by-range=input-ranges=x:0:a' 2>&1 | FileCheck %s --check-prefix=FORM -DTEXT=x:0:a
// RUN: not vox-opt %s '--vox-simplify-by-range=input-ranges=x:nan:1' 2>&1 | FileCheck %s --check-prefix=FORM -DTEXT=x:nan:1
// RUN: not vox-opt %s '--vox-simplify-by-range=input-ranges=0:1' 2>&1 | FileCheck %s --check-prefix=FORM -DTEXT=0:1
// RUN: not vox-opt %s '--vox-prune-channels=input-ranges=x' 2>&1 | FileCheck %s --check-prefix=FORM -DTEXT=x
// FORM: simplify-by-range-invalid.mlir:{{[0-9]+}}:{{[0-9]+}}: error: input range '[[TEXT]]' is not a range; expected NAME:LO:HI, two numbers
// RUN: not vox-opt %s '--vox-simplify-by-range=input-ranges=x:1:0' 2>&1 | FileCheck %s --check-prefix=EMPTY
// EMPTY: error: input range 'x:1:0' is empty; expected LO to be at most HI
// RUN: not vox-opt %s '--vox-simplify-by-range=input-ranges=y:0:1' 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: error: input range 'y:0:1': there is no such input; expected one of x, input1
// RUN: not vox-opt %s '--vox-simplify-by-range=input-ranges=input1:0:1,x:0:1,input1:0:1' 2>&1 | FileCheck %s --check-prefix=TWICE
// TWICE: error: input range 'input1:0:1': the input has a range already; expected one range per input

func.func @main(%x: tensor<4xf32> {vox.name = "x"}, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.activation #vox.relu %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}
