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
/// the vector where they are blocked.
static void scheduleGlobalPool(Kernel &kernel, ScheduleAttr schedule) {
  bool blocked = getBlock(kernel.reduction->type) > 1;
  Func outer = kernel.reduction->func;
  outer.compute_root();
  if (schedule.getParallel() == ParallelAxis::Channels)
    outer.update().parallel(outer.args()[blocked ? 1 : 0]);
  auto vectorize = [&](Func level) {
    if (blocked)
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

/// Small dimensions, such as classes, are unrolled.
static constexpr int64_t kUnrolledArgMax = 32;

/// As an element-wise kernel, with one vector's maxima and positions in
/// registers.
static void scheduleArgMax(Kernel &kernel, ScheduleAttr schedule) {
  scheduleElementWise(kernel, schedule);
  if (!kernel.reduction)
    return; // of one element
  Func greatest = kernel.reduction->func;
  Var x = greatest.args().front();
  int64_t width = kernel.reduction->type.getShape().back();
  greatest.compute_at(kernel.output, Var("vectors"))
      .bound_extent(x, vectorLength(width, schedule.getLanes()))
      .vectorize(x)
      .update()
      .vectorize(x);
  auto argMax = mlir::cast<ArgMaxOp>(kernel.op.getAnchor());
  if (argMax.getInput().getType().getDimSize(argMax.getAxis()) <=
      kUnrolledArgMax)
    greatest.update().unroll(greatest.rvars().front());
}

/// As an element-wise kernel; each dimension's sums are made when the next one
/// takes them in. Vectors lie along the innermost dimension, kept or not.
static void scheduleReduce(Kernel &kernel, ScheduleAttr schedule) {
  scheduleElementWise(kernel, schedule);
  if (!kernel.reduction)
    return; // along no dimension
  auto reduce = mlir::cast<ReduceOp>(kernel.op.getAnchor());
  llvm::ArrayRef<int64_t> shape = reduce.getInput().getType().getShape();
  bool keepsInnermost = !llvm::is_contained(
      reduce.getAxes(), static_cast<int64_t>(shape.size()) - 1);
  LoopLevel place(kernel.output, Var("vectors"));
  auto computeAt = [&](Func level) {
    level.compute_at(place);
    if (!keepsInnermost)
      return;
    // The vector inside of the steps: what is computed in a step would be
    // computed per lane otherwise.
    Var x = kernel.output.args().front();
    level.bound_extent(x, vectorLength(shape.back(), schedule.getLanes()))
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
  if (mlir::isa<ReduceOp>(kernel.op.getAnchor()))
    return scheduleReduce(kernel, schedule);
  if (mlir::isa<ActivationStatisticsOp>(kernel.op.getAnchor()))
    return scheduleStatistics(kernel, schedule);
  if (mlir::isa<ArgMaxOp>(kernel.op.getAnchor()))
    return scheduleArgMax(kernel, schedule);
  if (mlir::isa<GlobalPoolOp>(kernel.op.getAnchor()))
    return scheduleGlobalPool(kernel, schedule);
  // Softmax: maxima, powers and sums whole, one after the other; powers and
  // quotients in vectors.
  bool parallel = schedule.getParallel() == ParallelAxis::Channels;
  mlir::RankedTensorType type = typeOf(kernel.op.getAnchor()->getResult(0));
  for (Func stage : kernel.tables) {
    stage.compute_root();
    if (parallel && stage.dimensions() > 1) {
      Var outermost = stage.args().back();
      if (stage.has_update_definition())
        stage.update().parallel(outermost);
      else
        stage.parallel(outermost);
    }
  }
  Func power = kernel.tables[1];
  for (Func stage : {power, kernel.output}) {
    Var x = stage.args().front();
    vectorizeAlong(stage, x, type.getShape().back(), schedule.getLanes());
  }
}
