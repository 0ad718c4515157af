//===- Compose.cpp - Ops that several nodes are made of -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Weights.h"

#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

Value vox::frontend::readNumbers(NodeContext &node, unsigned i) {
  Value value = node.anyTensor(i);
  if (!value || getDataType(value) != onnx::TensorProto::BOOL)
    return value;
  return node.error(node.describeInput(i) +
                    " has type bool; expected float or an integer type");
}

Value vox::frontend::readAlike(NodeContext &node, unsigned i, unsigned first,
                               Value like) {
  Value value = node.anyTensor(i);
  if (!value || getDataType(value) == getDataType(like))
    return value;
  return node.error(node.describeInput(i) + " has type " +
                    getTypeName(getDataType(value)) + "; expected " +
                    getTypeName(getDataType(like)) + ", as input " +
                    Twine(first) + " has");
}

Value vox::frontend::createScalar(NodeContext &node, float value) {
  return createConstant(node.builder, node.loc, {}, value,
                        node.layer.getValue());
}

Value vox::frontend::createScalarLike(NodeContext &node, Value like,
                                      int64_t value) {
  int32_t type = getDataType(like);
  if (type == onnx::TensorProto::FLOAT)
    return createScalar(node, static_cast<float>(value));
  return createIntConstant(node.builder, node.loc, IntTensor{{}, {value}, type},
                           node.layer.getValue());
}

Relation vox::frontend::getRelation(StringRef opType) {
  return llvm::StringSwitch<Relation>(opType)
      .Case("Equal", Relation::Equal)
      .Case("Less", Relation::Less)
      .Case("LessOrEqual", Relation::LessOrEqual)
      .Case("Greater", Relation::Greater)
      .Case("GreaterOrEqual", Relation::GreaterOrEqual);
}

Value vox::frontend::createCompare(NodeContext &node, Relation relation,
                                   Value lhs, Value rhs) {
  auto shape = inferBroadcastShape(node.shape(lhs), node.shape(rhs));
  if (!shape)
    return node.error(shape.takeError());
  RankedTensorType type = node.type(*shape);
  if (!type)
    return nullptr;
  return CompareOp::create(node.builder, node.loc,
                           type.clone(node.builder.getI1Type()), relation, lhs,
                           rhs);
}

Value vox::frontend::createNot(NodeContext &node, Value condition) {
  return createCompare(node, Relation::Equal, condition,
                       createScalarLike(node, condition, 0));
}

Value vox::frontend::createUnary(NodeContext &node, UnaryKind kind,
                                 Value input) {
  return UnaryOp::create(node.builder, node.loc, input.getType(), kind, input);
}

static bool isGlobalPool(ReduceKind kind, ShapeRef axes, int64_t rank) {
  return kind == ReduceKind::Mean && rank >= 3 && rank <= 5 &&
         axes == ShapeRef(llvm::to_vector(llvm::seq<int64_t>(2, rank)));
}

Value vox::frontend::createReduce(NodeContext &node, ReduceKind kind,
                                  Value input, ShapeRef axes) {
  if (axes.empty())
    return input;
  Shape shape(node.shape(input));
  for (int64_t axis : axes)
    shape[axis] = 1;
  RankedTensorType type = node.type(shape, input);
  if (isGlobalPool(kind, axes, shape.size()))
    return GlobalPoolOp::create(node.builder, node.loc, type, PoolKind::Average,
                                input, node.layer);
  return ReduceOp::create(node.builder, node.loc, type, kind, input, axes,
                          node.layer);
}

static RankedTensorType withShape(Value like, ShapeRef shape) {
  Type element = cast<RankedTensorType>(like.getType()).getElementType();
  return RankedTensorType::get(shape, element);
}

Value vox::frontend::createReshape(NodeContext &node, Value input,
                                   ShapeRef shape) {
  auto values = node.canSpare(input) ? readConstant(input) : std::nullopt;
  if (values)
    return createConstantLike(node.builder, input, shape, *values);
  return ReshapeOp::create(node.builder, node.loc, withShape(input, shape),
                           input);
}

Value vox::frontend::createTranspose(NodeContext &node, Value input,
                                     ArrayRef<int64_t> permutation) {
  bool isMatrix = permutation == ArrayRef<int64_t>{1, 0};
  if (Value exchanged = isMatrix ? node.exchanged.lookup(input) : Value())
    return exchanged;
  Shape shape;
  for (int64_t dim : permutation)
    shape.push_back(node.shape(input)[dim]);
  Value result;
  auto values = node.canSpare(input) ? readConstant(input) : std::nullopt;
  if (values)
    result =
        createConstantLike(node.builder, input, shape,
                           permute(*values, node.shape(input), permutation));
  else
    result = TransposeOp::create(node.builder, node.loc,
                                 withShape(input, shape), input, permutation);
  if (isMatrix) {
    node.exchanged[input] = result;
    node.exchanged[result] = input;
  }
  return result;
}

Value vox::frontend::createCast(NodeContext &node, Value input, Type to) {
  auto type = RankedTensorType::get(node.shape(input), to);
  if (type == input.getType())
    return input;
  return CastOp::create(node.builder, node.loc, type, input);
}

Value vox::frontend::createSlice(NodeContext &node, Value value, int64_t dim,
                                 int64_t first, int64_t count) {
  Shape shape(node.shape(value)), starts(shape.size(), 0);
  if (shape[dim] == count)
    return value;
  Shape steps(shape.size(), 1);
  starts[dim] = first;
  shape[dim] = count;
  return SliceOp::create(node.builder, node.loc, node.type(shape, value), value,
                         starts, steps);
}

Value vox::frontend::takeRows(NodeContext &node, Value value, int64_t first,
                              int64_t count) {
  Shape shape(node.shape(value));
  if (shape[0] == count)
    return value;
  auto values = readConstant(value);
  if (!values)
    return createSlice(node, value, 0, first, count);
  int64_t size = values->size() / shape[0];
  shape[0] = count;
  return createConstantLike(
      node.builder, value, shape,
      ArrayRef<float>(*values).slice(first * size, count * size));
}

Value vox::frontend::takeRow(NodeContext &node, Value value, int64_t i) {
  if (!value)
    return nullptr;
  Value row = takeRows(node, value, i, 1);
  ShapeRef shape = node.shape(row).drop_front();
  return createReshape(node, row, shape);
}

Value vox::frontend::createDense(NodeContext &node, Value input, Value weights,
                                 Value bias) {
  Shape shape(node.shape(input));
  shape.back() = node.shape(weights).front();
  RankedTensorType type = node.type(shape);
  if (!type)
    return nullptr;
  return DenseOp::create(node.builder, node.loc, type, input, weights, bias,
                         node.layer);
}

Value vox::frontend::createConcat(NodeContext &node, ArrayRef<Value> parts,
                                  int64_t axis) {
  if (parts.size() == 1)
    return parts.front();
  Shape shape(node.shape(parts.front()));
  shape[axis] = 0;
  for (Value part : parts)
    shape[axis] += node.shape(part)[axis];
  RankedTensorType type = node.type(shape, parts.front());
  if (!type)
    return nullptr;
  return ConcatOp::create(node.builder, node.loc, type, parts, axis);
}
