//===- Reduce.cpp - One dimension to one element --------------------------===//
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
