//===- Gather.td - Elements at computed positions -------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Positions count from the end where they are negative. ONNX forbids those
// outside of a tensor; here a gather reads the nearest element instead and a
// scatter leaves such an update out, so that no input makes a network touch
// memory that is not its own.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_GATHER_TD
#define VOX_GATHER_TD

include "vox/Dialect/Vox/IR/VoxAttrs.td"

def Vox_GatherOp : Vox_Op<"gather", [Pure]> {
  let summary = "Slices of a tensor, chosen along one dimension";
  let description = [{
    ONNX `Gather`: dimension `axis` of `data` is replaced by the dimensions of
    `indices`.

    ```mlir
    %y = vox.gather %words, %ids axis = 0
        : (tensor<1000x64xf32>, tensor<2x7xi64>) -> tensor<2x7x64xf32>
    ```
  }];
  let arguments = (ins Vox_AnyTensor:$data, Vox_Indices:$indices,
                       Vox_Int:$axis, Vox_LayerName:$layer);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $data `,` $indices `axis` `=` $axis attr-dict `:`
    functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def Vox_GatherElementsOp : Vox_Op<"gather_elements", [Pure]> {
  let summary = "Elements of a tensor, each chosen along one dimension";
  let description = [{
    ONNX `GatherElements`: for rank 2 and axis 1,
    `result[i, j] = data[i, indices[i, j]]`. `indices` have the shape of the
    result; in the dimensions other than `axis` they are at most as large as
    `data`.
  }];
  let arguments = (ins Vox_AnyTensor:$data, Vox_Indices:$indices,
                       Vox_Int:$axis, Vox_LayerName:$layer);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $data `,` $indices `axis` `=` $axis attr-dict `:`
    functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def Vox_GatherNDOp : Vox_Op<"gather_nd", [Pure]> {
  let summary = "Slices of a tensor at positions in several dimensions";
  let description = [{
    ONNX `GatherND`: the last dimension of `indices` lists positions in the
    dimensions of `data` from `batch_dims` on; the first `batch_dims` dimensions
    of both go together. The result has the other dimensions of `indices`, then
    those of `data` that are not listed.

    ```mlir
    %y = vox.gather_nd %x, %at batch_dims = 1
        : (tensor<2x5x6x3xf32>, tensor<2x4x2xi64>) -> tensor<2x4x3xf32>
    ```
  }];
  let arguments = (ins Vox_AnyTensor:$data, Vox_Indices:$indices,
                       Vox_Int:$batch_dims, Vox_LayerName:$layer);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $data `,` $indices `batch_dims` `=` $batch_dims attr-dict `:`
    functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def Vox_ScatterElementsOp : Vox_Op<"scatter_elements", [Pure]> {
  let summary = "A tensor with elements replaced, chosen along one dimension";
  let description = [{
    ONNX `ScatterElements`: for rank 2 and axis 1, `data` with
    `result[i, indices[i, j]] = updates[i, j]`, one after the other in row-major
    order; other kinds combine the update with the element that is there.
  }];
  let arguments = (ins Vox_ScatterKindAttr:$kind, Vox_AnyTensor:$data,
                       Vox_Indices:$indices, Vox_AnyTensor:$updates,
                       Vox_Int:$axis, Vox_LayerName:$layer);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $kind $data `,` $indices `,` $updates `axis` `=` $axis attr-dict `:`
    functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def Vox_ScatterNDOp : Vox_Op<"scatter_nd", [Pure]> {
  let summary = "A tensor with slices replaced at positions in several "
                "dimensions";
  let description = [{
    ONNX `ScatterND`: the last dimension of `indices` lists positions in the
    first dimensions of `data`; `updates` has the other dimensions of `indices`,
    then those of `data` that are not listed. Updates are made one after the
    other; kinds other than assign combine them with the element that is there.
  }];
  let arguments = (ins Vox_ScatterKindAttr:$kind, Vox_AnyTensor:$data,
                       Vox_Indices:$indices, Vox_AnyTensor:$updates,
                       Vox_LayerName:$layer);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $kind $data `,` $indices `,` $updates attr-dict `:`
    functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def Vox_TopKOp : Vox_Op<"topk", [Pure]> {
  let summary = "The positions of the greatest elements along one dimension";
  let description = [{
    ONNX `TopK`'s second result, sorted: position i along `axis` is that of the
    element which i others come before. The greater comes first, or with
    `smallest` the lesser one; among equals the one that stands first; NaN comes
    before all numbers. `vox.gather_elements` turns positions into elements.

    Each element is compared with all others along the dimension, which suits
    extents up to some thousands.
  }];
  let arguments = (ins Vox_Number:$input, Vox_Int:$axis, UnitAttr:$smallest,
                       Vox_LayerName:$layer);
  let results = (outs Vox_TensorOf<[I64]>:$result);
  let assemblyFormat = [{
    $input `axis` `=` $axis attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

#endif // VOX_GATHER_TD
