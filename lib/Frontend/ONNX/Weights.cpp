//===- Weights.cpp - Constants in another order ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Weights.h"

std::vector<float> vox::frontend::readStrided(llvm::ArrayRef<float> values,
                                              int64_t first,
                                              llvm::ArrayRef<int64_t> shape,
                                              llvm::ArrayRef<int64_t> strides) {
  int64_t count = 1;
  for (int64_t extent : shape)
    count *= extent;
  std::vector<float> result;
  result.reserve(count);
  std::vector<int64_t> position(shape.size(), 0);
  int64_t from = first;
  for (; count > 0; --count) {
    result.push_back(values[from]);
    for (size_t dim = shape.size(); dim-- > 0;) {
      from += strides[dim];
      if (++position[dim] < shape[dim])
        break;
      from -= strides[dim] * shape[dim];
      position[dim] = 0;
    }
  }
  return result;
}

llvm::SmallVector<int64_t>
vox::frontend::rowMajorStrides(llvm::ArrayRef<int64_t> shape) {
  llvm::SmallVector<int64_t> strides(shape.size(), 1);
  for (size_t dim = shape.size(); dim-- > 1;)
    strides[dim - 1] = strides[dim] * shape[dim];
  return strides;
}

std::vector<float> vox::frontend::permute(llvm::ArrayRef<float> values,
                                          llvm::ArrayRef<int64_t> shape,
                                          llvm::ArrayRef<int64_t> permutation) {
  llvm::SmallVector<int64_t> strides = rowMajorStrides(shape), permuted, steps;
  for (int64_t dim : permutation) {
    permuted.push_back(shape[dim]);
    steps.push_back(strides[dim]);
  }
  return readStrided(values, 0, permuted, steps);
}
