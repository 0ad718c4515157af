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

/// Partial maxima and sums along the innermost dimension fill vectors; short
/// sums of positive terms also lose fewer digits than one long one (see
/// Conv.cpp).
static constexpr int32_t kParts = 16;

/// Reduces `size` elements to one, starting from `start`. A long dimension
/// goes in two stages: every 16th element, then all of those. `rest` are the
/// dimensions that stay. All stages go to the kernel's tables.
static Func reduceAlong(const char *name, const std::vector<Var> &rest,
                        Expr size, bool inParts, Expr start,
                        llvm::function_ref<Expr(Expr)> element,
                        llvm::function_ref<Expr(Expr, Expr)> combine,
                        Kernel &kernel) {
  Func result(name);
  result(rest) = start;
  if (!inParts) {
    RDom along(0, size, "along");
    result(rest) = combine(result(rest), element(along));
    kernel.tables.push_back(result);
    return result;
  }
  Func partial(std::string("partial_") + name);
  auto at = [&](Expr part) {
    std::vector<Expr> args{part};
    args.insert(args.end(), rest.begin(), rest.end());
    return args;
  };
  Var part("part");
  std::vector<Var> partVars{part};
  partVars.insert(partVars.end(), rest.begin(), rest.end());
  partial(partVars) = start;
  RDom step(0, Internal::simplify(size / kParts), "step");
  partial(partVars) = combine(partial(partVars), element(step * kParts + part));
  Expr left = Internal::simplify(size % kParts);
  if (!Internal::is_const_zero(left)) {
    RDom last(0, left, "last");
    Expr begin = Internal::simplify(size - left);
    partial(at(last)) = combine(partial(at(last)), element(begin + last));
  }
  RDom all(0, kParts, "all");
  result(rest) = combine(result(rest), partial(at(all)));
  kernel.tables.push_back(partial);
  kernel.tables.push_back(result);
  return result;
}

template <typename Op>
static Tensor buildAlong(Op op, const Tensor &input, Kernel &kernel) {
  Loops loops(op.getType());
  unsigned axis = op.getAxis();
  std::vector<Var> rest;
  for (unsigned dim = loops.rank(); dim-- > 0;)
    if (dim != axis)
      rest.push_back(loops.dim(dim));
  auto at = [&](Expr position) {
    Index from = loops.index;
    from.dims[axis] = position;
    return from;
  };
  // What goes in parts is decided by the greatest extent.
  int64_t extent = input.extent(axis);
  Expr size = input.size(axis);
  bool ofRows = axis + 1 == loops.rank(), isLong = extent > 4 * kParts;
  bool isWide = ofRows && extent >= 2 * kParts;

  Func greatest = reduceAlong(
      "greatest", rest, size, isWide, -std::numeric_limits<float>::infinity(),
      [&](Expr position) { return input(at(position)); },
      [](Expr a, Expr b) { return max(a, b); }, kernel);
  Func power("power");
  // Strict, so that NaN is not assumed away.
  Expr shifted = strictSub(input(loops.index), greatest(rest));
  power(loops.vars) = exp(Lanes(shifted)).value;
  kernel.tables.push_back(power);
  Tensor powers{power, op.getType()};
  Func sum = reduceAlong(
      "sum", rest, size, isLong || isWide, 0.0f,
      [&](Expr position) { return powers(at(position)); },
      [](Expr a, Expr b) { return a + b; }, kernel);

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
