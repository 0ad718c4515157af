//===- Activation.cpp - The activation family and softmax -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Formulae in double precision. Each is written so that it neither overflows
// nor turns NaN into a number; ranges are those of the real function.
//
//===----------------------------------------------------------------------===//

#include "VerifyShape.h"
#include "vox/Dialect/Vox/IR/Constants.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace vox;

static constexpr double kInfinity = std::numeric_limits<double>::infinity();

double IdentityAttr::evaluate(double x, double) const { return x; }
double IdentityAttr::lowerBound() const { return -kInfinity; }
double IdentityAttr::upperBound() const { return kInfinity; }

// Written so that NaN fails the comparison and passes through.
double ReluAttr::evaluate(double x, double) const { return x < 0 ? 0 : x; }
double ReluAttr::lowerBound() const { return 0; }
double ReluAttr::upperBound() const { return kInfinity; }

double LeakyReluAttr::evaluate(double x, double) const {
  return x < 0 ? getAlpha().convertToDouble() * x : x;
}
double LeakyReluAttr::lowerBound() const {
  return getAlpha().convertToDouble() > 0 ? -kInfinity : 0;
}
double LeakyReluAttr::upperBound() const { return kInfinity; }

double PReluAttr::evaluate(double x, double parameter) const {
  return x < 0 ? parameter * x : x;
}
bool PReluAttr::takesParameter() const { return true; }
// The slope is data: it may have any sign.
double PReluAttr::lowerBound() const { return -kInfinity; }
double PReluAttr::upperBound() const { return kInfinity; }

double SigmoidAttr::evaluate(double x, double) const {
  // e^-|x| is at most 1: no overflow on either side.
  double e = std::exp(-std::fabs(x));
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}
double SigmoidAttr::lowerBound() const { return 0; }
double SigmoidAttr::upperBound() const { return 1; }

double TanhAttr::evaluate(double x, double) const { return std::tanh(x); }
double TanhAttr::lowerBound() const { return -1; }
double TanhAttr::upperBound() const { return 1; }

double ClipAttr::evaluate(double x, double) const {
  double least = getMin().convertToDouble(), most = getMax().convertToDouble();
  double raised = x < least ? least : x;
  return raised > most ? most : raised;
}
double ClipAttr::lowerBound() const {
  return std::min(getMin().convertToDouble(), getMax().convertToDouble());
}
double ClipAttr::upperBound() const { return getMax().convertToDouble(); }

LogicalResult
LeakyReluAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                      APFloat alpha) {
  if (!alpha.isFinite())
    return emitError() << "alpha is not finite; expected a real number";
  return success();
}

LogicalResult ClipAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               APFloat min, APFloat max) {
  if (min.isNaN() || max.isNaN())
    return emitError() << "a bound is NaN; expected a number or an infinity";
  return success();
}

LogicalResult ActivationOp::verify() {
  bool takes = getFunction().takesParameter();
  if (takes != bool(getParameter()))
    return emitOpError() << getFunction() << (takes ? " needs a" : " takes no")
                         << " parameter";
  if (!takes)
    return success();
  return verifyResultShape(
      *this, inferBroadcastShape(getInput().getType().getShape(),
                                 getParameter().getType().getShape()));
}

OpFoldResult ActivationOp::fold(FoldAdaptor) {
  if (isa<IdentityAttr>(getFunction()) && !isAnchor(*this))
    return getInput();
  // The same slope for all channels is a Leaky ReLU's.
  if (isa<PReluAttr>(getFunction()) && !isAnchor(*this))
    if (std::optional<float> slope = getSplatValue(getParameter());
        slope && std::isfinite(*slope)) {
      setFunctionAttr(
          LeakyReluAttr::get(getContext(), APFloat(double(*slope))));
      getParameterMutable().clear();
      return getResult();
    }
  return {};
}

LogicalResult SoftmaxOp::verify() {
  int64_t rank = getInput().getType().getRank();
  if (getAxis() < 0 || getAxis() >= rank)
    return emitOpError() << "axis is " << getAxis() << "; expected 0 to "
                         << rank - 1;
  return success();
}
