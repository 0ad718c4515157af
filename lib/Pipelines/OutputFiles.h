//===- OutputFiles.h - Files that take their places together --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_PIPELINES_OUTPUTFILES_H
#define VOX_LIB_PIPELINES_OUTPUTFILES_H

#include "vox/Pipelines/TemporaryFolder.h"

#include "llvm/Support/Error.h"

#include <vector>

namespace vox {

/// Outputs are made beside their places and renamed when all are complete: a
/// failure, or a signal, leaves nothing behind. What is no file (standard
/// output, a device) gets its bytes then.
class OutputFiles {
public:
  OutputFiles() = default;
  OutputFiles(const OutputFiles &) = delete;
  OutputFiles &operator=(const OutputFiles &) = delete;
  ~OutputFiles();

  enum class Place { File, FileOrStream };
  /// The path of a file to fill instead of `path`, which is known to be
  /// writable. `mode` is what the umask takes from.
  llvm::Expected<std::string> add(llvm::StringRef path, Place place,
                                  unsigned mode = 0666);
  llvm::Error commit();

private:
  struct Output {
    std::string path, made;
    unsigned mode;
    bool stream;
  };
  std::vector<Output> outputs;
  TemporaryFolder streams;
};

/// An error "PATH: what is wrong".
llvm::Error pathError(llvm::StringRef path, std::error_code code,
                      llvm::StringRef what = "");

} // namespace vox

#endif // VOX_LIB_PIPELINES_OUTPUTFILES_H
