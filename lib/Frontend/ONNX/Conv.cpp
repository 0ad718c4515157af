//===- Conv.cpp - Import of convolutions ----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"
#include "Window.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

LogicalResult vox::frontend::importConv(NodeContext &node) {
  Value input = node.tensor(0), weights = node.tensor(1);
  Value bias = node.hasInput(2) ? node.tensor(2) : nullptr;
  if (!input || !weights || (node.hasInput(2) && !bias))
    return failure();
  ShapeRef inputShape = node.shape(input), weightShape = node.shape(weights);
  if (weightShape.size() < 3 || weightShape.size() != inputShape.size())
    return node.error("the weights have rank " + Twine(weightShape.size()) +
                      ", the input rank " + Twine(inputShape.size()) +
                      "; expected equal ranks of 3 to 5");
  ShapeRef kernel = weightShape.drop_front(2);
  if (auto declared = node.getInts("kernel_shape");
      declared && ShapeRef(*declared) != kernel)
    return node.error("kernel_shape is " + formatShape(*declared) +
                      "; the weights have " + formatShape(kernel));

  std::optional<WindowAttributes> window = readWindow(node, inputShape, kernel);
  if (!window)
    return failure();
  int64_t groups = node.getInt("group", 1);
  auto shape = inferConvShape(inputShape, weightShape, window->strides,
                              window->dilations, window->pads, groups);
  if (!shape)
    return node.error(shape.takeError());
  if (bias && node.shape(bias) != ShapeRef{weightShape[0]})
    return node.error("the bias has shape " + formatShape(node.shape(bias)) +
                      "; expected " + Twine(weightShape[0]));
  RankedTensorType type = node.type(*shape);
  if (!type)
    return failure();
  return node.result(ConvOp::create(
      node.builder, node.loc, type, input, weights, bias, window->strides,
      window->dilations, window->pads, groups, node.layer));
}
