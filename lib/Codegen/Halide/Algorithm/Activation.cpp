//===- Activation.cpp - Activations in float32, and softmax ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Halide's default float rules may drop NaN in comparisons; the ones that must
// not are marked strict, which costs nothing: they are single instructions.
//
//===----------------------------------------------------------------------===//

#include "../Kernel.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// `value`, or NaN where `x` is.
static Expr keepNaN(Expr x, Expr value) {
  return strict_float(select(x != x, x, value));
}

/// 1 / (1 + e^-x). With e = e^-|x| <= 1 neither side overflows.
static Expr sigmoid(Expr x) {
  Expr e = exp(-abs(x));
  Expr positive = 1.0f / (1.0f + e);
  return keepNaN(x, select(x < 0.0f, e * positive, positive));
}

/// (1 - t) / (1 + t) with t = e^-2|x|, and near 0, where that cancels, the
/// polynomial x + x^3 P(x^2) of the Cephes library (Moshier, tanhf).
static Expr hyperbolicTangent(Expr x) {
  Expr size = abs(x);
  Expr t = exp(-2.0f * size);
  Expr far = (1.0f - t) / (1.0f + t);
  Expr z = x * x;
  Expr p = -5.70498872745e-3f;
  p = p * z + 2.06390887954e-2f;
  p = p * z - 5.37397155531e-2f;
  p = p * z + 1.33314422036e-1f;
  p = p * z - 3.33332819422e-1f;
  Expr near = p * z * x + x;
  Expr value = select(size < 0.625f, near, select(x < 0.0f, -far, far));
  // The polynomial would lose the sign of zero.
  return keepNaN(x, select(x == 0.0f, x, value));
}

static float toFloat(const llvm::APFloat &value) {
  return static_cast<float>(value.convertToDouble());
}

Expr codegen::applyActivation(ActivationAttr function, Expr x, Expr parameter) {
  return llvm::TypeSwitch<mlir::Attribute, Expr>(function)
      .Case<IdentityAttr>([&](auto) { return x; })
      // max with the constant first keeps NaN in x: see docs/Rationale.md.
      .Case<ReluAttr>([&](auto) { return strict_float(max(0.0f, x)); })
      .Case<LeakyReluAttr>([&](LeakyReluAttr leaky) {
        return strict_float(select(x < 0.0f, x * toFloat(leaky.getAlpha()), x));
      })
      .Case<PReluAttr>([&](auto) {
        return strict_float(select(x < 0.0f, x * parameter, x));
      })
      .Case<ClipAttr>([&](ClipAttr clip) {
        // Where min exceeds max the result is max, as ONNX says.
        Expr value = x;
        if (!clip.getMin().isInfinity() || !clip.getMin().isNegative())
          value = strict_float(max(toFloat(clip.getMin()), value));
        if (!clip.getMax().isInfinity() || clip.getMax().isNegative())
          value = strict_float(min(toFloat(clip.getMax()), value));
        return value;
      })
      .Case<SigmoidAttr>([&](auto) { return sigmoid(x); })
      .Case<TanhAttr>([&](auto) { return hyperbolicTangent(x); });
}

Tensor codegen::buildSoftmax(SoftmaxOp op, llvm::ArrayRef<Tensor> operands,
                             Kernel &kernel) {
  const Tensor &input = operands[0];
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
  Expr shifted = input(loops.index) - greatest(rest);
  power(loops.vars) = keepNaN(shifted, exp(shifted));
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
  softmax(loops.vars) = power(loops.vars) / sum(rest);
  return {softmax, op.getType()};
}
