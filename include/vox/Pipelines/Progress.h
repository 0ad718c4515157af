//===- Progress.h - A line for who waits ----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_PIPELINES_PROGRESS_H
#define VOX_PIPELINES_PROGRESS_H

#include "llvm/ADT/StringRef.h"

#include <chrono>
#include <string>

namespace vox {

/// Tells on standard error how far something is that takes long: "kernels 3/20,
/// 1.2 s". On a terminal the line is written over, and its end stays; elsewhere
/// there is a new one every few seconds, and none for what goes so fast that
/// nobody waits.
class Progress {
public:
  /// `label` says what is counted.
  Progress(std::string label, size_t total);

  /// `note` is appended.
  void show(size_t done, llvm::StringRef note = "");

private:
  using Clock = std::chrono::steady_clock;
  std::string label;
  size_t total;
  bool terminal, isShown = false;
  Clock::time_point begin = Clock::now(), shown = begin;
};

} // namespace vox

#endif // VOX_PIPELINES_PROGRESS_H
