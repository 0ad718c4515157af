//===- Reduction.cpp - Global pools, softmax, argmax, sums ----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bound by reading the input once. Tasks are channels (or, for softmax, slices
// along the outermost dimension), so no two tasks add to the same sum.
//
//===----------------------------------------------------------------------===//

#include "Tasks.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// Each level's sums are made one by one for the level outside it, channels in
/// the vector.
static void scheduleBlockedPool(Kernel &kernel, ScheduleAttr schedule) {
  Func outer = kernel.reduction->func;
  outer.compute_root();
  if (schedule.getParallel() == ParallelAxis::Channels)
    outer.update().parallel(outer.args()[1]);
  auto vectorize = [](Func level) {
    level.vectorize(level.args()[0]).update().vectorize(level.args()[0]);
  };
  vectorize(outer);
  for (Func inner : llvm::reverse(kernel.tables)) {
    // The loop over the outer level's channels, or over what it sums.
    std::vector<RVar> along = outer.rvars();
    if (along.empty())
      inner.compute_root();
    else
      inner.compute_at(outer, along.front());
    vectorize(inner);
    outer = inner;
  }
}

/// Small dimensions, such as classes or a filter's taps, are unrolled.
static constexpr int64_t kUnrolled = 32;

/// As an element-wise kernel, with what one vector is reduced to in `steps`
/// steps, maxima and their positions or sums, in registers. There may be any
/// number of steps.
static void scheduleInRegisters(Kernel &kernel, ScheduleAttr schedule,
                                std::optional<int64_t> steps) {
  scheduleElementWise(kernel, schedule);
  if (!kernel.reduction)
    return; // of one element
  Func reduction = kernel.reduction->func;
  Var x = reduction.args().front();
  // As long as the output's vectors are.
  int64_t width = physicalShape(leastResult(kernel)).back();
  reduction.compute_at(kernel.output, Var("vectors"))
      .bound_extent(x, vectorLength(width, schedule.getLanes()))
      .vectorize(x)
      .update()
      .vectorize(x);
  if (steps && *steps <= kUnrolled)
    reduction.update().unroll(reduction.rvars().front());
}

/// As an element-wise kernel; each dimension's sums are made when the next one
/// takes them in. Vectors lie along the innermost dimension, kept or not.
static void scheduleReduce(Kernel &kernel, ScheduleAttr schedule) {
  scheduleElementWise(kernel, schedule);
  if (!kernel.reduction)
    return; // along no dimension
  auto reduce = mlir::dyn_cast<ReduceOp>(kernel.op.getAnchor());
  bool keepsInnermost =
      reduce && !llvm::is_contained(reduce.getAxes(),
                                    reduce.getInput().getType().getRank() - 1);
  int64_t width = leastResult(kernel).getShape().back();
  LoopLevel place(kernel.output, Var("vectors"));
  auto computeAt = [&](Func level) {
    level.compute_at(place);
    if (!keepsInnermost)
      return;
    // The vector inside of the steps: what is computed in a step would be
    // computed per lane otherwise.
    Var x = kernel.output.args().front();
    level.bound_extent(x, vectorLength(width, schedule.getLanes()))
        .vectorize(x)
        .update()
        .reorder(x, level.rvars().front())
        .vectorize(x);
  };
  Func outer = kernel.reduction->func;
  computeAt(outer);
  for (size_t i = kernel.tables.size(); i-- > 0;) {
    Func inner = kernel.tables[i];
    bool isPartial = !inner.args().empty() && inner.args()[0].name() == "part";
    if (i == 0 && isPartial && !keepsInnermost) {
      // All of them at once, beside the sum that takes them in.
      Var part = inner.args()[0];
      int32_t lanes = toInt(schedule.getLanes());
      inner.compute_at(place)
          .vectorize(part, lanes)
          .update()
          .vectorize(part, lanes);
      return;
    }
    place = LoopLevel(outer, outer.rvars().front());
    computeAt(inner);
    outer = inner;
  }
}

void codegen::scheduleReduction(Kernel &kernel, ScheduleAttr schedule) {
  if (auto pool = mlir::dyn_cast<GlobalPoolOp>(kernel.op.getAnchor());
      pool && getBlock(pool.getInput().getType()) > 1)
    return scheduleBlockedPool(kernel, schedule);
  if (mlir::isa<ReduceOp, GlobalPoolOp>(kernel.op.getAnchor()))
    return scheduleReduce(kernel, schedule);
  if (mlir::isa<ActivationStatisticsOp>(kernel.op.getAnchor()))
    return scheduleStatistics(kernel, schedule);
  if (auto op = mlir::dyn_cast<ArgMaxOp>(kernel.op.getAnchor())) {
    std::optional<int64_t> steps;
    if (!kernel.sizes.isOpen(op.getInput(), op.getAxis()))
      steps = op.getInput().getType().getDimSize(op.getAxis());
    return scheduleInRegisters(kernel, schedule, steps);
  }
  if (auto op = mlir::dyn_cast<ResampleOp>(kernel.op.getAnchor()))
    return scheduleInRegisters(kernel, schedule,
                               op.getWeights().getType().getDimSize(1));
  if (mlir::isa<ScatterElementsOp, ScatterNDOp>(kernel.op.getAnchor()))
    return scheduleScatter(kernel, schedule);
  if (mlir::isa<TopKOp>(kernel.op.getAnchor()))
    return scheduleTopK(kernel, schedule);
  scheduleSoftmax(kernel, schedule);
}
