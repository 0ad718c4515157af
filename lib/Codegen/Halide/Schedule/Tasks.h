//===- Tasks.h - What templates share -------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HALIDE_SCHEDULE_TASKS_H
#define VOX_LIB_CODEGEN_HALIDE_SCHEDULE_TASKS_H

#include "../Kernel.h"

namespace vox::codegen {

/// Divides `output`'s rows (second innermost spatial dimension) by
/// `schedule.rows`, and fuses the groups of rows with all dimensions outside,
/// except the channels unless `withChannels`, into one loop of tasks, parallel
/// if the schedule says so. `inner` lists the loops inside a row, innermost
/// first; between rows and tasks come `perTask`.
/// Returns the loop of tasks: the place for what a task computes first.
Halide::Var makeTasks(Halide::Func output, const Loops &loops,
                      ScheduleAttr schedule, llvm::ArrayRef<Halide::Var> inner,
                      llvm::ArrayRef<Halide::Var> perTask,
                      bool withChannels = false);

/// Splits `x` into vectors; the last one overlaps its neighbour. Vectors are
/// never longer than the extent. Returns the loop over vectors.
Halide::Var vectorizeAlong(Halide::Func func, Halide::Var x, int64_t extent,
                           int64_t lanes);

/// The length of those vectors.
int32_t vectorLength(int64_t extent, int64_t lanes);

/// Computes the reduction inside loop `at` of `output`, one vector along `x`.
void computeVector(Kernel &kernel, Halide::Func output, Halide::Var at,
                   Halide::Var x, int32_t length);

/// Computes the reduction inside loop `at` of `output`, a tile of `columns`
/// positions by `vectors` vectors of channels in registers.
void computeTile(Kernel &kernel, ScheduleAttr schedule, Halide::Func output,
                 Halide::Var at);

/// The update that goes through a convolution's taps.
Halide::Stage tapsOf(Kernel &kernel);

/// Computes the padded input inside loop `at` of `output`, if there is one.
void computePaddedAt(Kernel &kernel, Halide::Func output, Halide::Var at,
                     int64_t lanes);

/// Computes the padded input as a whole before everything else.
void computePaddedOnce(Kernel &kernel);

/// The kernel's result at the least sizes, into which all vectors have to fit.
inline mlir::RankedTensorType leastResult(Kernel &kernel) {
  return kernel.sizes.leastType(kernel.op.getYield().getValue());
}

/// Whether the output is stored in blocks of channels.
inline bool isBlocked(const Kernel &kernel) { return kernel.loops->blocked(); }

} // namespace vox::codegen

#endif // VOX_LIB_CODEGEN_HALIDE_SCHEDULE_TASKS_H
