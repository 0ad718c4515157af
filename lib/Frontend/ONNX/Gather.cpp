//===- Gather.cpp - Import of gathers and TopK ----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"
#include "Indices.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

LogicalResult vox::frontend::importGather(NodeContext &node) {
  Value data = node.anyTensor(0), indices = data ? readIndices(node, 1) : data;
  if (!indices)
    return failure();
  ShapeRef shape = node.shape(data);
  std::optional<int64_t> axis = node.getAxis(0, shape.size());
  if (!axis)
    return failure();
  RankedTensorType type =
      node.type(inferGatherShape(shape, node.shape(indices), *axis), data);
  if (!type)
    return failure();
  return node.result(GatherOp::create(node.builder, node.loc, type, data,
                                      indices, *axis, node.layer));
}

LogicalResult vox::frontend::importGatherElements(NodeContext &node) {
  Value data = node.anyTensor(0), indices = data ? readIndices(node, 1) : data;
  if (!indices)
    return failure();
  std::optional<Along> along = readAlong(node, data, indices);
  if (!along)
    return failure();
  RankedTensorType type = node.type(along->shape, data);
  if (!type)
    return failure();
  return node.result(GatherElementsOp::create(
      node.builder, node.loc, type, data, indices, along->axis, node.layer));
}

LogicalResult vox::frontend::importGatherND(NodeContext &node) {
  Value data = node.anyTensor(0), indices = data ? readIndices(node, 1) : data;
  if (!indices)
    return failure();
  int64_t batchDims = node.getInt("batch_dims", 0);
  auto shape =
      inferGatherNDShape(node.shape(data), node.shape(indices), batchDims);
  if (!shape)
    return node.error(shape.takeError());
  RankedTensorType type = node.type(*shape, data);
  if (!type)
    return failure();
  return node.result(GatherNDOp::create(node.builder, node.loc, type, data,
                                        indices, batchDims, node.layer));
}

/// The elements are those at the positions that vox.topk finds. They are
/// sorted even where `sorted` does not ask for it.
LogicalResult vox::frontend::importTopK(NodeContext &node) {
  Value input = readNumbers(node, 0);
  std::optional<int64_t> count = input ? readInteger(node, 1) : std::nullopt;
  if (!count)
    return failure();
  Shape shape(node.shape(input));
  std::optional<int64_t> axis = node.getAxis(-1, shape.size());
  if (!axis)
    return failure();
  if (*count < 1 || *count > shape[*axis])
    return node.error("k is " + Twine(*count) + "; expected 1 to " +
                      Twine(shape[*axis]) + ", the extent of dimension " +
                      Twine(*axis));
  shape[*axis] = *count;
  Value positions = TopKOp::create(
      node.builder, node.loc,
      RankedTensorType::get(shape, node.builder.getI64Type()), input, *axis,
      /*smallest=*/node.getInt("largest", 1) == 0, node.layer);
  Value elements =
      GatherElementsOp::create(node.builder, node.loc, node.type(shape, input),
                               input, positions, *axis, node.layer);
  return success(succeeded(node.result(elements)) &&
                 succeeded(node.result(positions)));
}
