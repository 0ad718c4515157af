//===- Norm.cpp - Float64 meaning of normalisations -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX `BatchNormalization` with training_mode = 0,
// https://onnx.ai/onnx/operators/onnx__BatchNormalization.html:
//
//   y[n, c, ...] = scale[c] (x[n, c, ...] - mean[c])
//                  / sqrt(variance[c] + epsilon) + bias[c]
//
//===----------------------------------------------------------------------===//

#include "Ops.h"
#include "Support.h"

#include <cmath>

using namespace vox;
using namespace vox::reference;

void reference::compute(BatchNormOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  const double *scale = operands[1]->data.data();
  const double *bias = operands[2]->data.data();
  const double *mean = operands[3]->data.data();
  const double *variance = operands[4]->data.data();
  double epsilon = op.getEpsilon().convertToDouble();

  int64_t channels = x.shape[1];
  int64_t volume = product(llvm::ArrayRef<int64_t>(x.shape).drop_front(2));
  for (int64_t i = 0; i < x.shape[0] * channels; ++i) {
    int64_t c = i % channels;
    double deviation = std::sqrt(variance[c] + epsilon);
    for (int64_t p = i * volume; p < (i + 1) * volume; ++p)
      result.data[p] = scale[c] * (x.data[p] - mean[c]) / deviation + bias[c];
  }
}
