//===- Shapes.h - Result shapes of the ops, one rule for all users --------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The importer builds result types by these functions and the verifiers check
// with them, so the two can't differ. A failure returns the reason as text,
// without a trailing period, to be put behind a location.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_DIALECT_VOX_IR_SHAPES_H
#define VOX_DIALECT_VOX_IR_SHAPES_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"

namespace vox {

using Shape = llvm::SmallVector<int64_t>;
using ShapeRef = llvm::ArrayRef<int64_t>;

/// Windows of a convolution or pool. `pads` lists before, then after, each
/// spatial dimension.
struct Window {
  ShapeRef kernel, strides, dilations, pads;
  bool ceilMode = false;
};

/// Extents after sliding `window` over `extents` (spatial dimensions only).
llvm::Expected<Shape> inferWindowShape(ShapeRef extents, const Window &window);

/// `input` [N, Ci, spatial...], `weights` [Co, Ci / groups, kernel...].
llvm::Expected<Shape> inferConvShape(ShapeRef input, ShapeRef weights,
                                     ShapeRef strides, ShapeRef dilations,
                                     ShapeRef pads, int64_t groups);

/// `input` [N, Ci, spatial...], `weights` [Co, Ci / groups, kernel...]; see
/// vox.conv_transpose.
llvm::Expected<Shape> inferConvTransposeShape(ShapeRef input, ShapeRef weights,
                                              ShapeRef strides,
                                              ShapeRef dilations, ShapeRef pads,
                                              ShapeRef outputPads,
                                              int64_t groups);

/// `input` [..., K], `weights` [N, K].
llvm::Expected<Shape> inferDenseShape(ShapeRef input, ShapeRef weights);

/// `lhs` [..., M, K], `rhs` [..., K, N].
llvm::Expected<Shape> inferMatMulShape(ShapeRef lhs, ShapeRef rhs);

/// `data` with dimension `axis` replaced by those of `indices`.
Shape inferGatherShape(ShapeRef data, ShapeRef indices, int64_t axis);

/// The shape of `indices` into elements of `data` along `axis`, elsewhere at
/// their own positions. Also that of updates.
llvm::Expected<Shape> inferGatherElementsShape(ShapeRef data, ShapeRef indices,
                                               int64_t axis);

/// `indices` [..., positions] into the dimensions of `data` from `batchDims`
/// on. Also the shape of updates, for which `batchDims` is 0.
llvm::Expected<Shape> inferGatherNDShape(ShapeRef data, ShapeRef indices,
                                         int64_t batchDims);

/// numpy's broadcasting.
llvm::Expected<Shape> inferBroadcastShape(ShapeRef lhs, ShapeRef rhs);

llvm::Expected<Shape> inferConcatShape(llvm::ArrayRef<ShapeRef> inputs,
                                       int64_t axis);

/// `pads` lists before, then after, each dimension; negative crops.
llvm::Expected<Shape> inferPadShape(ShapeRef input, ShapeRef pads);

llvm::Expected<Shape> inferTransposeShape(ShapeRef input, ShapeRef permutation);

/// The number of elements, or nothing where it exceeds 2^31 - 1, the limit of
/// 32-bit index arithmetic in kernels, or where an extent is negative.
std::optional<int64_t> numElements(ShapeRef shape);

/// "1x3x16" for messages; "scalar" for rank 0.
std::string formatShape(ShapeRef shape);

} // namespace vox

#endif // VOX_DIALECT_VOX_IR_SHAPES_H
