//===- Weights.h - Orders of weights in ONNX and in vox -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_WEIGHTS_H
#define VOX_LIB_FRONTEND_ONNX_WEIGHTS_H

#include "llvm/ADT/ArrayRef.h"

#include <vector>

namespace vox::frontend {

/// Values of shape `[groups first, second, kernel...]` as ones of shape
/// `[groups second, first, kernel...]`: the two dimensions are exchanged inside
/// each group. Importer and exporter turn the weights of transposed
/// convolutions and, with one group and a kernel of one element, matrices
/// around by it. `kernel` is its number of elements.
std::vector<float> exchangeChannels(llvm::ArrayRef<float> values,
                                    int64_t groups, int64_t first,
                                    int64_t second, int64_t kernel);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_WEIGHTS_H
