//===- Transposed.cpp - Transposed convolutions ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each phase is a convolution of stride 1, so the register tile is that of
// Direct.cpp, over positions of one phase. The phases are loops outside of the
// task's rows: within them the taps are fixed, and the weights of one phase and
// tile stay in the first-level cache while its rows go by. Which taps a phase
// has is arithmetic on the loop's variable, a few instructions per row.
//
// Where the result's extents are multiples of the strides, the phases are loops
// of the output itself and every vector is written to its place at once.
// Otherwise all phases are computed into memory first.
//
//===----------------------------------------------------------------------===//

#include "Tasks.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// Tiles of one phase, a block of channels in a vector.
static void scheduleBlocked(Kernel &kernel, ScheduleAttr schedule, Func target,
                            const Loops &loops) {
  unsigned rank = loops.rank();
  Var x = loops.dim(rank - 1), c = loops.dim(1), lane = loops.lane();
  Var tile("tile"), column("column"), channels("channels"), vector("vector");
  target
      .split(x, tile, column, toInt(schedule.getColumns()),
             TailStrategy::ShiftInwards)
      .split(c, channels, vector, toInt(schedule.getVectors()),
             TailStrategy::ShiftInwards);
  std::vector<Var> phases = loops.phases();
  if (schedule.getParallel() == ParallelAxis::Channels) {
    std::vector<VarOrRVar> order{lane, vector, column, tile};
    for (unsigned dim = rank - 1; dim-- > 2;)
      order.push_back(loops.dim(dim));
    order.push_back(loops.dim(0));
    order.insert(order.end(), phases.begin(), phases.end());
    order.push_back(channels);
    target.reorder(order).parallel(channels);
    computePaddedOnce(kernel);
  } else {
    phases.push_back(channels);
    Var task = makeTasks(target, loops, schedule, {lane, vector, column, tile},
                         phases);
    computePaddedAt(kernel, target, task, schedule.getLanes());
  }
  target.vectorize(lane).unroll(vector).unroll(column);
  computeTile(kernel, schedule, target, tile);
  // As in Direct.cpp.
  tapsOf(kernel).unroll((*kernel.taps)[0], 4);
}

/// The fallback: a vector of positions of one phase and one channel.
static void schedulePlanarPhases(Kernel &kernel, ScheduleAttr schedule,
                                 Func target, const Loops &loops,
                                 int64_t positions) {
  Var x = loops.dim(loops.rank() - 1);
  Var vectors = vectorizeAlong(target, x, positions, schedule.getLanes());
  std::vector<Var> perTask = loops.phases();
  perTask.push_back(loops.dim(1));
  Var task = makeTasks(target, loops, schedule, {vectors}, perTask);
  computePaddedAt(kernel, target, task, schedule.getLanes());
  computeVector(kernel, target, vectors, x,
                vectorLength(positions, schedule.getLanes()));
}

/// Tells what the output needs of the phases. It reads them in tasks that were
/// made of several loops, of which Halide sees no bounds where extents are
/// open.
static void boundPhases(Kernel &kernel, Func phases, const Loops &loops,
                        mlir::Value result, llvm::ArrayRef<int64_t> counts) {
  Tensor tensor{phases, typeOf(result), {}, kernel.sizes.of(result)};
  for (unsigned dim = 0; dim < loops.rank(); ++dim) {
    Expr extent = tensor.size(dim);
    if (dim == 1)
      extent = toInt(llvm::divideCeil(tensor.extent(1), loops.block));
    else if (dim >= 2)
      extent = (extent + toInt(counts[dim - 2] - 1)) / toInt(counts[dim - 2]);
    phases.bound(loops.dim(dim), 0, Internal::simplify(extent));
  }
}

void codegen::scheduleTransposed(Kernel &kernel, ScheduleAttr schedule) {
  auto conv = mlir::cast<ConvTransposeOp>(kernel.op.getAnchor());
  mlir::RankedTensorType type = conv.getType();
  std::vector<int64_t> counts = phasesOf(conv);
  Loops loops(type, counts);
  Func target = kernel.output;
  if (!kernel.tables.empty()) {
    target = kernel.tables.front();
    target.compute_root();
    for (auto [phase, count] : llvm::zip(loops.phases(), llvm::reverse(counts)))
      target.bound(phase, 0, toInt(count));
    if (!kernel.sizes.of(conv.getResult()).empty())
      boundPhases(kernel, target, loops, conv.getResult(), counts);
    scheduleElementWise(kernel, schedule);
  }
  // A tile is of one phase, which Halide can't always see.
  for (const Var &phase : loops.phases()) {
    kernel.reduction->func.bound_extent(phase, 1);
    if (kernel.partial)
      kernel.partial->bound_extent(phase, 1);
  }
  if (loops.blocked())
    scheduleBlocked(kernel, schedule, target, loops);
  else
    schedulePlanarPhases(
        kernel, schedule, target, loops,
        llvm::divideCeil(leastResult(kernel).getShape().back(), counts.back()));
}
