//===- MatMul.cpp - Products of computed matrices -------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A register tile of `columns` rows by `vectors` vectors along n. Both come
// as they are: of the second operand a task copies the columns of its tile,
// which rows of it would otherwise spread over as many pages and, where they
// are a power of two long, over the same few sets of the cache.
//
//===----------------------------------------------------------------------===//

#include "Tasks.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// A copied column must be used this often, and the copy stay in the cache.
static constexpr int64_t kPanelRows = 16;
static constexpr int64_t kPanelBytes = 512 << 10;

void codegen::scheduleMatMul(Kernel &kernel, ScheduleAttr schedule) {
  const Loops &loops = *kernel.loops;
  unsigned rank = loops.rank();
  auto product = mlir::cast<MatMulOp>(kernel.op.getAnchor());
  int64_t columns = product.getType().getShape().back();
  Var n = loops.dim(rank - 1), m = loops.dim(rank - 2);
  int32_t length = vectorLength(columns, schedule.getLanes());
  int32_t width = length * toInt(schedule.getVectors());

  Func output = kernel.output;
  Var tiles("tiles"), column("column"), vector("vector"), lane("vector_lane");
  Var rowGroup("rows"), row("row"), rowTile("row_tile"), rowOfTile("tile_row");
  output.split(n, tiles, column, width, TailStrategy::ShiftInwards)
      .split(column, vector, lane, length)
      .split(m, rowGroup, row, toInt(schedule.getRows()),
             TailStrategy::ShiftInwards)
      .split(row, rowTile, rowOfTile, toInt(schedule.getColumns()),
             TailStrategy::ShiftInwards);
  std::vector<VarOrRVar> order{lane, vector, rowOfTile, rowTile};
  std::vector<Var> outside{tiles, rowGroup};
  for (unsigned dim = rank - 2; dim-- > 0;)
    outside.push_back(loops.dim(dim));
  order.insert(order.end(), outside.begin(), outside.end());
  output.reorder(order).vectorize(lane).unroll(vector).unroll(rowOfTile);
  Var task = outside.front();
  for (unsigned i = 1; i < outside.size(); ++i) {
    Var fused("task");
    output.fuse(task, outside[i], fused);
    task = fused;
  }
  if (schedule.getParallel() == ParallelAxis::Rows)
    output.parallel(task);

  int64_t terms = product.getLhs().getType().getShape().back();
  if (schedule.getRows() >= kPanelRows && width < columns &&
      terms * width * int64_t(sizeof(float)) <= kPanelBytes)
    kernel.panel->compute_at(output, task)
        .bound_extent(n, width)
        .split(n, vector, lane, length)
        .vectorize(lane)
        .unroll(vector);

  // A tile of `func` in registers while the steps along `k` go by.
  auto keepTile = [&](Func func, RVar k) {
    func.bound_extent(n, width)
        .bound_extent(m, toInt(schedule.getColumns()))
        .split(n, vector, lane, length)
        .reorder(lane, vector, m)
        .vectorize(lane)
        .unroll(vector)
        .unroll(m);
    func.update()
        .split(n, vector, lane, length)
        .reorder(lane, vector, m, k)
        .vectorize(lane)
        .unroll(vector)
        .unroll(m);
  };
  Func sum = kernel.reduction->func;
  RVar k = (*kernel.taps)[0];
  sum.compute_at(output, rowTile);
  if (!kernel.partial) {
    keepTile(sum, k);
    sum.update().unroll(k, 2, TailStrategy::GuardWithIf);
    return;
  }
  // The sum of the parts waits in the first-level cache.
  RVar part = (*kernel.parts)[0];
  keepTile(sum, part);
  kernel.partial->compute_at(sum, part);
  keepTile(*kernel.partial, k);
  kernel.partial->update().unroll(k, 2, TailStrategy::GuardWithIf);
}
