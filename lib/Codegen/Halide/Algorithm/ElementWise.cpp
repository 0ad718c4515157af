//===- ElementWise.cpp - One element at a time ----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// These mostly end up inside another kernel's loops, as its epilogue.
//
//===----------------------------------------------------------------------===//

#include "../Kernel.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// Per channel: scale (x - mean) / sqrt(variance + epsilon) + bias.
static Expr batchNorm(BatchNormOp op, const Index &at,
                      llvm::ArrayRef<Tensor> operands) {
  Expr c = at.channel();
  int64_t channels = op.getType().getDimSize(1);
  if (at.width > 1 && channels % at.width != 0)
    c = min(c, toInt(channels - 1));
  auto perChannel = [&](unsigned operand) {
    return operands[operand](Index{{c}, Expr(), 1});
  };
  float epsilon = static_cast<float>(op.getEpsilon().convertToDouble());
  Expr factor = perChannel(1) / sqrt(perChannel(4) + epsilon);
  return factor * (operands[0](at) - perChannel(3)) + perChannel(2);
}

Tensor codegen::buildElementWise(mlir::Operation *op,
                                 llvm::ArrayRef<Tensor> operands) {
  auto type = mlir::cast<mlir::RankedTensorType>(op->getResult(0).getType());
  Loops loops(type);
  const Index &at = loops.index;
  Expr value =
      llvm::TypeSwitch<mlir::Operation *, Expr>(op)
          .Case<ActivationOp>([&](ActivationOp activation) {
            return applyActivation(activation.getFunction(), operands[0](at));
          })
          .Case<AddOp>([&](auto) { return operands[0](at) + operands[1](at); })
          .Case<SubOp>([&](auto) { return operands[0](at) - operands[1](at); })
          .Case<MulOp>([&](auto) { return operands[0](at) * operands[1](at); })
          .Case<DivOp>([&](auto) { return operands[0](at) / operands[1](at); })
          .Case<BatchNormOp>(
              [&](BatchNormOp norm) { return batchNorm(norm, at, operands); });
  Func result(op->getName().stripDialect().str());
  result(loops.vars) = value;
  return {result, type};
}
