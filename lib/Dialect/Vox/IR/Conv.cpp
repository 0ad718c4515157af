//===- Conv.cpp - Convolutions --------------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerifyShape.h"

using namespace mlir;
using namespace vox;

LogicalResult ConvOp::verify() {
  if (failed(verifyResultShape(
          *this, inferConvShape(getInput().getType().getShape(),
                                getWeights().getType().getShape(), getStrides(),
                                getDilations(), getPads(), getGroups()))))
    return failure();
  if (!getBias())
    return success();
  return verifyPerChannel(*this, "bias", getBias(),
                          getWeights().getType().getDimSize(0));
}

LogicalResult ConvTransposeOp::verify() {
  if (failed(verifyResultShape(
          *this, inferConvTransposeShape(
                     getInput().getType().getShape(),
                     getWeights().getType().getShape(), getStrides(),
                     getDilations(), getPads(), getOutputPads(), getGroups()))))
    return failure();
  if (!getBias())
    return success();
  return verifyPerChannel(*this, "bias", getBias(),
                          getWeights().getType().getDimSize(0));
}
