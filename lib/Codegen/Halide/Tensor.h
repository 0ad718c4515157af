//===- Tensor.h - A vox tensor as a Halide Func ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A Func's arguments are the tensor's physical dimensions, innermost first,
// as Halide has them. Algorithms index by the tensor's *logical* dimensions;
// the channel of a blocked tensor is a pair (block, lane), which keeps
// divisions out of the inner loops.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HALIDE_TENSOR_H
#define VOX_LIB_CODEGEN_HALIDE_TENSOR_H

#include "Halide.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/Vox.h"

#include <vector>

namespace vox::codegen {

inline int32_t toInt(int64_t value) { return static_cast<int32_t>(value); }

/// How elements of a tensor are typed; a bool is a byte, 0 or 1.
Halide::Type halideType(mlir::Type type);

/// A position in a tensor. `dims` are logical, outermost first; where `width`
/// is more than 1, `dims[1]` counts blocks of `width` channels and `lane` is
/// the channel within the block.
///
/// Where the loops run over the phases of a transposed convolution, spatial
/// dimension i is also known as `whole[i] stride + phase[i]`.
struct Index {
  std::vector<Halide::Expr> dims;
  Halide::Expr lane;
  int64_t width = 1;
  std::vector<Halide::Expr> whole = {}, phase = {};

  /// The channel as one number.
  Halide::Expr channel() const {
    return width == 1 ? dims[1] : dims[1] * static_cast<int32_t>(width) + lane;
  }
};

struct Tensor {
  Halide::Func func;
  mlir::RankedTensorType type;
  /// Not empty: of spatial dimension i the Func has two arguments, position /
  /// strides[i] where the dimension stands, and position % strides[i] behind
  /// all others, innermost first.
  std::vector<int64_t> strides = {};
  /// Not empty: some extents are open, and these are those of the run.
  std::vector<Halide::Expr> sizes = {};

  /// The greatest extent, and that of the run.
  int64_t extent(unsigned dim) const { return type.getDimSize(dim); }
  Halide::Expr size(unsigned dim) const {
    return isOpen(dim) ? sizes[dim] : Halide::Expr(toInt(extent(dim)));
  }
  bool isOpen(unsigned dim) const {
    return !sizes.empty() && !Halide::Internal::is_const(sizes[dim]);
  }

  /// The element at `index`, whose layout may differ from this tensor's, and
  /// which may have more dimensions (numpy's broadcasting).
  Halide::Expr operator()(const Index &index) const;
};

/// Fresh variables for the physical dimensions of a tensor, and the logical
/// index they make.
struct Loops {
  /// Physical, innermost first: [lane,] innermost spatial ... channel, batch,
  /// then the phases of Tensor::strides, innermost first.
  std::vector<Halide::Var> vars;
  Index index;
  int64_t block = 1;

  explicit Loops(mlir::RankedTensorType type,
                 llvm::ArrayRef<int64_t> strides = {});

  Halide::Var lane() const { return vars.front(); }
  bool blocked() const { return block > 1; }
  /// Variable of logical dimension `dim` (for the channel: of its block).
  Halide::Var dim(unsigned dim) const {
    return vars[(blocked() ? 1 : 0) + rank() - 1 - dim];
  }
  /// Variables of the phases, innermost first.
  llvm::ArrayRef<Halide::Var> phases() const {
    return llvm::ArrayRef(vars).drop_front((blocked() ? 1 : 0) + rank());
  }
  unsigned rank() const { return index.dims.size(); }
};

/// `a` and `b`; an undefined `a` is true.
inline Halide::Expr both(Halide::Expr a, Halide::Expr b) {
  return a.defined() ? a && b : b;
}

inline Halide::Expr zero(Halide::Type type) { return Halide::cast(type, 0); }

} // namespace vox::codegen

#endif // VOX_LIB_CODEGEN_HALIDE_TENSOR_H
