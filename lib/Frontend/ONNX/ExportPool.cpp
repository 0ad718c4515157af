//===- ExportPool.cpp - Pools as ONNX nodes -------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExportNodes.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// The pool whose node gives `indices` as well: the last one before with the
/// same windows, or null.
static PoolOp findPool(PoolIndicesOp indices) {
  PoolOp found;
  for (Operation *user : indices.getInput().getUsers()) {
    auto pool = dyn_cast<PoolOp>(user);
    if (pool && pool.getKind() == PoolKind::Max &&
        pool->getBlock() == indices->getBlock() &&
        pool->isBeforeInBlock(indices) &&
        (!found || found->isBeforeInBlock(pool)) &&
        pool.getKernelAttr() == indices.getKernelAttr() &&
        pool.getStridesAttr() == indices.getStridesAttr() &&
        pool.getDilationsAttr() == indices.getDilationsAttr() &&
        pool.getPadsAttr() == indices.getPadsAttr() &&
        pool.getCeilMode() == indices.getCeilMode())
      found = pool;
  }
  return found;
}

/// The indices that the node of `pool` gives as well, or null.
static PoolIndicesOp findIndices(PoolOp pool) {
  for (Operation *user : pool.getInput().getUsers())
    if (auto indices = dyn_cast<PoolIndicesOp>(user);
        indices && findPool(indices) == pool)
      return indices;
  return nullptr;
}

static void addIndices(onnx::NodeProto &node, PoolIndicesOp op,
                       GraphWriter &writer) {
  node.add_output(writer.getName(op.getResult()));
  setInt(node, "storage_order", op.getColumnMajor());
}

LogicalResult vox::frontend::exportPool(PoolOp op, GraphWriter &writer) {
  bool isMax = op.getKind() == PoolKind::Max;
  onnx::NodeProto &node =
      exportAs(isMax ? "MaxPool" : "AveragePool", op, writer);
  setWindow(node, op, op.getKernel());
  setInt(node, "ceil_mode", op.getCeilMode());
  if (!isMax)
    setInt(node, "count_include_pad", op.getCountIncludePad());
  if (PoolIndicesOp indices = findIndices(op))
    addIndices(node, indices, writer);
  return success();
}

LogicalResult vox::frontend::exportPoolIndices(PoolIndicesOp op,
                                               GraphWriter &writer) {
  if (PoolOp pool = findPool(op); pool && findIndices(pool) == op)
    return success();
  onnx::NodeProto &node =
      writer.addNode(op, "MaxPool", getNames(op, writer),
                     writer.makeName(nameFor(op, "maxima")));
  setWindow(node, op, op.getKernel());
  setInt(node, "ceil_mode", op.getCeilMode());
  addIndices(node, op, writer);
  return success();
}
