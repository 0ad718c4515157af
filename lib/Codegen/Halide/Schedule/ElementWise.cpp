//===- ElementWise.cpp - Elements and data movement -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bound by memory: vectors along the innermost dimension, tasks along the
// outer ones.
//
//===----------------------------------------------------------------------===//

#include "Tasks.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

void codegen::scheduleElementWise(Kernel &kernel, ScheduleAttr schedule) {
  Func output = kernel.output;
  std::vector<Var> vars = output.args();
  if (vars.empty())
    return; // a scalar
  auto type = mlir::cast<mlir::RankedTensorType>(
      kernel.op.getYield().getValue().getType());
  int64_t innermost = physicalShape(type).back();
  vectorizeAlong(output, vars[0], innermost, schedule.getLanes());
  if (schedule.getParallel() != ParallelAxis::Rows)
    return;
  // Blocked tensors have [lane, x] inside a row, planar ones [x].
  bool blocked = kernel.loops && isBlocked(kernel);
  unsigned inner = std::min<unsigned>(blocked ? 2 : 1, vars.size() - 1);
  if (inner == 0)
    return;
  Var task = vars[inner];
  for (unsigned i = inner + 1; i < vars.size(); ++i) {
    Var fused("task");
    output.fuse(task, vars[i], fused);
    task = fused;
  }
  output.parallel(task);
}
