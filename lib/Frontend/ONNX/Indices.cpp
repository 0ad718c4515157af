//===- Indices.cpp - Operands that are positions in other operands --------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Indices.h"

#include "Limits.h"

#include <numeric>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

Value vox::frontend::readIndices(NodeContext &node, unsigned i) {
  Value indices = node.anyTensor(i);
  if (!indices)
    return nullptr;
  int32_t type = getDataType(indices);
  if (type == onnx::TensorProto::INT32 || type == onnx::TensorProto::INT64)
    return indices;
  return node.error(node.describeInput(i) + " has type " + getTypeName(type) +
                    "; expected int32 or int64");
}

std::optional<Along> vox::frontend::readAlong(NodeContext &node, Value data,
                                              Value indices) {
  std::optional<int64_t> axis = node.getAxis(0, node.shape(data).size());
  if (!axis)
    return std::nullopt;
  auto shape =
      inferGatherElementsShape(node.shape(data), node.shape(indices), *axis);
  if (!shape)
    return node.error(shape.takeError());
  return Along{*axis, std::move(*shape)};
}

std::optional<int64_t> vox::frontend::readInteger(NodeContext &node,
                                                  unsigned i) {
  const IntTensor *ints = node.ints(i);
  if (!ints)
    return std::nullopt;
  if (ints->values.size() == 1)
    return ints->values.front();
  return node.error(node.describeInput(i) + " has " +
                    Twine(ints->values.size()) + " elements; expected 1");
}

Value vox::frontend::createPositions(NodeContext &node, int64_t extent,
                                     int64_t axis, int64_t rank,
                                     int64_t first) {
  if (extent > kMaxPositions)
    return node.error("counts " + Twine(extent) +
                      " positions; expected at most " + Twine(kMaxPositions));
  IntTensor positions{Shape(rank - axis, 1), {}};
  positions.shape.front() = extent;
  positions.values.resize(extent);
  std::iota(positions.values.begin(), positions.values.end(), first);
  return createIntConstant(node.builder, node.loc, positions, "positions");
}
