//===- Profile.h - Times of each launch -----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOX_RUN_PROFILE_H
#define VOX_TOOLS_VOX_RUN_PROFILE_H

#include "vox/Execution/CompiledModel.h"

namespace vox::run {

using namespace execution;

/// Observes a compiled model and reports where its time goes.
class Profile {
public:
  /// With `keepEvents` each launch of each run is kept, for writeTrace.
  explicit Profile(bool keepEvents) : keepEvents(keepEvents) {}

  /// A vox_observer; `self` is the Profile.
  static void observe(void *self, int32_t launch, int64_t beginNs,
                      int64_t endNs, const void *result);
  /// Forgets what was observed so far, the runs that do not count.
  void clear();

  /// A table, one line per launch in order, with totals and memory.
  void print(llvm::raw_ostream &os, const CompiledModel &model) const;
  /// The same as JSON.
  void writeJSON(llvm::raw_ostream &os, const CompiledModel &model) const;
  /// Every launch as an event for chrome://tracing or Perfetto.
  void writeTrace(llvm::raw_ostream &os, const CompiledModel &model) const;

private:
  struct Launch {
    size_t runs = 0;
    int64_t sum = 0, least = 0; // nanoseconds

    double meanMs() const { return runs ? 1e-6 * sum / runs : 0.0; }
    double minMs() const { return 1e-6 * least; }
  };
  struct Event {
    int32_t launch;
    int64_t begin, end; // nanoseconds
  };

  /// One entry for each of the model's launches.
  std::vector<Launch> launchesOf(const CompiledModel &model) const;

  bool keepEvents;
  std::vector<Launch> launches;
  std::vector<Event> events;
};

} // namespace vox::run

#endif // VOX_TOOLS_VOX_RUN_PROFILE_H
