//===- Progress.cpp - A line for who waits --------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Pipelines/Progress.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace vox;

Progress::Progress(std::string label, size_t total)
    : label(std::move(label)), total(total),
      terminal(llvm::sys::Process::StandardErrIsDisplayed()) {}

void Progress::show(size_t done, llvm::StringRef note) {
  auto now = Clock::now();
  auto pause =
      terminal ? std::chrono::milliseconds(100) : std::chrono::seconds(5);
  bool last = done == total;
  if (last ? !terminal && !isShown : now - shown < pause)
    return;
  shown = now;
  isShown = true;
  double seconds = std::chrono::duration<double>(now - begin).count();
  llvm::errs() << (terminal ? "\r\033[K" : "")
               << llvm::formatv("{0} {1}/{2}, {3:f1} s{4}{5}", label, done,
                                total, seconds, note.empty() ? "" : ", ", note)
               << (terminal && !last ? "" : "\n");
}
