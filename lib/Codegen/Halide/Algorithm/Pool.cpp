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

Tensor codegen::buildPool(PoolOp op, llvm::ArrayRef<Tensor> operands,
                          Kernel &kernel) {
  const Tensor &input = operands[0];
  mlir::RankedTensorType type = op.getType();
  Loops loops(type);
  unsigned spatial = op.getKernel().size();
  Region region;
  for (unsigned i = spatial; i-- > 0;)
    region.push_back({0, toInt(op.getKernel()[i])});
  RDom taps(region, "tap");
  kernel.taps = taps;

  // Windows that stay inside the input need no test; the others read a
  // position inside and drop it.
  bool isMax = op.getKind() == PoolKind::Max;
  Index from = loops.index;
  Expr valid; // undefined: always
  Expr count = 1.0f;
  for (unsigned i = 0; i < spatial; ++i) {
    int32_t extent = toInt(input.extent(2 + i));
    int32_t stride = toInt(op.getStrides()[i]);
    int32_t dilation = toInt(op.getDilations()[i]);
    int32_t before = toInt(op.getPads()[i]);
    int32_t after = toInt(op.getPads()[spatial + i]);
    int32_t size = toInt(op.getKernel()[i]);
    RVar tap = taps[spatial - 1 - i];
    Expr start = loops.index.dims[2 + i] * stride - before;
    Expr at = start + tap * dilation;
    int32_t last = toInt(type.getDimSize(2 + i) - 1) * stride - before +
                   (size - 1) * dilation;
    bool inside = before == 0 && last < extent;
    if (!inside) {
      valid = both(valid, 0 <= at && at < extent);
      at = clamp(at, 0, extent - 1);
    }
    from.dims[2 + i] = at;

    // Positions that count for the average: inside the input, or inside the
    // padded input. The first and last k with low <= start + k dilation < high.
    bool padding = op.getCountIncludePad();
    int32_t low = padding ? -before : 0;
    int32_t high = padding ? extent + after : extent;
    if (inside || isMax) {
      count = count * static_cast<float>(size);
    } else {
      Expr first = max(0, (low - start + dilation - 1) / dilation);
      Expr end = min(size, (high - start + dilation - 1) / dilation);
      count = count * cast<float>(end - first);
    }
  }

  Func window(isMax ? "max_pool" : "average_pool");
  if (isMax) {
    Expr least = -std::numeric_limits<float>::infinity();
    Expr value = input(from);
    if (valid.defined())
      value = select(valid, value, least);
    window(loops.vars) = least;
    window(loops.vars) = maximum(window(loops.vars), value);
  } else {
    Expr value = input(from);
    if (valid.defined())
      value = select(valid, value, 0.0f);
    window(loops.vars) = 0.0f;
    window(loops.vars) += value;
  }
  kernel.reduction = Tensor{window, type};
  if (isMax)
    return *kernel.reduction;
  Func average("average");
  average(loops.vars) = window(loops.vars) / count;
  return {average, type};
}

/// One dimension after the other, innermost first: a sum of sums stays accurate
/// where one long sum would not, each term being rounded against all before it.
Tensor codegen::buildGlobalPool(GlobalPoolOp op,
                                llvm::ArrayRef<Tensor> operands,
                                Kernel &kernel) {
  const Tensor &input = operands[0];
  // The result is planar; the sums run in the input's layout.
  Loops loops(input.type);
  unsigned spatial = input.type.getRank() - 2;
  bool isMax = op.getKind() == PoolKind::Max;

  std::vector<Var> vars = loops.vars;
  // Without a lane the innermost spatial dimension comes first.
  auto innermost = [&] { return vars.begin() + (loops.blocked() ? 1 : 0); };
  int64_t count = 1;
  Func level;
  for (unsigned i = spatial; i-- > 0;) {
    int64_t extent = input.extent(2 + i);
    count *= extent;
    RDom along(0, toInt(extent), "along");
    Expr value;
    if (!level.defined()) {
      Index from = loops.index;
      from.dims[2 + i] = along;
      value = input(from);
    } else {
      std::vector<Expr> at(vars.begin(), vars.end());
      at[loops.blocked() ? 1 : 0] = along;
      value = level(at);
      kernel.tables.push_back(level);
    }
    vars.erase(innermost());
    Func next((isMax ? "max_" : "sum_") + std::to_string(i));
    if (isMax) {
      next(vars) = -std::numeric_limits<float>::infinity();
      next(vars) = maximum(next(vars), value);
    } else {
      next(vars) = 0.0f;
      next(vars) += value;
    }
    level = next;
  }
  kernel.reduction = Tensor{level, input.type};

  Loops result(op.getType());
  Func pooled("global_pool");
  Expr c = result.index.dims[1], n = result.index.dims[0];
  int32_t block = toInt(loops.block);
  Expr value = loops.blocked() ? level(c % block, c / block, n) : level(c, n);
  pooled(result.vars) = isMax ? value : value / static_cast<float>(count);
  return {pooled, op.getType()};
}
