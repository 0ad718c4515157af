//===- FileBeside.h - Where a file is made before it is renamed -----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LLVM's own maker of unique names replaces every '%' of a path, also those
// that a user's folder has.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_PIPELINES_FILEBESIDE_H
#define VOX_LIB_PIPELINES_FILEBESIDE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Process.h"

#include <string>

namespace vox {

/// A name in the folder of `path` that no other running compiler uses.
inline std::string fileBeside(llvm::StringRef path) {
  return (path + "." + std::to_string(llvm::sys::Process::getProcessId()) +
          ".tmp")
      .str();
}

} // namespace vox

#endif // VOX_LIB_PIPELINES_FILEBESIDE_H
