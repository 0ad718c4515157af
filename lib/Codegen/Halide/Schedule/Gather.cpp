//===- Gather.cpp - Scatters and top k ------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Stages that are computed as a whole: copies and comparisons in vectors and
// tasks, updates one after the other. (Gathers are scheduled element-wise.)
//
//===----------------------------------------------------------------------===//

#include "Tasks.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// Vectors along the innermost dimension of a stage with the loops `vars`,
/// inside of its loops over `steps`. All other loops become one of tasks.
static void scheduleStage(Stage stage, const std::vector<Var> &vars,
                          const std::vector<RVar> &steps, int64_t extent,
                          ScheduleAttr schedule) {
  Var vectors("vectors"), lane("vector_lane");
  std::vector<VarOrRVar> order{lane};
  order.insert(order.end(), steps.begin(), steps.end());
  order.push_back(vectors);
  order.insert(order.end(), vars.begin() + 1, vars.end());
  // A vector that overlaps its neighbour would count twice.
  stage
      .split(vars[0], vectors, lane, vectorLength(extent, schedule.getLanes()),
             TailStrategy::GuardWithIf)
      .reorder(order)
      .vectorize(lane);
  if (schedule.getParallel() == ParallelAxis::None)
    return;
  Var task = vectors;
  for (unsigned i = 1; i < vars.size(); ++i) {
    Var fused("task");
    stage.fuse(task, vars[i], fused);
    task = fused;
  }
  stage.parallel(task);
}

void codegen::scheduleScatter(Kernel &kernel, ScheduleAttr schedule) {
  scheduleElementWise(kernel, schedule);
  Func scattered = kernel.reduction->func;
  int64_t innermost = kernel.reduction->type.getShape().back();
  std::vector<Var> vars = scattered.args();
  scheduleStage(scattered.compute_root(), vars, {}, innermost, schedule);
  auto scatter = mlir::dyn_cast<ScatterNDOp>(kernel.op.getAnchor());
  if (!scatter)
    return;
  // Slices, if they have dimensions at all, are updated in vectors.
  unsigned sliced =
      vars.size() - typeOf(scatter.getIndices()).getShape().back();
  if (sliced == 0)
    return;
  Var vectors("vectors"), lane("vector_lane");
  std::vector<VarOrRVar> order{lane, vectors};
  order.insert(order.end(), vars.begin() + 1, vars.begin() + sliced);
  std::vector<RVar> steps = scattered.rvars();
  order.insert(order.end(), steps.begin(), steps.end());
  scattered.update()
      .split(vars[0], vectors, lane,
             vectorLength(innermost, schedule.getLanes()),
             TailStrategy::GuardWithIf)
      .reorder(order)
      .vectorize(lane);
}

void codegen::scheduleTopK(Kernel &kernel, ScheduleAttr schedule) {
  scheduleElementWise(kernel, schedule);
  Func place = kernel.tables.front();
  auto topK = mlir::cast<TopKOp>(kernel.op.getAnchor());
  scheduleStage(place.compute_root().update(), place.args(), place.rvars(),
                typeOf(topK.getInput()).getShape().back(), schedule);
  kernel.reduction->func.compute_root();
}
