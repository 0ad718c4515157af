//===- Cumulative.cpp - Import of running sums ----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sums of 2, 4, 8, ... elements before each position come from adding what was
// there half as many positions before, so a dimension of n elements takes
// log2(n) steps, and a sum as many roundings. (W. D. Hillis and G. L. Steele,
// "Data parallel algorithms", 1986.)
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"
#include "Indices.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// Elements moved by `distance` positions along `axis`, after zeros.
static Value shift(NodeContext &node, Value value, int64_t axis,
                   int64_t distance) {
  int64_t rank = node.shape(value).size();
  Shape pads(2 * rank, 0);
  pads[axis] = distance;
  pads[rank + axis] = -distance;
  return PadOp::create(node.builder, node.loc, value.getType(), value, pads,
                       llvm::APFloat(0.0f));
}

LogicalResult vox::frontend::importCumSum(NodeContext &node) {
  Value value = readNumbers(node, 0);
  std::optional<int64_t> axis = value ? readInteger(node, 1) : std::nullopt;
  if (!axis)
    return failure();
  ShapeRef shape = node.shape(value);
  axis = node.normalizeAxis(*axis, shape.size());
  if (!axis)
    return failure();
  int64_t forward = node.getInt("reverse", 0) != 0 ? -1 : 1;
  if (node.getInt("exclusive", 0) != 0)
    value = shift(node, value, *axis, forward);
  for (int64_t summed = 1; summed < shape[*axis]; summed *= 2)
    value = AddOp::create(node.builder, node.loc, value.getType(), value,
                          shift(node, value, *axis, forward * summed));
  return node.result(value);
}
