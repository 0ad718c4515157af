//===- FoldIntegers.cpp - Arithmetic on integers known at import ----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Exporters compute shapes by nodes, such as Where(Equal(shape, -1), ...) for
// an Expand. What is too large for a shape, or of types that differ, is left to
// the import of the op.
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"
#include "vox/Dialect/Vox/IR/ElementFunctions.h"
#include "vox/Dialect/Vox/IR/Shapes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// Puts what two integers give into the third; returns whether that does not
/// exist.
using Apply = llvm::function_ref<bool(int64_t, int64_t, int64_t &)>;

static constexpr int32_t kBool = onnx::TensorProto::BOOL;

/// The elements of `ints`, broadcast to `shape`.
static SmallVector<int64_t> spread(const IntTensor &ints, ShapeRef shape) {
  SmallVector<int64_t> result;
  size_t missing = shape.size() - ints.shape.size();
  for (int64_t i = 0, count = *numElements(shape); i < count; ++i) {
    int64_t rest = i, from = 0, stride = 1;
    for (size_t dim = shape.size(); dim-- > missing; rest /= shape[dim]) {
      int64_t extent = ints.shape[dim - missing];
      from += extent == 1 ? 0 : rest % shape[dim] * stride;
      stride *= extent;
    }
    result.push_back(ints.values[from]);
  }
  return result;
}

/// Whether a result of this shape is still to be known at import.
static bool isSmall(ShapeRef shape) {
  return numElements(shape).value_or(kMaxInts + 1) <= int64_t(kMaxInts);
}

/// Operands 0 and 1, as integers of type `dataType` (0: of their own).
static Folded foldPairs(NodeContext &node, Apply apply, int32_t dataType = 0) {
  const IntTensor *lhs = node.ints(0), *rhs = node.ints(1);
  if (!lhs || !rhs)
    return failure();
  auto shape = inferBroadcastShape(lhs->shape, rhs->shape);
  if (!shape)
    return node.error(shape.takeError());
  bool isArithmetic = dataType == 0;
  if (lhs->dataType != rhs->dataType || !isSmall(*shape) ||
      (isArithmetic && lhs->dataType == kBool))
    return std::nullopt;
  IntTensor result{*shape, {}, isArithmetic ? lhs->dataType : dataType};
  for (auto [a, b] :
       llvm::zip_equal(spread(*lhs, *shape), spread(*rhs, *shape))) {
    int64_t &value = result.values.emplace_back();
    if (apply(a, b, value) || wrapInteger(value, result.dataType) != value)
      return node.error("can't compute with integers " + Twine(a) + " and " +
                        Twine(b) + ": overflow or division by zero");
  }
  return node.result(std::move(result));
}

Folded vox::frontend::foldAdd(NodeContext &node) {
  return foldPairs(node, llvm::AddOverflow<int64_t>);
}

Folded vox::frontend::foldSub(NodeContext &node) {
  return foldPairs(node, llvm::SubOverflow<int64_t>);
}

Folded vox::frontend::foldMul(NodeContext &node) {
  return foldPairs(node, llvm::MulOverflow<int64_t>);
}

Folded vox::frontend::foldDiv(NodeContext &node) {
  return foldPairs(node, [](int64_t a, int64_t b, int64_t &result) {
    result = integers::divide(a, b);
    return b == 0 || (b == -1 && a == std::numeric_limits<int64_t>::min());
  });
}

Folded vox::frontend::foldMod(NodeContext &node) {
  auto apply =
      node.getInt("fmod", 0) != 0 ? integers::remainder : integers::modulo;
  return foldPairs(node, [&](int64_t a, int64_t b, int64_t &result) {
    result = apply(a, b);
    return b == 0;
  });
}

Folded vox::frontend::foldExtreme(NodeContext &node) {
  bool isMax = node.opType() == "Max";
  if (node.numInputs() == 1)
    return foldIdentity(node);
  if (node.numInputs() > 2)
    return std::nullopt;
  return foldPairs(node, [&](int64_t a, int64_t b, int64_t &result) {
    result = isMax ? std::max(a, b) : std::min(a, b);
    return false;
  });
}

Folded vox::frontend::foldCompare(NodeContext &node) {
  Relation relation = getRelation(node.opType());
  return foldPairs(
      node,
      [&](int64_t a, int64_t b, int64_t &result) {
        result = relation == Relation::Equal         ? a == b
                 : relation == Relation::Less        ? a < b
                 : relation == Relation::LessOrEqual ? a <= b
                 : relation == Relation::Greater     ? a > b
                                                     : a >= b;
        return false;
      },
      kBool);
}

Folded vox::frontend::foldLogical(NodeContext &node) {
  const IntTensor *lhs = node.ints(0);
  if (!lhs)
    return failure();
  if (lhs->dataType != kBool)
    return std::nullopt;
  StringRef op = node.opType();
  return foldPairs(
      node,
      [&](int64_t a, int64_t b, int64_t &result) {
        result = op == "And" ? a & b : op == "Or" ? a | b : a ^ b;
        return false;
      },
      kBool);
}

Folded vox::frontend::foldNot(NodeContext &node) {
  const IntTensor *input = node.ints(0);
  if (!input)
    return failure();
  if (input->dataType != kBool)
    return std::nullopt;
  IntTensor result = *input;
  for (int64_t &value : result.values)
    value = !value;
  return node.result(std::move(result));
}

Folded vox::frontend::foldUnary(NodeContext &node) {
  const IntTensor *input = node.ints(0);
  if (!input)
    return failure();
  if (input->dataType == kBool)
    return std::nullopt;
  IntTensor result = *input;
  StringRef op = node.opType();
  for (int64_t &value : result.values) {
    int64_t negated =
        wrapInteger(integers::subtract(0, value), result.dataType);
    value = op == "Neg"            ? negated
            : op == "Abs"          ? (value < 0 ? negated : value)
            : value == 0           ? 0
            : /* Sign */ value < 0 ? -1
                                   : 1;
  }
  return node.result(std::move(result));
}

Folded vox::frontend::foldWhere(NodeContext &node) {
  const IntTensor *operands[3];
  Shape shape;
  for (unsigned i = 0; i < 3; ++i) {
    operands[i] = node.ints(i);
    if (!operands[i])
      return failure();
    auto all = inferBroadcastShape(shape, operands[i]->shape);
    if (!all)
      return node.error(all.takeError());
    shape = *all;
  }
  auto [condition, lhs, rhs] = operands;
  if (condition->dataType != kBool || lhs->dataType != rhs->dataType ||
      !isSmall(shape))
    return std::nullopt;
  IntTensor result{shape, {}, lhs->dataType};
  for (auto [holds, a, b] : llvm::zip_equal(
           spread(*condition, shape), spread(*lhs, shape), spread(*rhs, shape)))
    result.values.push_back(holds ? a : b);
  return node.result(std::move(result));
}

Folded vox::frontend::foldExpand(NodeContext &node) {
  const IntTensor *input = node.ints(0);
  std::optional<Shape> shape =
      input ? inferExpand(node, input->shape) : std::nullopt;
  if (!shape)
    return failure();
  if (!isSmall(*shape))
    return std::nullopt;
  return node.result(
      IntTensor{*shape, spread(*input, *shape), input->dataType});
}

/// A product or sum of everything, such as the number of elements.
Folded vox::frontend::foldReduce(NodeContext &node) {
  const IntTensor *input = node.ints(0);
  if (!input)
    return failure();
  const IntTensor *axes = node.hasInput(1) ? node.ints(1) : nullptr;
  bool isProduct = node.opType() == "ReduceProd";
  bool isWhole = input->shape.size() == 1 &&
                 (axes ? axes->values.size() == 1 &&
                             llvm::is_contained({-1, 0}, axes->values.front())
                       : node.getInt("noop_with_empty_axes", 0) == 0);
  if (!isWhole || input->dataType == kBool)
    return std::nullopt;
  int64_t total = isProduct;
  for (int64_t value : input->values)
    if (isProduct ? llvm::MulOverflow(total, value, total)
                  : llvm::AddOverflow(total, value, total))
      return std::nullopt;
  if (wrapInteger(total, input->dataType) != total)
    return std::nullopt;
  Shape shape(node.getInt("keepdims", 1) != 0, 1);
  return node.result(IntTensor{shape, {total}, input->dataType});
}
