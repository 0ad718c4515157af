//===- ElementWise.cpp - Import of arithmetic -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

template <typename Op> static LogicalResult importBinary(NodeContext &node) {
  Value lhs = readNumbers(node, 0);
  Value rhs = lhs ? readAlike(node, 1, 0, lhs) : nullptr;
  if (!rhs)
    return failure();
  Value value = createBinary<Op>(node, lhs, rhs);
  return value ? node.result(value) : failure();
}

LogicalResult vox::frontend::importAdd(NodeContext &node) {
  return importBinary<AddOp>(node);
}
LogicalResult vox::frontend::importSub(NodeContext &node) {
  return importBinary<SubOp>(node);
}
LogicalResult vox::frontend::importMul(NodeContext &node) {
  return importBinary<MulOp>(node);
}
LogicalResult vox::frontend::importDiv(NodeContext &node) {
  return importBinary<DivOp>(node);
}

LogicalResult vox::frontend::importMod(NodeContext &node) {
  return node.getInt("fmod", 0) != 0 ? importBinary<RemOp>(node)
                                     : importBinary<ModOp>(node);
}

/// All operands of a node, the first two combined, then with the third, ...;
/// null after an error.
template <typename Op> static Value combineAll(NodeContext &node) {
  Value first = readNumbers(node, 0), all = first;
  for (unsigned i = 1; all && i < node.numInputs(); ++i) {
    Value next = readAlike(node, i, 0, first);
    all = next ? createBinary<Op>(node, all, next) : nullptr;
  }
  return all;
}

template <typename Op> static LogicalResult importVariadic(NodeContext &node) {
  Value all = combineAll<Op>(node);
  return all ? node.result(all) : failure();
}

LogicalResult vox::frontend::importSum(NodeContext &node) {
  return importVariadic<AddOp>(node);
}
LogicalResult vox::frontend::importMax(NodeContext &node) {
  return importVariadic<MaxOp>(node);
}
LogicalResult vox::frontend::importMin(NodeContext &node) {
  return importVariadic<MinOp>(node);
}

LogicalResult vox::frontend::importMean(NodeContext &node) {
  Value sum = node.tensor(0) ? combineAll<AddOp>(node) : nullptr;
  if (!sum || node.numInputs() == 1)
    return sum ? node.result(sum) : failure();
  float terms = node.numInputs();
  return node.result(createBinary<DivOp>(node, sum, createScalar(node, terms)));
}

LogicalResult vox::frontend::importUnary(NodeContext &node) {
  UnaryKind kind = *symbolizeUnaryKind(node.opType().lower());
  bool takesIntegers = llvm::is_contained(
      {UnaryKind::Abs, UnaryKind::Neg, UnaryKind::Sign}, kind);
  Value input = takesIntegers ? readNumbers(node, 0) : node.tensor(0);
  return input ? node.result(createUnary(node, kind, input)) : failure();
}

LogicalResult vox::frontend::importRelu(NodeContext &node) {
  Value input = readNumbers(node, 0);
  if (!input)
    return failure();
  if (getDataType(input) == onnx::TensorProto::FLOAT)
    return importActivation(node);
  return node.result(
      createBinary<MaxOp>(node, input, createScalarLike(node, input, 0)));
}

/// Whether `value` is a float that is known now.
static bool isKnownFloat(Value value) {
  return isConstant(value) && getDataType(value) == onnx::TensorProto::FLOAT;
}

/// Of floats between numbers Clip is an activation; elsewhere it is a maximum
/// and a minimum, the latter last: that bound holds where they are inverted.
LogicalResult vox::frontend::importClip(NodeContext &node) {
  Value value = readNumbers(node, 0), bounds[2];
  if (!value)
    return failure();
  bool isActivation = getDataType(value) == onnx::TensorProto::FLOAT;
  for (unsigned i : {0, 1}) {
    if (!node.isGiven(i + 1))
      continue;
    bounds[i] = readAlike(node, i + 1, 0, value);
    if (!bounds[i])
      return failure();
    ShapeRef shape = node.shape(bounds[i]);
    if (*numElements(shape) != 1)
      return node.error(node.describeInput(i + 1) + " has shape " +
                        formatShape(shape) + "; expected a scalar");
    isActivation &= isKnownFloat(bounds[i]);
    if (!shape.empty() && !isKnownFloat(bounds[i]))
      bounds[i] = createReshape(node, bounds[i], {});
  }
  if (isActivation)
    return importActivation(node);
  if (bounds[0])
    value = createBinary<MaxOp>(node, value, bounds[0]);
  if (bounds[1])
    value = createBinary<MinOp>(node, value, bounds[1]);
  return node.result(value);
}

/// Floats known at import as the integers of type `to` that vox.cast makes of
/// them: extents of which an exporter has computed multiples. Nothing for other
/// values, and for those that are no extents.
static std::optional<IntTensor> computeInts(Value input, int32_t to) {
  ShapeRef shape = NodeContext::shape(input);
  bool isFloat = getDataType(input) == onnx::TensorProto::FLOAT;
  if (!isFloat || !isInteger(to) || shape.size() > 1 ||
      *numElements(shape) > kMaxRank)
    return std::nullopt;
  auto values = computeFloats(input);
  if (!values)
    return std::nullopt;
  IntTensor ints{Shape(shape), {}, to};
  for (float value : *values) {
    if (!(std::fabs(value) < 1e9f))
      return std::nullopt;
    // A bool is whether the float is not 0, fractions included.
    int64_t number = to == onnx::TensorProto::BOOL
                         ? value != 0
                         : static_cast<int64_t>(value);
    if (wrapInteger(number, to) != number)
      return std::nullopt;
    ints.values.push_back(number);
  }
  return ints;
}

LogicalResult vox::frontend::importCast(NodeContext &node) {
  auto to = static_cast<int32_t>(node.getInt("to", 0));
  Type element = getElementType(node.builder.getContext(), to);
  if (!element)
    return node.error("casts to " + getTypeName(to) +
                      ", which is not supported; expected " +
                      kElementTypeNames);
  Value input = node.anyTensor(0);
  if (!input)
    return failure();
  if (std::optional<IntTensor> ints = computeInts(input, to))
    return node.result(std::move(*ints));
  return node.result(createCast(node, input, element));
}

LogicalResult vox::frontend::importCastLike(NodeContext &node) {
  Value input = node.anyTensor(0);
  Value like = input ? node.anyTensorOrEmpty(1) : nullptr;
  if (!like)
    return failure();
  Type element = cast<RankedTensorType>(like.getType()).getElementType();
  return node.result(createCast(node, input, element));
}
