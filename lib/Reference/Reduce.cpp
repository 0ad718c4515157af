//===- Reduce.cpp - Float64 meaning of reductions to one element ----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX `ArgMax`, https://onnx.ai/onnx/operators/onnx__ArgMax.html. A NaN is
// greater than any number, which ONNX leaves open and numpy does.
//
//===----------------------------------------------------------------------===//

#include "Ops.h"
#include "Support.h"

#include <cmath>

using namespace vox;
using namespace vox::reference;

void reference::compute(ArgMaxOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  llvm::ArrayRef<int64_t> shape(x.shape);
  int64_t axis = op.getAxis(), extent = shape[axis];
  int64_t inner = product(shape.drop_front(axis + 1));
  bool last = op.getSelectLast();
  auto beats = [last](double value, double best) {
    if (std::isnan(value) || std::isnan(best))
      return std::isnan(value) && (last || !std::isnan(best));
    return value > best || (last && value == best);
  };
  for (int64_t line = 0, e = result.data.size(); line < e; ++line) {
    int64_t first = line / inner * extent * inner + line % inner;
    int64_t best = 0;
    for (int64_t i = 1; i < extent; ++i)
      if (beats(x.data[first + i * inner], x.data[first + best * inner]))
        best = i;
    result.data[line] = best;
  }
}
