//===- Dense.cpp - Fully connected layers ---------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerifyShape.h"

using namespace mlir;
using namespace vox;

LogicalResult DenseOp::verify() {
  if (failed(verifyResultShape(
          *this, inferDenseShape(getInput().getType().getShape(),
                                 getWeights().getType().getShape()))))
    return failure();
  if (!getBias())
    return success();
  return verifyPerChannel(*this, "bias", getBias(),
                          getWeights().getType().getDimSize(0));
}

LogicalResult MatMulOp::verify() {
  return verifyResultShape(*this,
                           inferMatMulShape(getLhs().getType().getShape(),
                                            getRhs().getType().getShape()));
}
