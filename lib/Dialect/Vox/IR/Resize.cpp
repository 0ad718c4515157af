//===- Resize.cpp - Another resolution ------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Resize.h"
#include "VerifyShape.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace vox;

LogicalResult ResizeOp::verify() {
  RankedTensorType input = getInput().getType();
  size_t rank = input.getRank();
  if (failed(verifyElementType(*this)))
    return failure();
  if (getScales().size() != rank || getType().getRank() != input.getRank())
    return emitOpError() << "has " << getScales().size()
                         << " scales and a result of rank "
                         << getType().getRank() << "; expected " << rank
                         << " of each";
  for (auto [i, scale] : llvm::enumerate(getScales()))
    if (!std::isfinite(scale) || scale <= 0)
      return emitOpError() << "scales[" << i
                           << "] is no positive number; expected one";
  // Extents are the scaled input's, rounded down or to the nearest.
  for (size_t i = 0; i < rank; ++i) {
    double scaled = getScales()[i] * input.getDimSize(i);
    int64_t result = getType().getDimSize(i);
    if (std::fabs(result - scaled) >= 1)
      return emitOpError() << "result has extent " << result
                           << " along dimension " << i << "; expected "
                           << input.getDimSize(i) << " times the scale "
                           << getScales()[i] << ", rounded";
  }
  if (getKind() == ResizeKind::Linear && !input.getElementType().isF32())
    return emitOpError("interpolates integers; expected float elements, or "
                       "nearest");
  return success();
}

OpFoldResult ResizeOp::fold(FoldAdaptor) {
  // With equal extents every coordinate mode is the identity at scale 1.
  bool same = getInput().getType() == getType() &&
              llvm::all_of(getScales(), [](double s) { return s == 1; });
  return same && !isAnchor(*this) ? getInput() : OpFoldResult();
}

double vox::getScaledExtent(double scale, int64_t input, int64_t result) {
  // What a scale in float32 is off by is no fraction.
  constexpr double kRounding = 1e-6;
  double scaled = scale * input;
  return std::fabs(result - scaled) <= kRounding * scaled ? result : scaled;
}

double vox::getInputPosition(Coordinates coordinates, int64_t position,
                             double scale, int64_t input, int64_t result) {
  double scaled = getScaledExtent(scale, input, result);
  switch (coordinates) {
  case Coordinates::HalfPixel:
    return (position + 0.5) / scale - 0.5;
  case Coordinates::PytorchHalfPixel:
    return scaled > 1 ? (position + 0.5) / scale - 0.5 : 0;
  case Coordinates::AlignCorners:
    return result > 1 ? double(position * (input - 1)) / (scaled - 1) : 0;
  case Coordinates::Asymmetric:
    return position / scale;
  }
  llvm_unreachable("unknown coordinates");
}

int64_t vox::roundToNearest(NearestRounding rounding, double x) {
  switch (rounding) {
  case NearestRounding::RoundPreferFloor:
    return std::ceil(x - 0.5);
  case NearestRounding::RoundPreferCeil:
    return std::floor(x + 0.5);
  case NearestRounding::Floor:
    return std::floor(x);
  case NearestRounding::Ceil:
    return std::ceil(x);
  }
  llvm_unreachable("unknown rounding");
}

SmallVector<ResizeTap> vox::getResizeTaps(ResizeOp op, unsigned dim) {
  int64_t input = op.getInput().getType().getDimSize(dim);
  int64_t result = op.getType().getDimSize(dim);
  auto inside = [&](double position) {
    return int64_t(std::min(std::max(position, 0.0), double(input - 1)));
  };
  SmallVector<ResizeTap> taps;
  for (int64_t i = 0; i < result; ++i) {
    double x = getInputPosition(op.getCoordinates(), i, op.getScales()[dim],
                                input, result);
    // A tiny scale gives more than integers hold.
    x = std::min(std::max(x, -1.0), double(input));
    if (op.getKind() == ResizeKind::Nearest) {
      int64_t at = inside(roundToNearest(op.getRounding(), x));
      taps.push_back({at, at, 0});
      continue;
    }
    double lower = std::floor(x);
    taps.push_back({inside(lower), inside(lower + 1), x - lower});
  }
  return taps;
}

LogicalResult ResampleOp::verify() {
  Shape expected(getInput().getType().getShape());
  int64_t rank = expected.size();
  if (getAxis() < 0 || getAxis() >= rank)
    return emitOpError() << "axis is " << getAxis() << "; expected 0 to "
                         << rank - 1;
  if (expected[getAxis()] < 1)
    return emitOpError() << "input is empty along dimension " << getAxis();
  ShapeRef starts = getStarts().getType().getShape(),
           weights = getWeights().getType().getShape();
  if (starts.size() != 1 || weights.size() != 2 || weights[0] != starts[0] ||
      weights[1] < 1)
    return emitOpError() << "starts have shape " << formatShape(starts)
                         << " and weights " << formatShape(weights)
                         << "; expected N and N x taps";
  // Kernels compute positions in 32 bits.
  if (expected[getAxis()] + weights[1] > std::numeric_limits<int32_t>::max())
    return emitOpError() << "has " << weights[1]
                         << " taps along a dimension of " << expected[getAxis()]
                         << " elements; expected less than 2^31 in all";
  expected[getAxis()] = starts[0];
  return verifyResultShape(*this, std::move(expected));
}
