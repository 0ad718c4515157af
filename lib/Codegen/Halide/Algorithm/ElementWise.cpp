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

#include "../Arithmetic.h"
#include "../Functions.h"
#include "../Kernel.h"
#include "../Lanes.h"

#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

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

/// Towards zero; what the integer can't hold becomes its least or greatest
/// value, NaN 0.
static Expr floatToInt(Expr x, Type type) {
  // Through 32 bits where those suffice: that is what vectors convert to.
  Type wide = type.bits() < 32 ? Int(32) : type;
  bool isSigned = type.is_int();
  float least = isSigned ? -std::ldexp(1.0f, type.bits() - 1) : 0.0f;
  // The float below the first one that is too large.
  float most =
      std::nextafter(std::ldexp(1.0f, type.bits() - (isSigned ? 1 : 0)), 0.0f);
  // What is computed in the same kernel is promised to LLVM not to be NaN, so
  // it would drop x == x.
  Expr isNumber = (reinterpret<int32_t>(x) & 0x7fffffff) <= 0x7f800000;
  Expr inside = strict_float(min(max(x, least), most));
  // The choice stands between the casts: of casts one after the other Halide
  // keeps the last one alone, whose type may not have the float.
  Expr value = select(isNumber, cast(wide, inside), zero(wide));
  if (wide != type)
    return cast(type, value);
  // Beyond 24 bits a float lacks the last ones of the greatest integer.
  int64_t lacking = (int64_t(1) << (type.bits() - 25)) - 1;
  return value | select(strict_float(most < x),
                        Internal::make_const(type, lacking), zero(type));
}

Expr codegen::castElement(Expr value, mlir::Type to) {
  Type type = halideType(to);
  if (to.isInteger(1))
    return cast(type, strict_float(value != zero(value.type())));
  if (value.type().is_float() && !type.is_float())
    return floatToInt(value, type);
  return cast(type, value); // integers wrap around
}

/// Of functions that are not Voxc's own those of Halide, which has them rounded
/// by instructions or computed by libm, element by element.
static Expr applyUnary(UnaryKind kind, Expr x) {
  if (!x.type().is_float())
    return applyToInteger(kind, x);
  switch (kind) {
  case UnaryKind::Abs:
    return abs(x);
  case UnaryKind::Neg:
    return negate(x);
  case UnaryKind::Exp:
    return exp(Lanes(x)).value;
  case UnaryKind::Log:
    return logarithm(x);
  case UnaryKind::Sqrt:
    return strict_float(sqrt(x));
  case UnaryKind::Reciprocal:
    return strict_float(1.0f / x);
  case UnaryKind::Erf:
    return errorFunction(x);
  case UnaryKind::Floor:
    return floor(x);
  case UnaryKind::Ceil:
    return ceil(x);
  case UnaryKind::Round:
    return round(x);
  case UnaryKind::Sin:
    return sin(x);
  case UnaryKind::Cos:
    return cos(x);
  case UnaryKind::Tan:
    return tan(x);
  case UnaryKind::Asin:
    return asin(x);
  case UnaryKind::Acos:
    return acos(x);
  case UnaryKind::Atan:
    return atan(x);
  case UnaryKind::Sinh:
    return sinh(x);
  case UnaryKind::Cosh:
    return cosh(x);
  case UnaryKind::Asinh:
    return asinh(x);
  case UnaryKind::Acosh:
    return acosh(x);
  case UnaryKind::Atanh:
    return atanh(x);
  case UnaryKind::Sign:
    return strict_float(select(x > 0.0f, 1.0f, x < 0.0f, -1.0f, x));
  }
  llvm_unreachable("unknown kind");
}

Tensor codegen::buildElementWise(mlir::Operation *op,
                                 llvm::ArrayRef<Tensor> operands) {
  auto type = mlir::cast<mlir::RankedTensorType>(op->getResult(0).getType());
  // Behind a transposed convolution everything goes phase by phase.
  std::vector<int64_t> strides;
  for (const Tensor &operand : operands)
    if (!operand.strides.empty())
      strides = operand.strides;
  Loops loops(type, strides);
  const Index &at = loops.index;
  Expr value =
      llvm::TypeSwitch<mlir::Operation *, Expr>(op)
          .Case<ActivationOp>([&](ActivationOp activation) {
            return applyActivation(activation.getFunction(), operands[0](at),
                                   operands.size() > 1 ? operands[1](at)
                                                       : Expr());
          })
          .Case<CastOp>([&](CastOp cast) {
            return castElement(operands[0](at),
                               cast.getType().getElementType());
          })
          .Case<AddOp>(
              [&](auto) { return add(operands[0](at), operands[1](at)); })
          .Case<SubOp>(
              [&](auto) { return subtract(operands[0](at), operands[1](at)); })
          .Case<MulOp>(
              [&](auto) { return multiply(operands[0](at), operands[1](at)); })
          .Case<DivOp>(
              [&](auto) { return divide(operands[0](at), operands[1](at)); })
          .Case<ModOp>(
              [&](auto) { return modulo(operands[0](at), operands[1](at)); })
          .Case<RemOp>(
              [&](auto) { return remainder(operands[0](at), operands[1](at)); })
          .Case<MaxOp>(
              [&](auto) { return maximum(operands[0](at), operands[1](at)); })
          .Case<MinOp>(
              [&](auto) { return minimum(operands[0](at), operands[1](at)); })
          .Case<PowOp>(
              [&](auto) { return power(operands[0](at), operands[1](at)); })
          .Case<UnaryOp>([&](UnaryOp unary) {
            return applyUnary(unary.getKind(), operands[0](at));
          })
          .Case<CompareOp>([&](CompareOp op) {
            Expr holds =
                compare(op.getRelation(), operands[0](at), operands[1](at));
            return cast<uint8_t>(holds);
          })
          .Case<SelectOp>([&](auto) {
            return select(operands[0](at) != cast<uint8_t>(0), operands[1](at),
                          operands[2](at));
          })
          .Case<BatchNormOp>(
              [&](BatchNormOp norm) { return batchNorm(norm, at, operands); });
  Func result(op->getName().stripDialect().str());
  result(loops.vars) = value;
  return {result, type, strides};
}
