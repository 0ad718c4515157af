//===- KernelCache.cpp - Compiled kernels, kept by content ----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelCache.h"
#include "FileBeside.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

using namespace vox;
using llvm::StringRef;

// A file: this line; "KEY-BYTES SHARED TASK OBJECT-BYTES SHA256-OF-OBJECT\n";
// the key; the object.
static constexpr StringRef kMagic = "voxc-kernel 1\n";

static std::string hash(StringRef text) {
  return llvm::toHex(llvm::SHA256::hash(llvm::arrayRefFromStringRef(text)),
                     /*LowerCase=*/true);
}

std::string KernelCache::path(StringRef key) const {
  llvm::SmallString<128> result(folder);
  llvm::sys::path::append(result, hash(key).substr(0, 40) + ".kernel");
  return result.str().str();
}

std::optional<CompiledKernel> KernelCache::find(StringRef key) const {
  if (folder.empty())
    return std::nullopt;
  auto file = llvm::MemoryBuffer::getFile(path(key), /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  if (!file)
    return std::nullopt;
  StringRef text = (*file)->getBuffer();
  if (!text.consume_front(kMagic))
    return std::nullopt;
  auto [line, rest] = text.split('\n');
  llvm::SmallVector<StringRef> fields;
  line.split(fields, ' ');
  size_t keySize, objectSize;
  CompiledKernel kernel;
  if (fields.size() != 5 || fields[0].getAsInteger(10, keySize) ||
      fields[1].getAsInteger(10, kernel.scratch.shared) ||
      fields[2].getAsInteger(10, kernel.scratch.task) ||
      fields[3].getAsInteger(10, objectSize) || keySize > rest.size() ||
      rest.size() - keySize != objectSize || rest.take_front(keySize) != key)
    return std::nullopt;
  kernel.object = rest.drop_front(keySize).str();
  if (hash(kernel.object) != fields[4])
    return std::nullopt;
  return kernel;
}

void KernelCache::store(StringRef key, const CompiledKernel &kernel) const {
  if (folder.empty() || llvm::sys::fs::create_directories(folder))
    return;
  std::string target = path(key), temporary = fileBeside(target);
  std::error_code code;
  llvm::sys::RemoveFileOnSignal(temporary);
  auto done = llvm::make_scope_exit(
      [&] { llvm::sys::DontRemoveFileOnSignal(temporary); });
  llvm::raw_fd_ostream file(temporary, code);
  if (code)
    return;
  file << kMagic << key.size() << ' ' << kernel.scratch.shared << ' '
       << kernel.scratch.task << ' ' << kernel.object.size() << ' '
       << hash(kernel.object) << '\n'
       << key << kernel.object;
  file.close();
  bool bad = file.has_error();
  file.clear_error();
  if (bad || llvm::sys::fs::rename(temporary, target))
    llvm::sys::fs::remove(temporary);
}
