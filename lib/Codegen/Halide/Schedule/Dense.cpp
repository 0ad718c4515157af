//===- Dense.cpp - Dense layers -------------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The register tile of a direct convolution, with rows of the input for
// columns. With one row the layer is a read of its weights, once, forward.
//
//===----------------------------------------------------------------------===//

#include "Tasks.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

void codegen::scheduleDense(Kernel &kernel, ScheduleAttr schedule) {
  if (mlir::isa<MatMulOp>(kernel.op.getAnchor()))
    return scheduleMatMul(kernel, schedule);
  auto dense = mlir::cast<DenseOp>(kernel.op.getAnchor());
  mlir::RankedTensorType weights = dense.getWeights().getType();
  int64_t lanes = schedule.getLanes();
  int64_t outputs = weights.getDimSize(0);
  Tensor result{
      kernel.output, dense.getType(), {}, kernel.sizes.of(dense.getResult())};
  Expr rowCount = 1;
  for (unsigned dim = 0; dim + 1 < result.type.getRank(); ++dim)
    rowCount = Internal::simplify(rowCount * result.size(dim));

  Func rows = kernel.tables.front(), sum = kernel.reduction->func;
  Var lane = rows.args()[0], row = rows.args()[1], block = rows.args()[2];
  Var rowTile("row_tile"), column("column"), blocks("blocks"), vector("vector");
  rows.compute_root()
      .bound(lane, 0, toInt(lanes))
      .bound(row, 0, rowCount)
      .bound(block, 0, toInt(llvm::divideCeil(outputs, lanes)))
      .split(row, rowTile, column, toInt(schedule.getColumns()),
             TailStrategy::ShiftInwards)
      .split(block, blocks, vector, toInt(schedule.getVectors()),
             TailStrategy::ShiftInwards)
      .reorder(lane, vector, column, rowTile, blocks)
      .vectorize(lane)
      .unroll(vector)
      .unroll(column);
  if (schedule.getParallel() == ParallelAxis::Channels)
    rows.parallel(blocks);

  // A tile of `func` in registers while the steps along `k` go by.
  auto keepTile = [&](Func func, RVar k) {
    func.bound_extent(row, toInt(schedule.getColumns()))
        .bound_extent(block, toInt(schedule.getVectors()))
        .reorder(lane, block, row)
        .vectorize(lane)
        .unroll(block)
        .unroll(row)
        .update()
        .reorder(lane, block, row, k)
        .vectorize(lane)
        .unroll(block)
        .unroll(row);
  };
  RVar k = (*kernel.taps)[0];
  sum.compute_at(rows, rowTile);
  if (kernel.partial) {
    // The sum of the parts waits in the first-level cache.
    RVar part = (*kernel.parts)[0];
    keepTile(sum, part);
    kernel.partial->compute_at(sum, part);
    keepTile(*kernel.partial, k);
    kernel.partial->update().unroll(k, 2, TailStrategy::GuardWithIf);
  } else {
    keepTile(sum, k);
    sum.update().unroll(k, 2, TailStrategy::GuardWithIf);
  }

  const Loops &loops = *kernel.loops;
  vectorizeAlong(kernel.output, loops.vars.front(), outputs, lanes);
}
