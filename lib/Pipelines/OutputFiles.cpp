//===- OutputFiles.cpp - Files that take their places together ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OutputFiles.h"
#include "FileBeside.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

using namespace vox;
using llvm::StringRef;

llvm::Error vox::pathError(StringRef path, std::error_code code,
                           StringRef what) {
  return llvm::createStringError(code, "%s: %s%s", path.str().c_str(),
                                 what.str().c_str(), code.message().c_str());
}

OutputFiles::~OutputFiles() {
  for (const Output &output : outputs) {
    llvm::sys::fs::remove(output.made);
    llvm::sys::DontRemoveFileOnSignal(output.made);
  }
}

llvm::Expected<std::string> OutputFiles::add(StringRef path, Place place,
                                             unsigned mode) {
  namespace fs = llvm::sys::fs;
  bool isOther =
      path == "-" || (fs::exists(path) && !fs::is_regular_file(path));
  if (isOther && (place == Place::File || fs::is_directory(path)))
    // Renaming would replace a device, or whatever else it is.
    return llvm::createStringError("%s: can't be written: not a regular file",
                                   path.str().c_str());
  std::string made = fileBeside(path);
  if (isOther) {
    if (llvm::none_of(outputs, [](const Output &o) { return o.stream; }))
      if (std::error_code code = streams.create("voxc-output"))
        return pathError("no temporary folder", code);
    made = streams / std::to_string(outputs.size());
  }
  int descriptor;
  if (std::error_code code = fs::openFileForWrite(made, descriptor))
    return pathError(path, code, "can't be written: ");
  llvm::sys::Process::SafelyCloseFileDescriptor(descriptor);
  llvm::sys::RemoveFileOnSignal(made);
  outputs.push_back({path.str(), made, mode, isOther});
  return made;
}

static llvm::Error copyToStream(StringRef from, StringRef path) {
  auto file = llvm::MemoryBuffer::getFile(from, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  if (!file)
    return pathError(path, file.getError());
  std::error_code code;
  llvm::raw_fd_ostream os(path, code);
  if (!code) {
    os << (*file)->getBuffer();
    os.flush();
    code = os.error();
    os.clear_error();
  }
  return code ? pathError(path, code) : llvm::Error::success();
}

llvm::Error OutputFiles::commit() {
  // As the umask allows.
  unsigned mask = llvm::sys::fs::getUmask();
  for (const Output &output : outputs) {
    if (output.stream) {
      if (llvm::Error error = copyToStream(output.made, output.path))
        return error;
      continue;
    }
    llvm::sys::fs::setPermissions(
        output.made, static_cast<llvm::sys::fs::perms>(output.mode & ~mask));
    if (std::error_code code = llvm::sys::fs::rename(output.made, output.path))
      return pathError(output.path, code);
  }
  return llvm::Error::success();
}
