//===- ElementWise.cpp - Arithmetic with broadcasting ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Folds only what is exact for every input: x * 1, x / 1, x^1, x - 0, and
// x + -0. (x + 0 turns -0 into 0; that is the value ONNX defines, so it stays.)
//
// Exporters compute some constants by nodes, such as sqrt(2) for a GELU: ops on
// small constants alone are computed here, rounded to float32 one by one as
// ONNX would. Through float64 that is exact for + - * / and square roots, which
// need no more than twice the digits, and elsewhere as good as it can be.
//
//===----------------------------------------------------------------------===//

#include "VerifyShape.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/IR/ElementFunctions.h"
#include "vox/Dialect/Vox/IR/Layout.h"

#include <cmath>
#include <functional>

using namespace mlir;
using namespace vox;

/// Reports operands, or an operand and a result, that differ in their element
/// type.
static LogicalResult verifySameElements(Operation *op, Value lhs, Value rhs) {
  Type left = typeOf(lhs).getElementType(),
       right = typeOf(rhs).getElementType();
  if (left == right)
    return success();
  bool isResult = rhs.getDefiningOp() == op;
  return op->emitOpError() << "has operands of elements " << left
                           << (isResult ? " and a result of " : " and ")
                           << right << "; expected one type";
}

template <typename Op> static LogicalResult verifyBinary(Op op) {
  if (failed(verifySameElements(op, op.getLhs(), op.getRhs())))
    return failure();
  if constexpr (!std::is_same_v<Op, CompareOp>)
    if (failed(verifySameElements(op, op.getLhs(), op.getResult())))
      return failure();
  return verifyResultShape(
      op, inferBroadcastShape(op.getLhs().getType().getShape(),
                              op.getRhs().getType().getShape()));
}

LogicalResult AddOp::verify() { return verifyBinary(*this); }
LogicalResult SubOp::verify() { return verifyBinary(*this); }
LogicalResult MulOp::verify() { return verifyBinary(*this); }
LogicalResult DivOp::verify() { return verifyBinary(*this); }
LogicalResult ModOp::verify() { return verifyBinary(*this); }
LogicalResult RemOp::verify() { return verifyBinary(*this); }
LogicalResult MaxOp::verify() { return verifyBinary(*this); }
LogicalResult MinOp::verify() { return verifyBinary(*this); }
LogicalResult PowOp::verify() { return verifyBinary(*this); }
LogicalResult CompareOp::verify() { return verifyBinary(*this); }

LogicalResult SelectOp::verify() {
  if (failed(verifySameElements(*this, getLhs(), getRhs())) ||
      failed(verifySameElements(*this, getLhs(), getResult())))
    return failure();
  auto branches = inferBroadcastShape(getLhs().getType().getShape(),
                                      getRhs().getType().getShape());
  if (!branches)
    return verifyResultShape(*this, std::move(branches));
  return verifyResultShape(
      *this,
      inferBroadcastShape(getCondition().getType().getShape(), *branches));
}

LogicalResult UnaryOp::verify() {
  bool takesIntegers = llvm::is_contained(
      {UnaryKind::Abs, UnaryKind::Neg, UnaryKind::Sign}, getKind());
  if (takesIntegers || getType().getElementType().isF32())
    return success();
  return emitOpError() << "computes " << stringifyUnaryKind(getKind())
                       << " of elements of type " << getType().getElementType()
                       << "; expected f32";
}

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

/// Results of more elements are not worth their memory.
static constexpr int64_t kFoldedElements = 4096;

/// The elements of a float32 constant that is broadcast to `shape`, as float64;
/// nothing for other values.
static std::optional<SmallVector<double>> getBroadcast(Value value,
                                                       ShapeRef shape) {
  if (!value.getDefiningOp<ConstantOp>())
    return std::nullopt;
  auto values = getConstantValues(value);
  if (!values)
    return std::nullopt;
  ShapeRef own = typeOf(value).getShape();
  size_t missing = shape.size() - own.size();
  SmallVector<double> result;
  SmallVector<int64_t> index(shape.size(), 0);
  for (int64_t i = 0, count = *numElements(shape); i < count; ++i) {
    int64_t rest = i, from = 0, stride = 1;
    for (size_t dim = shape.size(); dim-- > 0; rest /= shape[dim]) {
      if (dim < missing)
        break;
      int64_t extent = own[dim - missing];
      if (extent != 1)
        from += rest % shape[dim] * stride;
      stride *= extent;
    }
    result.push_back((*values)[from]);
  }
  return result;
}

/// `function` of constant operands; nothing where one is not constant or the
/// result is large.
static OpFoldResult
foldConstants(RankedTensorType type, Value lhs, Value rhs,
              llvm::function_ref<double(double, double)> function) {
  std::optional<int64_t> count = numElements(type.getShape());
  if (!count || *count > kFoldedElements || type.getEncoding())
    return {};
  auto left = getBroadcast(lhs, type.getShape());
  auto right = left ? getBroadcast(rhs, type.getShape()) : std::nullopt;
  if (!right)
    return {};
  std::vector<float> values;
  for (auto [a, b] : llvm::zip_equal(*left, *right))
    values.push_back(static_cast<float>(function(a, b)));
  return makeConstant(type, values, "folded");
}

template <typename Op, typename Function>
static OpFoldResult foldBinary(Op op, float neutral, Function function) {
  if (OpFoldResult folded =
          foldNeutral(op.getLhs(), op.getRhs(), op.getType(), neutral))
    return folded;
  return foldConstants(op.getType(), op.getLhs(), op.getRhs(), function);
}

OpFoldResult AddOp::fold(FoldAdaptor) {
  return foldBinary(*this, -0.0f, std::plus<double>());
}
OpFoldResult SubOp::fold(FoldAdaptor) {
  return foldBinary(*this, 0.0f, std::minus<double>());
}
OpFoldResult MulOp::fold(FoldAdaptor) {
  return foldBinary(*this, 1.0f, std::multiplies<double>());
}
OpFoldResult DivOp::fold(FoldAdaptor) {
  return foldBinary(*this, 1.0f, std::divides<double>());
}
OpFoldResult ModOp::fold(FoldAdaptor) { return {}; }
OpFoldResult RemOp::fold(FoldAdaptor) { return {}; }
OpFoldResult PowOp::fold(FoldAdaptor) {
  return foldBinary(*this, 1.0f,
                    [](double a, double b) { return std::pow(a, b); });
}

/// max(x, x) and min(x, x) are x.
template <typename Op, typename Function>
static OpFoldResult foldExtreme(Op op, Function function) {
  if (op.getLhs() == op.getRhs() && op.getLhs().getType() == op.getType() &&
      !isAnchor(op))
    return op.getLhs();
  return foldConstants(op.getType(), op.getLhs(), op.getRhs(), function);
}

OpFoldResult MaxOp::fold(FoldAdaptor) {
  return foldExtreme(*this, evaluateMax);
}
OpFoldResult MinOp::fold(FoldAdaptor) {
  return foldExtreme(*this, evaluateMin);
}

OpFoldResult UnaryOp::fold(FoldAdaptor) {
  // -(-x) is x and ||x|| is |x|, the sign of zero and NaN included.
  if (auto inner = getInput().getDefiningOp<UnaryOp>();
      inner && inner.getKind() == getKind() && !isAnchor(*this)) {
    if (getKind() == UnaryKind::Neg)
      return inner.getInput();
    if (getKind() == UnaryKind::Abs)
      return inner.getResult();
  }
  return foldConstants(
      getType(), getInput(), getInput(),
      [&](double x, double) { return evaluateUnary(getKind(), x); });
}

OpFoldResult CastOp::fold(FoldAdaptor) {
  if (getInput().getType() == getType() && !isAnchor(*this))
    return getInput();
  return {};
}
