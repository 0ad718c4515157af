//===- KernelCache.h - Compiled kernels, kept by content ------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_PIPELINES_KERNELCACHE_H
#define VOX_LIB_PIPELINES_KERNELCACHE_H

#include "vox/Codegen/Halide/KernelCompiler.h"

#include <optional>
#include <string>

namespace vox {

/// A kernel's object file and what it needs when it runs.
struct CompiledKernel {
  std::string object;
  KernelScratch scratch;
};

/// A folder of compiled kernels. A file is named by the hash of its key, and
/// holds the whole key, which is compared: a collision is a miss. Files are
/// written beside their place and renamed, so readers never see half of one;
/// one that can't be read, or not written, is as if it were not there.
class KernelCache {
public:
  /// An empty folder is no cache.
  explicit KernelCache(llvm::StringRef folder) : folder(folder) {}

  std::optional<CompiledKernel> find(llvm::StringRef key) const;
  void store(llvm::StringRef key, const CompiledKernel &kernel) const;

private:
  std::string path(llvm::StringRef key) const;

  std::string folder;
};

} // namespace vox

#endif // VOX_LIB_PIPELINES_KERNELCACHE_H
