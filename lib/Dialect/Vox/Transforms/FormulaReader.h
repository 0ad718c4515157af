//===- FormulaReader.h - What ops compute, as a formula -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_DIALECT_VOX_TRANSFORMS_FORMULAREADER_H
#define VOX_LIB_DIALECT_VOX_TRANSFORMS_FORMULAREADER_H

#include "Expression.h"
#include "vox/Dialect/Vox/IR/Vox.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"

namespace vox::formula {

/// More ops than the longest spelling of an activation has.
inline constexpr unsigned kMaxOps = 20;

/// Whether a formula can have `op`.
bool isReadable(mlir::Operation *op);

/// Reads a value as a formula of another one, the input.
class FormulaReader {
public:
  explicit FormulaReader(mlir::TypedValue<mlir::RankedTensorType> input)
      : input(input) {}

  /// Not exact where the value depends on anything but the input and
  /// constants, or where there is no normal form.
  Expression read(mlir::Value value);

  /// The ops between the input and what was read.
  llvm::SetVector<mlir::Operation *> ops;
  /// The constants that are no single number, by their number in formulas.
  llvm::SetVector<mlir::Value> tensors;

private:
  Expression readConstant(mlir::Value value);
  Expression readOp(mlir::Operation *op);
  Expression readUnary(UnaryOp op);
  Expression readActivation(ActivationOp op);
  Expression readPower(PowOp op);
  Expression readReduction(ReduceOp op);
  Expression readChoice(mlir::Value condition, const Expression &a,
                        const Expression &b);

  mlir::TypedValue<mlir::RankedTensorType> input;
  llvm::DenseMap<mlir::Value, Expression> known;
};

} // namespace vox::formula

#endif // VOX_LIB_DIALECT_VOX_TRANSFORMS_FORMULAREADER_H
