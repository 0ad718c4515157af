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
  int64_t width = leastResult(kernel).getShape().back();
  // vectorizeAlong renames x into vectors; tasks are made of what is left.
  Var vectors = vectorizeAlong(kernel.output, x, width, schedule.getLanes());
  Var task =
      makeTasks(kernel.output, loops, schedule, {vectors}, {loops.dim(1)});
  computePaddedAt(kernel, kernel.output, task, schedule.getLanes());
  computeVector(kernel, kernel.output, vectors, x,
                vectorLength(width, schedule.getLanes()));
}
