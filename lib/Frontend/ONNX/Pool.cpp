//===- Pool.cpp - Import of pools -----------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"
#include "Window.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

static LogicalResult importPool(NodeContext &node, PoolKind kind) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  std::optional<Shape> kernel = node.getInts("kernel_shape");
  if (!kernel)
    return node.error("kernel_shape is missing");
  ShapeRef inputShape = node.shape(input);
  std::optional<WindowAttributes> window =
      readWindow(node, inputShape, *kernel);
  if (!window)
    return failure();

  // A window that lies in the padding alone has no maximum and no average.
  size_t rank = kernel->size();
  for (auto [i, pad] : llvm::enumerate(window->pads)) {
    int64_t extent =
        window->dilations[i % rank] * (window->kernel[i % rank] - 1) + 1;
    if (pad >= extent)
      return node.error(llvm::formatv("pads[{0}] is {1}; expected less than "
                                      "the window's extent, {2}",
                                      i, pad, extent)
                            .str());
  }
  auto spatial = inferWindowShape(inputShape.drop_front(2), window->view());
  if (!spatial)
    return node.error(spatial.takeError());
  Shape shape(inputShape.take_front(2));
  shape.append(*spatial);
  RankedTensorType type = node.type(shape);
  if (!type)
    return failure();
  bool countIncludePad = node.getInt("count_include_pad", 0) != 0;
  return node.result(
      PoolOp::create(node.builder, node.loc, type, kind, input, window->kernel,
                     window->strides, window->dilations, window->pads,
                     window->ceilMode, countIncludePad, node.layer));
}

LogicalResult vox::frontend::importMaxPool(NodeContext &node) {
  return importPool(node, PoolKind::Max);
}

LogicalResult vox::frontend::importAveragePool(NodeContext &node) {
  return importPool(node, PoolKind::Average);
}

static LogicalResult importGlobalPool(NodeContext &node, PoolKind kind) {
  Value input = node.tensor(0);
  if (!input || failed(checkSpatialRank(node, node.shape(input))))
    return failure();
  ShapeRef inputShape = node.shape(input);
  Shape shape(inputShape.size(), 1);
  llvm::copy(inputShape.take_front(2), shape.begin());
  return node.result(GlobalPoolOp::create(
      node.builder, node.loc, node.type(shape), kind, input, node.layer));
}

LogicalResult vox::frontend::importGlobalMaxPool(NodeContext &node) {
  return importGlobalPool(node, PoolKind::Max);
}

LogicalResult vox::frontend::importGlobalAveragePool(NodeContext &node) {
  return importGlobalPool(node, PoolKind::Average);
}
