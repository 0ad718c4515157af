//===- Power.cpp - Import of Pow ------------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Powers of integers are products of squares, exact and modulo 2 to the power
// of their bits. A float32 can't hold them all.
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// Exponents below 2 to this power are multiplied out. What is above tells
/// results apart by its last bit alone, but for those that overflow: from 64 on
/// each power of an even number is 0 modulo 2^64.
static constexpr int64_t kExponentBits = 7;

namespace {
/// Arithmetic on tensors of one type, written as that of numbers is. Null
/// operands, after an error, give null.
class Numbers {
public:
  Numbers(NodeContext &node) : node(node) {}

  template <typename Op> Value apply(Value a, Value b) {
    return a && b ? createBinary<Op>(node, a, b) : nullptr;
  }
  template <typename Op> Value apply(Value a, int64_t b) {
    return a ? apply<Op>(a, createScalarLike(node, a, b)) : nullptr;
  }
  Value compare(Relation relation, Value a, int64_t b) {
    return a ? createCompare(node, relation, a, createScalarLike(node, a, b))
             : nullptr;
  }
  Value select(Value condition, Value a, Value b);
  Value select(Value condition, Value a, int64_t b) {
    return a ? select(condition, a, createScalarLike(node, a, b)) : nullptr;
  }

private:
  NodeContext &node;
};
} // namespace

Value Numbers::select(Value condition, Value a, Value b) {
  if (!condition || !a || !b)
    return nullptr;
  auto shape = inferBroadcastShape(node.shape(a), node.shape(b));
  if (shape)
    shape = inferBroadcastShape(*shape, node.shape(condition));
  if (!shape)
    return node.error(shape.takeError());
  RankedTensorType type = node.type(*shape, a);
  return type ? SelectOp::create(node.builder, node.loc, type, condition, a, b)
              : nullptr;
}

/// An integer to the power of an integer. A negative power is 1 divided by the
/// positive one, rounded towards zero: 0, but of 1 and -1.
static Value createIntegerPower(NodeContext &node, Value base, Value exponent) {
  Numbers numbers(node);
  Value isNegative = numbers.compare(Relation::Less, exponent, 0);
  Value inverse = numbers.apply<DivOp>(createScalarLike(node, base, 1), base);
  Value square = numbers.select(isNegative, inverse, base);
  // What is not small keeps its last bit and has all those before it set.
  constexpr int64_t end = int64_t(1) << kExponentBits;
  Value isSmall =
      numbers.compare(Relation::Equal, numbers.apply<DivOp>(exponent, end), 0);
  Value large =
      numbers.apply<AddOp>(numbers.apply<ModOp>(exponent, 2), end - 2);
  Value rest = numbers.select(
      isSmall, createUnary(node, UnaryKind::Abs, exponent), large);

  Value result;
  for (int64_t i = 0; i < kExponentBits; ++i) {
    if (i > 0) {
      square = numbers.apply<MulOp>(square, square);
      rest = numbers.apply<DivOp>(rest, 2);
    }
    Value isSet =
        numbers.compare(Relation::Equal, numbers.apply<ModOp>(rest, 2), 1);
    Value factor = numbers.select(isSet, square, 1);
    result = i == 0 ? factor : numbers.apply<MulOp>(result, factor);
  }
  return result;
}

/// `base` to the power of a positive number.
static Value createKnownPower(NodeContext &node, Value base, int64_t exponent) {
  Value result, square = base;
  for (int64_t rest = exponent; rest > 0; rest /= 2) {
    if (rest % 2 != 0)
      result = result ? createBinary<MulOp>(node, result, square) : square;
    if (rest > 1)
      square = createBinary<MulOp>(node, square, square);
  }
  return result;
}

/// An integer to the power of a float, without its fraction. Whole exponents
/// are taken as integers, others as float32 does.
static Value createFloatPower(NodeContext &node, Value base, Value exponent) {
  Type floats = node.builder.getF32Type();
  Type integers = node.builder.getI64Type();
  Type element = cast<RankedTensorType>(base.getType()).getElementType();
  // From here on all floats are even.
  constexpr int64_t even = int64_t(1) << 24;
  Numbers numbers(node);
  Value bounded =
      numbers.apply<MinOp>(numbers.apply<MaxOp>(exponent, -even), even);
  Value whole =
      createIntegerPower(node, base, createCast(node, bounded, integers));
  Value power = numbers.apply<PowOp>(createCast(node, base, floats), exponent);
  if (!whole || !power)
    return nullptr;
  Value isWhole = createCompare(node, Relation::Equal, exponent,
                                createUnary(node, UnaryKind::Floor, exponent));
  return numbers.select(isWhole, whole, createCast(node, power, element));
}

/// The exponents as integers, if they are known now and whole.
static std::optional<IntTensor> readWholeExponents(NodeContext &node) {
  if (node.isInts(1))
    return *node.ints(1);
  Value exponent = node.anyTensor(1);
  if (getDataType(exponent) != onnx::TensorProto::FLOAT)
    return std::nullopt;
  auto values = computeFloats(exponent);
  if (!values)
    return std::nullopt;
  IntTensor ints{Shape(node.shape(exponent)), {}};
  for (float value : *values) {
    if (!(std::fabs(value) < 0x1p63f) || value != std::floor(value))
      return std::nullopt;
    ints.values.push_back(static_cast<int64_t>(value));
  }
  return ints;
}

/// Null after an error.
static Value createPowerOfInteger(NodeContext &node, Value base) {
  std::optional<IntTensor> known = readWholeExponents(node);
  if (known && known->values.front() > 0 && llvm::all_equal(known->values)) {
    auto shape = inferBroadcastShape(node.shape(base), known->shape);
    if (shape && ShapeRef(*shape) == node.shape(base))
      return createKnownPower(node, base, known->values.front());
  }
  Value exponent = node.anyTensor(1);
  if (known) {
    known->dataType = onnx::TensorProto::INT64;
    exponent = createIntConstant(node.builder, node.loc, *known, node.layer);
  }
  if (getDataType(exponent) == onnx::TensorProto::FLOAT)
    return createFloatPower(node, base, exponent);
  // Bytes can't hold the numbers that exponents are compared with.
  return createIntegerPower(
      node, base, createCast(node, exponent, node.builder.getI64Type()));
}

/// The exponents of a float base may have any type of numbers.
static Value getFloatExponent(NodeContext &node) {
  if (node.isInts(1)) {
    const IntTensor *ints = node.ints(1);
    std::vector<float> values(ints->values.begin(), ints->values.end());
    return createConstant(node.builder, node.loc, ints->shape, values,
                          node.layer.getValue());
  }
  return createCast(node, node.anyTensor(1), node.builder.getF32Type());
}

/// The result has the type of the base.
LogicalResult vox::frontend::importPow(NodeContext &node) {
  Value base = readNumbers(node, 0);
  Value exponent = base ? readNumbers(node, 1) : nullptr;
  if (!exponent)
    return failure();
  Value power = getDataType(base) == onnx::TensorProto::FLOAT
                    ? createBinary<PowOp>(node, base, getFloatExponent(node))
                    : createPowerOfInteger(node, base);
  return power ? node.result(power) : failure();
}
