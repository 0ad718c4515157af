//===- Replay.cpp - The main function of harnesses that only replay -------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs a harness on the files of folders, in the order of their names: what a
// fuzzer found once must stay mended. It stands where libFuzzer's main function
// does in a build with VOXC_FUZZ.
//
//===----------------------------------------------------------------------===//

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <set>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv) {
  std::set<std::string> paths;
  for (int i = 1; i < argc; ++i) {
    std::error_code error;
    for (llvm::sys::fs::directory_iterator it(argv[i], error), end;
         it != end && !error; it.increment(error))
      paths.insert(it->path());
    if (error) {
      llvm::errs() << argv[i] << ": error: " << error.message() << '\n';
      return 1;
    }
  }
  for (const std::string &path : paths) {
    auto buffer = llvm::MemoryBuffer::getFile(path);
    if (!buffer) {
      llvm::errs() << path << ": error: " << buffer.getError().message()
                   << '\n';
      return 1;
    }
    // A copy of its own, so that a sanitizer sees reads past its end.
    llvm::StringRef bytes = (*buffer)->getBuffer();
    std::vector<uint8_t> copy(bytes.begin(), bytes.end());
    LLVMFuzzerTestOneInput(copy.data(), copy.size());
  }
  llvm::outs() << paths.size() << " inputs replayed\n";
  return 0;
}
