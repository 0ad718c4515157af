//===- Norm.td - Normalisations -------------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_NORM_TD
#define VOX_NORM_TD

include "vox/Dialect/Vox/IR/VoxAttrs.td"

def Vox_BatchNormOp : Vox_Op<"batch_norm", [
    Pure, AllTypesMatch<["input", "result"]>]> {
  let summary = "Batch normalisation with trained statistics";
  let description = [{
    ONNX `BatchNormalization` in inference: per channel c,
    `scale[c] (x - mean[c]) / sqrt(variance[c] + epsilon) + bias[c]`.
    `input` is `[N, C, ...]`; the four parameters are `[C]`.
  }];
  let arguments = (ins Vox_Tensor:$input, Vox_Tensor:$scale, Vox_Tensor:$bias,
                       Vox_Tensor:$mean, Vox_Tensor:$variance,
                       F64Attr:$epsilon,
                       Vox_LayerName:$layer);
  let results = (outs Vox_Tensor:$result);
  let assemblyFormat = [{
    $input `scale` $scale `bias` $bias `mean` $mean `variance` $variance
    `epsilon` `=` $epsilon attr-dict `:` type($input) `,` type($scale) `,`
    type($bias) `,` type($mean) `,` type($variance)
  }];
  let hasVerifier = 1;
}

#endif // VOX_NORM_TD
