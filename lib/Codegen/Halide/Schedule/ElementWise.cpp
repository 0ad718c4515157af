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

/// Takes all channels of a block from one piece of memory, which would be read
/// once per channel otherwise. Returns the loops, innermost first.
static std::vector<Var> takeBlocks(Kernel &kernel, UnpackOp unpack,
                                   Var vectors) {
  std::vector<Var> vars = kernel.output.args();
  int64_t block = getBlock(unpack.getInput().getType());
  if (block == 1)
    return vars;
  int64_t channels = unpack.getType().getDimSize(1);
  Var c = kernel.loops->dim(1), blocks("blocks"), channel("channel");
  std::replace_if(
      vars.begin(), vars.end(),
      [&](const Var &var) { return var.name() == c.name(); }, blocks);
  std::vector<VarOrRVar> order{Var("vector_lane"), channel, vectors};
  order.insert(order.end(), vars.begin() + 1, vars.end());
  kernel.output
      .split(c, blocks, channel, toInt(std::min(block, channels)),
             TailStrategy::GuardWithIf)
      .reorder(order)
      .unroll(channel);
  return vars;
}

void codegen::scheduleElementWise(Kernel &kernel, ScheduleAttr schedule) {
  Func output = kernel.output;
  std::vector<Var> vars = output.args();
  if (vars.empty())
    return; // a scalar
  int64_t innermost = physicalShape(leastResult(kernel)).back();
  Var vectors = vectorizeAlong(output, vars[0], innermost, schedule.getLanes());
  if (auto unpack = mlir::dyn_cast<UnpackOp>(kernel.op.getAnchor()))
    vars = takeBlocks(kernel, unpack, vectors);
  if (schedule.getParallel() == ParallelAxis::None)
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
