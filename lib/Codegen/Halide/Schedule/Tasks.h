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

/// Divides the output's rows (second innermost spatial dimension) by
/// `schedule.rows`, and fuses the groups of rows with all dimensions outside,
/// except the channels unless `withChannels`, into one loop of tasks, parallel
/// if the schedule says so. `inner` lists the loops inside a row, innermost
/// first; between rows and tasks come `perTask`.
/// Returns the loop of tasks: the place for what a task computes first.
Halide::Var makeTasks(Kernel &kernel, ScheduleAttr schedule,
                      llvm::ArrayRef<Halide::Var> inner,
                      llvm::ArrayRef<Halide::Var> perTask,
                      bool withChannels = false);

/// Splits `x` into vectors; the last one overlaps its neighbour. Vectors are
/// never longer than the extent. Returns the loop over vectors.
Halide::Var vectorizeAlong(Halide::Func func, Halide::Var x, int64_t extent,
                           int64_t lanes);

/// Computes the padded input inside loop `at` of the output.
void computePaddedAt(Kernel &kernel, Halide::Var at, int64_t lanes);

/// Whether the output is stored in blocks of channels.
inline bool isBlocked(const Kernel &kernel) { return kernel.loops->blocked(); }

} // namespace vox::codegen

#endif // VOX_LIB_CODEGEN_HALIDE_SCHEDULE_TASKS_H
