//===- Sizes.h - Extents that are known when a kernel runs ----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A kernel with open extents takes its sizes as numbers behind its inputs.
// Types, and all of mlir, tell the greatest extents. Algorithms compute with
// the extents of the run, which are Exprs here; schedules choose vectors and
// tiles by the least ones, for the last one of a row overlaps its neighbour.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HALIDE_SIZES_H
#define VOX_LIB_CODEGEN_HALIDE_SIZES_H

#include "Halide.h"
#include "vox/Dialect/Vox/IR/OpenExtents.h"

#include <vector>

namespace vox::codegen {

class Sizes {
public:
  /// All extents fixed.
  Sizes() = default;
  explicit Sizes(OpenExtents extents);

  /// The extents of `value` in a run, outermost first; empty if all are fixed.
  std::vector<Halide::Expr> of(mlir::Value value) const;

  bool isOpen(mlir::Value value, unsigned dim) const {
    return !mlir::isa<mlir::AffineConstantExpr>(extents.get(value)[dim]);
  }

  /// The type of `value` at the least sizes.
  mlir::RankedTensorType leastType(mlir::Value value) const {
    return extents.getLeastType(value);
  }

  /// Parameters of the kernel, in the order of #vox.open.
  const std::vector<Halide::Param<int32_t>> &params() const { return sizes; }

private:
  Halide::Expr translate(mlir::AffineExpr extent) const;

  OpenExtents extents;
  std::vector<Halide::Param<int32_t>> sizes;
};

} // namespace vox::codegen

#endif // VOX_LIB_CODEGEN_HALIDE_SIZES_H
