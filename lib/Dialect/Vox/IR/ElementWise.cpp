//===- ElementWise.cpp - Arithmetic with broadcasting ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Folds only what is exact for every input: x * 1, x / 1, x - 0, and x + -0.
// (x + 0 turns -0 into 0; that is the value ONNX defines, so it stays.)
//
//===----------------------------------------------------------------------===//

#include "VerifyShape.h"
#include "vox/Dialect/Vox/IR/Constants.h"

using namespace mlir;
using namespace vox;

template <typename Op> static LogicalResult verifyBinary(Op op) {
  return verifyResultShape(
      op, inferBroadcastShape(op.getLhs().getType().getShape(),
                              op.getRhs().getType().getShape()));
}

LogicalResult AddOp::verify() { return verifyBinary(*this); }
LogicalResult SubOp::verify() { return verifyBinary(*this); }
LogicalResult MulOp::verify() { return verifyBinary(*this); }
LogicalResult DivOp::verify() { return verifyBinary(*this); }

/// `lhs` where `rhs` is the neutral element and nothing is broadcast.
static OpFoldResult foldNeutral(Value lhs, Value rhs, Type result,
                                float neutral) {
  if (lhs.getType() != result)
    return {};
  std::optional<float> splat = getSplatValue(rhs);
  if (splat && *splat == neutral &&
      std::signbit(*splat) == std::signbit(neutral))
    return lhs;
  return {};
}

OpFoldResult AddOp::fold(FoldAdaptor) {
  return foldNeutral(getLhs(), getRhs(), getType(), -0.0f);
}
OpFoldResult SubOp::fold(FoldAdaptor) {
  return foldNeutral(getLhs(), getRhs(), getType(), 0.0f);
}
OpFoldResult MulOp::fold(FoldAdaptor) {
  return foldNeutral(getLhs(), getRhs(), getType(), 1.0f);
}
OpFoldResult DivOp::fold(FoldAdaptor) {
  return foldNeutral(getLhs(), getRhs(), getType(), 1.0f);
}

OpFoldResult CastOp::fold(FoldAdaptor) {
  if (getInput().getType() == getType() && !isAnchor(*this))
    return getInput();
  return {};
}
