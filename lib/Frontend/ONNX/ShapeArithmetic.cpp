//===- ShapeArithmetic.cpp - Integers known at import ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Exporters compute the operand of Reshape from the shapes of other tensors.
// All shapes are static here, so that arithmetic ends at import: its integers
// never reach the vox dialect.
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

static IntTensor makeVector(ArrayRef<int64_t> values,
                            int32_t dataType = onnx::TensorProto::INT64) {
  return {{static_cast<int64_t>(values.size())}, Shape(values), dataType};
}

LogicalResult vox::frontend::importShape(NodeContext &node) {
  Value input = node.anyTensorOrEmpty(0);
  if (!input)
    return failure();
  ShapeRef shape = node.shape(input);
  int64_t rank = shape.size();
  auto clamp = [&](int64_t axis) {
    return std::clamp<int64_t>(axis < 0 ? axis + rank : axis, 0, rank);
  };
  int64_t start = clamp(node.getInt("start", 0));
  int64_t end = clamp(node.getInt("end", rank));
  return node.result(
      makeVector(shape.slice(start, std::max(end, start) - start)));
}

LogicalResult vox::frontend::importSize(NodeContext &node) {
  Value input = node.anyTensorOrEmpty(0);
  if (!input)
    return failure();
  return node.result(IntTensor{{}, {*numElements(node.shape(input))}});
}

LogicalResult vox::frontend::importConstantOfShape(NodeContext &node) {
  const IntTensor *given = node.ints(0);
  if (!given)
    return failure();
  ShapeRef shape = given->values;
  const onnx::AttributeProto *value = node.attribute("value");
  if (value && *numElements(getShape(value->t())) != 1)
    return node.error("value has shape " + formatShape(getShape(value->t())) +
                      "; expected one element");
  int32_t dataType =
      value ? value->t().data_type() : int32_t(onnx::TensorProto::FLOAT);
  if (getElementSize(dataType) == 0)
    return node.error("value has type " + getTypeName(dataType) +
                      "; expected " + kElementTypeNames);
  if (node.isEmptyShape(shape))
    return node.emptyResult(shape, dataType);
  RankedTensorType type = node.type(shape);
  if (!type)
    return failure();
  if (value && isInteger(value->t().data_type())) {
    IntTensor element = readInts(value->t());
    if (type.getNumElements() > int64_t(kMaxInts))
      return node.error("the result has " + Twine(type.getNumElements()) +
                        " integers; expected at most " + Twine(kMaxInts));
    return node.result(IntTensor{
        Shape(shape),
        SmallVector<int64_t>(type.getNumElements(), element.values.front()),
        element.dataType});
  }
  float element = value ? readFloats(value->t()).front() : 0;
  return node.result(ConstantOp::create(node.builder, node.loc, type,
                                        SplatElementsAttr::get(type, element)));
}

/// start, start + delta, ... before limit.
static LogicalResult importIntRange(NodeContext &node) {
  const IntTensor *operands[3];
  for (unsigned i = 0; i < 3; ++i) {
    if (!(operands[i] = node.ints(i)))
      return failure();
    if (operands[i]->values.size() != 1)
      return node.error(node.describeInput(i) + " has " +
                        Twine(operands[i]->values.size()) +
                        " elements; expected 1");
  }
  int64_t start = operands[0]->values.front();
  int64_t limit = operands[1]->values.front();
  int64_t delta = operands[2]->values.front();
  if (delta == 0)
    return node.error("delta is 0; expected any other integer");
  IntTensor result{{}, {}, operands[0]->dataType};
  for (int64_t at = start; delta > 0 ? at < limit : at > limit;) {
    if (result.values.size() == kMaxInts)
      return node.error("the result has more than " + Twine(kMaxInts) +
                        " integers; expected at most as many");
    result.values.push_back(at);
    if (llvm::AddOverflow(at, delta, at))
      break;
  }
  result.shape = {static_cast<int64_t>(result.values.size())};
  return node.result(std::move(result));
}

/// The same with floats.
static LogicalResult importFloatRange(NodeContext &node) {
  double operands[3];
  for (unsigned i = 0; i < 3; ++i) {
    std::optional<float> operand = node.scalar(i);
    if (!operand)
      return failure();
    if (!std::isfinite(*operand))
      return node.error(node.describeInput(i) + " is " +
                        std::to_string(*operand) +
                        "; expected a finite number");
    operands[i] = *operand;
  }
  auto [start, limit, delta] = operands;
  if (delta == 0)
    return node.error("delta is 0; expected any other number");
  double count = std::ceil((limit - start) / delta);
  if (count > kMaxInts)
    return node.error("the result has more than " + Twine(kMaxInts) +
                      " elements; expected at most as many");
  if (count < 1)
    return node.emptyResult({0}, onnx::TensorProto::FLOAT);
  std::vector<float> values(static_cast<size_t>(count));
  for (auto [i, value] : llvm::enumerate(values))
    value = start + i * delta;
  return node.result(createConstant(node.builder, node.loc,
                                    {static_cast<int64_t>(values.size())},
                                    values, node.layer));
}

LogicalResult vox::frontend::importRange(NodeContext &node) {
  if (!node.isInts(0)) {
    Value start = node.anyTensor(0);
    if (!start)
      return failure();
    if (getDataType(start) == onnx::TensorProto::FLOAT)
      return importFloatRange(node);
  }
  return importIntRange(node);
}

Folded vox::frontend::foldIdentity(NodeContext &node) {
  const IntTensor *input = node.ints(0);
  return input ? node.result(IntTensor(*input)) : failure();
}

Folded vox::frontend::foldCast(NodeContext &node) {
  auto to = static_cast<int32_t>(node.getInt("to", 0));
  if (to == onnx::TensorProto::FLOAT && node.isGiven(0)) {
    const IntTensor *ints = node.ints(0);
    std::vector<float> values(ints->values.begin(), ints->values.end());
    return node.result(createConstant(node.builder, node.loc, ints->shape,
                                      values, node.layer));
  }
  if (!isInteger(to))
    return std::nullopt;
  IntTensor result = *node.ints(0);
  result.dataType = to;
  for (int64_t &value : result.values)
    value = wrapInteger(value, to);
  return node.result(std::move(result));
}

Folded vox::frontend::foldGather(NodeContext &node) {
  const IntTensor *data = node.ints(0), *indices = node.ints(1);
  if (!data || !indices)
    return failure();
  if (data->shape.size() != 1 || indices->shape.size() > 1)
    return std::nullopt;
  if (!node.getAxis(0, 1))
    return failure();
  IntTensor result{indices->shape, {}, data->dataType};
  int64_t size = data->values.size();
  for (int64_t index : indices->values) {
    if (index < -size || index >= size)
      return node.error("index is " + Twine(index) + "; expected " +
                        Twine(-size) + " to " + Twine(size - 1));
    result.values.push_back(data->values[index < 0 ? index + size : index]);
  }
  return node.result(std::move(result));
}

Folded vox::frontend::foldSlice(NodeContext &node) {
  const IntTensor *data = node.ints(0);
  if (!data)
    return failure();
  if (data->shape.size() != 1)
    return std::nullopt;
  std::optional<SlicedPart> part = inferSlice(node, data->shape);
  if (!part)
    return failure();
  SmallVector<int64_t> values;
  for (int64_t i = 0; i < part->shape[0]; ++i)
    values.push_back(data->values[part->starts[0] + i * part->steps[0]]);
  return node.result(makeVector(values, data->dataType));
}

Folded vox::frontend::foldConcat(NodeContext &node) {
  SmallVector<int64_t> values;
  const IntTensor *first = nullptr;
  for (unsigned i = 0; i < node.numInputs(); ++i) {
    const IntTensor *part = node.ints(i);
    if (!part)
      return failure();
    first = first ? first : part;
    if (part->shape.size() != 1 || part->dataType != first->dataType ||
        values.size() + part->values.size() > kMaxInts)
      return std::nullopt;
    llvm::append_range(values, part->values);
  }
  if (!node.getAxis(0, 1))
    return failure();
  return node.result(makeVector(values, first->dataType));
}

template <typename Infer>
static Folded foldShapeChange(NodeContext &node, Infer infer) {
  const IntTensor *input = node.ints(0);
  std::optional<Shape> shape =
      input ? infer(node, ShapeRef(input->shape)) : std::nullopt;
  if (!shape)
    return failure();
  return node.result(IntTensor{*shape, input->values, input->dataType});
}

Folded vox::frontend::foldReshape(NodeContext &node) {
  return foldShapeChange(node, inferReshape);
}

Folded vox::frontend::foldSqueeze(NodeContext &node) {
  return foldShapeChange(node, inferSqueeze);
}

Folded vox::frontend::foldUnsqueeze(NodeContext &node) {
  return foldShapeChange(node, inferUnsqueeze);
}
