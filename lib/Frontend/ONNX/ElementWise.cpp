//===- ElementWise.cpp - Import of arithmetic -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// `lhs` op `rhs`, broadcast; null after an error.
template <typename Op>
static Value createBinary(NodeContext &node, Value lhs, Value rhs) {
  auto shape = inferBroadcastShape(node.shape(lhs), node.shape(rhs));
  if (!shape)
    return (void)node.error(shape.takeError()), nullptr;
  RankedTensorType type = node.type(*shape);
  if (!type)
    return nullptr;
  return Op::create(node.builder, node.loc, type, lhs, rhs);
}

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

LogicalResult vox::frontend::importSum(NodeContext &node) {
  Value sum = node.tensor(0);
  for (unsigned i = 1; sum && i < node.numInputs(); ++i) {
    Value term = node.tensor(i);
    sum = term ? createBinary<AddOp>(node, sum, term) : nullptr;
  }
  return sum ? node.result(sum) : failure();
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
  auto type = RankedTensorType::get(node.shape(input), element);
  return node.result(CastOp::create(node.builder, node.loc, type, input));
}
