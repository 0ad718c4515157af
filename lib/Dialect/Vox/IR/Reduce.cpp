//===- Reduce.cpp - Dimensions to one element -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerifyShape.h"

using namespace mlir;
using namespace vox;

LogicalResult ArgMaxOp::verify() {
  ShapeRef input = getInput().getType().getShape();
  int64_t rank = input.size();
  if (getAxis() < 0 || getAxis() >= rank)
    return emitOpError() << "axis is " << getAxis() << "; expected 0 to "
                         << rank - 1;
  if (!getType().getElementType().isInteger(64))
    return emitOpError() << "result has elements of type "
                         << getType().getElementType() << "; expected i64";
  if (input[getAxis()] < 1)
    return emitOpError() << "input is empty along dimension " << getAxis()
                         << "; expected at least one element to choose";
  Shape expected(input);
  expected[getAxis()] = 1;
  return verifyResultShape(*this, expected);
}

LogicalResult ReduceOp::verify() {
  if (failed(verifyElementType(*this)))
    return failure();
  Type element = getType().getElementType();
  if (getKind() == ReduceKind::Mean && !element.isF32())
    return emitOpError() << "computes the mean of elements of type " << element
                         << "; expected f32";
  Shape expected(getInput().getType().getShape());
  int64_t rank = expected.size(), last = -1;
  for (int64_t axis : getAxes()) {
    if (axis <= last || axis >= rank)
      return emitOpError() << "axes has " << axis
                           << "; expected ascending numbers from 0 to "
                           << rank - 1;
    // A sum over nothing is 0, a product 1; the others have no value there.
    if (expected[axis] == 0 && getKind() != ReduceKind::Sum &&
        getKind() != ReduceKind::Prod)
      return emitOpError() << "input is empty along dimension " << axis;
    expected[axis] = 1;
    last = axis;
  }
  return verifyResultShape(*this, std::move(expected));
}

LogicalResult ActivationStatisticsOp::verify() {
  ShapeRef input = getInput().getType().getShape();
  int64_t rank = input.size();
  if (getAxis() < 0 || getAxis() >= rank)
    return emitOpError() << "axis is " << getAxis() << "; expected 0 to "
                         << rank - 1;
  if (llvm::is_contained(input, 0))
    return emitOpError() << "input has shape " << formatShape(input)
                         << "; expected at least one element";
  if (getSamples() < 0 || getSamples() > kMaxSamples)
    return emitOpError() << "samples is " << getSamples() << "; expected 0 to "
                         << kMaxSamples;
  if (getLow().isNaN() || getHigh().isNaN())
    return emitOpError() << "low or high is NaN; expected numbers or "
                            "infinities";
  return verifyResultShape(*this,
                           Shape{input[getAxis()], kStatistics + getSamples()});
}
