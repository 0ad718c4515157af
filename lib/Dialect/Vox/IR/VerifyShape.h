//===- VerifyShape.h - Comparing a result type with its rule --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_DIALECT_VOX_IR_VERIFYSHAPE_H
#define VOX_LIB_DIALECT_VOX_IR_VERIFYSHAPE_H

#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/Shapes.h"
#include "vox/Dialect/Vox/IR/Vox.h"

namespace vox {

/// Reports a broken shape rule, or a result that differs from what it gives.
inline mlir::LogicalResult verifyResultShape(mlir::Operation *op,
                                             llvm::Expected<Shape> expected) {
  if (!expected)
    return op->emitOpError(llvm::toString(expected.takeError()));
  ShapeRef got =
      mlir::cast<mlir::RankedTensorType>(op->getResult(0).getType()).getShape();
  if (got != ShapeRef(*expected))
    return op->emitOpError() << "result has shape " << formatShape(got)
                             << "; expected " << formatShape(*expected);
  return mlir::success();
}

/// Reports an op that moves elements and does not leave their type alone.
inline mlir::LogicalResult verifyElementType(mlir::Operation *op) {
  mlir::Type expected = typeOf(op->getResult(0)).getElementType();
  for (mlir::Value operand : op->getOperands()) {
    mlir::Type got = typeOf(operand).getElementType();
    if (got != expected)
      return op->emitOpError() << "moves elements of type " << got << " into "
                               << expected << "; expected one type";
  }
  return mlir::success();
}

/// Reports a vector operand that does not have one element per channel.
inline mlir::LogicalResult verifyPerChannel(mlir::Operation *op,
                                            llvm::StringRef name,
                                            mlir::Value value,
                                            int64_t channels) {
  ShapeRef got = mlir::cast<mlir::RankedTensorType>(value.getType()).getShape();
  if (got != ShapeRef{channels})
    return op->emitOpError()
           << name << " has shape " << formatShape(got) << "; expected "
           << channels << ", one element per channel";
  return mlir::success();
}

} // namespace vox

#endif // VOX_LIB_DIALECT_VOX_IR_VERIFYSHAPE_H
