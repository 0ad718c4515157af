//===- Window.cpp - Windows of convolutions and pools ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Window.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

static constexpr int64_t kMaxValue = std::numeric_limits<int32_t>::max();

LogicalResult vox::frontend::checkSpatialRank(NodeContext &node,
                                              ShapeRef input) {
  if (input.size() >= 3 && input.size() <= 5)
    return success();
  return node.error("the input has rank " + Twine(input.size()) +
                    "; expected 3 to 5 ([N, C] and 1 to 3 spatial "
                    "dimensions)");
}

LogicalResult vox::frontend::checkList(NodeContext &node, StringRef name,
                                       ShapeRef list, size_t size,
                                       int64_t least) {
  if (list.size() != size)
    return node.error(llvm::formatv("{0} has {1} entries; expected {2}", name,
                                    list.size(), size)
                          .str());
  for (auto [i, value] : llvm::enumerate(list))
    if (value < least || value > kMaxValue)
      return node.error(
          llvm::formatv("{0}[{1}] is {2}; expected {3} to 2^31 - 1", name, i,
                        value, least)
              .str());
  return success();
}

/// The pads that make ceil(extent / stride) windows fit, the odd one after
/// (SAME_UPPER) or before (SAME_LOWER) the input.
static Shape padSame(ShapeRef extents, const WindowAttributes &window,
                     bool upper) {
  size_t rank = extents.size();
  Shape pads(2 * rank);
  for (size_t i = 0; i < rank; ++i) {
    int64_t reach = window.dilations[i] * (window.kernel[i] - 1) + 1;
    int64_t count = llvm::divideCeil(extents[i], window.strides[i]);
    int64_t total = std::max<int64_t>(
        (count - 1) * window.strides[i] + reach - extents[i], 0);
    pads[i] = upper ? total / 2 : total - total / 2;
    pads[rank + i] = total - pads[i];
  }
  return pads;
}

std::optional<WindowAttributes>
vox::frontend::readWindow(NodeContext &node, ShapeRef input, ShapeRef kernel) {
  if (failed(checkSpatialRank(node, input)))
    return std::nullopt;
  ShapeRef extents = input.drop_front(2);
  size_t rank = extents.size();

  WindowAttributes window;
  window.kernel = Shape(kernel);
  window.strides = node.getInts("strides").value_or(Shape(rank, 1));
  window.dilations = node.getInts("dilations").value_or(Shape(rank, 1));
  window.ceilMode = node.getInt("ceil_mode", 0) != 0;
  if (failed(checkList(node, "kernel_shape", kernel, rank, 1)) ||
      failed(checkList(node, "strides", window.strides, rank, 1)) ||
      failed(checkList(node, "dilations", window.dilations, rank, 1)))
    return std::nullopt;

  std::string autoPad = node.getString("auto_pad", "NOTSET");
  if (autoPad == "NOTSET") {
    window.pads = node.getInts("pads").value_or(Shape(2 * rank, 0));
  } else if (autoPad == "SAME_UPPER" || autoPad == "SAME_LOWER") {
    window.pads = padSame(extents, window, autoPad == "SAME_UPPER");
    window.ceilMode = false;
  } else if (autoPad == "VALID") {
    window.pads = Shape(2 * rank, 0);
  } else {
    return node.error("auto_pad is " + quote(autoPad) +
                      "; expected NOTSET, SAME_UPPER, SAME_LOWER or VALID");
  }
  if (failed(checkList(node, "pads", window.pads, 2 * rank, 0)))
    return std::nullopt;
  return window;
}
