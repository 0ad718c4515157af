//===- Tasks.cpp - What templates share -----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tasks.h"

#include "llvm/Support/MathExtras.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

Var codegen::makeTasks(Func output, const Loops &loops, ScheduleAttr schedule,
                       llvm::ArrayRef<Var> inner, llvm::ArrayRef<Var> perTask,
                       bool withChannels) {
  unsigned rank = loops.rank();
  std::vector<VarOrRVar> order(inner.begin(), inner.end());
  std::vector<Var> outside;
  if (rank >= 4) {
    Var y = loops.dim(rank - 2), rowGroup("rows"), row("row");
    output.split(y, rowGroup, row, toInt(schedule.getRows()),
                 TailStrategy::ShiftInwards);
    order.push_back(row);
    outside.push_back(rowGroup);
  }
  order.insert(order.end(), perTask.begin(), perTask.end());
  for (unsigned dim = rank - (rank >= 4 ? 2 : 1); dim-- > 0;)
    if (dim != 1 || withChannels)
      outside.push_back(loops.dim(dim));
  order.insert(order.end(), outside.begin(), outside.end());
  output.reorder(order);

  Var task = outside.front();
  for (unsigned i = 1; i < outside.size(); ++i) {
    Var fused("task");
    output.fuse(task, outside[i], fused);
    task = fused;
  }
  if (schedule.getParallel() == ParallelAxis::Rows)
    output.parallel(task);
  return task;
}

int32_t codegen::vectorLength(int64_t extent, int64_t lanes) {
  return std::min<int64_t>(lanes, llvm::bit_floor<uint64_t>(extent));
}

Var codegen::vectorizeAlong(Func func, Var x, int64_t extent, int64_t lanes) {
  Var outer("vectors"), lane("vector_lane");
  func.split(x, outer, lane, vectorLength(extent, lanes),
             TailStrategy::ShiftInwards)
      .vectorize(lane);
  return outer;
}

void codegen::computeVector(Kernel &kernel, Func output, Var at, Var x,
                            int32_t length) {
  Func sum = kernel.reduction->func;
  sum.compute_at(output, at).bound_extent(x, length).vectorize(x);
  std::vector<VarOrRVar> order{x};
  RDom taps = *kernel.taps;
  for (int i = 0; i < taps.dimensions(); ++i)
    order.push_back(taps[i]);
  sum.update().reorder(order).vectorize(x);
}

/// Keeps a tile of `func` in registers while `steps` go by.
static void keepTile(Func func, const Kernel &kernel, ScheduleAttr schedule,
                     const RDom &steps) {
  const Loops &loops = *kernel.loops;
  // The reduction's arguments are named as the output's loops are.
  Var x = loops.dim(loops.rank() - 1), c = loops.dim(1), lane = loops.lane();
  func.bound_extent(x, toInt(schedule.getColumns()))
      .bound_extent(c, toInt(schedule.getVectors()))
      .reorder(lane, c, x)
      .vectorize(lane)
      .unroll(c)
      .unroll(x);
  std::vector<VarOrRVar> order{lane, c, x};
  for (int i = 0; i < steps.dimensions(); ++i)
    order.push_back(steps[i]);
  func.update().reorder(order).vectorize(lane).unroll(c).unroll(x);
}

void codegen::computeTile(Kernel &kernel, ScheduleAttr schedule, Func output,
                          Var at) {
  Func sum = kernel.reduction->func;
  sum.compute_at(output, at);
  if (!kernel.partial)
    return keepTile(sum, kernel, schedule, *kernel.taps);
  // Partial sums take the registers; the sum itself waits in the first-level
  // cache for the next part.
  keepTile(sum, kernel, schedule, *kernel.parts);
  kernel.partial->compute_at(sum, (*kernel.parts)[0]);
  keepTile(*kernel.partial, kernel, schedule, *kernel.taps);
}

Stage codegen::tapsOf(Kernel &kernel) {
  return kernel.partial ? kernel.partial->update()
                        : kernel.reduction->func.update();
}

void codegen::computePaddedOnce(Kernel &kernel) {
  if (!kernel.padded)
    return;
  Func padded = kernel.padded->func;
  padded.compute_root();
  Var block = padded.args()[padded.args().size() - 2];
  if (getBlock(kernel.padded->type) > 1)
    padded.vectorize(padded.args().front());
  padded.parallel(block);
}

void codegen::computePaddedAt(Kernel &kernel, Func output, Var at,
                              int64_t lanes) {
  if (!kernel.padded)
    return;
  Func padded = kernel.padded->func;
  padded.compute_at(output, at);
  // A blocked border is copied vector by vector; a planar one along x, where
  // writing past the last column only enlarges the copy.
  Var innermost = padded.args().front();
  if (getBlock(kernel.padded->type) > 1)
    padded.vectorize(innermost);
  else
    padded.vectorize(innermost, toInt(lanes), TailStrategy::RoundUp);
}
