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
def Vox_MaxOp : Vox_BinaryOp<"max", "The greater of the two", [Commutative]>;
def Vox_MinOp : Vox_BinaryOp<"min", "The lesser of the two", [Commutative]>;
def Vox_PowOp : Vox_BinaryOp<"pow", "`lhs` to the power of `rhs`">;

def Vox_UnaryOp : Vox_Op<"unary", [
    Pure, AllTypesMatch<["input", "result"]>]> {
  let summary = "A function of each element";
  let description = [{
    Functions that are no activations by themselves, but of which exporters
    build some: `vox-recognize-activations` finds those.

    ```mlir
    %y = vox.unary exp %x : tensor<1x16x8x8x8xf32>
    ```
  }];
  let arguments = (ins Vox_UnaryKindAttr:$kind, Vox_Tensor:$input);
  let results = (outs Vox_Tensor:$result);
  let assemblyFormat = "$kind $input attr-dict `:` type($input)";
  let hasFolder = 1;
}

def Vox_CompareOp : Vox_Op<"compare", [Pure]> {
  let summary = "Whether a relation holds, element by element";
  let description = [{
    ONNX `Equal`, `Less`, `LessOrEqual`, `Greater` and `GreaterOrEqual` on
    floats; operands are broadcast. A NaN is in no relation to anything.
  }];
  let arguments = (ins Vox_RelationAttr:$relation, Vox_Tensor:$lhs,
                       Vox_Tensor:$rhs);
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
  let arguments = (ins Vox_TensorOf<[I1]>:$condition, Vox_Tensor:$lhs,
                       Vox_Tensor:$rhs);
  let results = (outs Vox_Tensor:$result);
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
