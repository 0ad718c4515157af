//===- Resample.cpp - Weighted sums of neighbours -------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Kernel.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

Tensor codegen::buildResample(ResampleOp op, llvm::ArrayRef<Tensor> operands,
                              Kernel &kernel) {
  const Tensor &input = operands[0], &starts = operands[1],
               &weights = operands[2];
  Loops loops(op.getType());
  unsigned axis = op.getAxis();
  int32_t extent = toInt(input.extent(axis)), taps = toInt(weights.extent(1));
  // The axis is not the channel where that lies in blocks (keepsBlocks).
  Expr at = loops.index.dims[axis];
  // The start is clamped too: it may be any number, and the sum must not
  // overflow.
  Expr start = clamp(starts(Index{{at}, Expr()}), -taps, extent);
  auto term = [&](Expr tap) {
    Index from = loops.index;
    from.dims[axis] = clamp(start + tap, 0, extent - 1);
    return weights(Index{{at, tap}, Expr()}) * input(from);
  };
  Func result("resample");
  if (taps == 1) {
    result(loops.vars) = term(0);
    return {result, op.getType()};
  }
  Func sum("sum");
  sum(loops.vars) = 0.0f;
  sum(loops.vars) += term(RDom(0, taps, "tap"));
  kernel.reduction = Tensor{sum, op.getType()};
  result(loops.vars) = sum(loops.vars);
  return {result, op.getType()};
}
