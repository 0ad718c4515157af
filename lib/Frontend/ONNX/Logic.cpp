//===- Logic.cpp - Import of comparisons and what is made of them ---------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"

#include <limits>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

LogicalResult vox::frontend::importCompare(NodeContext &node) {
  Value lhs = node.anyTensor(0);
  Value rhs = lhs ? readAlike(node, 1, 0, lhs) : nullptr;
  if (!rhs)
    return failure();
  Value value = createCompare(node, getRelation(node.opType()), lhs, rhs);
  return value ? node.result(value) : failure();
}

/// NaN alone differs from itself.
LogicalResult vox::frontend::importIsNaN(NodeContext &node) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  return node.result(
      createNot(node, createCompare(node, Relation::Equal, input, input)));
}

LogicalResult vox::frontend::importIsInf(NodeContext &node) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  bool negative = node.getInt("detect_negative", 1) != 0;
  bool positive = node.getInt("detect_positive", 1) != 0;
  // Nothing is less than itself.
  if (!negative && !positive)
    return node.result(createCompare(node, Relation::Less, input, input));
  constexpr float infinity = std::numeric_limits<float>::infinity();
  if (negative && positive)
    input = createUnary(node, UnaryKind::Abs, input);
  return node.result(
      createCompare(node, Relation::Equal, input,
                    createScalar(node, positive ? infinity : -infinity)));
}

/// A bool as a number; null after an error.
static Value readBool(NodeContext &node, unsigned i) {
  Value input = node.anyTensor(i);
  if (input && getDataType(input) != onnx::TensorProto::BOOL)
    return node.error(node.describeInput(i) + " has type " +
                      getTypeName(getDataType(input)) + "; expected bool");
  return input ? createCast(node, input, node.builder.getF32Type()) : nullptr;
}

/// Not b as b == 0, where b is 0 or 1.
LogicalResult vox::frontend::importNot(NodeContext &node) {
  Value input = readBool(node, 0);
  if (!input)
    return failure();
  auto type =
      RankedTensorType::get(node.shape(input), node.builder.getI1Type());
  return node.result(CompareOp::create(node.builder, node.loc, type,
                                       Relation::Equal, input,
                                       createScalar(node, 0)));
}

/// Of numbers 0 and 1: And is the minimum, Or the maximum, Xor the distance.
LogicalResult vox::frontend::importLogical(NodeContext &node) {
  Value lhs = readBool(node, 0), rhs = lhs ? readBool(node, 1) : nullptr;
  if (!rhs)
    return failure();
  Value value = node.opType() == "And"  ? createBinary<MinOp>(node, lhs, rhs)
                : node.opType() == "Or" ? createBinary<MaxOp>(node, lhs, rhs)
                                        : createBinary<SubOp>(node, lhs, rhs);
  if (!value)
    return failure();
  return node.result(createCast(node, value, node.builder.getI1Type()));
}

LogicalResult vox::frontend::importWhere(NodeContext &node) {
  Value condition = node.anyTensor(0);
  Value lhs = condition ? node.anyTensor(1) : nullptr;
  Value rhs = lhs ? readAlike(node, 2, 1, lhs) : nullptr;
  if (!rhs)
    return failure();
  if (getDataType(condition) != onnx::TensorProto::BOOL)
    return node.error(node.describeInput(0) + " has type " +
                      getTypeName(getDataType(condition)) + "; expected bool");
  auto shape = inferBroadcastShape(node.shape(lhs), node.shape(rhs));
  if (shape)
    shape = inferBroadcastShape(node.shape(condition), *shape);
  if (!shape)
    return node.error(shape.takeError());
  RankedTensorType type = node.type(*shape, lhs);
  if (!type)
    return failure();
  return node.result(
      SelectOp::create(node.builder, node.loc, type, condition, lhs, rhs));
}
