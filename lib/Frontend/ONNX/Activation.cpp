//===- Activation.cpp - Import of activations and softmax -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"

#include "llvm/ADT/StringExtras.h"

#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// The bounds of Clip are operands.
static LogicalResult readBounds(NodeContext &node,
                                SmallVectorImpl<double> &bounds) {
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
  return success();
}

/// What a parameter is where the file leaves it out.
static float getDefault(const NodeContext &node,
                        const ActivationParameter &parameter) {
  // Before operator set 6 those of Selu had five digits; the version converter
  // does not write them down.
  if (node.opset < 6 && node.opType() == "Selu")
    return parameter.onnxName == "alpha" ? 1.6732f : 1.0507f;
  return parameter.defaultValue;
}

/// An op has no activation for such an `approximate`.
static LogicalResult refuseMode(NodeContext &node, StringRef mode) {
  SmallVector<std::string> modes;
  for (const ActivationKind *kind : activationKinds())
    if (kind->onnxOp == node.opType())
      modes.push_back(("\"" + kind->onnxMode + "\"").str());
  return node.error("approximate is \"" + mode + "\"; expected " +
                    llvm::join(modes, " or "));
}

LogicalResult vox::frontend::importActivation(NodeContext &node) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  std::string mode = node.getString("approximate", "none");
  const auto *found =
      llvm::find_if(activationKinds(), [&](const ActivationKind *kind) {
        return kind->onnxOp == node.opType() &&
               (kind->onnxMode.empty() || kind->onnxMode == mode);
      });
  if (found == activationKinds().end())
    return refuseMode(node, mode);
  const ActivationKind &kind = **found;
  SmallVector<double> values;
  for (const ActivationParameter &parameter : kind.parameters)
    values.push_back(
        node.getFloat(parameter.onnxName, getDefault(node, parameter)));
  if (kind.onnxOp == "Clip" && failed(readBounds(node, values)))
    return failure();
  if (auto message = checkParameters(kind, values))
    return node.error(*message);
  return node.result(ActivationOp::create(
      node.builder, node.loc, input.getType(),
      kind.get(node.builder.getContext(), values), input, node.layer));
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

template <typename Op> static LogicalResult importAlongAxis(NodeContext &node) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  std::optional<int64_t> axis = node.getAxis(-1, node.shape(input).size());
  if (!axis)
    return failure();
  return node.result(Op::create(node.builder, node.loc, input.getType(), input,
                                *axis, node.layer));
}

LogicalResult vox::frontend::importSoftmax(NodeContext &node) {
  return importAlongAxis<SoftmaxOp>(node);
}
LogicalResult vox::frontend::importLogSoftmax(NodeContext &node) {
  return importAlongAxis<LogSoftmaxOp>(node);
}
