//===- Structure.cpp - Float64 meaning of constants and data movement -----===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX `Constant`, `Concat`, `Pad` (mode constant) and `Transpose`, each as in
// https://onnx.ai/onnx/operators/. Float32 constants are promoted, never
// rounded. Ops that keep the elements in their logical order (reshape,
// flatten, layout changes) are the evaluator's own.
//
//===----------------------------------------------------------------------===//

#include "Ops.h"
#include "Support.h"

#include "vox/Dialect/Vox/IR/Constants.h"

using namespace vox;
using namespace vox::reference;

void reference::compute(ConstantOp op, Operands operands,
                        ReferenceTensor &result) {
  std::vector<float> storage;
  llvm::copy(viewConstantValues(op.getValue(), storage), result.data.begin());
}

void reference::compute(ConcatOp op, Operands operands,
                        ReferenceTensor &result) {
  // Seen as matrices of `outer` rows, the inputs' rows alternate.
  llvm::ArrayRef<int64_t> shape(result.shape);
  int64_t outer = product(shape.take_front(op.getAxis()));
  int64_t resultRow = product(shape.drop_front(op.getAxis()));
  int64_t column = 0;
  for (const ReferenceTensor *input : operands) {
    int64_t row =
        product(llvm::ArrayRef<int64_t>(input->shape).drop_front(op.getAxis()));
    for (int64_t i = 0; i < outer; ++i)
      std::copy_n(input->data.begin() + i * row, row,
                  result.data.begin() + i * resultRow + column);
    column += row;
  }
}

void reference::compute(PadOp op, Operands operands, ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  llvm::ArrayRef<int64_t> pads = op.getPads().take_front(x.shape.size());
  double value = op.getValue().convertToFloat();
  llvm::SmallVector<int64_t> strides = rowMajorStrides(result.shape);
  llvm::SmallVector<int64_t> inputStrides = rowMajorStrides(x.shape);
  for (int64_t i = 0, e = result.data.size(); i < e; ++i) {
    int64_t offset = 0;
    bool inside = true;
    for (size_t d = 0; d < pads.size(); ++d) {
      int64_t from = i / strides[d] % result.shape[d] - pads[d];
      inside &= from >= 0 && from < x.shape[d];
      offset += from * inputStrides[d];
    }
    result.data[i] = inside ? x.data[offset] : value;
  }
}

void reference::compute(TransposeOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  llvm::SmallVector<int64_t> strides, inputStrides = rowMajorStrides(x.shape);
  for (int64_t from : op.getPermutation())
    strides.push_back(inputStrides[from]);
  forEachElement(result.shape, strides, [&](int64_t i, int64_t from) {
    result.data[i] = x.data[from];
  });
}
