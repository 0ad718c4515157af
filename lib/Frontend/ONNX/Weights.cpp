//===- Weights.cpp - Orders of weights in ONNX and in vox -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Weights.h"

#include "llvm/ADT/STLExtras.h"

std::vector<float>
vox::frontend::exchangeChannels(llvm::ArrayRef<float> values, int64_t groups,
                                int64_t first, int64_t second, int64_t kernel) {
  std::vector<float> result(values.size());
  for (int64_t group = 0; group < groups; ++group)
    for (int64_t i = 0; i < first; ++i)
      for (int64_t j = 0; j < second; ++j) {
        int64_t from = ((group * first + i) * second + j) * kernel;
        int64_t to = ((group * second + j) * first + i) * kernel;
        llvm::copy(values.slice(from, kernel), result.begin() + to);
      }
  return result;
}
