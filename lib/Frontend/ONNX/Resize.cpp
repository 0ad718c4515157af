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
// What vox.resize says becomes one: it interpolates along all dimensions at
// once, by arithmetic where it can. Other modes become weighted sums along one
// dimension after the other, or gathers of the nearest elements.
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Resize.h"
#include "Handlers.h"
#include "Limits.h"
#include "ResizeTables.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

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

namespace {
/// What a resize does to each dimension.
struct Extents {
  Shape shape;
  SmallVector<double> scales, roiStarts, roiEnds;

  ResizedDim dim(ShapeRef input, size_t i) const {
    return {input[i], shape[i], scales[i], roiStarts[i], roiEnds[i]};
  }
};
} // namespace

/// "2.5", "1e+30".
static std::string formatNumber(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%g", value);
  return text;
}

//===----------------------------------------------------------------------===//
// Extents
//===----------------------------------------------------------------------===//

/// `scales` for the dimensions `axes`.
static LogicalResult applyScales(NodeContext &node, ShapeRef axes,
                                 Extents &extents) {
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
                                Extents &extents) {
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
                            Extents &extents) {
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
                              Extents &extents) {
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

static std::optional<Extents>
readExtents(NodeContext &node, const ResizeModes &modes, ShapeRef input) {
  size_t rank = input.size();
  Extents extents{Shape(input), SmallVector<double>(rank, 1.0),
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
    (void)node.error(name + " is " + quote(mode) + "; expected " + expected);
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

static std::optional<ResizeModes> readModes(NodeContext &node) {
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
static LogicalResult applyEarlyModes(NodeContext &node, const Extents &extents,
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

/// Drops what makes no difference to these extents.
static void simplify(ShapeRef input, const Extents &extents,
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

//===----------------------------------------------------------------------===//
// Ops
//===----------------------------------------------------------------------===//

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
                                 const Extents &extents) {
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
                                    const Extents &extents,
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
  std::optional<ResizeModes> modes = readModes(node);
  if (!modes)
    return failure();
  Value input =
      modes->kind == Kind::Nearest ? node.anyTensor(0) : node.tensor(0);
  std::optional<Extents> extents =
      input ? readExtents(node, *modes, node.shape(input)) : std::nullopt;
  if (!extents || (node.opset < kFirstWithModes &&
                   failed(applyEarlyModes(node, *extents, *modes))))
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
