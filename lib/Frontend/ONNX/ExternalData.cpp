//===- ExternalData.cpp - Weights stored beside a model -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The model names the file, so the name is hostile until shown otherwise. It
// is resolved by hand, one component after the other, each opened relative to
// the one before and never through a link: nothing can be exchanged between a
// check and its use.
//
//===----------------------------------------------------------------------===//

#include "ExternalData.h"
#include "Tensors.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace mlir;
using namespace vox::frontend;

namespace {
struct Source {
  std::string file;
  uint64_t offset = 0;
  uint64_t length = 0;
};

/// Reads initializers out of one folder.
class Loader {
public:
  Loader(StringRef folder) : folder(folder) {}

  /// What is wrong; empty after the data has been read.
  std::string load(onnx::TensorProto &tensor);

private:
  std::string parse(const onnx::TensorProto &tensor, uint64_t expected,
                    Source &location);
  std::string open(StringRef name, int &file);
  std::string read(int file, const Source &location, std::string &bytes);

  std::string folder;
  /// Bytes read of each file. Tensors that share their bytes would make much
  /// memory out of a small file.
  llvm::StringMap<uint64_t> taken;
};
} // namespace

std::string Loader::parse(const onnx::TensorProto &tensor, uint64_t expected,
                          Source &location) {
  location.length = expected;
  for (const onnx::StringStringEntryProto &entry : tensor.external_data()) {
    StringRef key = entry.key(), value = entry.value();
    if (key == "location")
      location.file = value.str();
    else if ((key == "offset" && value.getAsInteger(10, location.offset)) ||
             (key == "length" && value.getAsInteger(10, location.length)))
      return "has external data of " + key.str() + " " + quote(value) +
             "; expected a non-negative integer";
  }
  if (location.length != expected)
    return "has " + std::to_string(location.length) +
           " bytes of external data; expected " + std::to_string(expected) +
           " for " + vox::formatShape(getShape(tensor)) + " x " +
           getTypeName(tensor.data_type());
  return "";
}

std::string Loader::open(StringRef name, int &file) {
  SmallVector<StringRef> parts;
  name.split(parts, '/');
  bool plain = !name.contains('\0') && !name.contains('\\') &&
               llvm::none_of(parts, [](StringRef part) {
                 return part.empty() || part == "." || part == "..";
               });
  if (!plain)
    return "names external data " + quote(name) +
           "; expected a path below the allowed folder";

  int current = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (current < 0)
    return "needs external data, but " + quote(folder) +
           " can't be opened: " + std::strerror(errno);
  for (auto [i, part] : llvm::enumerate(parts)) {
    int kind = i + 1 < parts.size() ? O_DIRECTORY : O_NONBLOCK;
    int next = ::openat(current, part.str().c_str(),
                        O_RDONLY | O_NOFOLLOW | O_CLOEXEC | kind);
    std::string reason = next < 0 ? std::strerror(errno) : "";
    bool link = next < 0 && (errno == ELOOP || errno == ENOTDIR);
    ::close(current);
    if (next < 0)
      return "names external data " + quote(name) + ", which " +
             (link ? "is or contains a link or a file used as a folder"
                   : "can't be opened: " + reason);
    current = next;
  }
  file = current;
  return "";
}

std::string Loader::read(int file, const Source &location, std::string &bytes) {
  struct stat status;
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
    return "names external data " + quote(location.file) +
           ", which is not a regular file";
  if (status.st_nlink != 1)
    return "names external data " + quote(location.file) +
           ", which has hard links";
  uint64_t size = status.st_size;
  if (location.offset > size || location.length > size - location.offset)
    return "needs " + std::to_string(location.length) + " bytes at " +
           std::to_string(location.offset) + " of external data " +
           quote(location.file) + ", which has " + std::to_string(size);
  uint64_t &sum = taken[location.file];
  if (location.length > size - sum)
    return "shares bytes of external data " + quote(location.file) +
           " with other initializers, which is not supported";
  sum += location.length;
  bytes.resize(location.length);
  for (uint64_t done = 0; done < location.length;) {
    ssize_t count = ::pread(file, bytes.data() + done, location.length - done,
                            location.offset + done);
    if (count <= 0)
      return "can't read external data " + quote(location.file);
    done += count;
  }
  return "";
}

std::string Loader::load(onnx::TensorProto &tensor) {
  uint64_t size = getElementSize(tensor.data_type());
  if (size == 0)
    return "has type " + getTypeName(tensor.data_type()) + "; expected " +
           kElementTypeNames.str() + " for external data";
  std::optional<int64_t> count = vox::numElements(getShape(tensor));
  if (!count)
    return "has too many elements";
  Source location;
  if (std::string error = parse(tensor, *count * size, location);
      !error.empty())
    return error;
  int file = -1;
  if (std::string error = open(location.file, file); !error.empty())
    return error;
  auto close = llvm::scope_exit([&] { ::close(file); });
  std::string bytes;
  if (std::string error = read(file, location, bytes); !error.empty())
    return error;
  tensor.set_raw_data(std::move(bytes));
  tensor.clear_external_data();
  tensor.clear_data_location();
  return "";
}

bool vox::frontend::loadExternalData(onnx::GraphProto &graph, StringRef folder,
                                     Report &report) {
  unsigned before = report.numErrors();
  Loader loader(folder);
  for (onnx::TensorProto &tensor : *graph.mutable_initializer()) {
    if (tensor.data_location() != onnx::TensorProto::EXTERNAL)
      continue;
    auto loc = report.locate(tensor.name());
    if (folder.empty()) {
      report.error(loc,
                   "initializer " + quote(tensor.name()) +
                       " is stored in another file, which is refused unless "
                       "its folder is allowed",
                   "allow it with --allow-external-data=DIR");
      break;
    }
    if (std::string error = loader.load(tensor); !error.empty())
      report.error(loc, "initializer " + quote(tensor.name()) + " " + error);
  }
  return report.numErrors() == before;
}
