//===- ResizeAttributes.cpp - What a Resize node asks for -----------------===//
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

#include "ResizeAttributes.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Format.h"

#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;
using Kind = ResizeModes::Kind;
using Transform = ResizeModes::Transform;

static constexpr int64_t kFirstWithModes = 11;
static constexpr int64_t kFirstWithoutTfHalfPixel = 13;

std::string vox::frontend::formatNumber(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%g", value);
  return text;
}

//===----------------------------------------------------------------------===//
// Extents
//===----------------------------------------------------------------------===//

/// `scales` for the dimensions `axes`.
static LogicalResult applyScales(NodeContext &node, ShapeRef axes,
                                 ResizeExtents &extents) {
  std::optional<std::vector<float>> scales = node.floats(2, axes.size());
  if (!scales)
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
                                ResizeExtents &extents) {
  const IntTensor *sizes = node.ints(3);
  if (!sizes)
    return failure();
  if (sizes->values.size() != axes.size())
    return node.error(node.describeInput(3) + " has " +
                      Twine(sizes->values.size()) + " entries; expected " +
                      Twine(axes.size()));
  for (auto [axis, size] : llvm::zip_equal(axes, sizes->values)) {
    extents.scales[axis] = static_cast<double>(size) / extents.shape[axis];
    extents.shape[axis] = size;
  }
  return success();
}

/// ONNX's keep_aspect_ratio_policy: one scale for all of `axes`.
static void keepAspectRatio(ShapeRef input, ShapeRef axes, bool larger,
                            ResizeExtents &extents) {
  double scale = extents.scales[axes.front()];
  for (int64_t axis : axes)
    scale = larger ? std::max(scale, extents.scales[axis])
                   : std::min(scale, extents.scales[axis]);
  for (int64_t axis : axes) {
    // What no tensor can have is reported with the whole shape.
    extents.shape[axis] = static_cast<int64_t>(
        std::clamp(std::floor(scale * input[axis] + 0.5), -1.0, 0x1p31));
    extents.scales[axis] = scale;
  }
}

/// The part of the input that a crop takes.
static LogicalResult applyRoi(NodeContext &node, ShapeRef axes,
                              ResizeExtents &extents) {
  size_t count = axes.size();
  std::optional<std::vector<float>> roi = node.floats(1, 2 * count);
  if (!roi)
    return failure();
  for (auto [i, value] : llvm::enumerate(*roi))
    if (!std::isfinite(value))
      return node.error("roi[" + Twine(i) + "] is " + formatNumber(value) +
                        "; expected a finite number");
  for (auto [i, axis] : llvm::enumerate(axes)) {
    double start = (*roi)[i], end = (*roi)[count + i];
    if (node.isGiven(2) && end - start != 1)
      return node.error("scales are given with a roi that takes " +
                            formatNumber(end - start) + " of dimension " +
                            Twine(axis) +
                            ", which ONNX's text multiplies with the scale and "
                            "its shape inference does not",
                        "give sizes instead of scales");
    extents.roiStarts[axis] = start;
    extents.roiEnds[axis] = end;
  }
  return success();
}

static std::optional<ResizeExtents>
readExtents(NodeContext &node, const ResizeModes &modes, ShapeRef input) {
  size_t rank = input.size();
  ResizeExtents extents{Shape(input), SmallVector<double>(rank, 1.0),
                        SmallVector<double>(rank, 0.0),
                        SmallVector<double>(rank, 1.0)};
  std::string policy = node.getString("keep_aspect_ratio_policy", "stretch");
  if (policy != "stretch" && policy != "not_larger" && policy != "not_smaller")
    return node.error("keep_aspect_ratio_policy is " + quote(policy) +
                      "; expected stretch, not_larger or not_smaller");
  std::optional<Shape> axes = node.normalizeAxes(
      node.getInts("axes").value_or(llvm::to_vector(llvm::seq<int64_t>(rank))),
      rank);
  if (!axes)
    return std::nullopt;
  if (node.isGiven(2) == node.isGiven(3))
    return node.error((node.isGiven(2) ? Twine("both") : Twine("neither")) +
                      " of scales and sizes given; expected one");
  if (failed(node.isGiven(2) ? applyScales(node, *axes, extents)
                             : applySizes(node, *axes, extents)))
    return std::nullopt;
  if (node.isGiven(3) && policy != "stretch")
    keepAspectRatio(input, *axes, policy == "not_smaller", extents);
  if (modes.transform == Transform::TfCrop &&
      failed(applyRoi(node, *axes, extents)))
    return std::nullopt;
  return extents;
}

//===----------------------------------------------------------------------===//
// Modes
//===----------------------------------------------------------------------===//

/// The value that `parse` gives an attribute; nothing, with an error reported,
/// where it knows none.
template <typename Value>
static std::optional<Value>
readMode(NodeContext &node, StringRef name, StringRef defaultValue,
         llvm::function_ref<std::optional<Value>(StringRef)> parse,
         StringRef expected) {
  std::string mode = node.getString(name, defaultValue);
  std::optional<Value> value = parse(mode);
  if (!value)
    return node.error(name + " is " + quote(mode) + "; expected " + expected);
  return value;
}

static std::optional<Kind> parseKind(StringRef text) {
  return llvm::StringSwitch<std::optional<Kind>>(text)
      .Case("nearest", Kind::Nearest)
      .Case("linear", Kind::Linear)
      .Case("cubic", Kind::Cubic)
      .Default(std::nullopt);
}

static std::optional<std::pair<Transform, Coordinates>>
readTransform(NodeContext &node) {
  using Result = std::pair<Transform, Coordinates>;
  auto parse = [&](StringRef text) -> std::optional<Result> {
    if (auto coordinates = symbolizeCoordinates(text))
      return Result{Transform::Common, *coordinates};
    if (text == "half_pixel_symmetric")
      return Result{Transform::HalfPixelSymmetric, Coordinates::HalfPixel};
    if (text == "tf_crop_and_resize")
      return Result{Transform::TfCrop, Coordinates::AlignCorners};
    if (text == "tf_half_pixel_for_nn" && node.opset < kFirstWithoutTfHalfPixel)
      return Result{Transform::TfHalfPixel, Coordinates::HalfPixel};
    return std::nullopt;
  };
  return readMode<Result>(
      node, "coordinate_transformation_mode", "half_pixel", parse,
      "half_pixel, half_pixel_symmetric, pytorch_half_pixel, align_corners, "
      "asymmetric or tf_crop_and_resize");
}

std::optional<ResizeModes> vox::frontend::readResizeModes(NodeContext &node) {
  auto kind = readMode<Kind>(node, "mode", "nearest", parseKind,
                             "nearest, linear or cubic");
  auto transform = kind ? readTransform(node) : std::nullopt;
  if (!transform)
    return std::nullopt;
  auto rounding = readMode<NearestRounding>(
      node, "nearest_mode", "round_prefer_floor",
      [](StringRef text) { return symbolizeNearestRounding(text); },
      "round_prefer_floor, round_prefer_ceil, floor or ceil");
  if (!rounding)
    return std::nullopt;
  ResizeModes modes{*kind,
                    transform->first,
                    transform->second,
                    *rounding,
                    node.getFloat("cubic_coeff_a", -0.75),
                    node.getInt("antialias", 0) != 0,
                    node.getInt("exclude_outside", 0) != 0};
  if (modes.antialias && modes.kind == Kind::Nearest)
    return node.error("antialias is 1 and mode is nearest; expected linear or "
                      "cubic");
  if (!std::isfinite(modes.cubicCoefficient))
    return node.error("cubic_coeff_a is " +
                      formatNumber(modes.cubicCoefficient) +
                      "; expected a finite number");
  return modes;
}

/// What operator sets before 11 left unsaid.
static LogicalResult completeModes(NodeContext &node,
                                   const ResizeExtents &extents,
                                   ResizeModes &modes) {
  if (modes.kind == Kind::Cubic)
    return node.error("mode is cubic, which operator sets before 11 don't "
                      "have; expected nearest or linear");
  bool enlarges = llvm::any_of(extents.scales, [](double s) { return s > 1; });
  bool shrinks = llvm::any_of(extents.scales, [](double s) { return s < 1; });
  if (enlarges && shrinks && modes.kind == Kind::Nearest)
    return node.error("enlarges one dimension and shrinks another, for which "
                      "operator sets before 11 define no rounding");
  modes.transform = Transform::Common;
  modes.coordinates = Coordinates::Asymmetric;
  modes.rounding = shrinks ? NearestRounding::Ceil : NearestRounding::Floor;
  return success();
}

std::optional<ResizeExtents>
vox::frontend::readResizeExtents(NodeContext &node, ShapeRef input,
                                 ResizeModes &modes) {
  std::optional<ResizeExtents> extents = readExtents(node, modes, input);
  if (!extents || (node.opset < kFirstWithModes &&
                   failed(completeModes(node, *extents, modes))))
    return std::nullopt;
  return extents;
}
