//===- Direct.cpp - Convolution with register tiles -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tile of `columns` positions by `vectors` vectors of output channels stays
// in registers while all taps are added: per tap and input channel, `vectors`
// loads of weights and `columns` scalars that are broadcast into the FMAs. Long
// sums are made of partial sums (Algorithm/Taps.h): then registers hold the
// tile of one part, and the sum of the parts waits in the first-level cache.
// Input and weights pass through the cache as follows.
//
// Rows: a task copies its part of the input with its border (all input
//   channels of a few rows: some 100 KB, second-level cache), then goes through
//   the output channels; one group's weights are read once per tile, from the
//   second-level cache.
// Channels: for deep, small maps. The whole input with its border is copied
//   once; each task computes all positions of its output channels, so every
//   weight is read from memory by one thread only.
//
//===----------------------------------------------------------------------===//

#include "Tasks.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// Both templates: tile the output, then tasks by rows or by channels.
static void scheduleTiles(Kernel &kernel, ScheduleAttr schedule) {
  Func output = kernel.output;
  const Loops &loops = *kernel.loops;
  unsigned rank = loops.rank();
  Var x = loops.dim(rank - 1), c = loops.dim(1), lane = loops.lane();
  Var tile("tile"), column("column"), channels("channels"), vector("vector");
  output
      .split(x, tile, column, toInt(schedule.getColumns()),
             TailStrategy::ShiftInwards)
      .split(c, channels, vector, toInt(schedule.getVectors()),
             TailStrategy::ShiftInwards);
  if (schedule.getParallel() == ParallelAxis::Channels) {
    std::vector<VarOrRVar> order{lane, vector, column, tile};
    for (unsigned dim = rank - 1; dim-- > 2;)
      order.push_back(loops.dim(dim));
    order.push_back(loops.dim(0));
    order.push_back(channels);
    output.reorder(order).parallel(channels);
    computePaddedOnce(kernel);
  } else {
    Var task = makeTasks(output, loops, schedule, {lane, vector, column, tile},
                         {channels});
    computePaddedAt(kernel, output, task, schedule.getLanes());
  }
  output.vectorize(lane).unroll(vector).unroll(column);
  computeTile(kernel, schedule, output, tile);
}

void codegen::scheduleDirect(Kernel &kernel, ScheduleAttr schedule) {
  scheduleTiles(kernel, schedule);
  // Four input lanes per iteration: the loop's own instructions disappear
  // behind 4 x columns x vectors FMAs.
  tapsOf(kernel).unroll((*kernel.taps)[0], 4);
}

void codegen::scheduleFewChannels(Kernel &kernel, ScheduleAttr schedule) {
  scheduleTiles(kernel, schedule);
  // The input is planar: neighbouring columns share their scalars across the
  // innermost kernel dimension, so all its taps are one block of code.
  tapsOf(kernel).unroll((*kernel.taps)[1]);
}
