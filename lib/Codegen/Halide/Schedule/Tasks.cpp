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

Var codegen::makeTasks(Kernel &kernel, ScheduleAttr schedule,
                       llvm::ArrayRef<Var> inner, llvm::ArrayRef<Var> perTask,
                       bool withChannels) {
  Func output = kernel.output;
  const Loops &loops = *kernel.loops;
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

Var codegen::vectorizeAlong(Func func, Var x, int64_t extent, int64_t lanes) {
  int64_t vector = std::min<int64_t>(lanes, llvm::bit_floor<uint64_t>(extent));
  Var outer("vectors"), lane("vector_lane");
  func.split(x, outer, lane, toInt(vector), TailStrategy::ShiftInwards)
      .vectorize(lane);
  return outer;
}

void codegen::computePaddedAt(Kernel &kernel, Var at, int64_t lanes) {
  if (!kernel.padded)
    return;
  Func padded = kernel.padded->func;
  padded.compute_at(kernel.output, at);
  // A blocked border is copied vector by vector; a planar one along x, where
  // writing past the last column only enlarges the copy.
  Var innermost = padded.args().front();
  if (getBlock(kernel.padded->type) > 1)
    padded.vectorize(innermost);
  else
    padded.vectorize(innermost, toInt(lanes), TailStrategy::RoundUp);
}
