//===- Statistics.cpp - What the units of a layer do ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bound by reading the input once. A task is a run of chunks, and a chunk's
// sums and squares stay in registers while the chunk is in the first-level
// cache. What remains is small: a vector of sums for every 128 of input.
//
//===----------------------------------------------------------------------===//

#include "Tasks.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// As vox-assign-schedules counts tasks.
static constexpr int64_t kTasks = 48;

static int64_t extentOf(Func func, unsigned dim,
                        llvm::ArrayRef<int64_t> extents) {
  return dim < func.args().size() ? extents[dim] : 1;
}

void codegen::scheduleStatistics(Kernel &kernel, ScheduleAttr schedule) {
  Func sums = kernel.tables[0], squares = kernel.tables[1],
       chunks = kernel.tables[2], totals = kernel.tables[3],
       totalSquares = kernel.tables[4];
  llvm::ArrayRef<int64_t> extents = kernel.chunkExtents;
  std::vector<Var> vars = chunks.args();
  Var lane = vars[0], vector = vars[1], chunk = vars[2];

  Var inLane("vector_lane"), run("run");
  Var vectors = vectorizeAlong(chunks, lane, extents[0], schedule.getLanes());
  int64_t others = extentOf(chunks, 3, extents) * extentOf(chunks, 4, extents) *
                   (extents[0] / vectorLength(extents[0], schedule.getLanes()));
  int64_t perTask =
      std::clamp<int64_t>(extents[2] * others / kTasks, 1, extents[2]);
  std::vector<VarOrRVar> order{inLane, vector, chunk, vectors, run};
  order.insert(order.end(), vars.begin() + 3, vars.end());
  chunks.compute_root()
      .split(chunk, run, chunk, toInt(perTask), TailStrategy::GuardWithIf)
      .reorder(order)
      .unroll(vector);
  Var task = vectors;
  for (unsigned i = 4; i < order.size(); ++i) {
    Var fused("task");
    chunks.fuse(task, order[i].var, fused);
    task = fused;
  }
  if (schedule.getParallel() != ParallelAxis::None)
    chunks.parallel(task);

  for (Func stage : {sums, squares}) {
    stage.compute_at(chunks, chunk)
        .bound_extent(lane, vectorLength(extents[0], schedule.getLanes()))
        .bound_extent(vector, toInt(extents[1]))
        .vectorize(lane)
        .unroll(vector)
        .update()
        .reorder({lane, vector, stage.rvars()[0]})
        .vectorize(lane)
        .unroll(vector);
  }

  for (Func stage : {totals, totalSquares}) {
    stage.compute_root();
    if (extents[0] > 1 && stage.args()[0].name() == lane.name())
      stage
          .vectorize(lane, vectorLength(extents[0], 8),
                     TailStrategy::GuardWithIf)
          .update()
          .vectorize(lane, vectorLength(extents[0], 8),
                     TailStrategy::GuardWithIf);
  }
  // With the column known, one of the cases remains.
  Var column = kernel.output.args()[0];
  constexpr int64_t mostUnrolled = 64;
  auto type = mlir::cast<mlir::RankedTensorType>(
      kernel.op.getYield().getValue().getType());
  if (type.getShape().back() <= mostUnrolled)
    kernel.output.unroll(column);
}
