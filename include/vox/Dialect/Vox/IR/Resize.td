//===- Resize.td - Another resolution -------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_RESIZE_TD
#define VOX_RESIZE_TD

include "vox/Dialect/Vox/IR/VoxAttrs.td"

def Vox_ResizeOp : Vox_Op<"resize", [Pure]> {
  let summary = "A tensor at another resolution";
  let description = [{
    ONNX `Resize` with `mode` nearest or linear (in as many dimensions as
    change), without antialiasing. `scales` has one entry per dimension, the
    ratio of result to input that `coordinates` computes with; an extent of the
    result is the input's times its scale, rounded down or to the nearest.
    Positions outside the input read its border. `rounding` matters to nearest
    only.

    ```mlir
    %y = vox.resize linear %x scales = [1.0, 1.0, 2.0, 2.0]
        coordinates = half_pixel rounding = round_prefer_floor
        : tensor<1x8x4x4xf32> -> tensor<1x8x8x8xf32>
    ```
  }];
  let arguments = (ins Vox_ResizeKindAttr:$kind, Vox_AnyTensor:$input,
                       DenseF64ArrayAttr:$scales,
                       Vox_CoordinatesAttr:$coordinates,
                       Vox_NearestRoundingAttr:$rounding,
                       Vox_LayerName:$layer);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $kind $input `scales` `=` custom<Reals>($scales) `coordinates` `=` $coordinates
    `rounding` `=` $rounding attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Vox_ResampleOp : Vox_Op<"resample", [Pure]> {
  let summary = "Weighted sums of neighbours along one dimension";
  let description = [{
    Along dimension `axis`, element i of the result is the sum over t of
    `weights[i, t] input[starts[i] + t]`, for `weights` [extent of the result,
    taps] and as many `starts`; positions are clamped to the input. The importer
    writes those modes of ONNX `Resize` that `vox.resize` does not have as one
    such op per dimension that changes.

    ```mlir
    %y = vox.resample %x, %starts, %weights axis = 2
        : (tensor<1x8x4xf32>, tensor<9xi32>, tensor<9x4xf32>)
        -> tensor<1x8x9xf32>
    ```
  }];
  let arguments = (ins Vox_Tensor:$input, Vox_TensorOf<[I32]>:$starts,
                       Vox_Tensor:$weights, Vox_Int:$axis,
                       Vox_LayerName:$layer);
  let results = (outs Vox_Tensor:$result);
  let assemblyFormat = [{
    $input `,` $starts `,` $weights `axis` `=` $axis attr-dict `:`
    functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

#endif // VOX_RESIZE_TD
