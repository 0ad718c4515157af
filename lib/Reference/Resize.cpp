//===- Resize.cpp - Float64 meaning of resizing ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX `Resize`, https://onnx.ai/onnx/operators/onnx__Resize.html: a linear
// resize interpolates along one dimension after the other. Which elements a
// position reads is the dialect's own arithmetic, vox/Dialect/Vox/IR/Resize.h.
//
//===----------------------------------------------------------------------===//

#include "Ops.h"
#include "Support.h"

#include "vox/Dialect/Vox/IR/Resize.h"

#include <algorithm>

using namespace vox;
using namespace vox::reference;

namespace {
/// What one element of the result reads.
struct Interpolation {
  llvm::ArrayRef<double> data;
  llvm::ArrayRef<int64_t> strides;
  llvm::ArrayRef<ResizeTap> taps; // one per dimension

  /// The value of what dimensions from `dim` on select behind `offset`. An
  /// element of weight 0 is not read, so an infinite one makes no NaN.
  double at(size_t dim, int64_t offset) const {
    if (dim == taps.size())
      return data[offset];
    const ResizeTap &tap = taps[dim];
    double lower = at(dim + 1, offset + tap.lower * strides[dim]);
    if (tap.fraction == 0)
      return lower;
    double upper = at(dim + 1, offset + tap.upper * strides[dim]);
    return (1 - tap.fraction) * lower + tap.fraction * upper;
  }
};
} // namespace

void reference::compute(ResizeOp op, Operands operands,
                        ReferenceTensor &result) {
  if (result.data.empty())
    return;
  const ReferenceTensor &x = *operands[0];
  llvm::ArrayRef<int64_t> shape(result.shape);
  llvm::SmallVector<int64_t> inputStrides = rowMajorStrides(x.shape);
  llvm::SmallVector<int64_t> strides = rowMajorStrides(shape);
  llvm::SmallVector<llvm::SmallVector<ResizeTap>> taps;
  for (size_t dim = 0; dim < shape.size(); ++dim)
    taps.push_back(getResizeTaps(op, dim));
  int64_t row = shape.empty() ? 1 : shape.back();
  parallelFor(result.data.size() / row, [&](int64_t r) {
    llvm::SmallVector<ResizeTap> selected(shape.size());
    for (int64_t i = r * row; i < (r + 1) * row; ++i) {
      for (size_t dim = 0; dim < shape.size(); ++dim)
        selected[dim] = taps[dim][i / strides[dim] % shape[dim]];
      result.data[i] = Interpolation{x.data, inputStrides, selected}.at(0, 0);
    }
  });
}

void reference::compute(ResampleOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0], &starts = *operands[1],
                        &weights = *operands[2];
  llvm::ArrayRef<int64_t> shape(result.shape);
  int64_t input = x.shape[op.getAxis()], taps = weights.shape[1];
  int64_t rows = shape[op.getAxis()];
  int64_t inner = product(shape.drop_front(op.getAxis() + 1));
  int64_t outer = product(shape.take_front(op.getAxis()));
  parallelFor(outer * rows, [&](int64_t r) {
    int64_t start = starts.data[r % rows];
    const double *from = x.data.data() + r / rows * input * inner;
    double *to = result.data.data() + r * inner;
    for (int64_t t = 0; t < taps; ++t) {
      int64_t position = std::clamp<int64_t>(start + t, 0, input - 1);
      double weight = weights.data[r % rows * taps + t];
      for (int64_t i = 0; i < inner; ++i)
        to[i] += weight * from[position * inner + i];
    }
  });
}
