//===- Dense.td - Fully connected layers ----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_DENSE_TD
#define VOX_DENSE_TD

include "vox/Dialect/Vox/IR/VoxAttrs.td"

def Vox_DenseOp : Vox_Op<"dense", [Pure]> {
  let summary = "Matrix product with weights, plus bias";
  let description = [{
    `result[..., n] = sum over k of input[..., k] weights[n, k] + bias[n]`:
    ONNX `Gemm` and `MatMul` by a matrix. `weights` are `[N, K]`, as a trained
    linear layer stores them; the importer transposes others.
  }];
  let arguments = (ins Vox_Tensor:$input, Vox_Tensor:$weights,
                       Optional<Vox_Tensor>:$bias,
                       Vox_LayerName:$layer);
  let results = (outs Vox_Tensor:$result);
  let assemblyFormat = [{
    $input `,` $weights (`bias` $bias^)? attr-dict `:`
    functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def Vox_MatMulOp : Vox_Op<"matmul", [Pure]> {
  let summary = "Products of matrices that both are computed";
  let description = [{
    `result[..., m, n] = sum over k of lhs[..., m, k] rhs[..., k, n]`: ONNX
    `MatMul` of operands of at least two dimensions. The dimensions before are
    broadcast. Products with trained weights are `vox.dense`.

    ```mlir
    %y = vox.matmul %q, %k : (tensor<2x4x7x8xf32>, tensor<1x4x8x5xf32>)
        -> tensor<2x4x7x5xf32>
    ```
  }];
  let arguments = (ins Vox_Tensor:$lhs, Vox_Tensor:$rhs, Vox_LayerName:$layer);
  let results = (outs Vox_Tensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

#endif // VOX_DENSE_TD
