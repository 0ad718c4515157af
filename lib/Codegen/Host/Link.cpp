//===- Link.cpp - From objects to products --------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Codegen/Host/Link.h"

#include "lld/Common/Driver.h"
#include "llvm/ObjCopy/ConfigManager.h"
#include "llvm/ObjCopy/ObjCopy.h"
#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Object/Binary.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

LLD_HAS_DRIVER(elf)

using namespace vox;
using llvm::createStringError;
using llvm::StringRef;

/// Makes everything but `visible` local, in place.
static llvm::Error localize(StringRef path,
                            llvm::ArrayRef<std::string> visible) {
  llvm::objcopy::ConfigManager config;
  for (const std::string &symbol : visible)
    if (llvm::Error error = config.Common.SymbolsToKeepGlobal.addMatcher(
            llvm::objcopy::NameOrPattern::create(
                symbol, llvm::objcopy::MatchStyle::Literal,
                [](llvm::Error error) { return error; })))
      return error;
  auto binary = llvm::object::createBinary(path);
  if (!binary)
    return binary.takeError();
  llvm::SmallVector<char, 0> result;
  llvm::raw_svector_ostream os(result);
  if (llvm::Error error = llvm::objcopy::executeObjcopyOnBinary(
          config, *binary->getBinary(), os))
    return error;
  std::error_code code;
  llvm::raw_fd_ostream file(path, code);
  if (code)
    return llvm::createFileError(path, code);
  file.write(result.data(), result.size());
  file.close();
  if (file.has_error()) {
    code = file.error();
    file.clear_error();
    return llvm::createFileError(path, code);
  }
  return llvm::Error::success();
}

llvm::Error vox::linkRelocatable(llvm::ArrayRef<std::string> inputs,
                                 llvm::ArrayRef<std::string> visible,
                                 StringRef output) {
  std::string outputText = output.str(), messages;
  std::vector<const char *> arguments{"ld.lld", "-r", "-o", outputText.c_str()};
  for (const std::string &input : inputs)
    arguments.push_back(input.c_str());
  llvm::raw_string_ostream os(messages);
  lld::Result result =
      lld::lldMain(arguments, os, os, {{lld::Gnu, &lld::elf::link}});
  if (result.retCode != 0)
    return createStringError("linking failed: %s", messages.c_str());
  return localize(output, visible);
}

llvm::Error vox::writeStaticLibrary(StringRef object, StringRef member,
                                    StringRef output) {
  auto newMember =
      llvm::NewArchiveMember::getFile(object, /*Deterministic=*/true);
  if (!newMember)
    return newMember.takeError();
  newMember->MemberName = member;
  std::vector<llvm::NewArchiveMember> members;
  members.push_back(std::move(*newMember));
  return llvm::writeArchive(output, members,
                            llvm::SymtabWritingMode::NormalSymtab,
                            llvm::object::Archive::K_GNU,
                            /*Deterministic=*/true, /*Thin=*/false);
}

llvm::Error vox::linkFinal(StringRef object, bool shared, StringRef soname,
                           StringRef output) {
  auto compiler = llvm::sys::findProgramByName("cc");
  if (!compiler)
    return createStringError(
        "no C compiler 'cc' on the PATH, which links executables and shared "
        "libraries; install gcc, or emit a static library");
  std::string sonameFlag = ("-Wl,-soname," + soname).str();
  llvm::SmallVector<StringRef> arguments{*compiler,
                                         object,
                                         "-o",
                                         output,
                                         "-Wl,--gc-sections",
                                         "-Wl,--as-needed",
                                         "-Wl,--build-id=none"};
  if (shared)
    arguments.append({"-shared", sonameFlag, "-Wl,-z,defs"});
  else
    arguments.push_back("-pie");
  arguments.append({"-lm", "-lpthread"});

  std::string log = (output + ".log").str();
  StringRef none("");
  std::string message;
  int status = llvm::sys::ExecuteAndWait(*compiler, arguments, std::nullopt,
                                         {none, StringRef(log), StringRef(log)},
                                         /*SecondsToWait=*/600,
                                         /*MemoryLimit=*/0, &message);
  if (auto text = llvm::MemoryBuffer::getFile(log))
    message += (*text)->getBuffer().trim();
  if (status != 0)
    return createStringError("linking failed: %s", message.c_str());
  return llvm::Error::success();
}
