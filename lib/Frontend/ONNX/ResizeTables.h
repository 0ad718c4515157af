//===- ResizeTables.h - Resizing as weighted sums -------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every mode of ONNX Resize works along one dimension after the other, and
// along each an element of the result is a weighted sum of neighbours. Which
// ones and with which weights is known at import.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_RESIZE_TABLES_H
#define VOX_LIB_FRONTEND_ONNX_RESIZE_TABLES_H

#include "vox/Dialect/Vox/IR/Vox.h"

#include "llvm/Support/Error.h"

#include <vector>

namespace vox::frontend {

/// Resize's attributes.
struct ResizeModes {
  enum class Kind { Nearest, Linear, Cubic };
  /// ONNX's coordinate_transformation_mode: one of `coordinates`, or another.
  enum class Transform { Common, HalfPixelSymmetric, TfHalfPixel, TfCrop };

  Kind kind;
  Transform transform;
  Coordinates coordinates;
  NearestRounding rounding;
  double cubicCoefficient;
  bool antialias, excludeOutside;
};

/// One dimension before and after.
struct ResizedDim {
  int64_t input, result;
  double scale;
  /// The part that a crop takes, in units of the extent less one.
  double roiStart = 0, roiEnd = 1;
};

/// Row i says that element `before + i` of the result is the sum over t of
/// `weights[i * taps + t] input[starts[i] + t]`, all inside the input. A crop
/// leaves `before` and `after` elements of the result outside.
struct ResizeTable {
  int64_t before = 0, after = 0, taps = 0;
  llvm::SmallVector<int64_t> starts;
  std::vector<float> weights;
};

/// An upper bound for the number of weights.
double countResizeWeights(const ResizeModes &modes, const ResizedDim &dim);

/// The table of one dimension, for a bounded number of weights. An error
/// where `excludeOutside` leaves no weight.
llvm::Expected<ResizeTable> makeResizeTable(const ResizeModes &modes,
                                            const ResizedDim &dim);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_RESIZE_TABLES_H
