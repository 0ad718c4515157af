//===- Indices.h - Operands that are positions in other operands ----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_INDICES_H
#define VOX_LIB_FRONTEND_ONNX_INDICES_H

#include "NodeContext.h"

namespace vox::frontend {

/// Operand `i`, a tensor of int32 or int64; null after an error.
mlir::Value readIndices(NodeContext &node, unsigned i);

/// The dimension along which GatherElements and ScatterElements index `data`,
/// and the shape of what lies at `indices`.
struct Along {
  int64_t axis;
  Shape shape;
};

/// Nothing after an error.
std::optional<Along> readAlong(NodeContext &node, mlir::Value data,
                               mlir::Value indices);

/// The one integer that operand `i`, a constant, holds; nothing after an error.
std::optional<int64_t> readInteger(NodeContext &node, unsigned i);

/// The constant first, first + 1, ..., `extent` integers that lie along
/// dimension `axis` of tensors of `rank` dimensions; null after an error.
mlir::Value createPositions(NodeContext &node, int64_t extent, int64_t axis,
                            int64_t rank, int64_t first = 0);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_INDICES_H
