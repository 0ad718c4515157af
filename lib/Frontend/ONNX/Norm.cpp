//===- Norm.cpp - Import of normalisations --------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"

#include "llvm/ADT/Sequence.h"

#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// Channels that a local response normalisation may look at.
static constexpr int64_t kMaxWindow = 1 << 16;

/// What is added to a variance; nothing after an error.
static std::optional<float> readEpsilon(NodeContext &node) {
  float epsilon = node.getFloat("epsilon", 1e-5f);
  if (std::isfinite(epsilon) && epsilon >= 0)
    return epsilon;
  return node.error("epsilon is " + std::to_string(epsilon) +
                    "; expected a finite number, not negative");
}

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
  std::optional<float> epsilon = readEpsilon(node);
  if (!epsilon)
    return failure();
  return node.result(BatchNormOp::create(
      node.builder, node.loc, operands[0].getType(), operands[0], operands[1],
      operands[2], operands[3], operands[4],
      llvm::APFloat(static_cast<double>(*epsilon)), node.layer));
}

//===----------------------------------------------------------------------===//
// Statistics of the tensor itself
//===----------------------------------------------------------------------===//

namespace {
/// A tensor less its mean, and what to divide that by.
struct Centered {
  Value mean, difference, variance;
};
} // namespace

/// In two passes, so that a mean that is large beside the deviation does no
/// harm.
static Centered center(NodeContext &node, Value input, ShapeRef axes) {
  Value mean = createReduce(node, ReduceKind::Mean, input, axes);
  Value difference = createBinary<SubOp>(node, input, mean);
  Value squares = createBinary<MulOp>(node, difference, difference);
  return {mean, difference,
          createReduce(node, ReduceKind::Mean, squares, axes)};
}

/// 1 / sqrt(variance + epsilon)
static Value invertDeviation(NodeContext &node, Value variance, float epsilon) {
  Value sum = createBinary<AddOp>(node, variance, createScalar(node, epsilon));
  return createUnary(node, UnaryKind::Reciprocal,
                     createUnary(node, UnaryKind::Sqrt, sum));
}

/// One value per channel, as [C, 1, ...] beside an input of `rank`; null after
/// an error.
static Value readPerChannel(NodeContext &node, unsigned i, int64_t channels,
                            int64_t rank) {
  Value values = node.tensor(i);
  if (!values)
    return nullptr;
  if (node.shape(values) != ShapeRef{channels})
    return node.error(node.describeInput(i) + " has shape " +
                      formatShape(node.shape(values)) + "; expected " +
                      Twine(channels) + ", one value per channel");
  Shape shape(rank - 1, 1);
  shape.front() = channels;
  return createReshape(node, values, shape);
}

/// The input of a norm over positions, or null after an error.
static Value readChannels(NodeContext &node) {
  Value input = node.tensor(0);
  if (input && node.shape(input).size() < 3)
    return node.error("the input has rank " + Twine(node.shape(input).size()) +
                      "; expected at least 3 ([N, C, spatial...])");
  return input;
}

LogicalResult vox::frontend::importInstanceNormalization(NodeContext &node) {
  Value input = readChannels(node);
  std::optional<float> epsilon = input ? readEpsilon(node) : std::nullopt;
  if (!epsilon)
    return failure();
  int64_t rank = node.shape(input).size(), channels = node.shape(input)[1];
  Value scale = readPerChannel(node, 1, channels, rank);
  Value bias = scale ? readPerChannel(node, 2, channels, rank) : nullptr;
  if (!bias)
    return failure();
  Centered parts =
      center(node, input, llvm::to_vector(llvm::seq<int64_t>(2, rank)));
  Value factor = createBinary<MulOp>(
      node, invertDeviation(node, parts.variance, *epsilon), scale);
  return node.result(createBinary<AddOp>(
      node, createBinary<MulOp>(node, parts.difference, factor), bias));
}

LogicalResult vox::frontend::importGroupNormalization(NodeContext &node) {
  Value input = readChannels(node);
  std::optional<float> epsilon = input ? readEpsilon(node) : std::nullopt;
  if (!epsilon)
    return failure();
  ShapeRef shape = node.shape(input);
  int64_t rank = shape.size(), channels = shape[1];
  int64_t groups = node.getInt("num_groups", 0);
  if (groups < 1 || channels % groups != 0)
    return node.error("num_groups is " + Twine(groups) +
                      "; expected a divisor of the " + Twine(channels) +
                      " channels");
  Value scale = readPerChannel(node, 1, channels, rank);
  Value bias = scale ? readPerChannel(node, 2, channels, rank) : nullptr;
  if (!bias)
    return failure();
  int64_t size = *numElements(shape) / (shape[0] * groups);
  Centered parts =
      center(node, createReshape(node, input, {shape[0], groups, size}), {2});
  Value normal = createBinary<MulOp>(
      node, parts.difference, invertDeviation(node, parts.variance, *epsilon));
  normal = createReshape(node, normal, shape);
  return node.result(createBinary<AddOp>(
      node, createBinary<MulOp>(node, normal, scale), bias));
}

namespace {
/// What a norm over the dimensions from attribute `axis` on is given.
struct Trailing {
  Value input;
  float epsilon;
  Shape axes;
};
} // namespace

static std::optional<Trailing> readTrailing(NodeContext &node) {
  Value input = node.tensor(0);
  std::optional<float> epsilon = input ? readEpsilon(node) : std::nullopt;
  if (!epsilon)
    return std::nullopt;
  int64_t rank = node.shape(input).size();
  std::optional<int64_t> axis = node.getAxis(-1, rank);
  if (!axis)
    return std::nullopt;
  return Trailing{input, *epsilon,
                  llvm::to_vector(llvm::seq<int64_t>(*axis, rank))};
}

/// `value` times input 1 plus, where it is there, input 2; null after an error.
/// Both have to fit into the shape of `value`.
static Value scaleAndShift(NodeContext &node, Value value) {
  Type type = value.getType();
  Value scale = node.tensor(1);
  value = scale ? createBinary<MulOp>(node, value, scale) : nullptr;
  if (value && node.hasInput(2)) {
    Value bias = node.tensor(2);
    value = bias ? createBinary<AddOp>(node, value, bias) : nullptr;
  }
  if (value && value.getType() != type)
    return node.error("scale and bias make the result " +
                      formatShape(node.shape(value)) + "; expected " +
                      formatShape(cast<RankedTensorType>(type).getShape()) +
                      ", as the input");
  return value;
}

LogicalResult vox::frontend::importLayerNormalization(NodeContext &node) {
  std::optional<Trailing> given = readTrailing(node);
  if (!given)
    return failure();
  Centered parts = center(node, given->input, given->axes);
  Value factor = invertDeviation(node, parts.variance, given->epsilon);
  Value value =
      scaleAndShift(node, createBinary<MulOp>(node, parts.difference, factor));
  if (!value || failed(node.result(value)) || failed(node.result(parts.mean)))
    return failure();
  return node.result(factor);
}

LogicalResult vox::frontend::importRMSNormalization(NodeContext &node) {
  std::optional<Trailing> given = readTrailing(node);
  if (!given)
    return failure();
  Value input = given->input;
  Value squares = createBinary<MulOp>(node, input, input);
  Value mean = createReduce(node, ReduceKind::Mean, squares, given->axes);
  Value value = scaleAndShift(
      node, createBinary<MulOp>(node, input,
                                invertDeviation(node, mean, given->epsilon)));
  return value ? node.result(value) : failure();
}

LogicalResult
vox::frontend::importMeanVarianceNormalization(NodeContext &node) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  std::optional<Shape> axes = node.normalizeAxes(
      node.getInts("axes").value_or(Shape{0, 2, 3}), node.shape(input).size());
  if (!axes)
    return failure();
  // As ONNX's sums do, over all dimensions where none is named.
  if (axes->empty())
    *axes = llvm::to_vector(llvm::seq<int64_t>(node.shape(input).size()));
  llvm::sort(*axes);
  Centered parts = center(node, input, *axes);
  // ONNX adds this to the deviation, and not to the variance.
  Value divisor = createBinary<AddOp>(
      node, createUnary(node, UnaryKind::Sqrt, parts.variance),
      createScalar(node, 1e-9f));
  return node.result(createBinary<DivOp>(node, parts.difference, divisor));
}

LogicalResult vox::frontend::importLpNormalization(NodeContext &node) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  std::optional<int64_t> axis = node.getAxis(-1, node.shape(input).size());
  if (!axis)
    return failure();
  int64_t p = node.getInt("p", 2);
  if (p != 1 && p != 2)
    return node.error("p is " + Twine(p) + "; expected 1 or 2");
  Value terms = p == 1 ? createUnary(node, UnaryKind::Abs, input)
                       : createBinary<MulOp>(node, input, input);
  Value norm = createReduce(node, ReduceKind::Sum, terms, *axis);
  if (p == 2)
    norm = createUnary(node, UnaryKind::Sqrt, norm);
  // Of zeros, zeros: those are divided by 1.
  auto type = cast<RankedTensorType>(norm.getType());
  Value isZero = CompareOp::create(
      node.builder, node.loc, type.clone(node.builder.getI1Type()),
      Relation::Equal, norm, createScalar(node, 0));
  Value divisor = SelectOp::create(node.builder, node.loc, type, isZero,
                                   createScalar(node, 1), norm);
  return node.result(createBinary<DivOp>(node, input, divisor));
}

/// x / (bias + alpha / size * sum of squares)^beta, the sum over `size`
/// channels around each: an average over a window of channels.
LogicalResult vox::frontend::importLRN(NodeContext &node) {
  Value input = readChannels(node);
  if (!input)
    return failure();
  ShapeRef shape = node.shape(input);
  int64_t size = node.getInt("size", 0);
  if (size < 1 || size > kMaxWindow)
    return node.error("size is " + Twine(size) + "; expected 1 to " +
                      Twine(kMaxWindow));
  Shape planes = {shape[0], 1, shape[1],
                  *numElements(shape) / (shape[0] * shape[1])};
  Value squares =
      createReshape(node, createBinary<MulOp>(node, input, input), planes);
  int64_t before = (size - 1) / 2, after = size - 1 - before;
  Value mean = PoolOp::create(
      node.builder, node.loc, squares.getType(), PoolKind::Average, squares,
      ArrayRef<int64_t>{size, 1}, ArrayRef<int64_t>{1, 1},
      ArrayRef<int64_t>{1, 1}, ArrayRef<int64_t>{before, 0, after, 0},
      /*ceil_mode=*/false, /*count_include_pad=*/true, node.layer);
  Value scaled =
      createBinary<MulOp>(node, createReshape(node, mean, shape),
                          createScalar(node, node.getFloat("alpha", 1e-4f)));
  Value base = createBinary<AddOp>(
      node, scaled, createScalar(node, node.getFloat("bias", 1)));
  Value divisor = createBinary<PowOp>(
      node, base, createScalar(node, node.getFloat("beta", 0.75f)));
  return node.result(createBinary<DivOp>(node, input, divisor));
}
