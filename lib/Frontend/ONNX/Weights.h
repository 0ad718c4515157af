//===- Weights.h - Constants in another order -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_WEIGHTS_H
#define VOX_LIB_FRONTEND_ONNX_WEIGHTS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <vector>

namespace vox::frontend {

/// Distance in memory between neighbours along each dimension, row-major.
llvm::SmallVector<int64_t> rowMajorStrides(llvm::ArrayRef<int64_t> shape);

/// The elements of a tensor of `shape`, row-major, of which each is in `values`
/// at `first` plus the sum of its position times `strides`.
std::vector<float> readStrided(llvm::ArrayRef<float> values, int64_t first,
                               llvm::ArrayRef<int64_t> shape,
                               llvm::ArrayRef<int64_t> strides);

/// The elements of a tensor of `shape`, row-major, with the dimensions in
/// another order: dimension i of the result is dimension `permutation[i]`.
std::vector<float> permute(llvm::ArrayRef<float> values,
                           llvm::ArrayRef<int64_t> shape,
                           llvm::ArrayRef<int64_t> permutation);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_WEIGHTS_H
