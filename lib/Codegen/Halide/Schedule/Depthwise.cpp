//===- Depthwise.cpp - One channel in, one channel out --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A vector holds one block of channels at one position. Columns of a tile share
// their overlapping inputs in registers once the innermost kernel dimension is
// unrolled.
//
//===----------------------------------------------------------------------===//

#include "Tasks.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

void codegen::scheduleDepthwise(Kernel &kernel, ScheduleAttr schedule) {
  Func output = kernel.output;
  const Loops &loops = *kernel.loops;
  Var x = loops.dim(loops.rank() - 1), lane = loops.lane();
  Var tile("tile"), column("column");
  output.split(x, tile, column, toInt(schedule.getColumns()),
               TailStrategy::ShiftInwards);
  Var task = makeTasks(output, loops, schedule, {lane, column, tile}, {},
                       /*withChannels=*/true);
  output.vectorize(lane).unroll(column);
  computePaddedAt(kernel, output, task, schedule.getLanes());

  Func sum = kernel.reduction->func;
  RDom taps = *kernel.taps;
  sum.compute_at(output, tile)
      .bound_extent(x, toInt(schedule.getColumns()))
      .reorder(lane, x)
      .vectorize(lane)
      .unroll(x);
  std::vector<VarOrRVar> order{lane, x};
  for (int i = 0; i < taps.dimensions(); ++i)
    order.push_back(taps[i]);
  sum.update().reorder(order).vectorize(lane).unroll(x).unroll(taps[1]);
}
