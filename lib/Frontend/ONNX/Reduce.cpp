//===- Reduce.cpp - Import of reductions ----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

LogicalResult vox::frontend::importArgMax(NodeContext &node) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  Shape shape(node.shape(input));
  std::optional<int64_t> axis =
      node.normalizeAxis(node.getInt("axis", 0), shape.size());
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
