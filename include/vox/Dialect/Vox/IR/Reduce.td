//===- Reduce.td - Dimensions to one element ------------------------------===//
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
  let arguments = (ins Vox_Number:$input, Vox_Int:$axis, UnitAttr:$select_last,
                       Vox_LayerName:$layer);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $input `axis` `=` $axis attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Vox_ReduceOp : Vox_Op<"reduce", [Pure]> {
  let summary = "The sum, mean, maximum, minimum or product along dimensions";
  let description = [{
    ONNX `ReduceSum`, `ReduceMean`, `ReduceMax`, `ReduceMin` and `ReduceProd`
    with `keepdims`: the dimensions `axes`, ascending, have extent 1 in the
    result. NaN gives NaN. Sums and products of integers wrap around; integers
    have no mean.

    ```mlir
    %y = vox.reduce sum %x axes = [2, 3] : tensor<1x8x4x4xf32>
        -> tensor<1x8x1x1xf32>
    ```
  }];
  let arguments = (ins Vox_ReduceKindAttr:$kind, Vox_Number:$input,
                       DenseI64ArrayAttr:$axes, Vox_LayerName:$layer);
  let results = (outs Vox_Number:$result);
  let assemblyFormat = [{
    $kind $input `axes` `=` $axes attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Vox_ActivationStatisticsOp : Vox_Op<"activation_statistics", [Pure]> {
  let summary = "What the units of a layer do, counted";
  let description = [{
    A *unit* is a position along dimension `axis`: a channel of a convolution, a
    neuron of a dense layer. Row u of the result tells of all elements x of
    unit u, in float32 (`Statistic` in Vox.h):

    - 0: how many are 0
    - 1: how many are `low` or less, 0 where `low` is -inf
    - 2: how many are `high` or more, 0 where `high` is inf
    - 3: their mean
    - 4: their variance (divided by their number)
    - 5: the least, 6: the greatest
    - from 7 on: `samples` elements. For s = 0, 1, ... that is the unit's
      element, in row-major order, number s modulo their count or, if they are
      more than the samples, (s + 1) g modulo their count, g being an odd number
      near the golden section of the count (`goldenStep` in Vox.h). These lie
      evenly in every dimension; at equal distances all might be on one border.

    Where the mean is NaN, because an element is or infinities of both signs
    meet, so are 4 to 6. ONNX has no such op: a network with monitors can't be
    exported.

    ```mlir
    %s = vox.activation_statistics %x axis = 1 low = 1.0e-2 high = 9.9e-1
        samples = 16 : tensor<1x8x4x4xf32> -> tensor<8x23xf32>
    ```
  }];
  let arguments = (ins Vox_Tensor:$input, Vox_Int:$axis, F64Attr:$low,
                       F64Attr:$high, Vox_Int:$samples, Vox_LayerName:$layer);
  let results = (outs Vox_Tensor:$result);
  let assemblyFormat = [{
    $input `axis` `=` $axis `low` `=` $low `high` `=` $high
    `samples` `=` $samples attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

#endif // VOX_REDUCE_TD
