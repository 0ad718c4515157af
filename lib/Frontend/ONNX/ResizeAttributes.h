//===- ResizeAttributes.h - What a Resize node asks for -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_RESIZE_ATTRIBUTES_H
#define VOX_LIB_FRONTEND_ONNX_RESIZE_ATTRIBUTES_H

#include "NodeContext.h"
#include "ResizeTables.h"

namespace vox::frontend {

/// What a resize does to each dimension.
struct ResizeExtents {
  Shape shape;
  llvm::SmallVector<double> scales, roiStarts, roiEnds;

  ResizedDim dim(ShapeRef input, size_t i) const {
    return {input[i], shape[i], scales[i], roiStarts[i], roiEnds[i]};
  }
};

/// Nothing after an error.
std::optional<ResizeModes> readResizeModes(NodeContext &node);

/// Reads the scales, the sizes or the roi, and completes `modes` where they
/// depend on those. Nothing after an error.
std::optional<ResizeExtents>
readResizeExtents(NodeContext &node, ShapeRef input, ResizeModes &modes);

/// "2.5", "1e+30".
std::string formatNumber(double value);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_RESIZE_ATTRIBUTES_H
