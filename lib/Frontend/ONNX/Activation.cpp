//===- Activation.cpp - Import of activations and softmax -----------------===//
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

static LogicalResult importActivation(NodeContext &node,
                                      ActivationAttr function) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  return node.result(ActivationOp::create(
      node.builder, node.loc, input.getType(), function, input, node.layer));
}

LogicalResult vox::frontend::importRelu(NodeContext &node) {
  return importActivation(node, ReluAttr::get(node.builder.getContext()));
}

LogicalResult vox::frontend::importSigmoid(NodeContext &node) {
  return importActivation(node, SigmoidAttr::get(node.builder.getContext()));
}

LogicalResult vox::frontend::importTanh(NodeContext &node) {
  return importActivation(node, TanhAttr::get(node.builder.getContext()));
}

LogicalResult vox::frontend::importLeakyRelu(NodeContext &node) {
  float alpha = node.getFloat("alpha", 0.01f);
  if (!std::isfinite(alpha))
    return node.error("alpha is " + std::to_string(alpha) +
                      "; expected a finite number");
  return importActivation(
      node, LeakyReluAttr::get(node.builder.getContext(),
                               llvm::APFloat(static_cast<double>(alpha))));
}

LogicalResult vox::frontend::importClip(NodeContext &node) {
  double bounds[] = {-std::numeric_limits<double>::infinity(),
                     std::numeric_limits<double>::infinity()};
  for (unsigned i : {0, 1}) {
    if (!node.hasInput(i + 1))
      continue;
    std::optional<float> bound = node.scalar(i + 1);
    if (!bound)
      return failure();
    if (std::isnan(*bound))
      return node.error(node.describeInput(i + 1) +
                        " is NaN; expected a number");
    bounds[i] = *bound;
  }
  return importActivation(node, ClipAttr::get(node.builder.getContext(),
                                              llvm::APFloat(bounds[0]),
                                              llvm::APFloat(bounds[1])));
}

LogicalResult vox::frontend::importPRelu(NodeContext &node) {
  Value input = node.tensor(0), slope = input ? node.tensor(1) : nullptr;
  if (!slope)
    return failure();
  ShapeRef shape = node.shape(input), slopeShape = node.shape(slope);
  // Before operator set 7 a vector had one slope per channel, wherever they
  // are; the version converter leaves it as it is.
  if (node.opset < 7 && slopeShape.size() == 1 && shape.size() > 2 &&
      slopeShape[0] == shape[1]) {
    Shape aligned(shape.size() - 1, 1);
    aligned.front() = shape[1];
    slope =
        ReshapeOp::create(node.builder, node.loc, node.type(aligned), slope);
    slopeShape = node.shape(slope);
  }
  auto broadcast = inferBroadcastShape(shape, slopeShape);
  if (!broadcast)
    return node.error(broadcast.takeError());
  if (ShapeRef(*broadcast) != shape)
    return node.error(
        node.describeInput(1) + " has shape " + formatShape(slopeShape) +
        "; expected one that broadcasts to " + formatShape(shape));
  return node.result(ActivationOp::create(
      node.builder, node.loc, input.getType(),
      PReluAttr::get(node.builder.getContext()), input, slope, node.layer));
}

LogicalResult vox::frontend::importSoftmax(NodeContext &node) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  std::optional<int64_t> axis =
      node.normalizeAxis(node.getInt("axis", -1), node.shape(input).size());
  if (!axis)
    return failure();
  return node.result(SoftmaxOp::create(node.builder, node.loc, input.getType(),
                                       input, *axis, node.layer));
}
