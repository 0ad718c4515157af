//===- Activation.cpp - Activations in float32, and softmax ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The formulae stand in Activations.td, what they are made of in Lanes.h.
//
//===----------------------------------------------------------------------===//

#include "../Functions.h"
#include "../Kernel.h"
#include "../Lanes.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

Expr codegen::applyActivation(ActivationAttr function, Expr x, Expr parameter) {
  return llvm::TypeSwitch<mlir::Attribute, Expr>(function)
      .Case<
#define GET_ATTRDEF_LIST
#include "vox/Dialect/Vox/IR/Activations.inc"
          >([&](auto activation) {
        return activation.apply(Lanes(x), Lanes(parameter)).value;
      });
}

template <typename Op>
static Tensor buildAlong(Op op, const Tensor &input, Kernel &kernel) {
  Loops loops(op.getType());
  unsigned axis = op.getAxis();
  std::vector<Var> rest;
  for (unsigned dim = loops.rank(); dim-- > 0;)
    if (dim != axis)
      rest.push_back(loops.dim(dim));
  RDom along(0, toInt(input.extent(axis)), "along");
  Index from = loops.index;
  from.dims[axis] = along;

  Func greatest("greatest");
  greatest(rest) = -std::numeric_limits<float>::infinity();
  greatest(rest) = max(greatest(rest), input(from));
  Func power("power");
  // Strict, so that NaN is not assumed away.
  Expr shifted = strictSub(input(loops.index), greatest(rest));
  power(loops.vars) = exp(Lanes(shifted)).value;
  Func sum("sum");
  sum(rest) = 0.0f;
  constexpr int32_t parts = 16;
  int32_t extent = toInt(input.extent(axis));
  if (extent <= 4 * parts) {
    sum(rest) += Tensor{power, op.getType()}(from);
    kernel.tables = {greatest, power, sum};
  } else {
    // Partial sums of every 16th power, then their sum: short sums of positive
    // terms lose fewer digits than one long one (see Conv.cpp).
    Var part("part");
    std::vector<Var> partVars{part};
    partVars.insert(partVars.end(), rest.begin(), rest.end());
    RDom step(0, (extent + parts - 1) / parts, "step");
    Expr position = step * parts + part;
    step.where(position < extent);
    from.dims[axis] = min(position, extent - 1);
    Func partial("partial");
    partial(partVars) = 0.0f;
    partial(partVars) += Tensor{power, op.getType()}(from);
    RDom all(0, parts, "all");
    std::vector<Expr> at{all};
    at.insert(at.end(), rest.begin(), rest.end());
    sum(rest) += partial(at);
    kernel.tables = {greatest, power, partial, sum};
  }

  Func softmax("softmax");
  if constexpr (std::is_same_v<Op, LogSoftmaxOp>) {
    Func log("log");
    log(rest) = logarithm(sum(rest));
    kernel.tables.push_back(log);
    softmax(loops.vars) = shifted - log(rest);
  } else {
    softmax(loops.vars) = power(loops.vars) / sum(rest);
  }
  return {softmax, op.getType()};
}

Tensor codegen::buildSoftmax(SoftmaxOp op, llvm::ArrayRef<Tensor> operands,
                             Kernel &kernel) {
  return buildAlong(op, operands[0], kernel);
}

Tensor codegen::buildSoftmax(LogSoftmaxOp op, llvm::ArrayRef<Tensor> operands,
                             Kernel &kernel) {
  return buildAlong(op, operands[0], kernel);
}
