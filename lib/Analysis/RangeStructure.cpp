//===- RangeStructure.cpp - Ranges through ops that move elements ---------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RangeRules.h"
#include "vox/Dialect/Vox/IR/Layout.h"

using namespace mlir;
using namespace vox;
using namespace vox::ranges;

static int64_t product(ArrayRef<int64_t> extents) {
  int64_t all = 1;
  for (int64_t extent : extents)
    all *= extent;
  return all;
}

/// The same elements, and nothing of their places.
/// Positions that are told apart; more take time and memory, and say little.
static constexpr int64_t kMaxPlaces = 65536;

static Range forgetPlaces(Range range) {
  range.intervals = {range.overall()};
  return range;
}

Range ranges::compute(ConcatOp op, Operands operands) {
  Range result;
  int64_t concat = op.getAxis();
  // Per position along the concatenation's own dimension, else along that of
  // all parts.
  bool own = llvm::all_of(operands, [&](const Range &part) {
    return !part.isPerPosition() || part.axis == concat;
  });
  own &= op.getType().getDimSize(concat) <= kMaxPlaces;
  bool same = llvm::all_of(operands, [&](const Range &part) {
    return part.isPerPosition() && part.axis == operands[0].axis &&
           part.axis != concat;
  });
  for (const Range &part : operands)
    result.finite &= part.finite;
  result.axis = own ? concat : operands[0].axis;
  result.intervals.clear();
  for (auto [value, part] : llvm::zip_equal(op.getInputs(), operands)) {
    if (own) {
      for (int64_t i = 0; i < typeOf(value).getDimSize(concat); ++i)
        result.intervals.push_back(part.at(i));
      continue;
    }
    const Range known = same ? part : forgetPlaces(part);
    if (result.intervals.empty())
      result.intervals = known.intervals;
    for (auto [all, interval] :
         llvm::zip_equal(result.intervals, known.intervals))
      all = hull(all, interval);
  }
  return result;
}

Range ranges::compute(PadOp op, Operands operands) {
  Range input = operands[0];
  ArrayRef<int64_t> pads = op.getPads();
  int64_t rank = typeOf(op.getInput()).getRank();
  if (input.isPerPosition() &&
      (pads[input.axis] != 0 || pads[rank + input.axis] != 0))
    input = forgetPlaces(input);
  if (op.getMode() != PadMode::Constant ||
      llvm::all_of(pads, [](int64_t pad) { return pad <= 0; }))
    return input;
  double value = op.getValue().convertToDouble();
  if (std::isnan(value))
    return unknown();
  input.finite &= std::isfinite(value);
  return mapEach(input,
                 [&](Interval x) { return hull(x, Interval::point(value)); });
}

Range ranges::compute(SliceOp op, Operands operands) {
  Range input = operands[0];
  if (!input.isPerPosition())
    return input;
  Range result = input;
  result.intervals.clear();
  for (int64_t i = 0; i < op.getType().getDimSize(input.axis); ++i)
    result.intervals.push_back(
        input.at(op.getStarts()[input.axis] + i * op.getSteps()[input.axis]));
  return result;
}

Range ranges::compute(TileOp op, Operands operands) {
  const Range &input = operands[0];
  if (!input.isPerPosition())
    return input;
  if (op.getType().getDimSize(input.axis) > kMaxPlaces)
    return forgetPlaces(input);
  Range result = input;
  int64_t extent = input.intervals.size();
  for (int64_t i = extent; i < op.getType().getDimSize(input.axis); ++i)
    result.intervals.push_back(input.at(i % extent));
  return result;
}

/// A dimension of n positions may become one of n m (each position m times in a
/// row), or of n / m, if as many elements lie before it as before.
Range ranges::compute(ReshapeOp op, Operands operands) {
  const Range &input = operands[0];
  if (!input.isPerPosition())
    return input;
  ArrayRef<int64_t> from = typeOf(op.getInput()).getShape(),
                    to = op.getType().getShape();
  int64_t before = product(from.take_front(input.axis));
  int64_t extent = from[input.axis];
  for (int64_t axis = 0; axis < (int64_t)to.size(); ++axis) {
    if (product(to.take_front(axis)) != before || to[axis] == 1 ||
        to[axis] > kMaxPlaces)
      continue;
    Range result = input;
    result.axis = axis;
    result.intervals.clear();
    if (to[axis] % extent == 0) {
      for (int64_t i = 0; i < to[axis]; ++i)
        result.intervals.push_back(input.at(i / (to[axis] / extent)));
      return result;
    }
    if (extent % to[axis] != 0)
      break;
    int64_t merged = extent / to[axis];
    for (int64_t i = 0; i < to[axis]; ++i) {
      Interval all = input.at(i * merged);
      for (int64_t j = 1; j < merged; ++j)
        all = hull(all, input.at(i * merged + j));
      result.intervals.push_back(all);
    }
    return result;
  }
  return forgetPlaces(input);
}

Range ranges::compute(TransposeOp op, Operands operands) {
  Range result = operands[0];
  if (result.isPerPosition())
    result.axis = llvm::find(op.getPermutation(), result.axis) -
                  op.getPermutation().begin();
  return result;
}
