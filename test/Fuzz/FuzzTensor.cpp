//===- FuzzTensor.cpp - Any bytes as a tensor file ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The first byte chooses the format and the type that is expected; the others
// are the file. It has a name only in /proc, with the suffix of its format by a
// link beside it.
//
//===----------------------------------------------------------------------===//

#include "vox/Runtime/Model.h"
#include "vox/Runtime/TensorFile.h"

#include <cstdlib>
#include <string>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

namespace {

/// A folder of links to one file in memory, a link per format.
class File {
public:
  File() : descriptor(memfd_create("tensor", 0)) {
    if (descriptor < 0 || !mkdtemp(folder))
      abort();
    for (const char *suffix : kSuffixes)
      if (symlink(target().c_str(), path(suffix).c_str()) != 0)
        abort();
  }
  ~File() {
    for (const char *suffix : kSuffixes)
      unlink(path(suffix).c_str());
    rmdir(folder);
    close(descriptor);
  }

  /// The path of a file of the format that `choice` stands for.
  std::string write(uint8_t choice, const uint8_t *data, size_t size) {
    if (ftruncate(descriptor, 0) != 0 ||
        pwrite(descriptor, data, size, 0) != ssize_t(size))
      abort();
    return path(kSuffixes[choice % 4]);
  }

private:
  static constexpr const char *kSuffixes[] = {".npy", ".raw", ".nii",
                                              ".nii.gz"};

  std::string target() const {
    return "/proc/" + std::to_string(getpid()) + "/fd/" +
           std::to_string(descriptor);
  }
  std::string path(const char *suffix) const {
    return std::string(folder) + "/tensor" + suffix;
  }

  int descriptor;
  char folder[32] = "/tmp/vox-fuzz-XXXXXX";
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static File file;
  if (size == 0)
    return 0;
  static const int64_t shape[] = {1, 2, 3, 4};
  static const int32_t types[] = {VOX_FLOAT32, VOX_UINT8, VOX_INT64, VOX_BOOL};
  vox_tensor_info info = {};
  info.name = "x";
  info.type = types[data[0] / 4 % 4];
  info.rank = 4;
  info.shape = shape;
  std::vector<char> elements(vox_tensor_bytes(&info));
  vox_geometry geometry;
  vox_file_message message;
  std::string path = file.write(data[0], data + 1, size - 1);
  vox_tensor_file_read(path.c_str(), &info, elements.data(), &geometry,
                       &message);
  return 0;
}
