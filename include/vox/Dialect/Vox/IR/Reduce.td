//===- Reduce.td - One dimension to one element ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_REDUCE_TD
#define VOX_REDUCE_TD

include "vox/Dialect/Vox/IR/VoxAttrs.td"

def Vox_ArgMaxOp : Vox_Op<"argmax", [Pure]> {
  let summary = "The position of the greatest element along one dimension";
  let description = [{
    ONNX `ArgMax` with `keepdims`: dimension `axis` of the result has extent 1.
    Among equal elements the first one counts, or the last one with
    `select_last`; a NaN counts as greater than any number.
  }];
  let arguments = (ins Vox_Tensor:$input, Vox_Int:$axis, UnitAttr:$select_last,
                       Vox_LayerName:$layer);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $input `axis` `=` $axis attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

#endif // VOX_REDUCE_TD
