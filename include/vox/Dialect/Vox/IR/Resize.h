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

/// One tap per position of the result along dimension `dim`.
llvm::SmallVector<ResizeTap> getResizeTaps(ResizeOp op, unsigned dim);

} // namespace vox

#endif // VOX_DIALECT_VOX_IR_RESIZE_H
