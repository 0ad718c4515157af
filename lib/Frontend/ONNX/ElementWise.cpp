//===- ElementWise.cpp - Import of arithmetic -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

template <typename Op> static LogicalResult importBinary(NodeContext &node) {
  Value lhs = node.tensor(0), rhs = node.tensor(1);
  if (!lhs || !rhs)
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

/// All operands of a node, the first two combined, then with the third, ...;
/// null after an error.
template <typename Op> static Value combineAll(NodeContext &node) {
  Value all = node.tensor(0);
  for (unsigned i = 1; all && i < node.numInputs(); ++i) {
    Value next = node.tensor(i);
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
  Value sum = combineAll<AddOp>(node);
  if (!sum || node.numInputs() == 1)
    return sum ? node.result(sum) : failure();
  float terms = node.numInputs();
  return node.result(createBinary<DivOp>(node, sum, createScalar(node, terms)));
}

/// The exponent may have any type of numbers; the result has the base's.
static Value getExponent(NodeContext &node) {
  if (node.isGiven(1) && node.isInts(1)) {
    const IntTensor *ints = node.ints(1);
    std::vector<float> values(ints->values.begin(), ints->values.end());
    return createConstant(node.builder, node.loc, ints->shape, values,
                          node.layer.getValue());
  }
  Value exponent = node.anyTensor(1);
  if (!exponent || getDataType(exponent) == onnx::TensorProto::FLOAT)
    return exponent;
  return createCast(node, exponent, node.builder.getF32Type());
}

LogicalResult vox::frontend::importPow(NodeContext &node) {
  Value base = node.tensor(0), exponent = base ? getExponent(node) : nullptr;
  Value value = exponent ? createBinary<PowOp>(node, base, exponent) : nullptr;
  return value ? node.result(value) : failure();
}

LogicalResult vox::frontend::importUnary(NodeContext &node) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  return node.result(
      createUnary(node, *symbolizeUnaryKind(node.opType().lower()), input));
}

LogicalResult vox::frontend::importCompare(NodeContext &node) {
  Value lhs = node.tensor(0), rhs = lhs ? node.tensor(1) : nullptr;
  if (!rhs)
    return failure();
  auto shape = inferBroadcastShape(node.shape(lhs), node.shape(rhs));
  if (!shape)
    return node.error(shape.takeError());
  if (!node.type(*shape))
    return failure();
  Relation relation = llvm::StringSwitch<Relation>(node.opType())
                          .Case("Equal", Relation::Equal)
                          .Case("Less", Relation::Less)
                          .Case("LessOrEqual", Relation::LessOrEqual)
                          .Case("Greater", Relation::Greater)
                          .Case("GreaterOrEqual", Relation::GreaterOrEqual);
  auto type = RankedTensorType::get(*shape, node.builder.getI1Type());
  return node.result(
      CompareOp::create(node.builder, node.loc, type, relation, lhs, rhs));
}

/// A bool as a number; null after an error.
static Value readBool(NodeContext &node, unsigned i) {
  Value input = node.anyTensor(i);
  if (input && getDataType(input) != onnx::TensorProto::BOOL)
    return (void)node.error(node.describeInput(i) + " has type " +
                            getTypeName(getDataType(input)) +
                            "; expected bool"),
           nullptr;
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
  Value lhs = condition ? node.tensor(1) : nullptr;
  Value rhs = lhs ? node.tensor(2) : nullptr;
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
  RankedTensorType type = node.type(*shape);
  if (!type)
    return failure();
  return node.result(
      SelectOp::create(node.builder, node.loc, type, condition, lhs, rhs));
}

LogicalResult vox::frontend::importCast(NodeContext &node) {
  Value input = node.anyTensor(0);
  if (!input)
    return failure();
  auto to = static_cast<int32_t>(node.getInt("to", 0));
  Type element = getElementType(node.builder.getContext(), to);
  if (!element)
    return node.error("casts to " + getTypeName(to) +
                      ", which is not supported; expected " +
                      kElementTypeNames);
  return node.result(createCast(node, input, element));
}

LogicalResult vox::frontend::importCastLike(NodeContext &node) {
  Value input = node.anyTensor(0), like = input ? node.anyTensor(1) : nullptr;
  if (!like)
    return failure();
  Type element = cast<RankedTensorType>(like.getType()).getElementType();
  return node.result(createCast(node, input, element));
}
