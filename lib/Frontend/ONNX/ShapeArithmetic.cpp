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
  Value input = node.anyTensor(0);
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
  Value input = node.anyTensor(0);
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
  if (llvm::is_contained(shape, 0) &&
      llvm::all_of(shape, [](int64_t extent) { return extent >= 0; }))
    return node.emptyResult(shape, value ? value->t().data_type()
                                         : int32_t(onnx::TensorProto::FLOAT));
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
  if (value && value->t().data_type() != onnx::TensorProto::FLOAT)
    return node.error("value has type " + getTypeName(value->t().data_type()) +
                      "; expected " + kElementTypeNames);
  float element = value ? readFloats(value->t()).front() : 0;
  return node.result(ConstantOp::create(node.builder, node.loc, type,
                                        SplatElementsAttr::get(type, element)));
}

/// start, start + delta, ... before limit.
LogicalResult vox::frontend::foldRange(NodeContext &node) {
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
  return foldRange(node);
}

LogicalResult vox::frontend::foldIdentity(NodeContext &node) {
  return node.result(IntTensor(*node.ints(0)));
}

LogicalResult vox::frontend::foldCast(NodeContext &node) {
  auto to = static_cast<int32_t>(node.getInt("to", 0));
  if (to == onnx::TensorProto::FLOAT && node.isGiven(0)) {
    const IntTensor *ints = node.ints(0);
    std::vector<float> values(ints->values.begin(), ints->values.end());
    return node.result(createConstant(node.builder, node.loc, ints->shape,
                                      values, node.layer));
  }
  if (!isInteger(to))
    return importCast(node);
  IntTensor result = *node.ints(0);
  result.dataType = to;
  for (int64_t &value : result.values)
    value = wrapInteger(value, to);
  return node.result(std::move(result));
}

LogicalResult vox::frontend::foldGather(NodeContext &node) {
  const IntTensor *data = node.ints(0), *indices = node.ints(1);
  if (!data || !indices)
    return failure();
  if (data->shape.size() != 1 || indices->shape.size() > 1)
    return importGather(node);
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

LogicalResult vox::frontend::foldSlice(NodeContext &node) {
  const IntTensor *data = node.ints(0);
  if (!data)
    return failure();
  if (data->shape.size() != 1)
    return importSlice(node);
  int64_t bounds[] = {0, 0, 0, 1}; // data, start, end, axis; step last
  int64_t step = 1;
  for (unsigned i = 1; i < node.numInputs(); ++i) {
    if (!node.hasInput(i))
      continue;
    const IntTensor *value = node.ints(i);
    if (!value)
      return failure();
    if (value->values.size() != 1)
      return node.error(node.describeInput(i) + " has " +
                        Twine(value->values.size()) + " entries; expected 1");
    (i < 4 ? bounds[i] : step) = value->values.front();
  }
  if (node.hasInput(3) && !node.normalizeAxis(bounds[3], 1))
    return failure();
  if (step != 1 && step != -1)
    return node.error("steps is " + Twine(step) + "; expected 1 or -1");

  int64_t size = data->values.size();
  auto clamp = [&](int64_t at, int64_t least, int64_t most) {
    return std::clamp(at < 0 ? at + size : at, least, most);
  };
  SmallVector<int64_t> values;
  if (step > 0)
    for (int64_t i = clamp(bounds[1], 0, size), end = clamp(bounds[2], 0, size);
         i < end; ++i)
      values.push_back(data->values[i]);
  else
    for (int64_t i = clamp(bounds[1], -1, size - 1),
                 end = clamp(bounds[2], -1, size - 1);
         i > end; --i)
      values.push_back(data->values[i]);
  return node.result(makeVector(values, data->dataType));
}

LogicalResult vox::frontend::foldConcat(NodeContext &node) {
  SmallVector<int64_t> values;
  int32_t dataType = node.ints(0)->dataType;
  for (unsigned i = 0; i < node.numInputs(); ++i) {
    const IntTensor *part = node.ints(i);
    if (!part)
      return failure();
    if (part->shape.size() != 1 || part->dataType != dataType)
      return importConcat(node);
    llvm::append_range(values, part->values);
  }
  if (!node.getAxis(0, 1))
    return failure();
  return node.result(makeVector(values, dataType));
}

template <typename Infer>
static LogicalResult foldShapeChange(NodeContext &node, Infer infer) {
  const IntTensor *input = node.ints(0);
  std::optional<Shape> shape =
      input ? infer(node, ShapeRef(input->shape)) : std::nullopt;
  if (!shape)
    return failure();
  return node.result(IntTensor{*shape, input->values, input->dataType});
}

LogicalResult vox::frontend::foldReshape(NodeContext &node) {
  return foldShapeChange(node, inferReshape);
}

LogicalResult vox::frontend::foldSqueeze(NodeContext &node) {
  return foldShapeChange(node, inferSqueeze);
}

LogicalResult vox::frontend::foldUnsqueeze(NodeContext &node) {
  return foldShapeChange(node, inferUnsqueeze);
}
