//===- TemporaryFolder.h - A folder that ends with its user ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_PIPELINES_TEMPORARYFOLDER_H
#define VOX_PIPELINES_TEMPORARYFOLDER_H

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/Twine.h"

#include <system_error>

namespace vox {

/// A new folder of files, without folders in it, where the system keeps such.
/// It goes, with its files, when the object does, and when a signal (Ctrl-C, a
/// hangup, a closed pipe) ends the process.
class TemporaryFolder {
public:
  TemporaryFolder() = default;
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;
  ~TemporaryFolder() { remove(); }

  /// Its name begins with `prefix`.
  std::error_code create(llvm::StringRef prefix);
  void remove();

  /// The path of `file` in the folder.
  std::string operator/(const llvm::Twine &file) const {
    return (llvm::Twine(path) + "/" + file).str();
  }

private:
  llvm::SmallString<128> path;
};

} // namespace vox

#endif // VOX_PIPELINES_TEMPORARYFOLDER_H
