//===- ResizeTables.cpp - Resizing as weighted sums -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// https://onnx.ai/onnx/operators/onnx__Resize.html. The cubic filter is that of
// R. Keys, "Cubic convolution interpolation for digital image processing", IEEE
// Transactions on Acoustics, Speech, and Signal Processing 29 (1981), equation
// 4 with a free coefficient.
//
//===----------------------------------------------------------------------===//

#include "ResizeTables.h"

#include "vox/Dialect/Vox/IR/Resize.h"

#include <algorithm>
#include <cmath>

using namespace vox;
using namespace vox::frontend;
using Kind = ResizeModes::Kind;
using Transform = ResizeModes::Transform;

static double inputPosition(const ResizeModes &modes, const ResizedDim &dim,
                            int64_t position) {
  double scaled = getScaledExtent(dim.scale, dim.input, dim.result);
  auto common = [&](Coordinates coordinates) {
    return getInputPosition(coordinates, position, dim.scale, dim.input,
                            dim.result);
  };
  switch (modes.transform) {
  case Transform::Common:
    return common(modes.coordinates);
  case Transform::HalfPixelSymmetric:
    // Half pixels, the middle of the result in the middle of the input.
    return dim.input / 2.0 * (1 - dim.result / scaled) +
           common(Coordinates::HalfPixel);
  case Transform::TfHalfPixel:
    return (position + 0.5) / dim.scale;
  case Transform::TfCrop: {
    // The corners of the result in the corners of the part; a single element in
    // its middle. As a mean of both, since it is exact at the ends.
    double share = scaled > 1 ? position / (scaled - 1) : 0.5;
    return ((1 - share) * dim.roiStart + share * dim.roiEnd) * (dim.input - 1);
  }
  }
  llvm_unreachable("unknown transform");
}

/// Whether a position is outside of what a crop can read.
static bool isOutside(const ResizedDim &dim, double x) {
  // What rounding makes of a position on the border is none.
  double rounding = 1e-9 * dim.input;
  return x < -rounding || x > dim.input - 1 + rounding;
}

/// The weight of an element at `distance` from the position that is read.
static double weigh(const ResizeModes &modes, double distance) {
  double x = std::fabs(distance), a = modes.cubicCoefficient;
  if (modes.kind == Kind::Linear)
    return std::max(0.0, 1 - x);
  if (x <= 1)
    return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? a * (((x - 5) * x + 8) * x - 4) : 0;
}

/// How much longer an antialiasing filter is.
static double getStretch(const ResizeModes &modes, const ResizedDim &dim) {
  return modes.antialias ? std::max(1.0, 1 / dim.scale) : 1;
}

/// Up to which distance elements have a weight.
static double getReach(const ResizeModes &modes, const ResizedDim &dim) {
  return (modes.kind == Kind::Cubic ? 2 : 1) * getStretch(modes, dim);
}

namespace {
/// What one element of the result reads, from `first` on.
struct Row {
  int64_t first = 0;
  llvm::SmallVector<double> weights;
};
} // namespace

static Row makeRow(const ResizeModes &modes, const ResizedDim &dim, double x) {
  auto inside = [&](int64_t position) {
    return std::clamp<int64_t>(position, 0, dim.input - 1);
  };
  bool nearest = modes.kind == Kind::Nearest;
  double stretch = getStretch(modes, dim), reach = getReach(modes, dim);
  int64_t from = nearest ? roundToNearest(modes.rounding, x)
                         : static_cast<int64_t>(std::ceil(x - reach));
  int64_t to = nearest ? from : static_cast<int64_t>(std::floor(x + reach));
  int64_t first = inside(from);
  llvm::SmallVector<double> weights(inside(to) - first + 1, 0.0);
  double sum = 0;
  for (int64_t position = from; position <= to; ++position) {
    // Outside of the input its border is read.
    if (modes.excludeOutside && position != inside(position))
      continue;
    double weight = nearest ? 1 : weigh(modes, (position - x) / stretch);
    weights[inside(position) - first] += weight;
    sum += weight;
  }
  if (modes.excludeOutside && sum == 0)
    return {};
  if (modes.antialias || modes.excludeOutside)
    for (double &weight : weights)
      weight /= sum;
  llvm::ArrayRef<double> used = weights;
  while (used.size() > 1 && used.front() == 0) {
    used = used.drop_front();
    ++first;
  }
  while (used.size() > 1 && used.back() == 0)
    used = used.drop_back();
  return {first, llvm::SmallVector<double>(used)};
}

double frontend::countResizeWeights(const ResizeModes &modes,
                                    const ResizedDim &dim) {
  double taps = modes.kind == Kind::Nearest
                    ? 1
                    : std::min<double>(dim.input,
                                       2 * std::ceil(getReach(modes, dim)) + 1);
  return taps * dim.result;
}

llvm::Expected<ResizeTable> frontend::makeResizeTable(const ResizeModes &modes,
                                                      const ResizedDim &dim) {
  ResizeTable table;
  int64_t first = 0, end = dim.result;
  auto position = [&](int64_t i) { return inputPosition(modes, dim, i); };
  if (modes.transform == Transform::TfCrop) {
    // Positions ascend or descend, so those inside are neighbours.
    while (first < end && isOutside(dim, position(first)))
      ++first;
    while (first < end && isOutside(dim, position(end - 1)))
      --end;
  }
  table.before = first;
  table.after = dim.result - end;
  // Rows are made twice, and not kept: one by one they take more memory than
  // the table.
  for (int64_t i = first; i < end; ++i) {
    Row row = makeRow(modes, dim, position(i));
    if (row.weights.empty())
      return llvm::createStringError(
          "exclude_outside leaves position %lld nothing to read",
          static_cast<long long>(i));
    table.taps = std::max<int64_t>(table.taps, row.weights.size());
  }
  table.weights.resize((end - first) * table.taps);
  for (int64_t i = first; i < end; ++i) {
    Row row = makeRow(modes, dim, position(i));
    int64_t start = std::min(row.first, dim.input - table.taps);
    table.starts.push_back(start);
    llvm::copy(row.weights, table.weights.begin() + (i - first) * table.taps +
                                (row.first - start));
  }
  return table;
}
