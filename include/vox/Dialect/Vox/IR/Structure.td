//===- Structure.td - Constants and ops that move data --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_STRUCTURE_TD
#define VOX_STRUCTURE_TD

include "vox/Dialect/Vox/IR/VoxAttrs.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"

def Vox_ConstantOp : Vox_Op<"constant", [
    Pure, ConstantLike, AllTypesMatch<["value", "result"]>]> {
  let summary = "A tensor known when the network is compiled";
  let description = [{
    Weights are `dense_resource` attributes. A dump whose weights were elided
    is refused, as is one whose data does not have the size of its type.
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = "attr-dict $value";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Vox_ConcatOp : Vox_Op<"concat", [Pure]> {
  let summary = "Tensors one after the other along one dimension";
  let arguments = (ins Variadic<Vox_AnyTensor>:$inputs, Vox_Int:$axis);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $inputs `axis` `=` $axis attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Vox_PadOp : Vox_Op<"pad", [Pure]> {
  let summary = "A tensor extended at its borders, or cropped";
  let description = [{
    ONNX `Pad`. `pads` lists the elements added before each dimension, then
    those added after each; a negative number removes elements. What is added
    depends on `mode`: `value` (constant, the default), the nearest element
    (edge), or along each dimension, after elements were removed, the input
    mirrored at its first and last element (reflect) or repeated (wrap), as
    often as need be.

    ```mlir
    %y = vox.pad %x mode = edge pads = [0, 2, 0, 1] value = 0.0
        : tensor<3x5xf32> -> tensor<3x8xf32>
    ```
  }];
  let arguments = (ins Vox_AnyTensor:$input, DenseI64ArrayAttr:$pads,
                       F32Attr:$value,
                       DefaultValuedAttr<Vox_PadModeAttr,
                                         "::vox::PadMode::Constant">:$mode);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $input (`mode` `=` $mode^)? `pads` `=` $pads `value` `=` $value attr-dict
    `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Vox_SliceOp : Vox_Op<"slice", [Pure]> {
  let summary = "Every step-th element of each dimension, from a start";
  let description = [{
    ONNX `Slice`: position i of the result along a dimension is position
    `start + i step` of the input. Steps may be negative, not zero.

    ```mlir
    %y = vox.slice %x starts = [0, 4] steps = [1, -2]
        : tensor<3x5xf32> -> tensor<3x3xf32>
    ```
  }];
  let arguments = (ins Vox_AnyTensor:$input, DenseI64ArrayAttr:$starts,
                       DenseI64ArrayAttr:$steps);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $input `starts` `=` $starts `steps` `=` $steps attr-dict `:`
    type($input) `->` type($result)
  }];
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Vox_TileOp : Vox_Op<"tile", [Pure]> {
  let summary = "A tensor repeated along its dimensions";
  let description = [{
    ONNX `Tile` and `Expand`: each extent of the result is a multiple of the
    input's, and position i of the result is position i modulo that extent.

    ```mlir
    %y = vox.tile %x : tensor<1x3xf32> -> tensor<4x6xf32>
    ```
  }];
  let arguments = (ins Vox_AnyTensor:$input);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Vox_ReshapeOp : Vox_Op<"reshape", [Pure]> {
  let summary = "The same elements in row-major order under another shape";
  let arguments = (ins Vox_AnyTensor:$input);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Vox_FlattenOp : Vox_Op<"flatten", [Pure]> {
  let summary = "A matrix: the dimensions before `axis` by those from it on";
  let description = [{
    ONNX `Flatten`; its canonical form is `vox.reshape`.
  }];
  let arguments = (ins Vox_AnyTensor:$input, Vox_Int:$axis);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $input `axis` `=` $axis attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
  let hasCanonicalizeMethod = 1;
}

def Vox_TransposeOp : Vox_Op<"transpose", [Pure]> {
  let summary = "Dimensions in another order";
  let description = [{
    Dimension i of the result is dimension `permutation[i]` of the input.
  }];
  let arguments = (ins Vox_AnyTensor:$input, DenseI64ArrayAttr:$permutation);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $input `permutation` `=` $permutation attr-dict `:`
    type($input) `->` type($result)
  }];
  let hasVerifier = 1;
  let hasFolder = 1;
}

#endif // VOX_STRUCTURE_TD
