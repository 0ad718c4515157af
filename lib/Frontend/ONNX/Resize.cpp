//===- Resize.cpp - Import of resizing ------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What vox.resize says becomes one: it interpolates along all dimensions at
// once, by arithmetic where it can. Other modes become weighted sums along one
// dimension after the other, or gathers of the nearest elements.
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Resize.h"
#include "Handlers.h"
#include "Limits.h"
#include "ResizeAttributes.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;
using Kind = ResizeModes::Kind;
using Transform = ResizeModes::Transform;

/// Drops what makes no difference to these extents.
static void simplify(ShapeRef input, const ResizeExtents &extents,
                     ResizeModes &modes) {
  if (llvm::none_of(extents.scales, [](double scale) { return scale < 1; }))
    modes.antialias = false;
  bool isWhole = true;
  for (auto [from, to, scale] :
       llvm::zip_equal(input, extents.shape, extents.scales))
    isWhole &= getScaledExtent(scale, from, to) == to;
  if (modes.transform == Transform::HalfPixelSymmetric && isWhole)
    modes.transform = Transform::Common;
}

/// Whether vox.resize says it.
static bool isPlain(const ResizeModes &modes) {
  return modes.kind != Kind::Cubic && modes.transform == Transform::Common &&
         !modes.antialias && !modes.excludeOutside;
}

static bool isIdentity(const ResizedDim &dim) {
  return dim.input == dim.result && dim.scale == 1 && dim.roiStart == 0 &&
         dim.roiEnd == 1;
}

/// A few bytes of a model can ask for tables of any size.
static LogicalResult checkTables(NodeContext &node, ShapeRef input,
                                 const ResizeModes &modes,
                                 const ResizeExtents &extents) {
  for (size_t i = 0; i < input.size(); ++i) {
    ResizedDim dim = extents.dim(input, i);
    double weights = isIdentity(dim) ? 0 : countResizeWeights(modes, dim);
    if (weights > kMaxResizeWeights)
      return node.error("dimension " + Twine(i) + " goes from " +
                        Twine(dim.input) + " to " + Twine(dim.result) +
                        " elements, which takes " + formatNumber(weights) +
                        " weights; expected at most " +
                        Twine(kMaxResizeWeights));
  }
  return success();
}

/// One dimension of the input by its table.
static Value createResample(NodeContext &node, Value input, int64_t axis,
                            const ResizeTable &table, bool nearest) {
  Shape shape(node.shape(input));
  int64_t rows = table.starts.size();
  shape[axis] = rows;
  RankedTensorType type = node.type(shape, input);
  IntTensor starts{{rows}, table.starts};
  StringRef name = node.layer.getValue();
  if (nearest) {
    Value positions = createIntConstant(node.builder, node.loc, starts, name);
    return GatherOp::create(node.builder, node.loc, type, input, positions,
                            axis, node.layer);
  }
  starts.dataType = onnx::TensorProto::INT32;
  Value from = createIntConstant(node.builder, node.loc, starts, name);
  Value weights = createConstant(node.builder, node.loc, {rows, table.taps},
                                 table.weights, name);
  return ResampleOp::create(node.builder, node.loc, type, input, from, weights,
                            axis, node.layer);
}

/// The elements that a crop finds outside of the input.
static LogicalResult createBorder(NodeContext &node, Value input, ShapeRef pads,
                                  RankedTensorType type) {
  float value = node.getFloat("extrapolation_value", 0);
  ElementType element = *getElementType(type.getElementType());
  if (element.kind != ElementType::Float &&
      !(value >= element.least() && value < element.greatest() + 1 &&
        std::trunc(value) == value))
    return node.error("extrapolation_value is " + formatNumber(value) +
                      "; expected one that " + element.name + " can hold");
  return node.result(PadOp::create(node.builder, node.loc, type, input, pads,
                                   llvm::APFloat(value)));
}

static LogicalResult createByTables(NodeContext &node, Value input,
                                    const ResizeModes &modes,
                                    const ResizeExtents &extents,
                                    RankedTensorType type) {
  ShapeRef shape = node.shape(input);
  size_t rank = shape.size();
  std::vector<ResizeTable> tables(rank);
  SmallVector<size_t> axes;
  Shape pads(2 * rank, 0);
  bool anyInside = true;
  for (size_t i = 0; i < rank; ++i) {
    ResizedDim dim = extents.dim(shape, i);
    if (isIdentity(dim))
      continue;
    auto table = makeResizeTable(modes, dim);
    if (!table)
      return node.error("dimension " + Twine(i) + ": " +
                        llvm::toString(table.takeError()));
    axes.push_back(i);
    pads[i] = table->before;
    pads[rank + i] = table->after;
    anyInside &= !table->starts.empty();
    tables[i] = std::move(*table);
  }
  if (!anyInside) {
    // Nothing of the input is left.
    for (size_t i = 0; i < rank; ++i) {
      pads[i] = -shape[i];
      pads[rank + i] = extents.shape[i];
    }
    return createBorder(node, input, pads, type);
  }
  // What shrinks most first, so that no value between is larger than both the
  // input and the result.
  llvm::stable_sort(axes, [&](size_t a, size_t b) {
    return double(tables[a].starts.size()) / shape[a] <
           double(tables[b].starts.size()) / shape[b];
  });
  Value value = input;
  for (size_t axis : axes)
    value = createResample(node, value, axis, tables[axis],
                           modes.kind == Kind::Nearest);
  if (llvm::any_of(pads, [](int64_t pad) { return pad != 0; }))
    return createBorder(node, value, pads, type);
  return node.result(value);
}

LogicalResult vox::frontend::importResize(NodeContext &node) {
  std::optional<ResizeModes> modes = readResizeModes(node);
  if (!modes)
    return failure();
  Value input =
      modes->kind == Kind::Nearest ? node.anyTensor(0) : node.tensor(0);
  std::optional<ResizeExtents> extents =
      input ? readResizeExtents(node, node.shape(input), *modes) : std::nullopt;
  if (!extents)
    return failure();
  RankedTensorType type = node.type(extents->shape, input);
  ShapeRef shape = node.shape(input);
  if (!type || failed(checkTables(node, shape, *modes, *extents)))
    return failure();
  simplify(shape, *extents, *modes);
  if (!isPlain(*modes))
    return createByTables(node, input, *modes, *extents, type);
  ResizeKind kind =
      modes->kind == Kind::Nearest ? ResizeKind::Nearest : ResizeKind::Linear;
  return node.result(ResizeOp::create(node.builder, node.loc, type, kind, input,
                                      extents->scales, modes->coordinates,
                                      modes->rounding, node.layer));
}
