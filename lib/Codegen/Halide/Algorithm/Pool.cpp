//===- Pool.cpp - Maxima and averages over windows ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Windows are clamped to the input instead of reading a padded copy: a maximum
// and an average would want different borders. NaN goes through, as in ONNX.
//
//===----------------------------------------------------------------------===//

#include "../Functions.h"
#include "../Kernel.h"

#include <limits>

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// What every number is at least.
static constexpr float kLeast = -std::numeric_limits<float>::infinity();

namespace {
/// What a window sees in one step along its taps.
struct Step {
  /// A position inside the input.
  Index from;
  /// Whether the window covers it; undefined: always.
  Expr valid;
};
} // namespace

/// Whether no window of `op` leaves the input along spatial dimension `i`, in
/// any run: of open extents that is known where neither border is padded.
template <typename Op>
static bool staysInside(Op op, const Tensor &input, unsigned i) {
  int64_t after = op.getPads()[op.getKernel().size() + i];
  if (input.isOpen(2 + i) && (after != 0 || op.getCeilMode()))
    return false;
  int64_t last = (op.getType().getDimSize(2 + i) - 1) * op.getStrides()[i] -
                 op.getPads()[i] +
                 (op.getKernel()[i] - 1) * op.getDilations()[i];
  return op.getPads()[i] == 0 && last < input.extent(2 + i);
}

/// Windows that stay inside the input need no test; the others read a position
/// inside and drop it.
template <typename Op>
static Step step(Op op, const Tensor &input, const Loops &loops,
                 Kernel &kernel) {
  unsigned spatial = op.getKernel().size();
  Region region;
  for (unsigned i = spatial; i-- > 0;)
    region.push_back({0, toInt(op.getKernel()[i])});
  RDom taps(region, "tap");
  kernel.taps = taps;
  Step result{loops.index, Expr()};
  for (unsigned i = 0; i < spatial; ++i) {
    Expr extent = input.size(2 + i);
    Expr at = loops.index.dims[2 + i] * toInt(op.getStrides()[i]) -
              toInt(op.getPads()[i]) +
              taps[spatial - 1 - i] * toInt(op.getDilations()[i]);
    if (!staysInside(op, input, i)) {
      result.valid = both(result.valid, 0 <= at && at < extent);
      at = clamp(at, 0, extent - 1);
    }
    result.from.dims[2 + i] = at;
  }
  return result;
}

/// Positions that an average divides by: inside the input, or inside the padded
/// input. Along a dimension they are the k with low <= start + k dilation <
/// high.
static Expr countPositions(PoolOp op, const Tensor &input, const Loops &loops) {
  unsigned spatial = op.getKernel().size();
  Expr count = 1.0f;
  for (unsigned i = 0; i < spatial; ++i) {
    Expr extent = input.size(2 + i);
    int32_t dilation = toInt(op.getDilations()[i]);
    int32_t before = toInt(op.getPads()[i]);
    int32_t size = toInt(op.getKernel()[i]);
    if (staysInside(op, input, i)) {
      count = count * static_cast<float>(size);
      continue;
    }
    bool padding = op.getCountIncludePad();
    int32_t low = padding ? -before : 0;
    int32_t after = padding ? toInt(op.getPads()[spatial + i]) : 0;
    Expr high = Internal::simplify(extent + after);
    Expr start = loops.index.dims[2 + i] * toInt(op.getStrides()[i]) - before;
    Expr first = max(0, (low - start + dilation - 1) / dilation);
    Expr end = min(size, (high - start + dilation - 1) / dilation);
    count = count * cast<float>(end - first);
  }
  return count;
}

Tensor codegen::buildPool(PoolOp op, llvm::ArrayRef<Tensor> operands,
                          Kernel &kernel) {
  const Tensor &input = operands[0];
  mlir::RankedTensorType type = op.getType();
  Loops loops(type);
  auto [from, valid] = step(op, input, loops, kernel);
  bool isMax = op.getKind() == PoolKind::Max;
  Func window(isMax ? "max_pool" : "average_pool");
  Expr none = isMax ? kLeast : 0.0f, value = input(from);
  if (valid.defined())
    value = select(valid, value, none);
  window(loops.vars) = none;
  if (isMax)
    window(loops.vars) = maximum(window(loops.vars), value);
  else
    window(loops.vars) += value;
  kernel.reduction = Tensor{window, type};
  if (isMax)
    return *kernel.reduction;
  Func average("average");
  average(loops.vars) = window(loops.vars) / countPositions(op, input, loops);
  return {average, type};
}

/// A reduction of pairs (greatest element, its position). No tensor has more
/// elements than an int32 can count.
Tensor codegen::buildPoolIndices(PoolIndicesOp op,
                                 llvm::ArrayRef<Tensor> operands,
                                 Kernel &kernel) {
  const Tensor &input = operands[0];
  Loops loops(op.getType());
  auto [from, valid] = step(op, input, loops, kernel);
  unsigned rank = loops.rank();
  int64_t volume = 1;
  Expr offset = 0;
  for (unsigned i = 2; i < rank; ++i) {
    unsigned dim = op.getColumnMajor() ? rank + 1 - i : i;
    offset = offset * toInt(input.extent(dim)) + from.dims[dim];
    volume *= input.extent(dim);
  }
  Expr plane = from.dims[0] * toInt(input.extent(1)) + from.dims[1];
  Expr position = plane * toInt(volume) + offset;

  Func window("pool_indices");
  window(loops.vars) = Tuple(kLeast, -1);
  Expr best = window(loops.vars)[0], bestAt = window(loops.vars)[1];
  Expr value = input(from);
  // The first NaN beats every number, and what comes first beats nothing.
  Expr better = bestAt < 0 || (value > best && !isNaN(best)) ||
                (isNaN(value) && !isNaN(best));
  better = strict_float(valid.defined() ? valid && better : better);
  window(loops.vars) = Tuple(strict_float(select(better, value, best)),
                             select(better, position, bestAt));
  kernel.reduction = Tensor{window, op.getType()};
  Func result("indices");
  result(loops.vars) = cast<int64_t>(window(loops.vars)[1]);
  return {result, op.getType()};
}
