//===- Weights.cpp - Orders of weights in ONNX and in vox -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Weights.h"

#include "llvm/ADT/STLExtras.h"

std::vector<float> vox::frontend::permute(llvm::ArrayRef<float> values,
                                          llvm::ArrayRef<int64_t> shape,
                                          llvm::ArrayRef<int64_t> permutation) {
  std::vector<float> result;
  result.reserve(values.size());
  if (values.empty())
    return result;
  size_t rank = shape.size();
  std::vector<int64_t> strides(rank, 1), position(rank, 0);
  for (size_t dim = rank; dim-- > 1;)
    strides[dim - 1] = strides[dim] * shape[dim];
  // The result's elements in order; `from` goes along.
  int64_t from = 0;
  while (result.size() < values.size()) {
    result.push_back(values[from]);
    for (size_t i = rank; i-- > 0;) {
      int64_t dim = permutation[i];
      from += strides[dim];
      if (++position[i] < shape[dim])
        break;
      from -= strides[dim] * shape[dim];
      position[i] = 0;
    }
  }
  return result;
}
