//===- Pool.td - Pooling --------------------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_POOL_TD
#define VOX_POOL_TD

include "vox/Dialect/Vox/IR/VoxAttrs.td"

def Vox_PoolOp : Vox_Op<"pool", [Pure]> {
  let summary = "Maximum or average over sliding windows";
  let description = [{
    ONNX `MaxPool` and `AveragePool` over 1 to 3 spatial dimensions of
    `input` `[N, C, spatial...]`. Positions outside the input never win a
    maximum. An average divides by the number of positions inside the input,
    or, with `count_include_pad`, inside the input and its `pads`.

    With `ceil_mode` the number of windows is rounded up; a window that would
    start in the padding after the input is dropped.
  }];
  let arguments = (ins Vox_PoolKindAttr:$kind, Vox_Tensor:$input,
                       DenseI64ArrayAttr:$kernel,
                       DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$dilations,
                       DenseI64ArrayAttr:$pads,
                       UnitAttr:$ceil_mode, UnitAttr:$count_include_pad,
                       Vox_LayerName:$layer);
  let results = (outs Vox_Tensor:$result);
  let assemblyFormat = [{
    $kind $input `kernel` `=` $kernel `strides` `=` $strides
    `dilations` `=` $dilations `pads` `=` $pads attr-dict `:`
    type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Vox_PoolIndicesOp : Vox_Op<"pool_indices", [Pure]> {
  let summary = "Where in its input a maximum pool found each element";
  let description = [{
    ONNX's second result of `MaxPool`: the position of each window's greatest
    element (the first among equals) in the input, counted over all of its
    elements in row-major order. With `column_major` (ONNX `storage_order`) the
    spatial dimensions count in reverse order, the first of them fastest.
  }];
  let arguments = (ins Vox_Tensor:$input,
                       DenseI64ArrayAttr:$kernel,
                       DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$dilations,
                       DenseI64ArrayAttr:$pads,
                       UnitAttr:$ceil_mode, UnitAttr:$column_major,
                       Vox_LayerName:$layer);
  let results = (outs Vox_TensorOf<[I64]>:$result);
  let assemblyFormat = [{
    $input `kernel` `=` $kernel `strides` `=` $strides
    `dilations` `=` $dilations `pads` `=` $pads attr-dict `:`
    type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Vox_GlobalPoolOp : Vox_Op<"global_pool", [Pure]> {
  let summary = "Maximum or average over all spatial positions";
  let description = [{
    ONNX `GlobalMaxPool` and `GlobalAveragePool`:
    `[N, C, spatial...]` to `[N, C, 1...]`.
  }];
  let arguments = (ins Vox_PoolKindAttr:$kind, Vox_Tensor:$input,
                       Vox_LayerName:$layer);
  let results = (outs Vox_Tensor:$result);
  let assemblyFormat = [{
    $kind $input attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

#endif // VOX_POOL_TD
