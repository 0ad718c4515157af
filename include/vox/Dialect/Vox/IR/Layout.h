//===- Layout.h - From logical shapes to memory ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_DIALECT_VOX_IR_LAYOUT_H
#define VOX_DIALECT_VOX_IR_LAYOUT_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/SmallVector.h"

namespace vox {

/// The type of a value of the dialect, which is always a tensor.
inline mlir::RankedTensorType typeOf(mlir::Value value) {
  return llvm::cast<mlir::RankedTensorType>(value.getType());
}

/// Channels per block of a `#vox.layout` tensor; 1 for a planar one.
int64_t getBlock(mlir::RankedTensorType type);

/// The same tensor with blocks of `block` channels; planar if `block` is 1.
mlir::RankedTensorType withBlock(mlir::RankedTensorType type, int64_t block);

/// The same tensor without any encoding.
mlir::RankedTensorType planar(mlir::RankedTensorType type);

/// Extents as they lie in memory, outermost first. Planar [a, b, c] is itself;
/// #vox.layout [N, C, s...] is [N, ceil(C/block), s..., block];
/// #vox.weight_layout [Co, Ci, k...] is
/// [ceil(Co/output_block), ceil(Ci/input_block), k..., input_block,
/// output_block].
llvm::SmallVector<int64_t> physicalShape(mlir::RankedTensorType type);

/// Bytes in memory, padding lanes included.
int64_t sizeInBytes(mlir::RankedTensorType type);

} // namespace vox

#endif // VOX_DIALECT_VOX_IR_LAYOUT_H
