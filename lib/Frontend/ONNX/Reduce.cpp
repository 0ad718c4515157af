//===- Reduce.cpp - Import of reductions ----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"

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

/// The mean over all spatial dimensions, 1 to 3, is a pool, which is fast on
/// channels in blocks.
static bool isGlobalPool(ReduceKind kind, ShapeRef axes, int64_t rank) {
  return kind == ReduceKind::Mean && rank >= 3 && rank <= 5 &&
         axes == ShapeRef(llvm::to_vector(llvm::seq<int64_t>(2, rank)));
}

LogicalResult vox::frontend::importReduce(NodeContext &node) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  Shape shape(node.shape(input));
  std::optional<Shape> axes = readReducedAxes(node, shape.size());
  if (!axes)
    return failure();
  if (axes->empty())
    return node.result(input);
  StringRef opType = node.opType();
  opType.consume_front("Reduce");
  ReduceKind kind = *symbolizeReduceKind(opType.lower());
  Shape kept;
  for (auto [dim, extent] : llvm::enumerate(shape)) {
    if (llvm::is_contained(*axes, int64_t(dim)))
      extent = 1;
    else
      kept.push_back(extent);
  }
  RankedTensorType type = node.type(shape);
  Value value;
  if (isGlobalPool(kind, *axes, shape.size()))
    value = GlobalPoolOp::create(node.builder, node.loc, type,
                                 PoolKind::Average, input, node.layer);
  else
    value = ReduceOp::create(node.builder, node.loc, type, kind, input, *axes,
                             node.layer);
  if (node.getInt("keepdims", 1) != 0)
    return node.result(value);
  return node.result(
      ReshapeOp::create(node.builder, node.loc, node.type(kept), value));
}
