//===- OpenExtents.h - Extents as expressions of open sizes ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Types tell a value's greatest extents. Where the network's inputs have open
// extents (#vox.open), this analysis follows them through the ops, as
// expressions of the sizes: the symbols s0, s1, ... of MLIR's affine
// expressions, of which any may be multiplied. They only grow with the sizes,
// so that the least sizes give the least extents, and the greatest the types.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_DIALECT_VOX_IR_OPENEXTENTS_H
#define VOX_DIALECT_VOX_IR_OPENEXTENTS_H

#include "vox/Dialect/Vox/IR/Vox.h"

#include "mlir/IR/AffineExpr.h"

namespace vox {

/// `vox.open` on the network's function.
inline constexpr llvm::StringLiteral kOpen = "vox.open";

/// The value of `expression` at `sizes`; -1 where 64 bits don't hold it.
int64_t evaluate(mlir::AffineExpr expression, llvm::ArrayRef<int64_t> sizes);

/// "s0 floordiv 2" for messages.
std::string formatExtent(mlir::AffineExpr extent);

/// Whether `open` has a map for each argument, of as many extents.
mlir::LogicalResult verifyOpen(mlir::Operation *op, mlir::TypeRange arguments,
                               OpenSizesAttr open);

using Extents = llvm::SmallVector<mlir::AffineExpr, 5>;

class OpenExtents {
public:
  /// Two extents that a network needs to be equal, at an op like an addition.
  struct Equality {
    mlir::AffineExpr lhs, rhs;
    mlir::Operation *op;
  };

  /// Of all values of a network, those in groups included. Without kOpen all
  /// are fixed. A failure has been reported at the op through which extents
  /// can't be followed.
  static mlir::FailureOr<OpenExtents>
  ofNetwork(mlir::FunctionOpInterface network);

  /// Of all values in a group's or kernel's body; `open` may be null. What the
  /// network needs to be equal is taken to be.
  static mlir::FailureOr<OpenExtents> ofBody(mlir::Block &body,
                                             OpenSizesAttr open);

  /// Null where all extents are fixed.
  OpenSizesAttr getSizes() const { return open; }

  /// One expression per dimension of the value.
  Extents get(mlir::Value value) const;

  bool isOpen(mlir::Value value) const { return extents.contains(value); }

  /// The value's type at the least sizes.
  mlir::RankedTensorType getLeastType(mlir::Value value) const;

  /// In the order of the ops.
  llvm::ArrayRef<Equality> getEqualities() const { return equalities; }

private:
  mlir::LogicalResult follow(mlir::Block &block,
                             llvm::ArrayRef<Extents> arguments);
  mlir::LogicalResult follow(mlir::Operation &op);
  mlir::LogicalResult enter(mlir::Operation &op, mlir::Block &body);
  mlir::LogicalResult set(mlir::Value value, Extents result);
  Extents getConstant(mlir::Value value) const;

  OpenSizesAttr open;
  bool isNetwork = false;
  /// Of the values that have open extents.
  llvm::DenseMap<mlir::Value, Extents> extents;
  llvm::SmallVector<Equality> equalities;
};

} // namespace vox

#endif // VOX_DIALECT_VOX_IR_OPENEXTENTS_H
