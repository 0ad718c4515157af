//===- Resize.cpp - Import of resizing ------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Upsample ends here, too: the version converter makes it a Resize. What it
// does not write down is that before operator set 11 positions were asymmetric
// and that nearest took the lower neighbour to enlarge, the upper to shrink.
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"

#include "llvm/Support/Format.h"

#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

static constexpr int64_t kFirstWithModes = 11;

namespace {
/// What a resize does to each dimension.
struct Extents {
  Shape shape;
  SmallVector<double> scales;
};

struct Modes {
  ResizeKind kind;
  Coordinates coordinates;
  NearestRounding rounding;
};
} // namespace

/// "2.5", "1e+30".
static std::string formatNumber(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%g", value);
  return text;
}

static LogicalResult checkCount(NodeContext &node, unsigned input, size_t count,
                                size_t expected) {
  if (count == expected)
    return success();
  return node.error(node.describeInput(input) + " has " + Twine(count) +
                    " entries; expected " + Twine(expected));
}

/// `scales` for the dimensions `axes`.
static LogicalResult applyScales(NodeContext &node, ShapeRef axes,
                                 Extents &extents) {
  std::optional<std::vector<float>> scales = node.floats(2);
  if (!scales || failed(checkCount(node, 2, scales->size(), axes.size())))
    return failure();
  for (auto [i, axis, scale] : llvm::enumerate(axes, *scales)) {
    int64_t &extent = extents.shape[axis];
    double scaled = std::floor(static_cast<double>(extent) * scale);
    if (!(scale > 0) || !(scaled <= std::numeric_limits<int32_t>::max()))
      return node.error("scales[" + Twine(i) + "] is " + formatNumber(scale) +
                        "; expected a positive number that keeps the result's "
                        "extent below 2^31");
    // ONNX's shape inference multiplies in double precision, where 10 times
    // 0.7 is less than 7, runtimes do in single precision, where it is 7.
    float single = std::floor(static_cast<float>(extent) * scale);
    if (single != scaled)
      return node.error("scales[" + Twine(i) + "] is " + formatNumber(scale) +
                            ", which makes " + formatNumber(scaled) + " or " +
                            formatNumber(single) + " of " + Twine(extent) +
                            " elements, as one rounds",
                        "give sizes instead of scales");
    extent = scaled;
    extents.scales[axis] = scale;
  }
  return success();
}

/// `sizes` for the dimensions `axes`.
static LogicalResult applySizes(NodeContext &node, ShapeRef axes,
                                Extents &extents) {
  const IntTensor *sizes = node.ints(3);
  if (!sizes || failed(checkCount(node, 3, sizes->values.size(), axes.size())))
    return failure();
  for (auto [axis, size] : llvm::zip_equal(axes, sizes->values)) {
    extents.scales[axis] = static_cast<double>(size) / extents.shape[axis];
    extents.shape[axis] = size;
  }
  return success();
}

static std::optional<Extents> readExtents(NodeContext &node, ShapeRef input) {
  Extents extents{Shape(input), SmallVector<double>(input.size(), 1.0)};
  std::optional<Shape> axes =
      node.normalizeAxes(node.getInts("axes").value_or(
                             llvm::to_vector(llvm::seq<int64_t>(input.size()))),
                         input.size());
  if (!axes)
    return std::nullopt;
  if (node.isGiven(2) == node.isGiven(3)) {
    (void)node.error((node.isGiven(2) ? Twine("both") : Twine("neither")) +
                     " of scales and sizes given; expected one");
    return std::nullopt;
  }
  if (failed(node.isGiven(2) ? applyScales(node, *axes, extents)
                             : applySizes(node, *axes, extents)))
    return std::nullopt;
  return extents;
}

/// Symbol of an enumeration; nothing, with an error reported, for another one.
template <typename Enum>
static std::optional<Enum>
readMode(NodeContext &node, StringRef name, StringRef defaultValue,
         std::optional<Enum> (*parse)(StringRef), StringRef expected) {
  std::string mode = node.getString(name, defaultValue);
  std::optional<Enum> value = parse(mode);
  if (!value)
    (void)node.error(name + " is " + quote(mode) + "; expected " + expected);
  return value;
}

static std::optional<Modes> readModes(NodeContext &node) {
  for (StringRef flag : {"antialias", "exclude_outside"})
    if (node.getInt(flag, 0) != 0) {
      (void)node.error(flag + " is 1; expected 0");
      return std::nullopt;
    }
  if (std::string policy =
          node.getString("keep_aspect_ratio_policy", "stretch");
      policy != "stretch") {
    (void)node.error("keep_aspect_ratio_policy is " + quote(policy) +
                     "; expected stretch");
    return std::nullopt;
  }
  auto kind = readMode<ResizeKind>(node, "mode", "nearest", symbolizeResizeKind,
                                   "nearest or linear");
  auto coordinates = readMode<Coordinates>(
      node, "coordinate_transformation_mode", "half_pixel",
      symbolizeCoordinates,
      "half_pixel, pytorch_half_pixel, align_corners or asymmetric");
  auto rounding = readMode<NearestRounding>(
      node, "nearest_mode", "round_prefer_floor", symbolizeNearestRounding,
      "round_prefer_floor, round_prefer_ceil, floor or ceil");
  if (!kind || !coordinates || !rounding)
    return std::nullopt;
  return Modes{*kind, *coordinates, *rounding};
}

LogicalResult vox::frontend::importResize(NodeContext &node) {
  std::optional<Modes> modes = readModes(node);
  if (!modes)
    return failure();
  Value input =
      modes->kind == ResizeKind::Linear ? node.tensor(0) : node.anyTensor(0);
  std::optional<Extents> extents =
      input ? readExtents(node, node.shape(input)) : std::nullopt;
  if (!extents)
    return failure();
  if (node.opset < kFirstWithModes) {
    bool enlarges =
        llvm::any_of(extents->scales, [](double s) { return s > 1; });
    bool shrinks =
        llvm::any_of(extents->scales, [](double s) { return s < 1; });
    if (enlarges && shrinks && modes->kind == ResizeKind::Nearest)
      return node.error("enlarges one dimension and shrinks another, for which "
                        "operator sets before 11 define no rounding");
    modes->coordinates = Coordinates::Asymmetric;
    modes->rounding = shrinks ? NearestRounding::Ceil : NearestRounding::Floor;
  }
  RankedTensorType type = node.type(extents->shape, input);
  if (!type)
    return failure();
  return node.result(ResizeOp::create(
      node.builder, node.loc, type, modes->kind, input, extents->scales,
      modes->coordinates, modes->rounding, node.layer));
}
