//===- Dense.cpp - Float64 meaning of matrix products ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Dense: y[..., n] = bias[n] + sum over k of x[..., k] w[n, k]. ONNX `Gemm` and
// `MatMul` by a matrix, after the importer has brought them to this form.
//
// MatMul: y[..., m, n] = sum over k of a[..., m, k] b[..., k, n], ONNX
// `MatMul`.
//
//===----------------------------------------------------------------------===//

#include "Ops.h"
#include "Support.h"

using namespace vox;
using namespace vox::reference;

void reference::compute(DenseOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0], &w = *operands[1];
  int64_t outputs = w.shape[0], inputs = w.shape[1];
  int64_t rows = product(llvm::ArrayRef<int64_t>(x.shape).drop_back());
  parallelFor(outputs, [&](int64_t n) {
    const double *weights = w.data.data() + n * inputs;
    for (int64_t row = 0; row < rows; ++row) {
      const double *values = x.data.data() + row * inputs;
      double sum = op.getBias() ? operands[2]->data[n] : 0.0;
      for (int64_t k = 0; k < inputs; ++k)
        sum += values[k] * weights[k];
      result.data[row * outputs + n] = sum;
    }
  });
}

void reference::compute(MatMulOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &a = *operands[0], &b = *operands[1];
  llvm::ArrayRef<int64_t> aShape(a.shape), bShape(b.shape),
      batch = llvm::ArrayRef<int64_t>(result.shape).drop_back(2);
  int64_t inner = aShape.back(), columns = bShape.back();
  int64_t rows = aShape[aShape.size() - 2];
  // Which matrices each batch reads.
  auto startsOf = [&](llvm::ArrayRef<int64_t> shape, int64_t size) {
    std::vector<int64_t> starts;
    forEachElement(
        batch, broadcastStrides(shape.drop_back(2), batch),
        [&](int64_t, int64_t from) { starts.push_back(from * size); });
    return starts;
  };
  std::vector<int64_t> aStarts = startsOf(aShape, rows * inner),
                       bStarts = startsOf(bShape, inner * columns);
  parallelFor(product(batch) * rows, [&](int64_t i) {
    const double *left = a.data.data() + aStarts[i / rows] + i % rows * inner;
    const double *right = b.data.data() + bStarts[i / rows];
    double *sums = result.data.data() + i * columns;
    for (int64_t k = 0; k < inner; ++k)
      for (int64_t n = 0; n < columns; ++n)
        sums[n] += left[k] * right[k * columns + n];
  });
}
