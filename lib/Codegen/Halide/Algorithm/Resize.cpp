//===- Resize.cpp - Another resolution ------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where a position reads is known when the kernel is compiled
// (vox/Dialect/Vox/IR/Resize.h): small constant tables, one per dimension, or
// one division where a whole factor repeats each element.
//
// Along an open dimension a table holds the positions of the greatest extent:
// at other extents positions are the same, up to the last element.
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Resize.h"
#include "../Kernel.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// `values[at]`.
template <typename T>
static Expr lookUp(const std::vector<T> &values, Expr at) {
  Buffer<T> table(toInt(values.size()));
  std::copy(values.begin(), values.end(), table.begin());
  return table(at);
}

/// The same of positions in dimension `dim` of `input`, by arithmetic where
/// they are regular.
static Expr lookUpPosition(const std::vector<int32_t> &values, Expr at,
                           const Tensor &input, unsigned dim) {
  Expr last = Internal::simplify(input.size(dim) - 1);
  auto inside = [&](Expr position) {
    return input.isOpen(dim) ? min(position, last) : position;
  };
  int32_t factor = 1, size = toInt(values.size());
  while (factor < size && values[factor] == values[0])
    ++factor;
  bool regular = true;
  for (int32_t i = 0; i < size; ++i)
    regular &= values[i] == values[0] + i / factor;
  if (regular && values[0] == 0 && factor * input.extent(dim) == size)
    return at / factor;
  if (regular)
    return inside(at / factor + values[0]);
  auto [least, most] = std::minmax_element(values.begin(), values.end());
  // Halide asks for the bounds of what is read and can't know the table's.
  return inside(unsafe_promise_clamped(lookUp(values, at), *least, *most));
}

namespace {
/// Where one dimension reads: `lower`, and `share` of `upper` where that is
/// defined.
struct Taps {
  Expr lower, upper, share;
};
} // namespace

static Taps lookUpTaps(ResizeOp op, const Tensor &input, unsigned dim,
                       Expr at) {
  std::vector<int32_t> lower, upper;
  std::vector<float> share;
  for (const ResizeTap &tap : getResizeTaps(op, dim)) {
    lower.push_back(toInt(tap.lower));
    upper.push_back(toInt(tap.upper));
    share.push_back(static_cast<float>(tap.fraction));
  }
  if (llvm::all_of(share, [](float value) { return value == 0; }))
    return {lookUpPosition(lower, at, input, dim), Expr(), Expr()};
  return {lookUpPosition(lower, at, input, dim),
          lookUpPosition(upper, at, input, dim), lookUp(share, at)};
}

/// The element at `at`, whose dimensions before `dim` are the input's already.
static Expr interpolate(llvm::ArrayRef<Taps> taps, const Tensor &input,
                        const Index &at, unsigned dim = 0) {
  if (dim == taps.size())
    return input(at);
  const Taps &tap = taps[dim];
  Index from = at;
  from.dims[dim] = tap.lower;
  Expr below = interpolate(taps, input, from, dim + 1);
  if (!tap.upper.defined())
    return below;
  from.dims[dim] = tap.upper;
  Expr above = interpolate(taps, input, from, dim + 1);
  return (1.0f - tap.share) * below + tap.share * above;
}

Tensor codegen::buildResize(ResizeOp op, const Tensor &input) {
  Loops loops(op.getType());
  std::vector<Taps> taps;
  for (unsigned dim = 0; dim < loops.rank(); ++dim) {
    Expr at = loops.index.dims[dim];
    // Blocks of channels are moved as they are (keepsBlocks).
    bool block = dim == 1 && loops.blocked();
    taps.push_back(block ? Taps{at, Expr(), Expr()}
                         : lookUpTaps(op, input, dim, at));
  }
  Func result("resize");
  result(loops.vars) = interpolate(taps, input, loops.index);
  return {result, op.getType()};
}
