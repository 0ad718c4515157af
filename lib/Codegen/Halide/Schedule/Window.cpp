//===- Window.cpp - Pools -------------------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bound by memory: a vector of channels (or of columns, where planar) is
// reduced in one register over the window; the taps of small ones are unrolled.
//
//===----------------------------------------------------------------------===//

#include "Tasks.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// Windows up to 3x3x3 are unrolled whole.
static constexpr int64_t kUnrolledTaps = 27;

void codegen::scheduleWindow(Kernel &kernel, ScheduleAttr schedule) {
  const Loops &loops = *kernel.loops;
  unsigned rank = loops.rank();
  Var x = loops.dim(rank - 1), at = x;
  Func window = kernel.reduction->func;
  if (isBlocked(kernel)) {
    makeTasks(kernel.output, loops, schedule, {loops.lane(), x}, {},
              /*withChannels=*/true);
    kernel.output.vectorize(loops.lane());
    window.vectorize(loops.lane()).update().vectorize(loops.lane());
  } else {
    int64_t width = leastResult(kernel).getShape().back();
    at = vectorizeAlong(kernel.output, x, width, schedule.getLanes());
    makeTasks(kernel.output, loops, schedule, {at}, {}, /*withChannels=*/true);
    window.bound_extent(x, vectorLength(width, schedule.getLanes()))
        .vectorize(x)
        .update()
        .vectorize(x);
  }
  window.compute_at(kernel.output, at);
  int64_t count = 1;
  mlir::Operation *anchor = kernel.op.getAnchor();
  auto pool = mlir::dyn_cast<PoolOp>(anchor);
  for (int64_t extent :
       pool ? pool.getKernel() : mlir::cast<PoolIndicesOp>(anchor).getKernel())
    count *= extent;
  // A window of one position over one position has no taps at all.
  if (count <= kUnrolledTaps)
    for (const RVar &tap : window.rvars())
      window.update().unroll(tap);
}
