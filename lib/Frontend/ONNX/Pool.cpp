//===- Pool.cpp - Import of pools -----------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compose.h"
#include "Handlers.h"
#include "Window.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

namespace {
/// The windows of a pool, and its result's type.
struct Pool {
  WindowAttributes window;
  RankedTensorType type;
};
} // namespace

/// Where the windows that SAME asks for end before the input does, it is left
/// open what they are to cover: other programs disagree, or refuse it.
static LogicalResult checkSame(NodeContext &node, ShapeRef extents,
                               const WindowAttributes &window) {
  std::string autoPad = node.getString("auto_pad", "NOTSET");
  if (!StringRef(autoPad).starts_with("SAME"))
    return success();
  for (auto [i, extent] : llvm::enumerate(extents)) {
    int64_t stride = window.strides[i];
    int64_t reach = window.dilations[i] * (window.kernel[i] - 1) + 1;
    if ((extent - 1) / stride * stride + reach < extent)
      return node.error(
          llvm::formatv("auto_pad is {0}, but the last window, {1} long at "
                        "stride {2}, ends before dimension {3} of extent "
                        "{4}; expected windows up to its end",
                        autoPad, reach, stride, 2 + i, extent)
              .str(),
          "give pads in place of auto_pad");
  }
  return success();
}

/// Nothing after an error.
static std::optional<Pool> readPool(NodeContext &node, ShapeRef input) {
  std::optional<Shape> kernel = node.getInts("kernel_shape");
  if (!kernel)
    return node.error("kernel_shape is missing");
  std::optional<WindowAttributes> window = readWindow(node, input, *kernel);
  if (!window || failed(checkSame(node, input.drop_front(2), *window)))
    return std::nullopt;

  // A window that lies in the padding alone has no maximum and no average.
  size_t rank = kernel->size();
  for (auto [i, pad] : llvm::enumerate(window->pads)) {
    int64_t dilation = window->dilations[i % rank];
    int64_t extent = dilation * (window->kernel[i % rank] - 1) + 1;
    if (pad >= extent)
      return node.error(
          llvm::formatv("pads[{0}] is {1}; expected less than the "
                        "window's extent, {2}",
                        i, pad, extent)
              .str());
    if (i < rank && pad > 0 && input[2 + i] < dilation)
      return node.error(llvm::formatv("dilations[{0}] is {1}, pads[{0}] {2}; "
                                      "expected a dilation of at most {3}, the "
                                      "input's extent, beside pads",
                                      i, dilation, pad, input[2 + i])
                            .str());
  }
  auto spatial = inferWindowShape(input.drop_front(2), window->view());
  if (!spatial)
    return node.error(spatial.takeError());
  Shape shape(input.take_front(2));
  shape.append(*spatial);
  RankedTensorType type = node.type(shape);
  if (!type)
    return std::nullopt;
  return Pool{*window, type};
}

static Value createPool(NodeContext &node, PoolKind kind, Value input,
                        const Pool &pool, bool countIncludePad) {
  const WindowAttributes &window = pool.window;
  return PoolOp::create(node.builder, node.loc, pool.type, kind, input,
                        window.kernel, window.strides, window.dilations,
                        window.pads, window.ceilMode, countIncludePad,
                        node.layer);
}

LogicalResult vox::frontend::importMaxPool(NodeContext &node) {
  Value input = node.anyTensor(0);
  if (!input)
    return failure();
  // Bytes are the only integers that ONNX takes maxima of here.
  Type element = cast<RankedTensorType>(input.getType()).getElementType();
  if (element.isInteger(8))
    input = createCast(node, input, node.builder.getF32Type());
  else if (!node.tensor(0))
    return failure();
  std::optional<Pool> pool = readPool(node, node.shape(input));
  if (!pool)
    return failure();
  Value value = createPool(node, PoolKind::Max, input, *pool,
                           /*countIncludePad=*/false);
  if (node.numOutputs() < 2)
    return node.result(createCast(node, value, element));
  const WindowAttributes &window = pool->window;
  Value indices = PoolIndicesOp::create(
      node.builder, node.loc, pool->type.clone(Type(node.builder.getI64Type())),
      input, window.kernel, window.strides, window.dilations, window.pads,
      window.ceilMode, node.getInt("storage_order", 0) != 0, node.layer);
  if (failed(node.result(createCast(node, value, element))))
    return failure();
  return node.result(indices);
}

LogicalResult vox::frontend::importAveragePool(NodeContext &node) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  std::optional<Pool> pool = readPool(node, node.shape(input));
  if (!pool)
    return failure();
  return node.result(createPool(node, PoolKind::Average, input, *pool,
                                node.getInt("count_include_pad", 0) != 0));
}

//===----------------------------------------------------------------------===//
// Norms of windows
//===----------------------------------------------------------------------===//

/// The exponent of a norm, or nothing after an error.
static std::optional<int64_t> readExponent(NodeContext &node) {
  int64_t exponent = node.getInt("p", 2);
  if (exponent >= 1)
    return exponent;
  return node.error("p is " + Twine(exponent) +
                    "; expected a positive integer");
}

/// |x|^p, element by element.
static Value raise(NodeContext &node, Value input, int64_t exponent) {
  if (exponent == 2)
    return createBinary<MulOp>(node, input, input);
  Value size = createUnary(node, UnaryKind::Abs, input);
  if (exponent == 1)
    return size;
  return createBinary<PowOp>(node, size, createScalar(node, exponent));
}

/// x^(1/p), element by element.
static Value takeRoot(NodeContext &node, Value sum, int64_t exponent) {
  if (exponent == 1)
    return sum;
  if (exponent == 2)
    return createUnary(node, UnaryKind::Sqrt, sum);
  return createBinary<PowOp>(node, sum,
                             createScalar(node, 1 / float(exponent)));
}

/// A sum is an average of all positions, zeros outside the input included,
/// times their number. Where a window reaches beyond the pads (`ceil_mode`)
/// these grow, so that each window has all its positions.
LogicalResult vox::frontend::importLpPool(NodeContext &node) {
  Value input = node.tensor(0);
  std::optional<int64_t> exponent = readExponent(node);
  if (!input || !exponent)
    return failure();
  ShapeRef shape = node.shape(input);
  std::optional<Pool> pool = readPool(node, shape);
  if (!pool)
    return failure();
  WindowAttributes &window = pool->window;
  size_t rank = window.kernel.size();
  double count = 1;
  for (size_t i = 0; i < rank; ++i) {
    int64_t last = (pool->type.getDimSize(2 + i) - 1) * window.strides[i] -
                   window.pads[i] +
                   window.dilations[i] * (window.kernel[i] - 1);
    window.pads[rank + i] =
        std::max(window.pads[rank + i], last + 1 - shape[2 + i]);
    count *= double(window.kernel[i]);
  }
  window.ceilMode = false;
  Value average =
      createPool(node, PoolKind::Average, raise(node, input, *exponent), *pool,
                 /*countIncludePad=*/true);
  Value sum = createBinary<MulOp>(node, average, createScalar(node, count));
  return node.result(takeRoot(node, sum, *exponent));
}

LogicalResult vox::frontend::importGlobalLpPool(NodeContext &node) {
  Value input = node.tensor(0);
  std::optional<int64_t> exponent = readExponent(node);
  if (!input || !exponent)
    return failure();
  size_t rank = node.shape(input).size();
  if (rank < 3)
    return node.error("the input has rank " + Twine(rank) +
                      "; expected at least 3 ([N, C, spatial...])");
  Value sum = createReduce(node, ReduceKind::Sum, raise(node, input, *exponent),
                           llvm::to_vector(llvm::seq<int64_t>(2, rank)));
  return node.result(takeRoot(node, sum, *exponent));
}

//===----------------------------------------------------------------------===//
// Global pools
//===----------------------------------------------------------------------===//

static LogicalResult importGlobalPool(NodeContext &node, PoolKind kind) {
  Value input = node.tensor(0);
  if (!input)
    return failure();
  ShapeRef inputShape = node.shape(input);
  if (inputShape.size() < 3)
    return node.error("the input has rank " + Twine(inputShape.size()) +
                      "; expected at least 3 ([N, C, spatial...])");
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
