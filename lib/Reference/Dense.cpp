//===- Dense.cpp - Float64 meaning of fully connected layers --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// y[..., n] = bias[n] + sum over k of x[..., k] w[n, k]. ONNX `Gemm` and
// `MatMul` by a matrix, after the importer has brought them to this form.
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
