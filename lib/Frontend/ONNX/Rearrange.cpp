//===- Rearrange.cpp - Import of ops that move blocks of elements ---------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

namespace {
/// What DepthToSpace and SpaceToDepth are given.
struct Blocks {
  Value input;
  int64_t extent;
  /// Whether channels count block rows, block columns, channels (DCR), or
  /// channels first (CRD).
  bool isDepthFirst;
};
} // namespace

static std::optional<Blocks> readBlocks(NodeContext &node) {
  Value input = node.anyTensor(0);
  if (!input)
    return std::nullopt;
  if (node.shape(input).size() != 4)
    return node.error("the input has rank " + Twine(node.shape(input).size()) +
                      "; expected 4 ([N, C, H, W])");
  int64_t extent = node.getInt("blocksize", 0);
  if (extent < 1 || extent > std::numeric_limits<int16_t>::max())
    return node.error("blocksize is " + Twine(extent) + "; expected 1 to " +
                      Twine(std::numeric_limits<int16_t>::max()));
  std::string mode = node.getString("mode", "DCR");
  if (mode != "DCR" && mode != "CRD")
    return node.error("mode is " + quote(mode) + "; expected DCR or CRD");
  return Blocks{input, extent, mode == "DCR"};
}

LogicalResult vox::frontend::importDepthToSpace(NodeContext &node) {
  std::optional<Blocks> blocks = readBlocks(node);
  if (!blocks)
    return failure();
  auto [input, block, isDepthFirst] = *blocks;
  ShapeRef shape = node.shape(input);
  int64_t n = shape[0], c = shape[1], h = shape[2], w = shape[3];
  if (c % (block * block) != 0)
    return node.error("the input has " + Twine(c) +
                      " channels; expected a multiple of " +
                      Twine(block * block));
  c /= block * block;
  Value parts = createReshape(node, input,
                              isDepthFirst ? Shape{n, block, block, c, h, w}
                                           : Shape{n, c, block, block, h, w});
  Shape order =
      isDepthFirst ? Shape{0, 3, 4, 1, 5, 2} : Shape{0, 1, 4, 2, 5, 3};
  return node.result(createReshape(node, createTranspose(node, parts, order),
                                   {n, c, h * block, w * block}));
}

LogicalResult vox::frontend::importSpaceToDepth(NodeContext &node) {
  std::optional<Blocks> blocks = readBlocks(node);
  if (!blocks)
    return failure();
  auto [input, block, isDepthFirst] = *blocks;
  ShapeRef shape = node.shape(input);
  int64_t n = shape[0], c = shape[1], h = shape[2], w = shape[3];
  if (h % block != 0 || w % block != 0)
    return node.error("the input is " + Twine(h) + "x" + Twine(w) +
                      "; expected multiples of " + Twine(block));
  Value parts =
      createReshape(node, input, {n, c, h / block, block, w / block, block});
  Shape order =
      isDepthFirst ? Shape{0, 3, 5, 1, 2, 4} : Shape{0, 1, 3, 5, 2, 4};
  Value moved = createTranspose(node, parts, order);
  return node.result(
      createReshape(node, moved, {n, c * block * block, h / block, w / block}));
}

/// How many elements each part has along `extent`: input 1, or equal parts of
/// which only the last may be shorter. Nothing after an error.
static std::optional<Shape> readParts(NodeContext &node, int64_t extent) {
  Shape parts;
  if (node.hasInput(1)) {
    const IntTensor *given = node.ints(1);
    if (!given)
      return std::nullopt;
    parts.assign(given->values.begin(), given->values.end());
  } else {
    int64_t count = node.getInt("num_outputs", node.numOutputs());
    if (count < 1 || count > extent)
      return node.error("splits " + Twine(extent) + " elements into " +
                        Twine(count) + " parts; expected 1 to " +
                        Twine(extent));
    int64_t size = (extent + count - 1) / count;
    for (int64_t begin = 0; begin < extent; begin += size)
      parts.push_back(std::min(size, extent - begin));
  }
  int64_t sum = 0;
  for (int64_t part : parts) {
    if (part < 0 || part > extent - sum) {
      sum = -1;
      break;
    }
    sum += part;
  }
  if (sum == extent && parts.size() == node.numOutputs())
    return parts;
  return node.error("its parts are " + formatShape(parts) + "; expected " +
                    Twine(node.numOutputs()) +
                    " of at least 0 that sum up to " + Twine(extent));
}

LogicalResult vox::frontend::importSplit(NodeContext &node) {
  Value input = node.anyTensor(0);
  if (!input)
    return failure();
  Shape shape(node.shape(input));
  std::optional<int64_t> axis = node.getAxis(0, shape.size());
  std::optional<Shape> parts =
      axis ? readParts(node, shape[*axis]) : std::nullopt;
  if (!parts)
    return failure();
  Shape starts(shape.size(), 0), steps(shape.size(), 1);
  for (int64_t part : *parts) {
    shape[*axis] = part;
    LogicalResult defined =
        part == 0 ? node.emptyResult(shape, getDataType(input))
                  : node.result(SliceOp::create(node.builder, node.loc,
                                                node.type(shape, input), input,
                                                starts, steps));
    if (failed(defined))
      return failure();
    starts[*axis] += part;
  }
  return success();
}
