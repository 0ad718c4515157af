//===- Dense.cpp - Import of matrix products ------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// vox.dense wants weights [N, K]. Constant weights that ONNX has as [K, N] are
// transposed here, and constant factors are multiplied in, so that nothing of
// it is left to run time. MatMul by anything but a constant matrix is
// vox.matmul, which takes its operands as they are.
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"
#include "Limits.h"
#include "vox/Dialect/Vox/IR/Constants.h"

#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// `value` times `factor`; at once where it is constant.
static Value createScale(NodeContext &node, Value value, float factor) {
  if (factor == 1)
    return value;
  auto values = readConstant(value);
  if (!values)
    return MulOp::create(
        node.builder, node.loc, value.getType(), value,
        createConstant(node.builder, node.loc, {}, {factor}, "factor"));
  for (float &element : *values)
    element *= factor;
  return createConstantLike(node.builder, value, node.shape(value), *values);
}

/// `value` as the bias [N] of a dense layer of `columns` outputs; null where
/// it differs between rows and has to be added.
static Value matchBias(NodeContext &node, Value value, int64_t columns) {
  ShapeRef shape = node.shape(value);
  if (shape == ShapeRef{columns})
    return value;
  if (shape.size() == 2 && shape[0] != 1)
    return nullptr;
  auto values = readConstant(value);
  if (!values)
    return nullptr;
  if (values->size() == 1 && columns <= kMaxRepeated)
    values->resize(columns, values->front());
  if (int64_t(values->size()) != columns)
    return nullptr;
  return createConstantLike(node.builder, value, {columns}, *values);
}

/// The type of the product; null, with an error reported, if there is none.
static RankedTensorType inferType(NodeContext &node, Value input,
                                  Value weights) {
  auto shape = inferDenseShape(node.shape(input), node.shape(weights));
  if (shape)
    return node.type(*shape);
  return node.error(shape.takeError());
}

LogicalResult vox::frontend::importGemm(NodeContext &node) {
  Value input = node.tensor(0), weights = node.tensor(1);
  if (!input || !weights)
    return failure();
  for (unsigned i : {0, 1})
    if (size_t rank = node.shape(i ? weights : input).size(); rank != 2)
      return node.error(node.describeInput(i) + " has rank " + Twine(rank) +
                        "; expected 2");
  float alpha = node.getFloat("alpha", 1), beta = node.getFloat("beta", 1);
  if (!std::isfinite(alpha) || !std::isfinite(beta))
    return node.error("alpha is " + std::to_string(alpha) + ", beta is " +
                      std::to_string(beta) + "; expected finite numbers");

  if (node.getInt("transA", 0) != 0)
    input = createTranspose(node, input, {1, 0});
  if (node.getInt("transB", 0) == 0)
    weights = createTranspose(node, weights, {1, 0});
  RankedTensorType type = inferType(node, input, weights);
  if (!type)
    return failure();

  Value addend;
  if (node.hasInput(2) && beta != 0) {
    addend = node.tensor(2);
    if (!addend)
      return failure();
    auto broadcast = inferBroadcastShape(type.getShape(), node.shape(addend));
    if (!broadcast)
      return node.error(broadcast.takeError());
    if (ShapeRef(*broadcast) != type.getShape())
      return node.error(node.describeInput(2) + " has shape " +
                        formatShape(node.shape(addend)) +
                        "; expected one that broadcasts to " +
                        formatShape(type.getShape()));
    addend = createScale(node, addend, beta);
  }

  // A factor on constant weights costs nothing; otherwise the product is
  // multiplied, and then no bias may be inside.
  bool scaleWeights = alpha == 1 || isConstant(weights);
  if (scaleWeights)
    weights = createScale(node, weights, alpha);
  Value bias = addend && scaleWeights
                   ? matchBias(node, addend, type.getDimSize(1))
                   : nullptr;
  Value value = DenseOp::create(node.builder, node.loc, type, input, weights,
                                bias, node.layer);
  if (!scaleWeights)
    value = createScale(node, value, alpha);
  if (addend && !bias)
    value = AddOp::create(node.builder, node.loc, type, value, addend);
  return node.result(value);
}

/// The product of matrices; null after an error.
static Value createProduct(NodeContext &node, Value lhs, Value rhs) {
  if (node.shape(rhs).size() == 2 && isConstant(rhs)) {
    Value weights = createTranspose(node, rhs, {1, 0});
    RankedTensorType type = inferType(node, lhs, weights);
    if (!type)
      return nullptr;
    return DenseOp::create(node.builder, node.loc, type, lhs, weights, Value(),
                           node.layer);
  }
  auto shape = inferMatMulShape(node.shape(lhs), node.shape(rhs));
  if (!shape)
    return node.error(shape.takeError());
  RankedTensorType type = node.type(*shape);
  if (!type)
    return nullptr;
  return MatMulOp::create(node.builder, node.loc, type, lhs, rhs, node.layer);
}

LogicalResult vox::frontend::importMatMul(NodeContext &node) {
  Value lhs = node.tensor(0), rhs = node.tensor(1);
  if (!lhs || !rhs)
    return failure();
  for (unsigned i : {0, 1})
    if (node.shape(i ? rhs : lhs).empty())
      return node.error(node.describeInput(i) +
                        " is a scalar; expected at least one dimension");
  // A vector is a matrix of one row or column, which the result lacks.
  bool isRow = node.shape(lhs).size() == 1;
  bool isColumn = node.shape(rhs).size() == 1;
  if (isRow)
    lhs = createReshape(node, lhs, {1, node.shape(lhs)[0]});
  if (isColumn)
    rhs = createReshape(node, rhs, {node.shape(rhs)[0], 1});
  Value value = createProduct(node, lhs, rhs);
  if (!value)
    return failure();
  if (!isRow && !isColumn)
    return node.result(value);
  Shape shape(node.shape(value));
  if (isRow)
    shape.erase(shape.end() - 2);
  if (isColumn)
    shape.pop_back();
  return node.result(createReshape(node, value, shape));
}
