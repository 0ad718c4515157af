//===- Conv.td - Convolutions ---------------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_CONV_TD
#define VOX_CONV_TD

include "vox/Dialect/Vox/IR/VoxAttrs.td"

def Vox_ConvOp : Vox_Op<"conv", [Pure]> {
  let summary = "Convolution over 1 to 3 spatial dimensions";
  let description = [{
    ONNX `Conv`: a cross-correlation of `input` `[N, Ci, spatial...]` with
    `weights` `[Co, Ci / groups, kernel...]`, plus `bias` `[Co]`.

    `pads` lists the zeros added before each spatial dimension, then those
    added after each. The result's extent along a dimension is
    `(extent + before + after - dilation (kernel - 1) - 1) / stride + 1`.

    ```mlir
    %y = vox.conv %x, %w bias %b strides = [1, 1, 1] dilations = [1, 1, 1]
        pads = [1, 1, 1, 1, 1, 1] groups = 1
        : (tensor<1x1x8x8x8xf32>, tensor<16x1x3x3x3xf32>, tensor<16xf32>)
        -> tensor<1x16x8x8x8xf32>
    ```
  }];
  let arguments = (ins Vox_Tensor:$input, Vox_Tensor:$weights,
                       Optional<Vox_Tensor>:$bias,
                       DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$dilations,
                       DenseI64ArrayAttr:$pads,
                       Vox_Int:$groups,
                       Vox_LayerName:$layer);
  let results = (outs Vox_Tensor:$result);
  let assemblyFormat = [{
    $input `,` $weights (`bias` $bias^)? `strides` `=` $strides
    `dilations` `=` $dilations `pads` `=` $pads `groups` `=` $groups
    attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// Whether each channel is convolved with a kernel of its own.
    bool isDepthwise() {
      return getGroups() > 1 && getGroups() == getType().getDimSize(1) &&
             getWeights().getType().getDimSize(1) == 1;
    }
  }];
}

def Vox_ConvTransposeOp : Vox_Op<"conv_transpose", [Pure]> {
  let summary = "Transposed convolution over 1 to 3 spatial dimensions";
  let description = [{
    ONNX `ConvTranspose`, the gradient of a convolution with respect to its
    input: position i of `input` adds `weights[k] input[i]` to position
    `i stride + k dilation - before` of the result, for every kernel position k.

    `weights` are `[Co, Ci / groups, kernel...]`, as a convolution's are, and
    not ONNX's `[Ci, Co / groups, kernel...]`: the importer transposes them.
    `pads` lists what is cut off before each spatial dimension of the result,
    then after each; `output_pads` lists how far the result is extended after
    each. A result's extent is `(extent - 1) stride + dilation (kernel - 1) + 1
    - before - after + output_pad`.

    ```mlir
    %y = vox.conv_transpose %x, %w bias %b strides = [2, 2] dilations = [1, 1]
        pads = [0, 0, 0, 0] output_pads = [0, 0] groups = 1
        : (tensor<1x16x8x8xf32>, tensor<8x16x2x2xf32>, tensor<8xf32>)
        -> tensor<1x8x16x16xf32>
    ```
  }];
  let arguments = (ins Vox_Tensor:$input, Vox_Tensor:$weights,
                       Optional<Vox_Tensor>:$bias,
                       DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$dilations,
                       DenseI64ArrayAttr:$pads,
                       DenseI64ArrayAttr:$output_pads,
                       Vox_Int:$groups,
                       Vox_LayerName:$layer);
  let results = (outs Vox_Tensor:$result);
  let assemblyFormat = [{
    $input `,` $weights (`bias` $bias^)? `strides` `=` $strides
    `dilations` `=` $dilations `pads` `=` $pads
    `output_pads` `=` $output_pads `groups` `=` $groups
    attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

#endif // VOX_CONV_TD
