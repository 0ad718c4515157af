//===- Norm.cpp - Normalisations ------------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerifyShape.h"

using namespace mlir;
using namespace vox;

LogicalResult BatchNormOp::verify() {
  auto shape = getInput().getType().getShape();
  if (shape.size() < 2)
    return emitOpError() << "input has rank " << shape.size()
                         << "; expected at least 2 ([N, C, ...])";
  std::pair<StringRef, Value> parameters[] = {{"scale", getScale()},
                                              {"bias", getBias()},
                                              {"mean", getMean()},
                                              {"variance", getVariance()}};
  for (auto [name, value] : parameters)
    if (failed(verifyPerChannel(*this, name, value, shape[1])))
      return failure();
  return success();
}
