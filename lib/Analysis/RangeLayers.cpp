//===- RangeLayers.cpp - Ranges through layers, pools and norms -----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A sum of products w x is least where each x is at the end of its interval
// that the sign of w asks for. Rounding is monotone, so no float32 sum in the
// same order is below the one at that corner, whose error the sizes of its own
// terms bound; nothing of the other corner matters.
//
//===----------------------------------------------------------------------===//

#include "RangeRules.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/IR/Layout.h"

#include "mlir/IR/Matchers.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/Alignment.h"

#include <cfloat>

using namespace mlir;
using namespace vox;
using namespace vox::ranges;

//===----------------------------------------------------------------------===//
// Layers with weights
//===----------------------------------------------------------------------===//

namespace {
/// A lower bound of a sum, term by term.
class LowerBound {
public:
  /// Adds `factor` times something that is at least `least`.
  void add(double factor, double least) {
    if (factor == 0)
      return;
    exact += factor * least;
    size += std::fabs(factor * least);
  }
  double get(double roundings) const { return below(exact, size, roundings); }
  bool isUnbounded() const { return exact == -kInfinity; }

private:
  double exact = 0, size = 0;
};

/// A layer whose result at channel o is bias[o] plus products of the weights
/// [o, i, ...] with elements of channel i of the group's input.
struct Sums {
  Range input;
  int64_t inputs, groups;
  Value weights, bias;
  /// Whether a product may be missing: at a border of zeros.
  bool mayMiss;
};
} // namespace

/// By the exponent: no loop over so many weights should branch.
static bool isFinite(ArrayRef<float> values) {
  bool all = true;
  for (float value : values)
    all &= (llvm::bit_cast<uint32_t>(value) & 0x7f800000) != 0x7f800000;
  return all;
}

/// One interval per output channel, along dimension `axis`.
static Range addUp(const Sums &sums, int64_t axis, bool directSums) {
  int64_t outputs = typeOf(sums.weights).getDimSize(0);
  std::vector<char> storage;
  std::optional<ArrayRef<float>> weights =
      viewConstantValues(sums.weights, storage);
  std::optional<std::vector<float>> bias(std::in_place, outputs, 0.0f);
  if (sums.bias)
    bias = getConstantValues(sums.bias);
  Range result;
  result.axis = axis;
  result.finite = sums.input.finite;
  if (!weights || !bias)
    return result;
  if (!isFinite(*weights) || !isFinite(*bias))
    return unknown();

  result.intervals.clear();
  int64_t perGroup = sums.inputs / sums.groups;
  int64_t taps = 1;
  for (int64_t extent : typeOf(sums.weights).getShape().drop_front(2))
    taps *= extent;
  double roundings = double(perGroup * taps) + kRoundings;
  for (int64_t o = 0; o < outputs; ++o) {
    LowerBound lower, negativeUpper;
    // Whether the result is the bias: every product is 0.
    bool constant = true;
    for (int64_t i = 0; i < perGroup; ++i) {
      const float *w = weights->data() + (o * perGroup + i) * taps;
      double positive = 0, negative = 0;
      for (int64_t t = 0; t < taps; ++t)
        (w[t] > 0 ? positive : negative) += w[t];
      int64_t group = o / (outputs / sums.groups);
      Interval x = sums.input.at(group * perGroup + i);
      if (sums.mayMiss)
        x = hull(x, Interval::point(0));
      bool zero = x.lower == 0 && x.upper == 0;
      constant &= zero || (positive == 0 && negative == 0);
      if (!constant && !directSums)
        break;
      lower.add(positive, x.lower);
      lower.add(negative, x.upper);
      negativeUpper.add(-positive, x.upper);
      negativeUpper.add(-negative, x.lower);
      // Most layers soon have nothing to tell.
      if (lower.isUnbounded() && negativeUpper.isUnbounded())
        break;
    }
    if (constant) {
      result.intervals.push_back(Interval::point((*bias)[o]));
    } else if (directSums) {
      lower.add(1, (*bias)[o]);
      negativeUpper.add(-1, (*bias)[o]);
      result.intervals.push_back(
          {lower.get(roundings), -negativeUpper.get(roundings)});
    } else {
      result.intervals.push_back(Interval());
    }
  }
  return result;
}

/// What is known of each position along dimension `axis`, or of all of them.
static Range along(const Range &range, int64_t axis) {
  if (!range.isPerPosition() || range.axis == axis)
    return range;
  Range all = range;
  all.intervals = {range.overall()};
  return all;
}

/// What is known of a layer's input, finite where all operands are.
static Range inputOf(Operands operands, int64_t channels) {
  Range input = along(operands[0], channels);
  for (const Range &operand : operands)
    input.finite &= operand.finite;
  return input;
}

static bool anyPad(ArrayRef<int64_t> pads) {
  return llvm::any_of(pads, [](int64_t pad) { return pad > 0; });
}

Range ranges::compute(ConvOp op, Operands operands, bool directSums) {
  return addUp({inputOf(operands, 1), typeOf(op.getInput()).getDimSize(1),
                op.getGroups(), op.getWeights(), op.getBias(),
                anyPad(op.getPads())},
               1, directSums);
}

Range ranges::compute(ConvTransposeOp op, Operands operands, bool directSums) {
  // No position of the result sees all taps.
  return addUp({inputOf(operands, 1), typeOf(op.getInput()).getDimSize(1),
                op.getGroups(), op.getWeights(), op.getBias(),
                /*mayMiss=*/true},
               1, directSums);
}

Range ranges::compute(DenseOp op, Operands operands, bool directSums) {
  RankedTensorType input = typeOf(op.getInput());
  int64_t last = input.getRank() - 1;
  return addUp({inputOf(operands, last), input.getDimSize(last), /*groups=*/1,
                op.getWeights(), op.getBias(), /*mayMiss=*/false},
               last, directSums);
}

//===----------------------------------------------------------------------===//
// Batch norm
//===----------------------------------------------------------------------===//

/// Of factor (x - mean) + bias, computed as it stands or folded into a layer.
static Interval normalise(Interval x, double factor, double mean, double bias) {
  Interval product = multiply(Interval::point(factor), x);
  double shift = bias - factor * mean;
  auto size = [&](double end) {
    return std::fabs(end) + std::fabs(factor * mean) + std::fabs(bias);
  };
  return {below(product.lower + shift, size(product.lower), 2 * kRoundings),
          above(product.upper + shift, size(product.upper), 2 * kRoundings)};
}

Range ranges::compute(BatchNormOp op, Operands operands) {
  auto scale = getConstantValues(op.getScale());
  auto bias = getConstantValues(op.getBias());
  auto mean = getConstantValues(op.getMean());
  auto variance = getConstantValues(op.getVariance());
  if (!scale || !bias || !mean || !variance || !isFinite(*scale) ||
      !isFinite(*bias) || !isFinite(*mean) || !isFinite(*variance))
    return unknown();
  Range input = along(operands[0], 1);
  Range result;
  result.axis = 1;
  result.finite = input.finite;
  result.intervals.clear();
  for (size_t c = 0; c < scale->size(); ++c) {
    double square = (*variance)[c] + op.getEpsilon().convertToDouble();
    double factor = (*scale)[c] / std::sqrt(square);
    // The float32 of a kernel can hold them.
    bool normal = (*variance)[c] >= 0 && square >= FLT_MIN &&
                  square <= FLT_MAX && std::fabs(factor) <= FLT_MAX;
    if (normal && (*scale)[c] == 0) {
      result.intervals.push_back(Interval::point((*bias)[c]));
    } else if (normal && std::fabs(factor) >= FLT_MIN) {
      result.intervals.push_back(
          normalise(input.at(c), factor, (*mean)[c], (*bias)[c]));
    } else {
      result.intervals.push_back(Interval());
      result.finite = false;
    }
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Pools, reductions, resize
//===----------------------------------------------------------------------===//

/// A mean of up to `count` numbers from `x`.
static Interval average(Interval x, double count) {
  double roundings = count + kRoundings;
  return {below(x.lower, std::fabs(x.lower), roundings),
          above(x.upper, std::fabs(x.upper), roundings)};
}

Range ranges::compute(PoolOp op, Operands operands) {
  // The verifier sees to it that each window holds elements.
  Range channels = along(operands[0], 1);
  if (op.getKind() == PoolKind::Max)
    return channels;
  double count = 1;
  for (int64_t extent : op.getKernel())
    count *= double(extent);
  bool zeros = op.getCountIncludePad() && anyPad(op.getPads());
  return mapEach(channels, [&](Interval x) {
    return average(zeros ? hull(x, Interval::point(0)) : x, count);
  });
}

Range ranges::compute(GlobalPoolOp op, Operands operands) {
  Range channels = along(operands[0], 1);
  if (op.getKind() == PoolKind::Max)
    return channels;
  RankedTensorType type = typeOf(op.getInput());
  double count = double(type.getNumElements()) /
                 double(type.getDimSize(0) * type.getDimSize(1));
  return mapEach(channels, [&](Interval x) { return average(x, count); });
}

Range ranges::compute(ReduceOp op, Operands operands) {
  Range input = operands[0];
  // A dimension that is gone has no positions.
  if (llvm::is_contained(op.getAxes(), input.axis))
    input.intervals = {input.overall()};
  double count = 1;
  for (int64_t axis : op.getAxes())
    count *= double(typeOf(op.getInput()).getDimSize(axis));
  switch (op.getKind()) {
  case ReduceKind::Max:
  case ReduceKind::Min:
    return input;
  case ReduceKind::Prod:
    return mapEach(input, [](Interval) { return Interval(); });
  case ReduceKind::Mean:
    return mapEach(input, [&](Interval x) { return average(x, count); });
  case ReduceKind::Sum:
    return mapEach(input, [&](Interval x) {
      double lower = count * x.lower, upper = count * x.upper;
      return Interval{below(lower, std::fabs(lower), count + kRoundings),
                      above(upper, std::fabs(upper), count + kRoundings)};
    });
  }
  llvm_unreachable("unknown reduction");
}

Range ranges::compute(ResizeOp op, Operands operands) {
  Range input = operands[0];
  if (input.isPerPosition() && op.getScales()[input.axis] != 1)
    input.intervals = {input.overall()};
  if (op.getKind() == ResizeKind::Nearest)
    return input;
  // Weighted means of two, one dimension after the other.
  return mapEach(input, [&](Interval x) {
    return average(x, kRoundings * double(op.getScales().size()));
  });
}
