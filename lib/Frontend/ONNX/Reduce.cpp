//===- Reduce.cpp - Import of reductions ----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <limits>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// The position of the least element is that of the greatest negated one; NaN
/// comes before all numbers in either. The least integer has no negative: of
/// integers all bits are turned over, which is -1 - x.
LogicalResult vox::frontend::importArgMax(NodeContext &node) {
  Value input = readNumbers(node, 0);
  if (!input)
    return failure();
  bool isFloat = getDataType(input) == onnx::TensorProto::FLOAT;
  if (node.opType() == "ArgMin")
    input = isFloat ? createUnary(node, UnaryKind::Neg, input)
                    : createBinary<SubOp>(
                          node, createScalarLike(node, input, -1), input);
  Shape shape(node.shape(input));
  std::optional<int64_t> axis = node.getAxis(0, shape.size());
  if (!axis)
    return failure();
  shape[*axis] = 1;
  Type element = node.builder.getI64Type();
  Value value = ArgMaxOp::create(
      node.builder, node.loc, RankedTensorType::get(shape, element), input,
      *axis, node.getInt("select_last_index", 0) != 0, node.layer);
  if (node.getInt("keepdims", 1) != 0)
    return node.result(value);
  shape.erase(shape.begin() + *axis);
  return node.result(ReshapeOp::create(
      node.builder, node.loc, RankedTensorType::get(shape, element), value));
}

/// Which dimensions a reduction is over: those that input 1 lists, or all
/// without a list, unless `noop_with_empty_axes` says none.
static std::optional<Shape> readReducedAxes(NodeContext &node, int64_t rank) {
  llvm::BitVector reduced(rank);
  if (node.hasInput(1)) {
    const IntTensor *axes = node.ints(1);
    if (!axes)
      return std::nullopt;
    for (int64_t axis : axes->values) {
      std::optional<int64_t> normal = node.normalizeAxis(axis, rank);
      if (!normal)
        return std::nullopt;
      reduced.set(*normal);
    }
  }
  if (reduced.none() && node.getInt("noop_with_empty_axes", 0) == 0)
    reduced.set();
  return Shape(reduced.set_bits_begin(), reduced.set_bits_end());
}

/// The input without its dimensions `axes`, or with them as extents of 1.
static Value dropAxes(NodeContext &node, Value value, ShapeRef axes) {
  if (node.getInt("keepdims", 1) != 0 || axes.empty())
    return value;
  Shape kept;
  for (auto [dim, extent] : llvm::enumerate(node.shape(value)))
    if (!llvm::is_contained(axes, int64_t(dim)))
      kept.push_back(extent);
  return createReshape(node, value, kept);
}

static bool isExtreme(NodeContext &node) {
  return node.opType() == "ReduceMax" || node.opType() == "ReduceMin";
}

/// Whether the reduction takes integers that are not truth values.
static bool takesIntegers(NodeContext &node) {
  return isExtreme(node) || llvm::is_contained({"ReduceL1", "ReduceProd",
                                                "ReduceSum", "ReduceSumSquare"},
                                               node.opType());
}

/// What a reduction is of, and over which dimensions; nothing after an error.
static std::optional<std::pair<Value, Shape>> readReduction(NodeContext &node) {
  Value input = isExtreme(node)       ? node.anyTensor(0)
                : takesIntegers(node) ? readNumbers(node, 0)
                                      : node.tensor(0);
  if (!input)
    return std::nullopt;
  std::optional<Shape> axes = readReducedAxes(node, node.shape(input).size());
  if (!axes)
    return std::nullopt;
  return std::pair(input, *axes);
}

/// What a reduction gives of no elements: nothing added, a product without
/// factors, the end of the range that every number lies before or behind.
static double reduceNothing(StringRef opType, const ElementType &type) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  bool isFloat = type.kind == ElementType::Float;
  return llvm::StringSwitch<double>(opType)
      .Case("ReduceMax", isFloat ? -infinity : type.least())
      .Case("ReduceMin", isFloat ? infinity : type.greatest())
      .Case("ReduceProd", 1)
      .Case("ReduceMean", std::numeric_limits<double>::quiet_NaN())
      .Cases({"ReduceLogSum", "ReduceLogSumExp"}, -infinity)
      .Default(0);
}

/// A reduction whose input has no elements but whose result has.
static LogicalResult importReduceNothing(NodeContext &node) {
  Value input = node.anyTensorOrEmpty(0);
  Type elements = cast<RankedTensorType>(input.getType()).getElementType();
  ElementType element = *getElementType(elements);
  bool isFloat = element.kind == ElementType::Float;
  if (!isFloat && !(element.kind == ElementType::Bool ? isExtreme(node)
                                                      : takesIntegers(node)))
    return node.error(node.describeInput(0) + " has type " +
                      getTypeName(element.code) + "; expected float");
  std::optional<Shape> axes = readReducedAxes(node, node.shape(input).size());
  if (!axes)
    return failure();
  Shape shape;
  for (auto [dim, extent] : llvm::enumerate(node.shape(input)))
    if (!llvm::is_contained(*axes, int64_t(dim)))
      shape.push_back(extent);
    else if (node.getInt("keepdims", 1) != 0)
      shape.push_back(1);
  RankedTensorType type = node.type(shape, input);
  if (!type)
    return failure();
  double value = reduceNothing(node.opType(), element);
  if (isFloat)
    return node.result(ConstantOp::create(
        node.builder, node.loc, type,
        DenseElementsAttr::get(type, static_cast<float>(value))));
  // The greatest 64-bit integer is none as a float64.
  int64_t integer = value < 0x1p63 ? static_cast<int64_t>(value)
                                   : std::numeric_limits<int64_t>::max();
  llvm::APInt bits(elements.getIntOrFloatBitWidth(), integer, /*isSigned=*/true,
                   /*implicitTrunc=*/true);
  return node.result(ConstantOp::create(node.builder, node.loc, type,
                                        DenseElementsAttr::get(type, bits)));
}

LogicalResult vox::frontend::importReduce(NodeContext &node) {
  if (node.isEmpty(0))
    return importReduceNothing(node);
  auto reduction = readReduction(node);
  if (!reduction)
    return failure();
  auto &[input, axes] = *reduction;
  StringRef opType = node.opType();
  opType.consume_front("Reduce");
  ReduceKind kind = *symbolizeReduceKind(opType.lower());
  // Truth values as numbers.
  Type element = cast<RankedTensorType>(input.getType()).getElementType();
  if (element.isInteger(1))
    input = createCast(
        node, input,
        getElementType(node.builder.getContext(), onnx::TensorProto::UINT8));
  Value value = dropAxes(node, createReduce(node, kind, input, axes), axes);
  return node.result(createCast(node, value, element));
}

/// log(sum(exp(x))) without overflow: exp(x - m) for the greatest element m.
static Value createLogSumExp(NodeContext &node, Value input, ShapeRef axes) {
  Value greatest = createReduce(node, ReduceKind::Max, input, axes);
  // Where m is infinite or NaN the difference would be NaN; 0 does as well.
  constexpr float most = std::numeric_limits<float>::max();
  auto type = cast<RankedTensorType>(greatest.getType());
  Value isFinite = CompareOp::create(
      node.builder, node.loc, type.clone(node.builder.getI1Type()),
      Relation::LessOrEqual, createUnary(node, UnaryKind::Abs, greatest),
      createScalar(node, most));
  Value shift = SelectOp::create(node.builder, node.loc, type, isFinite,
                                 greatest, createScalar(node, 0));
  Value powers = createUnary(node, UnaryKind::Exp,
                             createBinary<SubOp>(node, input, shift));
  Value sum = createReduce(node, ReduceKind::Sum, powers, axes);
  return createBinary<AddOp>(node, createUnary(node, UnaryKind::Log, sum),
                             shift);
}

LogicalResult vox::frontend::importReduceOfFunction(NodeContext &node) {
  if (node.isEmpty(0))
    return importReduceNothing(node);
  auto reduction = readReduction(node);
  if (!reduction)
    return failure();
  Value input = reduction->first;
  ShapeRef axes = reduction->second;
  auto sum = [&](Value terms) {
    return createReduce(node, ReduceKind::Sum, terms, axes);
  };
  auto apply = [&](UnaryKind kind, Value value) {
    return createUnary(node, kind, value);
  };
  StringRef opType = node.opType();
  Value value;
  if (opType == "ReduceL1")
    value = sum(apply(UnaryKind::Abs, input));
  else if (opType == "ReduceSumSquare" || opType == "ReduceL2")
    value = sum(createBinary<MulOp>(node, input, input));
  else if (opType == "ReduceLogSum")
    value = apply(UnaryKind::Log, sum(input));
  else
    value = createLogSumExp(node, input, axes);
  if (opType == "ReduceL2")
    value = apply(UnaryKind::Sqrt, value);
  return node.result(dropAxes(node, value, axes));
}
