//===- Scatter.cpp - Import of scatters -----------------------------------===//
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

namespace {
/// What every scatter is given.
struct Scatter {
  Value data, indices, updates;
  ScatterKind kind;
};
} // namespace

/// Attribute `reduction`; nothing after an error.
static std::optional<ScatterKind> readKind(NodeContext &node, Value data) {
  std::string reduction = node.getString("reduction", "none");
  auto kind = symbolizeScatterKind(reduction == "none" ? "assign" : reduction);
  if (!kind || reduction == "assign")
    return node.error("reduction is " + quote(reduction) +
                      "; expected none, add, mul, max or min");
  if (*kind == ScatterKind::Assign ||
      getDataType(data) != onnx::TensorProto::BOOL)
    return kind;
  return node.error("combines elements of type bool by " + reduction +
                    "; expected numbers");
}

static std::optional<Scatter> readScatter(NodeContext &node) {
  Value data = node.anyTensor(0), indices = data ? readIndices(node, 1) : data;
  Value updates = indices ? readAlike(node, 2, 0, data) : nullptr;
  if (!updates)
    return std::nullopt;
  std::optional<ScatterKind> kind = readKind(node, data);
  if (!kind)
    return std::nullopt;
  return Scatter{data, indices, updates, *kind};
}

static LogicalResult checkUpdates(NodeContext &node, Value updates,
                                  ShapeRef expected) {
  if (node.shape(updates) == expected)
    return success();
  return node.error(node.describeInput(2) + " has shape " +
                    formatShape(node.shape(updates)) + "; expected " +
                    formatShape(expected));
}

LogicalResult vox::frontend::importScatterElements(NodeContext &node) {
  std::optional<Scatter> scatter = readScatter(node);
  if (!scatter)
    return failure();
  auto [data, indices, updates, kind] = *scatter;
  std::optional<Along> along = readAlong(node, data, indices);
  if (!along)
    return failure();
  if (failed(checkUpdates(node, updates, along->shape)))
    return failure();
  return node.result(ScatterElementsOp::create(
      node.builder, node.loc, data.getType(), kind, data, indices, updates,
      along->axis, node.layer));
}

/// Exporters write so that one entry of a shape is replaced.
Folded vox::frontend::foldScatterElements(NodeContext &node) {
  const IntTensor *data = node.ints(0), *indices = node.ints(1);
  const IntTensor *updates = node.ints(2);
  if (!data || !indices || !updates)
    return failure();
  if (data->shape.size() != 1 || indices->shape.size() != 1 ||
      updates->shape != indices->shape || updates->dataType != data->dataType ||
      node.getString("reduction", "none") != "none")
    return std::nullopt;
  if (!node.getAxis(0, 1))
    return failure();
  IntTensor result = *data;
  int64_t size = result.values.size();
  for (auto [index, value] :
       llvm::zip_equal(indices->values, updates->values)) {
    if (index < -size || index >= size)
      return node.error("index is " + Twine(index) + "; expected " +
                        Twine(-size) + " to " + Twine(size - 1));
    result.values[index < 0 ? index + size : index] = value;
  }
  return node.result(std::move(result));
}

LogicalResult vox::frontend::importScatterND(NodeContext &node) {
  std::optional<Scatter> scatter = readScatter(node);
  if (!scatter)
    return failure();
  auto [data, indices, updates, kind] = *scatter;
  auto shape = inferGatherNDShape(node.shape(data), node.shape(indices),
                                  /*batchDims=*/0);
  if (!shape)
    return node.error(shape.takeError());
  if (failed(checkUpdates(node, updates, *shape)))
    return failure();
  return node.result(ScatterNDOp::create(node.builder, node.loc, data.getType(),
                                         kind, data, indices, updates,
                                         node.layer));
}
