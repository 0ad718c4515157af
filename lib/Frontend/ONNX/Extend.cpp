//===- Extend.cpp - Import of Pad, Tile and Expand ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// The constant that Pad fills with, which has the type of its input; nothing
/// after an error.
static std::optional<float> readPadValue(NodeContext &node, Value input) {
  if (!node.isGiven(2))
    return 0;
  if (getDataType(input) == onnx::TensorProto::FLOAT)
    return node.scalar(2);
  const IntTensor *ints = node.ints(2);
  if (!ints)
    return std::nullopt;
  if (ints->values.size() != 1)
    return node.error(node.describeInput(2) + " has shape " +
                      formatShape(ints->shape) + "; expected a scalar");
  // vox.pad holds it as a float32.
  int64_t value = ints->values.front();
  auto held = static_cast<float>(value);
  if (std::fabs(held) < 0x1p63f && static_cast<int64_t>(held) == value)
    return held;
  return node.error(
      node.describeInput(2) + " is " + Twine(value) +
      ", which float32 can't hold; expected a number that it can");
}

/// Whether each dimension that is extended by its own elements has some left.
static LogicalResult checkRepeats(NodeContext &node, ShapeRef shape,
                                  ShapeRef pads) {
  for (auto [i, extent] : llvm::enumerate(shape)) {
    int64_t before = pads[i], after = pads[shape.size() + i];
    // A pad may be any number.
    auto removed = [most = extent](int64_t pad) {
      return pad < -most ? most : std::max<int64_t>(-pad, 0);
    };
    if ((before > 0 || after > 0) && removed(before) + removed(after) >= extent)
      return node.error("pads extend dimension " + Twine(i) +
                        ", of which nothing is left; expected at least one "
                        "element");
  }
  return success();
}

LogicalResult vox::frontend::importPad(NodeContext &node) {
  std::string name = node.getString("mode", "constant");
  std::optional<PadMode> mode = symbolizePadMode(name);
  if (!mode)
    return node.error("mode is " + quote(name) +
                      "; expected constant, edge, reflect or wrap");
  Value input = node.anyTensor(0);
  const IntTensor *pads = input ? node.ints(1) : nullptr;
  if (!pads)
    return failure();
  std::optional<float> value = 0;
  if (*mode == PadMode::Constant && !(value = readPadValue(node, input)))
    return failure();

  ShapeRef shape = node.shape(input);
  int64_t rank = shape.size();
  Shape axes = llvm::to_vector(llvm::seq<int64_t>(rank));
  if (node.hasInput(3)) {
    const IntTensor *given = node.ints(3);
    if (!given)
      return failure();
    axes = given->values;
  }
  if (pads->values.size() != 2 * axes.size())
    return node.error("pads has " + Twine(pads->values.size()) +
                      " entries; expected " + Twine(2 * axes.size()));
  std::optional<Shape> normal = node.normalizeAxes(axes, rank);
  if (!normal)
    return failure();
  Shape all(2 * rank, 0);
  for (auto [i, axis] : llvm::enumerate(*normal)) {
    all[axis] = pads->values[i];
    all[rank + axis] = pads->values[axes.size() + i];
  }
  if (*mode != PadMode::Constant && failed(checkRepeats(node, shape, all)))
    return failure();
  auto padded = inferPadShape(shape, all);
  if (!padded)
    return node.error(padded.takeError());
  RankedTensorType type = node.type(*padded, input);
  if (!type)
    return failure();
  return node.result(PadOp::create(node.builder, node.loc, type, input, all,
                                   llvm::APFloat(*value), *mode));
}

/// `input` repeated to `shape`, of the same rank; null after an error.
static Value createTile(NodeContext &node, Value input, ShapeRef shape) {
  if (node.shape(input) == shape)
    return input;
  RankedTensorType type = node.type(shape, input);
  if (!type)
    return nullptr;
  return TileOp::create(node.builder, node.loc, type, input);
}

LogicalResult vox::frontend::importTile(NodeContext &node) {
  Value input = node.anyTensor(0);
  const IntTensor *repeats = input ? node.ints(1) : nullptr;
  if (!repeats)
    return failure();
  Shape shape(node.shape(input));
  if (repeats->values.size() != shape.size())
    return node.error("repeats has " + Twine(repeats->values.size()) +
                      " entries; expected " + Twine(shape.size()));
  for (auto [i, extent] : llvm::enumerate(shape)) {
    int64_t count = repeats->values[i];
    if (count < 0 || llvm::MulOverflow(extent, count, extent))
      return node.error("repeats[" + Twine(i) + "] is " + Twine(count) +
                        "; expected a number from 0 to 2^31 - 1");
  }
  if (node.isEmptyShape(shape))
    return node.emptyResult(shape, getDataType(input));
  Value value = createTile(node, input, shape);
  return value ? node.result(value) : failure();
}

std::optional<Shape> vox::frontend::inferExpand(NodeContext &node,
                                                ShapeRef input) {
  const IntTensor *wanted = node.ints(1);
  if (!wanted)
    return std::nullopt;
  if (wanted->values.size() > kMaxRank)
    return node.error("shape has " + Twine(wanted->values.size()) +
                      " entries; expected at most " + Twine(kMaxRank));
  for (auto [i, extent] : llvm::enumerate(wanted->values))
    if (extent < 0)
      return node.error("shape[" + Twine(i) + "] is " + Twine(extent) +
                        "; expected a non-negative integer");
  auto shape = inferBroadcastShape(input, wanted->values);
  if (!shape)
    return node.error(shape.takeError());
  return *shape;
}

LogicalResult vox::frontend::importExpand(NodeContext &node) {
  Value input = node.anyTensor(0);
  std::optional<Shape> shape =
      input ? inferExpand(node, node.shape(input)) : std::nullopt;
  if (!shape)
    return failure();
  if (node.isEmptyShape(*shape))
    return node.emptyResult(*shape, getDataType(input));
  Shape aligned(shape->size() - node.shape(input).size(), 1);
  llvm::append_range(aligned, node.shape(input));
  if (node.shape(input) != ShapeRef(aligned))
    input = createReshape(node, input, aligned);
  Value value = createTile(node, input, *shape);
  return value ? node.result(value) : failure();
}
