//===- ElementWise.cpp - Float64 meaning of arithmetic --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX `Add`, `Sub`, `Mul` and `Div` with multidirectional broadcasting,
// https://onnx.ai/onnx/repo-docs/Broadcasting.html: shapes are aligned at
// their last dimension and an extent of 1 is repeated.
//
//===----------------------------------------------------------------------===//

#include "Ops.h"
#include "Support.h"

#include <functional>

using namespace vox;
using namespace vox::reference;

/// Strides with which an operand of `shape` is read along the dimensions of
/// `result`: 0 where the operand is repeated.
static llvm::SmallVector<int64_t>
broadcastStrides(llvm::ArrayRef<int64_t> shape,
                 llvm::ArrayRef<int64_t> result) {
  llvm::SmallVector<int64_t> strides(result.size() - shape.size(), 0);
  for (auto [extent, stride] : llvm::zip_equal(shape, rowMajorStrides(shape)))
    strides.push_back(extent == 1 ? 0 : stride);
  return strides;
}

template <typename Function>
static void computeBinary(Operands operands, ReferenceTensor &result,
                          Function function) {
  // One operand at a time: the result first holds the left one's elements.
  const ReferenceTensor &lhs = *operands[0], &rhs = *operands[1];
  forEachElement(
      result.shape, broadcastStrides(lhs.shape, result.shape),
      [&](int64_t i, int64_t from) { result.data[i] = lhs.data[from]; });
  forEachElement(result.shape, broadcastStrides(rhs.shape, result.shape),
                 [&](int64_t i, int64_t from) {
                   result.data[i] = function(result.data[i], rhs.data[from]);
                 });
}

void reference::compute(AddOp op, Operands operands, ReferenceTensor &result) {
  computeBinary(operands, result, std::plus<double>());
}

void reference::compute(SubOp op, Operands operands, ReferenceTensor &result) {
  computeBinary(operands, result, std::minus<double>());
}

void reference::compute(MulOp op, Operands operands, ReferenceTensor &result) {
  computeBinary(operands, result, std::multiplies<double>());
}

void reference::compute(DivOp op, Operands operands, ReferenceTensor &result) {
  computeBinary(operands, result, std::divides<double>());
}
