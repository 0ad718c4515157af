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

#include "../Kernel.h"

#include <limits>

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// The greater one; NaN if either is (halide's max may drop it).
static Expr maximum(Expr a, Expr b) {
  return strict_float(select(b > a || b != b, b, a));
}

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

Tensor codegen::buildGlobalPool(GlobalPoolOp op,
                                llvm::ArrayRef<Tensor> operands,
                                Kernel &kernel) {
  const Tensor &input = operands[0];
  // The result is planar; the sum runs in the input's layout.
  Loops loops(input.type);
  unsigned spatial = input.type.getRank() - 2;
  Region region;
  int64_t count = 1;
  for (unsigned i = spatial; i-- > 0;) {
    region.push_back({0, toInt(input.extent(2 + i))});
    count *= input.extent(2 + i);
  }
  RDom positions(region, "position");
  kernel.taps = positions;
  Index from = loops.index;
  for (unsigned i = 0; i < spatial; ++i)
    from.dims[2 + i] = positions[spatial - 1 - i];

  bool isMax = op.getKind() == PoolKind::Max;
  std::vector<Var> channel{loops.dim(1), loops.dim(0)};
  if (loops.blocked())
    channel.insert(channel.begin(), loops.lane());
  Func sum(isMax ? "global_max" : "global_sum");
  if (isMax) {
    sum(channel) = -std::numeric_limits<float>::infinity();
    sum(channel) = maximum(sum(channel), input(from));
  } else {
    sum(channel) = 0.0f;
    sum(channel) += input(from);
  }
  kernel.reduction = Tensor{sum, input.type};

  Loops result(op.getType());
  Func pooled("global_pool");
  Expr c = result.index.dims[1], n = result.index.dims[0];
  int32_t block = toInt(loops.block);
  Expr value = loops.blocked() ? sum(c % block, c / block, n) : sum(c, n);
  pooled(result.vars) = isMax ? value : value / static_cast<float>(count);
  return {pooled, op.getType()};
}
