//===- Structure.cpp - Import of constants and ops that move data ---------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

static constexpr int64_t kMaxExtent = std::numeric_limits<int32_t>::max();

LogicalResult vox::frontend::importIdentity(NodeContext &node) {
  Value input = node.anyTensor(0);
  return input ? node.result(input) : failure();
}

LogicalResult vox::frontend::importDropout(NodeContext &node) {
  if (node.hasInput(2)) {
    const IntTensor *training = node.ints(2);
    if (!training)
      return failure();
    bool isTraining =
        training->values.size() != 1 || training->values.front() != 0;
    std::optional<float> ratio = 0.5f;
    if (isTraining && node.isGiven(1) && !(ratio = node.scalar(1)))
      return failure();
    if (isTraining && *ratio != 0)
      return node.error("training_mode is true and ratio " +
                            std::to_string(*ratio) +
                            "; expected training_mode false or ratio 0",
                        "export the network in inference mode");
  }
  if (failed(importIdentity(node)) || node.numOutputs() == 1)
    return failure(node.getResults().empty());
  // The mask: nothing is dropped.
  auto type = RankedTensorType::get(node.shape(node.getResults()[0].value),
                                    node.builder.getI1Type());
  return node.result(ConstantOp::create(node.builder, node.loc, type,
                                        DenseElementsAttr::get(type, true)));
}

static LogicalResult importFloats(NodeContext &node, ShapeRef shape,
                                  ArrayRef<float> values) {
  return node.result(
      createConstant(node.builder, node.loc, shape, values, node.layer));
}

LogicalResult vox::frontend::importConstant(NodeContext &node) {
  if (const onnx::AttributeProto *value = node.attribute("value")) {
    const onnx::TensorProto &tensor = value->t();
    if (tensor.data_type() == onnx::TensorProto::FLOAT)
      return importFloats(node, getShape(tensor), readFloats(tensor));
    if (isInteger(tensor.data_type()))
      return node.result(Operand{nullptr, readInts(tensor)});
    return node.error("value has type " + getTypeName(tensor.data_type()) +
                      "; expected " + kElementTypeNames);
  }
  if (const onnx::AttributeProto *value = node.attribute("value_float"))
    return importFloats(node, {}, {value->f()});
  if (const onnx::AttributeProto *value = node.attribute("value_floats"))
    return importFloats(
        node, {value->floats_size()},
        ArrayRef<float>(value->floats().data(), value->floats_size()));
  if (const onnx::AttributeProto *value = node.attribute("value_int"))
    return node.result(IntTensor{{}, {value->i()}});
  if (auto values = node.getInts("value_ints"))
    return node.result(
        IntTensor{{static_cast<int64_t>(values->size())}, *values});
  return node.error("strings and sparse tensors are not supported");
}

LogicalResult vox::frontend::importConcat(NodeContext &node) {
  SmallVector<Value> inputs;
  SmallVector<ShapeRef> shapes;
  for (unsigned i = 0; i < node.numInputs(); ++i) {
    if (node.hasInput(i) && !node.isGiven(i))
      continue; // it has no elements
    Value input = node.anyTensor(i);
    if (!input)
      return failure();
    if (int32_t type = getDataType(input);
        !inputs.empty() && type != getDataType(inputs.front()))
      return node.error(node.describeInput(i) + " has type " +
                        getTypeName(type) + "; expected " +
                        getTypeName(getDataType(inputs.front())) +
                        ", as those before have");
    inputs.push_back(input);
    shapes.push_back(node.shape(input));
  }
  if (inputs.empty())
    return node.error("has no inputs");
  std::optional<int64_t> axis = node.getAxis(0, shapes.front().size());
  if (!axis)
    return failure();
  auto shape = inferConcatShape(shapes, *axis);
  if (!shape)
    return node.error(shape.takeError());
  RankedTensorType type = node.type(*shape, inputs.front());
  if (!type)
    return failure();
  return node.result(
      ConcatOp::create(node.builder, node.loc, type, inputs, *axis));
}

std::optional<SlicedPart> vox::frontend::inferSlice(NodeContext &node,
                                                    ShapeRef input) {
  const IntTensor *starts = node.ints(1);
  const IntTensor *ends = starts ? node.ints(2) : nullptr;
  if (!ends)
    return std::nullopt;
  size_t count = starts->values.size();
  Shape axes = llvm::to_vector(llvm::seq<int64_t>(count)), steps(count, 1);
  for (auto [i, list] : {std::pair(3, &axes), std::pair(4, &steps)}) {
    if (!node.hasInput(i))
      continue;
    const IntTensor *given = node.ints(i);
    if (!given)
      return std::nullopt;
    *list = given->values;
  }
  for (auto [i, size] : {std::pair(2, ends->values.size()),
                         std::pair(3, axes.size()), std::pair(4, steps.size())})
    if (size != count)
      return node.error(node.describeInput(i) + " has " + Twine(size) +
                        " entries; expected " + Twine(count) +
                        ", as many as starts");
  std::optional<Shape> normal = node.normalizeAxes(axes, input.size());
  if (!normal)
    return std::nullopt;

  SlicedPart part{Shape(input.size(), 0), Shape(input.size(), 1), Shape(input)};
  for (auto [i, axis] : llvm::enumerate(*normal)) {
    int64_t extent = input[axis], step = steps[i];
    if (step == 0)
      return node.error("steps[" + Twine(i) +
                        "] is 0; expected any other integer");
    // Backwards the first position is the last one, and the end lies before 0.
    auto clamp = [&](int64_t at) {
      int64_t back = step < 0;
      return std::clamp(at < 0 ? at + extent : at, -back, extent - back);
    };
    int64_t start = std::max<int64_t>(clamp(starts->values[i]), 0);
    int64_t end = clamp(ends->values[i]);
    int64_t distance = step > 0 ? end - start : start - end;
    int64_t stride = step > 0 ? step : -std::max(step, -kMaxExtent);
    part.starts[axis] = start;
    part.steps[axis] = step > 0 ? std::min(step, kMaxExtent) : -stride;
    part.shape[axis] = distance > 0 ? (distance - 1) / stride + 1 : 0;
  }
  return part;
}

LogicalResult vox::frontend::importSlice(NodeContext &node) {
  Value input = node.anyTensor(0);
  if (!input)
    return failure();
  std::optional<SlicedPart> part = inferSlice(node, node.shape(input));
  if (!part)
    return failure();
  if (node.isEmptyShape(part->shape))
    return node.emptyResult(part->shape, getDataType(input));
  RankedTensorType type = node.type(part->shape, input);
  if (!type)
    return failure();
  return node.result(SliceOp::create(node.builder, node.loc, type, input,
                                     part->starts, part->steps));
}

//===----------------------------------------------------------------------===//
// Other shapes for the same elements
//===----------------------------------------------------------------------===//

std::optional<Shape> vox::frontend::inferReshape(NodeContext &node,
                                                 ShapeRef input) {
  const IntTensor *wanted = node.ints(1);
  if (!wanted)
    return std::nullopt;
  if (wanted->values.size() > kMaxRank)
    return node.error("shape has " + Twine(wanted->values.size()) +
                      " entries; expected at most " + Twine(kMaxRank));
  bool allowZero = node.getInt("allowzero", 0) != 0;
  Shape shape = wanted->values;
  std::optional<size_t> open;
  for (auto [i, extent] : llvm::enumerate(shape)) {
    if (extent == -1) {
      if (open)
        return node.error("shape has more than one -1");
      open = i;
      extent = 1;
    } else if (extent < -1) {
      return node.error("shape[" + Twine(i) + "] is " + Twine(extent) +
                        "; expected -1 or a non-negative integer");
    } else if (extent == 0 && !allowZero) {
      if (i >= input.size())
        return node.error("shape[" + Twine(i) +
                          "] is 0, which copies a dimension "
                          "that the input of rank " +
                          Twine(input.size()) + " does not have");
      extent = input[i];
    }
  }
  std::optional<int64_t> have = numElements(input), want = numElements(shape);
  if (want && open && *want > 0 && *have % *want == 0) {
    shape[*open] = *have / *want;
    want = have;
  }
  if (!want || *want != *have)
    return node.error(
        "can't reshape " + formatShape(input) + " to [" +
        llvm::join(llvm::map_range(
                       wanted->values,
                       [](int64_t extent) { return std::to_string(extent); }),
                   ", ") +
        "]");
  return shape;
}

std::optional<Shape> vox::frontend::inferSqueeze(NodeContext &node,
                                                 ShapeRef input) {
  SmallVector<bool> removed(input.size(), false);
  if (node.hasInput(1)) {
    const IntTensor *axes = node.ints(1);
    if (!axes)
      return std::nullopt;
    for (int64_t axis : axes->values) {
      std::optional<int64_t> normal = node.normalizeAxis(axis, input.size());
      if (!normal)
        return std::nullopt;
      if (input[*normal] != 1)
        return node.error("dimension " + Twine(*normal) + " has extent " +
                          Twine(input[*normal]) + "; expected 1");
      removed[*normal] = true;
    }
  } else {
    for (auto [i, extent] : llvm::enumerate(input))
      removed[i] = extent == 1;
  }
  Shape shape;
  for (auto [i, extent] : llvm::enumerate(input))
    if (!removed[i])
      shape.push_back(extent);
  return shape;
}

std::optional<Shape> vox::frontend::inferUnsqueeze(NodeContext &node,
                                                   ShapeRef input) {
  const IntTensor *axes = node.ints(1);
  if (!axes)
    return std::nullopt;
  int64_t rank = input.size() + axes->values.size();
  if (rank > kMaxRank)
    return node.error("the result has rank " + Twine(rank) +
                      "; expected at most " + Twine(kMaxRank));
  SmallVector<bool> inserted(rank, false);
  for (int64_t axis : axes->values) {
    std::optional<int64_t> normal = node.normalizeAxis(axis, rank);
    if (!normal)
      return std::nullopt;
    if (std::exchange(inserted[*normal], true))
      return node.error("axes lists dimension " + Twine(*normal) + " twice");
  }
  Shape shape;
  for (bool isNew : inserted) {
    shape.push_back(isNew ? 1 : input.front());
    input = input.drop_front(isNew ? 0 : 1);
  }
  return shape;
}

template <typename Infer>
static LogicalResult importAsReshape(NodeContext &node, Infer infer) {
  Value input = node.anyTensor(0);
  if (!input)
    return failure();
  std::optional<Shape> shape = infer(node, node.shape(input));
  RankedTensorType type = shape ? node.type(*shape, input) : nullptr;
  if (!type)
    return failure();
  return node.result(createReshape(node, input, *shape));
}

LogicalResult vox::frontend::importReshape(NodeContext &node) {
  return importAsReshape(node, inferReshape);
}

LogicalResult vox::frontend::importSqueeze(NodeContext &node) {
  return importAsReshape(node, inferSqueeze);
}

LogicalResult vox::frontend::importUnsqueeze(NodeContext &node) {
  return importAsReshape(node, inferUnsqueeze);
}

LogicalResult vox::frontend::importFlatten(NodeContext &node) {
  Value input = node.anyTensor(0);
  if (!input)
    return failure();
  ShapeRef shape = node.shape(input);
  // An axis may point behind the last dimension, too.
  int64_t rank = shape.size(), axis = node.getInt("axis", 1);
  if (axis < -rank || axis > rank)
    return node.error("axis is " + Twine(axis) + "; expected " + Twine(-rank) +
                      " to " + Twine(rank));
  if (axis < 0)
    axis += rank;
  RankedTensorType type = node.type({*numElements(shape.take_front(axis)),
                                     *numElements(shape.drop_front(axis))},
                                    input);
  if (!type)
    return failure();
  return node.result(
      FlattenOp::create(node.builder, node.loc, type, input, axis));
}

LogicalResult vox::frontend::importTranspose(NodeContext &node) {
  Value input = node.anyTensor(0);
  if (!input)
    return failure();
  ShapeRef shape = node.shape(input);
  Shape permutation = node.getInts("perm").value_or(
      llvm::to_vector(llvm::reverse(llvm::seq<int64_t>(shape.size()))));
  auto transposed = inferTransposeShape(shape, permutation);
  if (!transposed)
    return node.error(transposed.takeError());
  return node.result(createTranspose(node, input, permutation));
}
