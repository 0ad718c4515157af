//===- ElementWise.td - Arithmetic with broadcasting ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_ELEMENT_WISE_TD
#define VOX_ELEMENT_WISE_TD

include "vox/Dialect/Vox/IR/VoxAttrs.td"

class Vox_BinaryOp<string mnemonic, string formula, list<Trait> traits = [],
                   Type operands = Vox_Number>
    : Vox_Op<mnemonic, !listconcat([Pure], traits)> {
  let summary = formula # ", element by element";
  let description = [{
    Operands of different shapes are broadcast as in ONNX (numpy): shapes are
    aligned at their last dimension, and an extent of 1 is repeated.

    Both operands and the result have one element type. What an integer type
    can't hold is taken modulo 2 to the power of its bits.
  }];
  let arguments = (ins operands:$lhs, operands:$rhs);
  let results = (outs operands:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Vox_AddOp : Vox_BinaryOp<"add", "`lhs + rhs`", [Commutative]>;
def Vox_SubOp : Vox_BinaryOp<"sub", "`lhs - rhs`">;
def Vox_MulOp : Vox_BinaryOp<"mul", "`lhs rhs`", [Commutative]>;
/// Integers: towards zero, and 0 where `rhs` is 0.
def Vox_DivOp : Vox_BinaryOp<"div", "`lhs / rhs`">;
/// 0 where `rhs` is an integer 0.
def Vox_ModOp : Vox_BinaryOp<"mod",
    "What remains of `lhs / rhs` rounded down; it has the sign of `rhs`">;
/// C's fmod; 0 where `rhs` is an integer 0.
def Vox_RemOp : Vox_BinaryOp<"rem",
    "What remains of `lhs / rhs` rounded to zero; it has the sign of `lhs`">;
def Vox_MaxOp : Vox_BinaryOp<"max", "The greater of the two", [Commutative]>;
def Vox_MinOp : Vox_BinaryOp<"min", "The lesser of the two", [Commutative]>;
def Vox_PowOp : Vox_BinaryOp<"pow", "`lhs` to the power of `rhs`", [],
                             Vox_Tensor>;

def Vox_UnaryOp : Vox_Op<"unary", [
    Pure, AllTypesMatch<["input", "result"]>]> {
  let summary = "A function of each element";
  let description = [{
    Functions that are no activations by themselves, but of which exporters
    build some: `vox-recognize-activations` finds those. Integers have `abs`,
    `neg` and `sign`; `round` goes to the even neighbour at halves.

    ```mlir
    %y = vox.unary exp %x : tensor<1x16x8x8x8xf32>
    ```
  }];
  let arguments = (ins Vox_UnaryKindAttr:$kind, Vox_Number:$input);
  let results = (outs Vox_Number:$result);
  let assemblyFormat = "$kind $input attr-dict `:` type($input)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Vox_CompareOp : Vox_Op<"compare", [Pure]> {
  let summary = "Whether a relation holds, element by element";
  let description = [{
    ONNX `Equal`, `Less`, `LessOrEqual`, `Greater` and `GreaterOrEqual` on
    operands of one element type, which are broadcast. A NaN is in no relation
    to anything; false is less than true.
  }];
  let arguments = (ins Vox_RelationAttr:$relation, Vox_AnyTensor:$lhs,
                       Vox_AnyTensor:$rhs);
  let results = (outs Vox_TensorOf<[I1]>:$result);
  let assemblyFormat = [{
    $relation $lhs `,` $rhs attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def Vox_SelectOp : Vox_Op<"select", [Pure]> {
  let summary = "One of two elements";
  let description = [{
    ONNX `Where`: `lhs` where `condition` holds, else `rhs`. The three are
    broadcast.
  }];
  let arguments = (ins Vox_TensorOf<[I1]>:$condition, Vox_AnyTensor:$lhs,
                       Vox_AnyTensor:$rhs);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $condition `,` $lhs `,` $rhs attr-dict `:`
    functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

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
