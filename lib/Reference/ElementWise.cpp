//===- ElementWise.cpp - Float64 meaning of arithmetic --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX `Add`, `Sub`, `Mul`, `Div`, `Mod`, `Max`, `Min`, `Pow`, `Equal` and its
// like, and `Where` with multidirectional broadcasting,
// https://onnx.ai/onnx/repo-docs/Broadcasting.html: shapes are aligned at
// their last dimension and an extent of 1 is repeated. `Pow` is that of C.
// Integers wrap around, and what is divided by an integer 0 is 0, both of which
// ONNX leaves open.
//
// ONNX `Cast`, https://onnx.ai/onnx/operators/onnx__Cast.html, with what ONNX
// leaves open decided as vox.cast says. An integer becomes a float exactly; the
// float32 of a kernel rounds it.
//
//===----------------------------------------------------------------------===//

#include "Ops.h"
#include "Support.h"

#include "vox/Dialect/Vox/IR/ElementFunctions.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace vox;
using namespace vox::reference;

template <typename Function>
static void computeBinary(Operands operands, ReferenceTensor &result,
                          Function function) {
  // One operand at a time: the result first holds the left one's elements.
  const ReferenceTensor &lhs = *operands[0], &rhs = *operands[1];
  forEachElement(
      result.shape, broadcastStrides(lhs.shape, result.shape),
      [&](int64_t i, int64_t from) { result.data[i] = lhs.data[from]; });
  forEachElement(result.shape, broadcastStrides(rhs.shape, result.shape),
                 [&](int64_t i, int64_t from) {
                   result.data[i] = function(result.data[i], rhs.data[from]);
                 });
}

/// Floats by `real`; integers by `exact`, wrapped to their type.
template <typename Op, typename Real>
static void computeArithmetic(Op op, Operands operands, ReferenceTensor &result,
                              Real real, int64_t (*exact)(int64_t, int64_t)) {
  ElementType type = *getElementType(op.getType().getElementType());
  if (type.kind == ElementType::Float)
    return computeBinary(operands, result, real);
  computeBinary(operands, result, [&](double a, double b) {
    return wrapInteger(exact(toInteger(a), toInteger(b)), type);
  });
}

void reference::compute(AddOp op, Operands operands, ReferenceTensor &result) {
  computeArithmetic(op, operands, result, std::plus<double>(), integers::add);
}

void reference::compute(SubOp op, Operands operands, ReferenceTensor &result) {
  computeArithmetic(op, operands, result, std::minus<double>(),
                    integers::subtract);
}

void reference::compute(MulOp op, Operands operands, ReferenceTensor &result) {
  computeArithmetic(op, operands, result, std::multiplies<double>(),
                    integers::multiply);
}

void reference::compute(DivOp op, Operands operands, ReferenceTensor &result) {
  computeArithmetic(op, operands, result, std::divides<double>(),
                    integers::divide);
}

void reference::compute(ModOp op, Operands operands, ReferenceTensor &result) {
  computeArithmetic(op, operands, result, evaluateMod, integers::modulo);
}

void reference::compute(RemOp op, Operands operands, ReferenceTensor &result) {
  computeArithmetic(
      op, operands, result, [](double a, double b) { return std::fmod(a, b); },
      integers::remainder);
}

void reference::compute(MaxOp op, Operands operands, ReferenceTensor &result) {
  computeBinary(operands, result, evaluateMax);
}

void reference::compute(MinOp op, Operands operands, ReferenceTensor &result) {
  computeBinary(operands, result, evaluateMin);
}

void reference::compute(PowOp op, Operands operands, ReferenceTensor &result) {
  computeBinary(operands, result,
                [](double a, double b) { return std::pow(a, b); });
}

void reference::compute(UnaryOp op, Operands operands,
                        ReferenceTensor &result) {
  ElementType type = *getElementType(op.getType().getElementType());
  bool isFloat = type.kind == ElementType::Float;
  bool negates = op.getKind() == UnaryKind::Neg;
  for (auto [x, y] : llvm::zip_equal(operands[0]->data, result.data)) {
    if (!isFloat && (negates || (op.getKind() == UnaryKind::Abs && x < 0)))
      y = wrapInteger(integers::subtract(0, toInteger(x)), type);
    else
      y = evaluateUnary(op.getKind(), x);
  }
}

void reference::compute(CompareOp op, Operands operands,
                        ReferenceTensor &result) {
  computeBinary(operands, result, [&](double a, double b) {
    return holds(op.getRelation(), a, b);
  });
}

void reference::compute(SelectOp op, Operands operands,
                        ReferenceTensor &result) {
  auto spread = [&](const ReferenceTensor &from, std::vector<double> &to) {
    forEachElement(result.shape, broadcastStrides(from.shape, result.shape),
                   [&](int64_t i, int64_t at) { to[i] = from.data[at]; });
  };
  std::vector<double> lhs(result.data.size());
  spread(*operands[1], lhs);
  spread(*operands[2], result.data);
  const ReferenceTensor &condition = *operands[0];
  forEachElement(result.shape, broadcastStrides(condition.shape, result.shape),
                 [&](int64_t i, int64_t at) {
                   if (condition.data[at] != 0)
                     result.data[i] = lhs[i];
                 });
}

static double castElement(double x, const ElementType &from,
                          const ElementType &to) {
  if (to.kind == ElementType::Float)
    return x;
  if (to.kind == ElementType::Bool)
    return x != 0;
  if (from.kind != ElementType::Float)
    return wrapInteger(toInteger(x), to);
  if (std::isnan(x))
    return 0;
  // Adding zero makes -0, of which integers know nothing, 0.
  return std::clamp(std::trunc(x), to.least(), to.greatest()) + 0.0;
}

void reference::compute(CastOp op, Operands operands, ReferenceTensor &result) {
  ElementType from = *getElementType(op.getInput().getType().getElementType());
  ElementType to = *getElementType(op.getType().getElementType());
  for (auto [x, y] : llvm::zip_equal(operands[0]->data, result.data))
    y = castElement(x, from, to);
}
