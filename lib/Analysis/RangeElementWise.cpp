//===- RangeElementWise.cpp - Ranges through activations and arithmetic ---===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function that rises is bounded by its values at the ends of x. Of any
// activation the table's own bounds hold.
//
//===----------------------------------------------------------------------===//

#include "RangeRules.h"
#include "vox/Dialect/Vox/IR/ElementFunctions.h"
#include "vox/Dialect/Vox/IR/Layout.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace vox;
using namespace vox::ranges;

//===----------------------------------------------------------------------===//
// Activations
//===----------------------------------------------------------------------===//

/// The part of `x` that lies in `bounds`; its nearest bound where there is
/// none.
static Interval clamp(Interval x, Interval bounds) {
  return {std::clamp(x.lower, bounds.lower, bounds.upper),
          std::clamp(x.upper, bounds.lower, bounds.upper)};
}

/// Kernels hold a parameter as the float32 nearest to it.
static Interval parameterOf(const llvm::APFloat &parameter) {
  double value = parameter.convertToDouble(), rounded = float(value);
  return {std::min(value, rounded), std::max(value, rounded)};
}

static Interval applyClip(ClipAttr clip, Interval x) {
  Interval min = parameterOf(clip.getMin()), max = parameterOf(clip.getMax());
  // Where the two are inverted, the result is `max`.
  if (!(min.upper <= max.lower))
    return min.lower > max.upper ? max : hull(min, max);
  Interval atLeast{std::max(x.lower, min.lower), std::max(x.upper, min.upper)};
  return {std::min(atLeast.lower, max.lower),
          std::min(atLeast.upper, max.upper)};
}

/// x >= 0 ? x : slope x
static Interval applySlope(Interval slope, Interval x) {
  if (x.lower >= 0)
    return x;
  Interval negative = widen(multiply(slope, {x.lower, std::min(x.upper, 0.0)}));
  return x.upper <= 0 ? negative : hull(negative, {0, x.upper});
}

static Interval applyThreshold(ThresholdedReluAttr function, Interval x) {
  Interval alpha = parameterOf(function.getAlpha());
  if (x.lower > alpha.upper)
    return x;
  if (x.upper <= alpha.lower)
    return Interval::point(0);
  return hull(Interval::point(0), {std::max(x.lower, alpha.lower), x.upper});
}

static Interval applyHardSigmoid(HardSigmoidAttr function, Interval x) {
  Interval product = multiply(parameterOf(function.getAlpha()), x);
  Interval beta = parameterOf(function.getBeta());
  auto size = [&](double end) {
    return std::fabs(end) + std::fabs(beta.upper);
  };
  return clamp({below(product.lower + beta.lower, size(product.lower)),
                above(product.upper + beta.upper, size(product.upper))},
               {0, 1});
}

/// Whether kernels keep to the bounds of the real function. The others may
/// exceed them by their rounding error. test/Numeric/bounds.test looks at both.
static bool keepsBounds(ActivationAttr function) {
  return isa<ReluAttr, ClipAttr, HardSigmoidAttr, SigmoidAttr, TanhAttr,
             SoftplusAttr, SoftsignAttr>(function);
}

static Interval tableBounds(ActivationAttr function) {
  Interval bounds{function.lowerBound(), function.upperBound()};
  return keepsBounds(function) ? bounds : widen(bounds);
}

/// Whether f(a) <= f(b) for all a <= b.
static bool rises(ActivationAttr function) {
  return llvm::TypeSwitch<Attribute, bool>(function)
      .Case<EluAttr>(
          [](auto elu) { return elu.getAlpha().convertToDouble() >= 0; })
      .Case<SeluAttr>([](auto selu) {
        return selu.getAlpha().convertToDouble() >= 0 &&
               selu.getGamma().convertToDouble() >= 0;
      })
      .Case<CeluAttr, SigmoidAttr, TanhAttr, SoftplusAttr, SoftsignAttr>(
          [](auto) { return true; })
      .Default([](auto) { return false; });
}

/// Whether f rises for x >= 0 and is between its least value and 0 for x <= 0.
static bool isGated(ActivationAttr function) {
  if (auto swish = dyn_cast<SwishAttr>(function))
    return swish.getBeta().convertToDouble() > 0;
  return isa<HardSwishAttr, MishAttr, GeluAttr, GeluTanhAttr>(function);
}

static Interval applySmooth(ActivationAttr function, Interval x) {
  Interval bounds = tableBounds(function);
  auto at = [&](double end) { return function.evaluate(end, 0); };
  Interval result = bounds;
  if (rises(function))
    result = widen({at(x.lower), at(x.upper)});
  else if (isGated(function))
    result = widen({x.lower >= 0 ? at(x.lower) : bounds.lower,
                    x.upper >= 0 ? at(x.upper) : 0});
  if (std::isnan(result.lower) || std::isnan(result.upper))
    return bounds;
  return clamp(result, bounds);
}

Interval ranges::applyActivation(ActivationAttr function, Interval x,
                                 Interval parameter) {
  return llvm::TypeSwitch<Attribute, Interval>(function)
      .Case<IdentityAttr>([&](auto) { return x; })
      .Case<ReluAttr>([&](auto) { return clamp(x, {0, kInfinity}); })
      .Case<ClipAttr>([&](auto clip) { return applyClip(clip, x); })
      .Case<LeakyReluAttr>([&](auto leaky) {
        return applySlope(parameterOf(leaky.getAlpha()), x);
      })
      .Case<PReluAttr>([&](auto) { return applySlope(parameter, x); })
      .Case<ThresholdedReluAttr>(
          [&](auto threshold) { return applyThreshold(threshold, x); })
      .Case<HardSigmoidAttr>(
          [&](auto sigmoid) { return applyHardSigmoid(sigmoid, x); })
      .Default([&](auto) { return applySmooth(function, x); });
}

//===----------------------------------------------------------------------===//
// Broadcasting
//===----------------------------------------------------------------------===//

/// `function` of the intervals of `a` and `b`, of which only the elements that
/// meet are looked at where both differ along the same dimension.
template <typename Function>
static Range combine(Operation *op, unsigned a, unsigned b, Operands operands,
                     Function function) {
  int64_t rank = typeOf(op->getResult(0)).getRank();
  // Dimensions are counted from the last one.
  auto align = [&](unsigned i) {
    Range range = operands[i];
    range.axis += rank - typeOf(op->getOperand(i)).getRank();
    return range;
  };
  Range lhs = align(a), rhs = align(b);
  if (lhs.isPerPosition() && rhs.isPerPosition() && lhs.axis != rhs.axis)
    rhs.intervals = {rhs.overall()};
  Range result = lhs.isPerPosition() ? lhs : rhs;
  result.finite = lhs.finite && rhs.finite;
  for (auto [i, interval] : llvm::enumerate(result.intervals))
    interval = function(lhs.at(i), rhs.at(i));
  return result;
}

Range ranges::compute(ActivationOp op, Operands operands) {
  ActivationAttr function = op.getFunction();
  Range result;
  if (op.getParameter()) {
    result = combine(op, 0, 1, operands, [&](Interval x, Interval parameter) {
      return applyActivation(function, x, parameter);
    });
  } else {
    result = mapEach(operands[0], [&](Interval x) {
      return applyActivation(function, x, Interval());
    });
  }
  // Where the function makes a number of NaN, as thresholded_relu does.
  double ofNaN = function.evaluate(NAN, /*parameter=*/1);
  if (!operands[0].finite && !std::isnan(ofNaN))
    result = mapEach(result, [&](Interval interval) {
      return hull(interval, Interval::point(ofNaN));
    });
  // The bounds of a clip may be infinities.
  for (Interval interval : result.intervals)
    result.finite &= interval.lower < kInfinity && interval.upper > -kInfinity;
  return result;
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

static Interval divide(Interval a, Interval b) {
  // At 0 the sign of zero would decide between the infinities.
  if (!(b.lower > 0))
    return Interval();
  Interval inverse{b.upper == kInfinity ? 0 : 1 / b.upper, 1 / b.lower};
  return multiply(a, inverse);
}

static Interval power(Interval base, Interval exponent) {
  bool even = exponent.isPoint() && std::fmod(exponent.lower, 2) == 0;
  if (exponent.lower > 0 && (base.lower >= 0 || even))
    return {0, kInfinity};
  return Interval();
}

static Interval computeArithmetic(Operation *op, Interval a, Interval b) {
  return llvm::TypeSwitch<Operation *, Interval>(op)
      .Case<AddOp>(
          [&](auto) { return widen({a.lower + b.lower, a.upper + b.upper}); })
      .Case<SubOp>(
          [&](auto) { return widen({a.lower - b.upper, a.upper - b.lower}); })
      .Case<MulOp>([&](auto) { return widen(multiply(a, b)); })
      .Case<DivOp>([&](auto) { return widen(divide(a, b)); })
      .Case<MaxOp>([&](auto) {
        return Interval{std::max(a.lower, b.lower), std::max(a.upper, b.upper)};
      })
      .Case<MinOp>([&](auto) {
        return Interval{std::min(a.lower, b.lower), std::min(a.upper, b.upper)};
      })
      .Case<PowOp>([&](auto) { return power(a, b); });
}

Range ranges::computeBinary(Operation *op, Operands operands) {
  Range result;
  if (isa<MulOp>(op) && op->getOperand(0) == op->getOperand(1)) {
    result = mapEach(operands[0], [](Interval x) {
      Interval square = multiply(x, x);
      bool aroundZero = x.lower <= 0 && x.upper >= 0;
      double least =
          aroundZero ? 0 : std::min(x.lower * x.lower, x.upper * x.upper);
      return widen({least, square.upper});
    });
  } else {
    result = combine(op, 0, 1, operands, [&](Interval a, Interval b) {
      return computeArithmetic(op, a, b);
    });
  }
  if (isa<DivOp>(op))
    result.finite &= operands[1].overall().lower > 0;
  if (isa<PowOp>(op))
    result.finite &= result.overall().lower >= 0;
  return result;
}

/// Of a function that rises.
static Interval applyRising(UnaryKind kind, Interval x) {
  return {evaluateUnary(kind, x.lower), evaluateUnary(kind, x.upper)};
}

/// Whether the function has a number for each one in `x`.
static bool isDefinedOn(UnaryKind kind, Interval x) {
  switch (kind) {
  case UnaryKind::Sqrt:
    return x.lower >= 0;
  case UnaryKind::Log:
  case UnaryKind::Reciprocal:
    return x.lower > 0;
  case UnaryKind::Asin:
  case UnaryKind::Acos:
    return x.lower >= -1 && x.upper <= 1;
  case UnaryKind::Acosh:
    return x.lower >= 1;
  case UnaryKind::Atanh:
    return x.lower > -1 && x.upper < 1;
  default:
    return true;
  }
}

Range ranges::compute(UnaryOp op, Operands operands) {
  Range result = mapEach(operands[0], [&](Interval x) -> Interval {
    switch (op.getKind()) {
    case UnaryKind::Abs:
      return {x.lower >= 0   ? x.lower
              : x.upper <= 0 ? -x.upper
                             : 0,
              std::max(std::fabs(x.lower), std::fabs(x.upper))};
    case UnaryKind::Neg:
      return {-x.upper, -x.lower};
    case UnaryKind::Exp:
      return widen({std::exp(x.lower), std::exp(x.upper)});
    case UnaryKind::Sqrt:
      return widen({std::sqrt(std::max(x.lower, 0.0)),
                    std::sqrt(std::max(x.upper, 0.0))});
    case UnaryKind::Reciprocal:
      return widen(divide(Interval::point(1), x));
    case UnaryKind::Sin:
    case UnaryKind::Cos:
      return widen({-1, 1});
    case UnaryKind::Asin:
      return widen({-M_PI_2, M_PI_2});
    case UnaryKind::Acos:
      return widen({0, M_PI});
    case UnaryKind::Cosh:
      return widen({1, kInfinity});
    case UnaryKind::Acosh:
      return {0, kInfinity};
    case UnaryKind::Erf:
    case UnaryKind::Atan:
    case UnaryKind::Sinh:
    case UnaryKind::Asinh:
      return widen(applyRising(op.getKind(), x));
    case UnaryKind::Floor:
    case UnaryKind::Ceil:
    case UnaryKind::Round:
    case UnaryKind::Sign:
      return applyRising(op.getKind(), x);
    case UnaryKind::Log:
    case UnaryKind::Tan:
    case UnaryKind::Atanh:
      return Interval();
    }
    llvm_unreachable("unknown function");
  });
  result.finite &= isDefinedOn(op.getKind(), operands[0].overall());
  return result;
}

Range ranges::compute(SoftmaxOp op, Operands operands) {
  Range result;
  result.intervals = {widen({0, 1})};
  result.finite = operands[0].finite;
  return result;
}

Range ranges::compute(SelectOp op, Operands operands) {
  return combine(op, 1, 2, operands, hull);
}

Range ranges::compute(CastOp op, Operands operands) {
  // A 64-bit integer may be rounded.
  return mapEach(operands[0], widen);
}
