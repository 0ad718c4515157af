//===- TemporaryFolder.cpp - A folder that ends with its user -------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LLVM removes files on signals, but no folders. The handlers here do so and
// then hand the signal on to those that were there before, LLVM's among them,
// so that the process ends by it. Handlers may interrupt anything, malloc too:
// they use system calls alone.
//
//===----------------------------------------------------------------------===//

#include "vox/Pipelines/TemporaryFolder.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <mutex>

#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace vox;

/// More folders at a time than any program of ours has.
static constexpr size_t kMaxFolders = 8;
static std::atomic<const char *> folders[kMaxFolders];

static constexpr int kSignals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE};
static struct sigaction previous[std::size(kSignals)];

/// Which signals this process was told to ignore, as by nohup. LLVM handles
/// them all the same, from the first line of main() on, so look before.
static const std::array<bool, std::size(kSignals)> ignored = [] {
  std::array<bool, std::size(kSignals)> result;
  for (size_t i = 0; i < result.size(); ++i) {
    struct sigaction action;
    sigaction(kSignals[i], nullptr, &action);
    result[i] = action.sa_handler == SIG_IGN;
  }
  return result;
}();

/// One pass over the folder's files.
static void removeFiles(int folder) {
  alignas(dirent64) char entries[4096];
  lseek(folder, 0, SEEK_SET);
  long size;
  while ((size = syscall(SYS_getdents64, folder, entries, sizeof entries)) > 0)
    for (long at = 0; at < size;) {
      auto *entry = reinterpret_cast<dirent64 *>(entries + at);
      unlinkat(folder, entry->d_name, 0);
      at += entry->d_reclen;
    }
}

static void removeFolder(const char *path) {
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0)
    return;
  // Child processes may still be adding a file or two.
  for (int tries = 0; tries < 100; ++tries) {
    removeFiles(folder);
    if (rmdir(path) == 0 || errno != ENOTEMPTY)
      break;
  }
  close(folder);
}

static void handle(int signal) {
  int error = errno;
  for (std::atomic<const char *> &folder : folders)
    if (const char *path = folder.exchange(nullptr))
      removeFolder(path);
  for (size_t i = 0; i < std::size(kSignals); ++i)
    if (kSignals[i] == signal)
      sigaction(signal, &previous[i], nullptr);
  raise(signal); // once this handler has returned
  errno = error;
}

static void installHandlers() {
  for (size_t i = 0; i < std::size(kSignals); ++i) {
    struct sigaction action = {};
    action.sa_handler = ignored[i] ? SIG_IGN : handle;
    action.sa_flags = SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(kSignals[i], &action, &previous[i]);
  }
}

std::error_code TemporaryFolder::create(llvm::StringRef prefix) {
  static std::once_flag once;
  std::call_once(once, installHandlers);
  if (std::error_code code = llvm::sys::fs::createUniqueDirectory(prefix, path))
    return code;
  const char *name = path.c_str();
  for (std::atomic<const char *> &folder : folders) {
    const char *none = nullptr;
    if (folder.compare_exchange_strong(none, name))
      break;
  }
  return {};
}

void TemporaryFolder::remove() {
  if (path.empty())
    return;
  // While this goes on a signal may still come.
  llvm::sys::fs::remove_directories(path);
  for (std::atomic<const char *> &folder : folders) {
    const char *name = path.c_str();
    folder.compare_exchange_strong(name, nullptr);
  }
  path.clear();
}
