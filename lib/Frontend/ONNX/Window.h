//===- Window.h - Windows of convolutions and pools -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_WINDOW_H
#define VOX_LIB_FRONTEND_ONNX_WINDOW_H

#include "NodeContext.h"

namespace vox::frontend {

/// The attributes that Conv and the pools share, defaults filled in and
/// `auto_pad` resolved. All lists have the right size.
struct WindowAttributes {
  Shape kernel, strides, dilations, pads;
  bool ceilMode = false;

  Window view() const { return {kernel, strides, dilations, pads, ceilMode}; }
};

/// `input` is [N, C, spatial...]. Nothing after an error.
std::optional<WindowAttributes> readWindow(NodeContext &node, ShapeRef input,
                                           ShapeRef kernel);

/// Refuses a list attribute that does not have `size` entries from `least` (0
/// or 1) to 2^31 - 1.
mlir::LogicalResult checkList(NodeContext &node, llvm::StringRef name,
                              ShapeRef list, size_t size, int64_t least);

/// Refuses an input without 1 to 3 spatial dimensions.
mlir::LogicalResult checkSpatialRank(NodeContext &node, ShapeRef input);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_WINDOW_H
