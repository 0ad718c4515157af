//===- Norm.cpp - Import of normalisations --------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"

#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

LogicalResult vox::frontend::importBatchNormalization(NodeContext &node) {
  if (node.getInt("training_mode", 0) != 0)
    return node.error("training_mode is 1; expected 0",
                      "export the network in inference mode");
  Value operands[5];
  for (unsigned i = 0; i < 5; ++i)
    if (!(operands[i] = node.tensor(i)))
      return failure();
  ShapeRef input = node.shape(operands[0]);
  if (input.size() < 2)
    return node.error("the input has rank " + Twine(input.size()) +
                      "; expected at least 2 ([N, C])");
  for (unsigned i = 1; i < 5; ++i)
    if (node.shape(operands[i]) != ShapeRef{input[1]})
      return node.error(node.describeInput(i) + " has shape " +
                        formatShape(node.shape(operands[i])) + "; expected " +
                        Twine(input[1]) + ", one value per channel");
  float epsilon = node.getFloat("epsilon", 1e-5f);
  if (!std::isfinite(epsilon) || epsilon < 0)
    return node.error("epsilon is " + std::to_string(epsilon) +
                      "; expected a finite number, not negative");
  return node.result(BatchNormOp::create(
      node.builder, node.loc, operands[0].getType(), operands[0], operands[1],
      operands[2], operands[3], operands[4],
      llvm::APFloat(static_cast<double>(epsilon)), node.layer));
}
