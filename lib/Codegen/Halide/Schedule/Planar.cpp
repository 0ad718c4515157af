//===- Planar.cpp - Channels that fill no blocks --------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Vectors run along the innermost spatial dimension, one output channel at a
// time: the fallback for grouped convolutions of odd group sizes.
//
//===----------------------------------------------------------------------===//

#include "Tasks.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

void codegen::schedulePlanar(Kernel &kernel, ScheduleAttr schedule) {
  const Loops &loops = *kernel.loops;
  unsigned rank = loops.rank();
  Var x = loops.dim(rank - 1);
  int64_t width = kernel.reduction->extent(rank - 1);
  // vectorizeAlong renames x into vectors; tasks are made of what is left.
  Var vectors = vectorizeAlong(kernel.output, x, width, schedule.getLanes());
  Var task = makeTasks(kernel, schedule, {vectors}, {loops.dim(1)});
  computePaddedAt(kernel, task, schedule.getLanes());

  Func sum = kernel.reduction->func;
  int64_t vector =
      std::min<int64_t>(schedule.getLanes(), llvm::bit_floor<uint64_t>(width));
  sum.compute_at(kernel.output, vectors)
      .bound_extent(x, toInt(vector))
      .vectorize(x);
  std::vector<VarOrRVar> order{x};
  RDom taps = *kernel.taps;
  for (int i = 0; i < taps.dimensions(); ++i)
    order.push_back(taps[i]);
  sum.update().reorder(order).vectorize(x);
}
