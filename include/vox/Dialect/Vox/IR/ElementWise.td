//===- ElementWise.td - Arithmetic with broadcasting ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_ELEMENT_WISE_TD
#define VOX_ELEMENT_WISE_TD

include "vox/Dialect/Vox/IR/VoxAttrs.td"

class Vox_BinaryOp<string mnemonic, string formula, list<Trait> traits = []>
    : Vox_Op<mnemonic, !listconcat([Pure], traits)> {
  let summary = formula # ", element by element";
  let description = [{
    Operands of different shapes are broadcast as in ONNX (numpy): shapes are
    aligned at their last dimension, and an extent of 1 is repeated.
  }];
  let arguments = (ins Vox_Tensor:$lhs, Vox_Tensor:$rhs);
  let results = (outs Vox_Tensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Vox_AddOp : Vox_BinaryOp<"add", "`lhs + rhs`", [Commutative]>;
def Vox_SubOp : Vox_BinaryOp<"sub", "`lhs - rhs`">;
def Vox_MulOp : Vox_BinaryOp<"mul", "`lhs rhs`", [Commutative]>;
def Vox_DivOp : Vox_BinaryOp<"div", "`lhs / rhs`">;

def Vox_CastOp : Vox_Op<"cast", [Pure, SameOperandsAndResultShape]> {
  let summary = "Each element in another type";
  let description = [{
    ONNX `Cast`. A float becomes an integer by dropping its fraction; what the
    integer type can't hold becomes its least or greatest value and NaN becomes
    0, which ONNX leaves open. An integer that the result's type can't hold is
    taken modulo 2 to the power of its bits. To `i1`, everything but zero is
    true.
  }];
  let arguments = (ins Vox_AnyTensor:$input);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasFolder = 1;
}

#endif // VOX_ELEMENT_WISE_TD
