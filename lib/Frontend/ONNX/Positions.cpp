//===- Positions.cpp - Import of ops that compare positions ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where an element stands decides what becomes of it: constants that count the
// positions along a dimension are compared with numbers or with each other.
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"
#include "Indices.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// How many positions OneHot has: a constant number of any type.
static std::optional<int64_t> readDepth(NodeContext &node) {
  std::optional<int64_t> depth;
  if (node.isInts(1))
    depth = readInteger(node, 1);
  else if (std::optional<float> number = node.scalar(1))
    depth = *number >= 1 && *number < 0x1p31f ? int64_t(*number) : 0;
  if (!depth || *depth >= 1)
    return depth;
  return node.error(node.describeInput(1) + " is " + Twine(*depth) +
                    "; expected a positive integer");
}

/// The element `at` of the values {off, on} of OneHot, a vector of one.
static Value takeValue(NodeContext &node, Value values, int64_t at) {
  return SliceOp::create(node.builder, node.loc, node.type({1}, values), values,
                         ArrayRef<int64_t>{at}, ArrayRef<int64_t>{1});
}

/// `index`, counted from the end of `extent` positions if it is negative.
static Value countFromEnd(NodeContext &node, Value index, int64_t extent) {
  Value fromEnd = AddOp::create(node.builder, node.loc, index.getType(), index,
                                createScalarLike(node, index, extent));
  Value isNegative = createCompare(node, Relation::Less, index,
                                   createScalarLike(node, index, 0));
  return SelectOp::create(node.builder, node.loc, index.getType(), isNegative,
                          fromEnd, index);
}

/// On where the position along the new dimension is the index; off everywhere
/// for an index outside, which negative ones were before operator set 11.
LogicalResult vox::frontend::importOneHot(NodeContext &node) {
  Value indices = node.anyTensor(0);
  std::optional<int64_t> depth = indices ? readDepth(node) : std::nullopt;
  Value values = depth ? node.anyTensor(2) : nullptr;
  if (!values)
    return failure();
  if (node.shape(values) != ShapeRef{2})
    return node.error(node.describeInput(2) + " has shape " +
                      formatShape(node.shape(values)) +
                      "; expected 2, the values off and on");
  Shape shape(node.shape(indices));
  int64_t rank = shape.size() + 1;
  std::optional<int64_t> axis = node.getAxis(-1, rank);
  if (!axis)
    return failure();
  shape.insert(shape.begin() + *axis, 1);
  Shape resultShape = shape;
  resultShape[*axis] = *depth;
  RankedTensorType type = node.type(resultShape, values);
  Value positions = type ? createPositions(node, *depth, *axis, rank) : nullptr;
  if (!positions)
    return failure();
  Value index = createReshape(
      node, createCast(node, indices, node.builder.getI64Type()), shape);
  if (node.opset >= 11)
    index = countFromEnd(node, index, *depth);
  Value isOn = createCompare(node, Relation::Equal, index, positions);
  return node.result(SelectOp::create(node.builder, node.loc, type, isOn,
                                      takeValue(node, values, 1),
                                      takeValue(node, values, 0)));
}

/// 1 at the position of the first maximum, else 0; null after an error.
static Value createHardmax(NodeContext &node, Value input, int64_t axis) {
  Shape shape(node.shape(input));
  Value positions = createPositions(node, shape[axis], axis, shape.size());
  if (!positions)
    return nullptr;
  shape[axis] = 1;
  Value greatest = ArgMaxOp::create(
      node.builder, node.loc,
      RankedTensorType::get(shape, node.builder.getI64Type()), input, axis,
      /*select_last=*/false, node.layer);
  Value isGreatest = createCompare(node, Relation::Equal, greatest, positions);
  return createCast(node, isGreatest, node.builder.getF32Type());
}

/// Before operator set 13 the dimensions from `axis` on are taken as one, which
/// the version converter does not write down.
LogicalResult vox::frontend::importHardmax(NodeContext &node) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  Shape shape(node.shape(input));
  bool isFlat = node.opset < 13;
  std::optional<int64_t> axis = node.getAxis(isFlat ? 1 : -1, shape.size());
  if (!axis)
    return failure();
  if (isFlat) {
    ShapeRef all = shape;
    input = createReshape(node, input,
                          {*numElements(all.take_front(*axis)),
                           *numElements(all.drop_front(*axis))});
    axis = 1;
  }
  Value result = createHardmax(node, input, *axis);
  if (!result)
    return failure();
  return node.result(isFlat ? createReshape(node, result, shape) : result);
}

/// Rows, counted from `diagonal` on, and columns of a matrix of `shape`; null
/// after an error. Diagonals outside of any matrix are as good as far ones.
static std::pair<Value, Value>
createRowsAndColumns(NodeContext &node, ShapeRef shape, int64_t diagonal) {
  constexpr int64_t far = int64_t(1) << 31;
  Value rows = createPositions(node, shape[0], /*axis=*/0, /*rank=*/2,
                               std::clamp(diagonal, -far, far));
  Value columns =
      rows ? createPositions(node, shape[1], /*axis=*/1, /*rank=*/2) : nullptr;
  return {rows, columns};
}

/// 1 on a diagonal, else 0.
LogicalResult vox::frontend::importEyeLike(NodeContext &node) {
  Value input = node.anyTensor(0);
  if (!input)
    return failure();
  ShapeRef shape = node.shape(input);
  if (shape.size() != 2)
    return node.error("the input has rank " + Twine(shape.size()) +
                      "; expected 2");
  auto dataType =
      static_cast<int32_t>(node.getInt("dtype", getDataType(input)));
  Type element = getElementType(node.builder.getContext(), dataType);
  if (!element)
    return node.error("dtype is " + getTypeName(dataType) +
                      ", which is not supported; expected " +
                      kElementTypeNames);
  auto [rows, columns] = createRowsAndColumns(node, shape, node.getInt("k", 0));
  if (!columns)
    return failure();
  return node.result(createCast(
      node, createCompare(node, Relation::Equal, columns, rows), element));
}

/// What lies on the other side of a diagonal becomes 0.
LogicalResult vox::frontend::importTrilu(NodeContext &node) {
  Value input = node.anyTensor(0);
  if (!input)
    return failure();
  std::optional<int64_t> diagonal = 0;
  if (node.hasInput(1))
    diagonal = readInteger(node, 1);
  if (!diagonal)
    return failure();
  ShapeRef shape = node.shape(input);
  if (shape.size() < 2)
    return node.error("the input has rank " + Twine(shape.size()) +
                      "; expected at least 2");
  auto [rows, columns] =
      createRowsAndColumns(node, shape.take_back(2), *diagonal);
  if (!columns)
    return failure();
  bool isUpper = node.getInt("upper", 1) != 0;
  Value isKept = createCompare(
      node, isUpper ? Relation::GreaterOrEqual : Relation::LessOrEqual, columns,
      rows);
  return node.result(SelectOp::create(node.builder, node.loc, input.getType(),
                                      isKept, input,
                                      createScalarLike(node, input, 0)));
}
