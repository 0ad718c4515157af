//===- Activation.cpp - Float64 meaning of activations and softmax --------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An activation's own `evaluate` gives its value; a learned parameter is
// broadcast to the input's shape. ONNX `Softmax` from opset 13 on,
// https://onnx.ai/onnx/operators/onnx__Softmax.html: along one dimension, y =
// e^(x - max) / sum(e^(x - max)). A NaN, or a greatest value that is infinite,
// makes all results of its line NaN. `LogSoftmax`: y = x - max - log(sum).
//
//===----------------------------------------------------------------------===//

#include "Ops.h"
#include "Support.h"

#include <cmath>
#include <limits>

using namespace vox;
using namespace vox::reference;

void reference::compute(ActivationOp op, Operands operands,
                        ReferenceTensor &result) {
  ActivationAttr function = op.getFunction();
  const std::vector<double> &x = operands[0]->data;
  if (!op.getParameter()) {
    for (auto [from, to] : llvm::zip_equal(x, result.data))
      to = function.evaluate(from, /*parameter=*/0);
    return;
  }
  const ReferenceTensor &parameter = *operands[1];
  forEachElement(result.shape, broadcastStrides(parameter.shape, result.shape),
                 [&](int64_t i, int64_t from) {
                   result.data[i] =
                       function.evaluate(x[i], parameter.data[from]);
                 });
}

/// Calls `finish(from, greatest, sum)` for each element of `operands[0]` along
/// `axis`.
template <typename Finish>
static void computeAlong(int64_t axis, Operands operands,
                         ReferenceTensor &result, Finish finish) {
  const ReferenceTensor &x = *operands[0];
  llvm::ArrayRef<int64_t> shape(x.shape);
  int64_t extent = shape[axis];
  int64_t outer = product(shape.take_front(axis));
  int64_t inner = product(shape.drop_front(axis + 1));
  for (int64_t line = 0; line < outer * inner; ++line) {
    int64_t first = line / inner * extent * inner + line % inner;
    double greatest = -std::numeric_limits<double>::infinity();
    for (int64_t i = 0; i < extent; ++i)
      greatest = std::max(greatest, x.data[first + i * inner]);
    double sum = 0.0;
    for (int64_t i = 0; i < extent; ++i)
      sum += std::exp(x.data[first + i * inner] - greatest);
    for (int64_t i = 0; i < extent; ++i)
      result.data[first + i * inner] =
          finish(x.data[first + i * inner], greatest, sum);
  }
}

void reference::compute(SoftmaxOp op, Operands operands,
                        ReferenceTensor &result) {
  computeAlong(op.getAxis(), operands, result,
               [](double x, double greatest, double sum) {
                 return std::exp(x - greatest) / sum;
               });
}

void reference::compute(LogSoftmaxOp op, Operands operands,
                        ReferenceTensor &result) {
  computeAlong(op.getAxis(), operands, result,
               [](double x, double greatest, double sum) {
                 return x - greatest - std::log(sum);
               });
}
