//===- Resize.h - Where a resize reads ------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The coordinate arithmetic of ONNX Resize, in one place for verifying,
// reference and kernels: https://onnx.ai/onnx/operators/onnx__Resize.html.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_DIALECT_VOX_IR_RESIZE_H
#define VOX_DIALECT_VOX_IR_RESIZE_H

#include "vox/Dialect/Vox/IR/Vox.h"

namespace vox {

/// What one position of the result reads along one dimension:
/// `(1 - fraction) input[lower] + fraction input[upper]`, both inside the
/// input. A nearest resize has `lower == upper` and fraction 0.
struct ResizeTap {
  int64_t lower, upper;
  double fraction;
};

/// What ONNX's text calls the length of the result: `scale` times the extent
/// `input`. That it may have a fraction, which the extent `result` has lost, is
/// how ONNX's reference and test data are.
double getScaledExtent(double scale, int64_t input, int64_t result);

/// ONNX's coordinate_transformation_mode: the position in the input that
/// `position` of the result stands for.
double getInputPosition(Coordinates coordinates, int64_t position, double scale,
                        int64_t input, int64_t result);

/// ONNX's nearest_mode.
int64_t roundToNearest(NearestRounding rounding, double x);

/// One tap per position of the result along dimension `dim`.
llvm::SmallVector<ResizeTap> getResizeTaps(ResizeOp op, unsigned dim);

} // namespace vox

#endif // VOX_DIALECT_VOX_IR_RESIZE_H
