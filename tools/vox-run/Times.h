//===- Times.h - Measuring runs -------------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOX_RUN_TIMES_H
#define VOX_TOOLS_VOX_RUN_TIMES_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

#include <vector>

namespace vox::run {

struct Measurement {
  /// Milliseconds of runs that are not counted; the first run may still
  /// allocate.
  double warmUp = 0.0;
  /// At least this many runs, and at least this many seconds.
  unsigned iterations = 1;
  double duration = 0.0;
};

struct Time {
  /// Milliseconds, `start` since the first counted run.
  double start, latency;
};

/// Calls `begin` between the runs that do not count and those that do.
llvm::Expected<std::vector<Time>> measure(const Measurement &measurement,
                                          llvm::function_ref<llvm::Error()> run,
                                          llvm::function_ref<void()> begin);

/// `min 1.234 ms, median 1.25 ms, mean 1.26 ms, p95 1.3 ms (10 runs)`. A
/// percentile is the least time that this share of the runs does not exceed.
void printTimes(llvm::raw_ostream &os, llvm::ArrayRef<Time> times,
                llvm::ArrayRef<double> percentiles);

/// All times as JSON: [{"startMs": 0, "latencyMs": 1.234}, ...].
void writeTimes(llvm::raw_ostream &os, llvm::ArrayRef<Time> times);

} // namespace vox::run

#endif // VOX_TOOLS_VOX_RUN_TIMES_H
