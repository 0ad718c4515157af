//===- Conv.cpp - Import of convolutions ----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"
#include "Weights.h"
#include "Window.h"
#include "vox/Dialect/Vox/IR/Constants.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

namespace {
/// The operands that all convolutions have; `bias` may be null.
struct ConvOperands {
  Value input, weights, bias;
  ShapeRef inputShape, weightShape, kernel;
};
} // namespace

/// Nothing after an error.
static std::optional<ConvOperands> readOperands(NodeContext &node) {
  ConvOperands operands;
  operands.input = node.tensor(0);
  operands.weights = node.tensor(1);
  operands.bias = node.hasInput(2) ? node.tensor(2) : nullptr;
  if (!operands.input || !operands.weights ||
      (node.hasInput(2) && !operands.bias))
    return std::nullopt;
  operands.inputShape = node.shape(operands.input);
  operands.weightShape = node.shape(operands.weights);
  if (operands.weightShape.size() < 3 ||
      operands.weightShape.size() != operands.inputShape.size())
    return node.error("the weights have rank " +
                      Twine(operands.weightShape.size()) + ", the input rank " +
                      Twine(operands.inputShape.size()) +
                      "; expected equal ranks of 3 to 5");
  operands.kernel = operands.weightShape.drop_front(2);
  if (auto declared = node.getInts("kernel_shape");
      declared && ShapeRef(*declared) != operands.kernel)
    return node.error("kernel_shape is " + formatShape(*declared) +
                      "; the weights have " + formatShape(operands.kernel));
  return operands;
}

static LogicalResult checkBias(NodeContext &node, Value bias,
                               int64_t channels) {
  if (!bias || node.shape(bias) == ShapeRef{channels})
    return success();
  return node.error("the bias has shape " + formatShape(node.shape(bias)) +
                    "; expected " + Twine(channels));
}

LogicalResult vox::frontend::importConv(NodeContext &node) {
  std::optional<ConvOperands> operands = readOperands(node);
  if (!operands)
    return failure();
  std::optional<WindowAttributes> window =
      readWindow(node, operands->inputShape, operands->kernel);
  if (!window)
    return failure();
  int64_t groups = node.getInt("group", 1);
  auto shape =
      inferConvShape(operands->inputShape, operands->weightShape,
                     window->strides, window->dilations, window->pads, groups);
  if (!shape)
    return node.error(shape.takeError());
  if (failed(checkBias(node, operands->bias, operands->weightShape[0])))
    return failure();
  RankedTensorType type = node.type(*shape);
  if (!type)
    return failure();
  return node.result(
      ConvOp::create(node.builder, node.loc, type, operands->input,
                     operands->weights, operands->bias, window->strides,
                     window->dilations, window->pads, groups, node.layer));
}

//===----------------------------------------------------------------------===//
// Transposed convolutions
//===----------------------------------------------------------------------===//

/// `weights` [Ci, Co / groups, kernel...] as vox.conv_transpose wants them,
/// [Co, Ci / groups, kernel...]; at once where they are constant.
static Value rearrangeWeights(NodeContext &node, Value weights,
                              int64_t groups) {
  ShapeRef shape = node.shape(weights), kernel = shape.drop_front(2);
  int64_t first = shape[0] / groups, second = shape[1];
  Shape rearranged{groups * second, first};
  rearranged.append(kernel.begin(), kernel.end());
  if (auto values = readConstant(weights))
    return createConstantLike(
        node.builder, weights, rearranged,
        permute(*values, {groups, first, second, *numElements(kernel)},
                {0, 2, 1, 3}));

  // [groups, Ci / groups, Co / groups, kernel...], the inner two exchanged.
  Shape split{groups, first, second};
  split.append(kernel.begin(), kernel.end());
  Shape permutation = llvm::to_vector(llvm::seq<int64_t>(split.size()));
  std::swap(permutation[1], permutation[2]);
  Value value = createReshape(node, weights, split);
  value = createTranspose(node, value, permutation);
  return createReshape(node, value, rearranged);
}

namespace {
/// The lists of vox.conv_transpose.
struct TransposedWindow {
  Shape strides, dilations, pads, outputPads;
};
} // namespace

/// Sets the pads by which the result gets the extents `wanted`: what is too
/// much is cut off on both sides, an odd one after (`upper`) or before; what is
/// missing is added after, if it may be (`extend`).
static void fitPads(ShapeRef extents, ShapeRef kernel, ShapeRef wanted,
                    bool upper, bool extend, TransposedWindow &window) {
  size_t rank = extents.size();
  window.pads.assign(2 * rank, 0);
  for (size_t i = 0; i < rank; ++i) {
    int64_t total = (extents[i] - 1) * window.strides[i] +
                    window.dilations[i] * (kernel[i] - 1) + 1 +
                    window.outputPads[i] - wanted[i];
    if (total < 0) {
      window.outputPads[i] -= extend ? total : 0;
      continue;
    }
    window.pads[i] = upper ? total / 2 : total - total / 2;
    window.pads[rank + i] = total - window.pads[i];
  }
}

/// Nothing after an error.
static std::optional<TransposedWindow>
readTransposedWindow(NodeContext &node, ShapeRef extents, ShapeRef kernel) {
  size_t rank = extents.size();
  TransposedWindow window;
  window.strides = node.getInts("strides").value_or(Shape(rank, 1));
  window.dilations = node.getInts("dilations").value_or(Shape(rank, 1));
  window.outputPads = node.getInts("output_padding").value_or(Shape(rank, 0));
  window.pads = node.getInts("pads").value_or(Shape(2 * rank, 0));
  if (failed(checkList(node, "kernel_shape", kernel, rank, 1)) ||
      failed(checkList(node, "strides", window.strides, rank, 1)) ||
      failed(checkList(node, "dilations", window.dilations, rank, 1)) ||
      failed(checkList(node, "output_padding", window.outputPads, rank, 0)) ||
      failed(checkList(node, "pads", window.pads, 2 * rank, 0)))
    return std::nullopt;

  std::string autoPad = node.getString("auto_pad", "NOTSET");
  bool upper = autoPad == "SAME_UPPER", same = upper || autoPad == "SAME_LOWER";
  if (!same && autoPad != "NOTSET" && autoPad != "VALID")
    return node.error("auto_pad is " + quote(autoPad) +
                      "; expected NOTSET, SAME_UPPER, SAME_LOWER or VALID");
  if (auto wanted = node.getInts("output_shape")) {
    if (failed(checkList(node, "output_shape", *wanted, rank, 1)))
      return std::nullopt;
    fitPads(extents, kernel, *wanted, upper, /*extend=*/true, window);
  } else if (same) {
    if (llvm::any_of(window.outputPads, [](int64_t pad) { return pad != 0; }))
      return node.error("has auto_pad and output_padding, whose meaning "
                        "together ONNX leaves open; expected one of them");
    Shape wanted;
    for (auto [extent, stride] : llvm::zip_equal(extents, window.strides))
      wanted.push_back(extent * stride);
    // Strides beyond the kernel leave less than that; ONNX's shape inference
    // and its users take it so, whatever the text says.
    fitPads(extents, kernel, wanted, upper, /*extend=*/false, window);
  } else if (autoPad == "VALID") {
    window.pads.assign(2 * rank, 0);
  }
  return window;
}

LogicalResult vox::frontend::importConvTranspose(NodeContext &node) {
  std::optional<ConvOperands> operands = readOperands(node);
  if (!operands || failed(checkSpatialRank(node, operands->inputShape)))
    return failure();
  ShapeRef weightShape = operands->weightShape;
  int64_t groups = node.getInt("group", 1);
  if (operands->inputShape[1] != weightShape[0])
    return node.error("the weights take " + Twine(weightShape[0]) +
                      " channels; the input has " +
                      Twine(operands->inputShape[1]));
  if (groups < 1 || weightShape[0] % groups != 0)
    return node.error("group is " + Twine(groups) +
                      "; expected a divisor of the " + Twine(weightShape[0]) +
                      " input channels");
  std::optional<TransposedWindow> window = readTransposedWindow(
      node, operands->inputShape.drop_front(2), operands->kernel);
  if (!window)
    return failure();
  int64_t channels = groups * weightShape[1];
  Shape rearranged{channels, weightShape[0] / groups};
  rearranged.append(operands->kernel.begin(), operands->kernel.end());
  auto shape = inferConvTransposeShape(
      operands->inputShape, rearranged, window->strides, window->dilations,
      window->pads, window->outputPads, groups);
  if (!shape)
    return node.error(shape.takeError());
  if (failed(checkBias(node, operands->bias, channels)))
    return failure();
  RankedTensorType type = node.type(*shape);
  if (!type)
    return failure();
  Value weights = rearrangeWeights(node, operands->weights, groups);
  return node.result(ConvTransposeOp::create(
      node.builder, node.loc, type, operands->input, weights, operands->bias,
      window->strides, window->dilations, window->pads, window->outputPads,
      groups, node.layer));
}
