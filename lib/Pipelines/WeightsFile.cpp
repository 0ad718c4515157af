//===- WeightsFile.cpp - Text of a module, its weights in a file beside ---===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A dump may come from anywhere: the file that it names is opened without
// following links, read once, and trusted only when its hash is right. Where
// each resource lies is checked against its size; whether it fits its type, by
// the verifier of vox.constant.
//
//===----------------------------------------------------------------------===//

#include "vox/Pipelines/WeightsFile.h"
#include "OutputFiles.h"
#include "vox/Dialect/Vox/IR/Vox.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/BuiltinDialect.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/SourceMgr.h"

#include <cstring>
#include <map>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace mlir;
using namespace vox;

static constexpr StringLiteral kFileSection = "voxc_weights_file",
                               kTableSection = "voxc_weights";
/// As weights lie in memory.
static const llvm::Align kAlignment(64);

static std::string escaped(StringRef text) {
  std::string result;
  llvm::raw_string_ostream os(result);
  llvm::printEscapedString(text, os);
  return result;
}

static std::string sha256(ArrayRef<char> data) {
  return llvm::toHex(
      llvm::SHA256::hash(
          {reinterpret_cast<const uint8_t *>(data.data()), data.size()}),
      /*LowerCase=*/true);
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

namespace {
using Handle = DenseResourceElementsHandle;

/// The resources of a module, out of its way while it is printed: the printer
/// would make text of them, only to leave it out.
class ResourcesAside {
public:
  explicit ResourcesAside(ModuleOp module)
      : manager(
            Handle::getManagerInterface(module.getContext()).getBlobManager()) {
    module.walk([&](ConstantOp constant) {
      auto attr = dyn_cast<DenseResourceElementsAttr>(constant.getValue());
      if (!attr || !attr.getRawHandle().getBlob())
        return;
      StringRef key = attr.getRawHandle().getKey();
      if (blobs.count(key))
        return;
      blobs.insert({key, std::move(*attr.getRawHandle().getBlob())});
      manager.update(key, UnmanagedAsmResourceBlob::allocateWithAlign({}, 1));
    });
  }
  ~ResourcesAside() {
    for (auto &[key, blob] : blobs)
      manager.update(key, std::move(blob));
  }

  llvm::MapVector<StringRef, AsmResourceBlob> blobs;

private:
  DialectResourceBlobManager &manager;
};

/// The bytes of all resources, equal ones once, in an order that depends on
/// nothing else: dumps of other phases then have the same file.
struct WeightsLayout {
  explicit WeightsLayout(ResourcesAside &resources) {
    std::map<std::string, ArrayRef<char>> byHash;
    llvm::StringMap<std::string> hashes;
    for (auto &[key, blob] : resources.blobs) {
      std::string hash = sha256(blob.getData());
      hashes[key] = hash;
      byHash[hash] = blob.getData();
    }
    llvm::StringMap<uint64_t> starts;
    for (auto &[hash, data] : byHash) {
      starts[hash] = llvm::alignTo(bytes.size(), kAlignment);
      bytes.resize(starts[hash]);
      bytes.append(data.begin(), data.end());
    }
    for (auto &[key, blob] : resources.blobs)
      offsets[key] = starts[hashes[key]];
  }

  std::string bytes;
  llvm::StringMap<uint64_t> offsets;
};
} // namespace

static void printEntry(raw_ostream &os, StringRef key, const Twine &value,
                       bool last) {
  os << "      \"";
  llvm::printEscapedString(key, os);
  os << "\": \"";
  llvm::printEscapedString(value.str(), os);
  os << (last ? "\"\n" : "\",\n");
}

llvm::Error DumpWriter::open(StringRef folder, StringRef stem) {
  this->folder = folder.str();
  this->stem = stem.str();
  if (std::error_code code = llvm::sys::fs::create_directories(
          folder, /*IgnoreExisting=*/true, llvm::sys::fs::all_all))
    return pathError(folder, code);
  SmallString<128> probe(folder);
  llvm::sys::path::append(probe, stem + ".dump");
  OutputFiles files;
  return files.add(probe, OutputFiles::Place::File).takeError();
}

LogicalResult DumpWriter::write(ModuleOp module, StringRef name) {
  OutputFiles files;
  auto make = [&](StringRef file, auto fill) -> llvm::Error {
    auto path =
        files.add((folder + "/" + file).str(), OutputFiles::Place::File);
    if (!path)
      return path.takeError();
    std::error_code code;
    llvm::raw_fd_ostream os(*path, code);
    if (!code) {
      fill(os);
      os.close();
      code = os.error();
      os.clear_error();
    }
    return code ? pathError(folder + "/" + file.str(), code)
                : llvm::Error::success();
  };

  ResourcesAside resources(module);
  WeightsLayout layout(resources);
  std::string hash = sha256(layout.bytes);
  std::string file = stem + "." + hash.substr(0, 16) + ".weights";
  bool isNew = !layout.bytes.empty() && weights.insert(file).second;
  auto writeText = [&](raw_ostream &os) {
    // Constants without their weights would not verify. Names of layers are
    // locations, and part of the product.
    OpPrintingFlags flags;
    flags.elideLargeResourceString(0).assumeVerified().enableDebugInfo();
    std::string text;
    llvm::raw_string_ostream stream(text);
    module.print(stream, flags);
    // The printer opens a section for what it then leaves out.
    StringRef ir = text;
    ir.consume_back("\n{-#\n\n#-}\n");
    os << ir;
    if (layout.bytes.empty())
      return;
    os << "\n{-#\n  external_resources: {\n    " << kFileSection << ": {\n";
    printEntry(os, "name", file, false);
    printEntry(os, "size", Twine(layout.bytes.size()), false);
    printEntry(os, "sha256", hash, true);
    os << "    },\n    " << kTableSection << ": {\n";
    for (auto &[key, blob] : resources.blobs)
      printEntry(os, key,
                 Twine(layout.offsets[key]) + "," +
                     Twine(blob.getData().size()),
                 key == resources.blobs.back().first);
    os << "    }\n  }\n#-}\n";
  };
  auto makeAll = [&]() -> llvm::Error {
    if (isNew)
      if (llvm::Error error =
              make(file, [&](raw_ostream &os) { os << layout.bytes; }))
        return error;
    if (llvm::Error error = make((name + ".mlir").str(), writeText))
      return error;
    return files.commit();
  };
  if (llvm::Error error = makeAll())
    return module.emitError() << llvm::toString(std::move(error));
  return success();
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

namespace {
/// What a dump says of its weights, checked while it is parsed.
class WeightsReader {
public:
  explicit WeightsReader(StringRef path) : path(path) {}

  void attachTo(ParserConfig &config) {
    auto parser = [this](auto method) {
      return [this, method](AsmParsedResourceEntry &entry) -> LogicalResult {
        auto value = entry.parseAsString();
        if (failed(value))
          return failure();
        std::string wrong = (this->*method)(entry.getKey(), *value);
        if (!wrong.empty())
          return entry.emitError() << wrong;
        return success();
      };
    };
    config.attachResourceParser(AsmResourceParser::fromCallable(
        kFileSection, parser(&WeightsReader::readFileEntry)));
    config.attachResourceParser(AsmResourceParser::fromCallable(
        kTableSection, parser(&WeightsReader::readTableEntry)));
  }

  /// Gives each resource its bytes.
  void fill(ModuleOp module);

private:
  // Both say what is wrong, or nothing.
  std::string readFileEntry(StringRef key, StringRef value);
  std::string readTableEntry(StringRef key, StringRef value);
  std::string open();

  StringRef path;
  std::string name, hash;
  uint64_t size = 0;
  /// Lives as long as resources that lie in it.
  std::shared_ptr<llvm::WritableMemoryBuffer> file;
  llvm::StringMap<ArrayRef<char>> table;
};
} // namespace

std::string WeightsReader::readFileEntry(StringRef key, StringRef value) {
  if (file)
    return "a second weights file; expected one";
  if (key == "name") {
    if (value.empty() || value == "." || value == ".." ||
        value.find_first_of(StringRef("/\0", 2)) != StringRef::npos)
      return "weights file is called '" + escaped(value) +
             "'; expected the plain name of a file beside this one";
    name = value.str();
  } else if (key == "size") {
    if (value.getAsInteger(10, size))
      return "weights file is of size '" + escaped(value) +
             "'; expected a number of bytes";
  } else if (key == "sha256") {
    hash = value.str();
  } else {
    return "unknown entry; expected name, size and sha256";
  }
  return "";
}

std::string WeightsReader::open() {
  if (name.empty() || hash.empty())
    return (kFileSection + " has not said name, size and sha256 before").str();
  SmallString<128> beside(llvm::sys::path::parent_path(path));
  llvm::sys::path::append(beside, name);
  std::string quoted = "weights file '" + escaped(name) + "' ";
  // Not through links; and a pipe must not make us wait.
  int descriptor =
      ::open(beside.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0)
    return quoted + (errno == ELOOP ? "is a link; expected a file"
                                    : std::string("can't be opened: ") +
                                          std::strerror(errno));
  auto close = llvm::make_scope_exit([&] { ::close(descriptor); });
  struct stat status;
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
    return quoted + "is not a regular file";
  if (static_cast<uint64_t>(status.st_size) != size)
    return quoted + "has " + std::to_string(status.st_size) +
           " bytes; expected " + std::to_string(size);
  file =
      llvm::WritableMemoryBuffer::getNewUninitMemBuffer(size, name, kAlignment);
  if (!file)
    return quoted + "needs more memory than there is";
  for (uint64_t done = 0; done < size;) {
    ssize_t count =
        ::read(descriptor, file->getBufferStart() + done, size - done);
    if (count <= 0)
      return quoted + "can't be read";
    done += count;
  }
  if (sha256({file->getBufferStart(), size}) != hash)
    return quoted + "has other contents than this dump's; expected SHA-256 " +
           escaped(hash);
  return "";
}

std::string WeightsReader::readTableEntry(StringRef key, StringRef value) {
  if (!file)
    if (std::string wrong = open(); !wrong.empty()) {
      file = nullptr;
      return wrong;
    }
  auto [first, second] = value.split(',');
  uint64_t offset, length;
  if (first.getAsInteger(10, offset) || second.getAsInteger(10, length))
    return "'" + escaped(value) + "'; expected \"OFFSET,SIZE\" in bytes";
  if (offset > size || length > size - offset)
    return std::to_string(length) + " bytes at " + std::to_string(offset) +
           " lie outside of the weights file, which has " +
           std::to_string(size);
  if (offset % kAlignment.value() != 0)
    return "offset is " + std::to_string(offset) + "; expected a multiple of " +
           std::to_string(kAlignment.value());
  table[key] = {file->getBufferStart() + offset, length};
  return "";
}

void WeightsReader::fill(ModuleOp module) {
  auto &manager =
      Handle::getManagerInterface(module.getContext()).getBlobManager();
  module.walk([&](ConstantOp constant) {
    auto attr = dyn_cast<DenseResourceElementsAttr>(constant.getValue());
    if (!attr || attr.getRawHandle().getBlob())
      return;
    auto entry = table.find(attr.getRawHandle().getKey());
    if (entry == table.end())
      return;
    // The deleter holds the file.
    manager.update(entry->getKey(),
                   UnmanagedAsmResourceBlob::allocateWithAlign(
                       entry->second, kAlignment.value(),
                       [file = file](void *, size_t, size_t) {}));
  });
}

bool vox::hasWeightsFile(StringRef text) {
  return text.contains((kFileSection + ":").str());
}

OwningOpRef<ModuleOp> vox::parseMLIR(StringRef path, MLIRContext &context) {
  std::string message;
  std::unique_ptr<llvm::MemoryBuffer> file =
      openInputFile(path, kAlignment, &message);
  if (!file) {
    emitError(FileLineColLoc::get(&context, path, 0, 0)) << message;
    return nullptr;
  }
  // Bytecode keeps weights at aligned places of the file, and reads them there:
  // the file must lie aligned in memory too.
  if (!llvm::isAddrAligned(kAlignment, file->getBufferStart())) {
    auto copy = llvm::WritableMemoryBuffer::getNewUninitMemBuffer(
        file->getBufferSize(), path, kAlignment);
    llvm::copy(file->getBuffer(), copy->getBufferStart());
    file = std::move(copy);
  }
  // The source manager lives as long as weights that are read in place.
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(file), llvm::SMLoc());
  // Constants are complete only when the weights file has been read.
  ParserConfig config(&context, /*verifyAfterParse=*/false);
  WeightsReader weights(path);
  weights.attachTo(config);
  auto module = parseSourceFile<ModuleOp>(sources, config);
  if (!module)
    return nullptr;
  weights.fill(*module);
  if (failed(verify(*module)))
    return nullptr;
  return module;
}
