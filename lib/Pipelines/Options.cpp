//===- Options.cpp - What command lines share -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Pipelines/Options.h"
#include "vox/Pipelines/Pipelines.h"
#include "vox/Pipelines/WeightsFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

using namespace mlir;
using namespace vox;
using llvm::createStringError;

llvm::Expected<llvm::StringMap<SmallVector<int64_t>>>
vox::parseShapes(StringRef option, StringRef text) {
  llvm::StringMap<SmallVector<int64_t>> shapes;
  if (text.empty())
    return shapes;
  SmallVector<StringRef> items;
  text.split(items, ',');
  for (StringRef item : items) {
    auto [name, shape] = item.rsplit(':');
    SmallVector<StringRef> extents;
    shape.split(extents, 'x');
    SmallVector<int64_t> values;
    for (StringRef extent : extents) {
      int64_t value;
      if (name.empty() || extent.getAsInteger(10, value))
        return createStringError("--" + option + "=" + text + ": '" + item +
                                 "' is not a shape; expected "
                                 "NAME:1x3x224x224");
      values.push_back(value);
    }
    if (!shapes.try_emplace(name, values).second)
      return createStringError("--" + option + "=" + text + ": '" + name +
                               "' is given twice");
  }
  return shapes;
}

llvm::Error vox::parseShapes(StringRef shapes, StringRef minShapes,
                             StringRef maxShapes, ImportOptions &options) {
  std::tuple<StringRef, StringRef, llvm::StringMap<SmallVector<int64_t>> *>
      all[] = {{"shapes", shapes, &options.shapes},
               {"minShapes", minShapes, &options.minShapes},
               {"maxShapes", maxShapes, &options.maxShapes}};
  for (auto [option, text, result] : all) {
    auto parsed = parseShapes(option, text);
    if (!parsed)
      return parsed.takeError();
    *result = std::move(*parsed);
  }
  return llvm::Error::success();
}

OwningOpRef<ModuleOp> vox::readModel(StringRef path, MLIRContext &context,
                                     const ImportOptions &options) {
  StringRef suffix = llvm::sys::path::extension(path);
  OwningOpRef<ModuleOp> module;
  if (suffix == ".mlir" || suffix == ".mlirbc") {
    bool opens = !options.minShapes.empty() || !options.maxShapes.empty();
    if (opens || !options.shapes.empty()) {
      emitError(FileLineColLoc::get(&context, path, 0, 0))
          << (opens ? "--minShapes and --maxShapes open the inputs of ONNX "
                      "models; this is MLIR, where vox.open does"
                    : "--shapes fixes the inputs of ONNX models; this is MLIR");
      return nullptr;
    }
    module = parseMLIR(path, context);
    if (!module || failed(verifyNetwork(*module)))
      return nullptr;
    return module;
  }
  // The importer says what a folder or device is.
  bool mayBeFile =
      !llvm::sys::fs::exists(path) || llvm::sys::fs::is_regular_file(path);
  if (suffix != ".onnx" && suffix != ".onnxtxt" && path != "-" && mayBeFile) {
    emitError(FileLineColLoc::get(&context, path, 0, 0))
        << "unknown kind of file '" << suffix
        << "'; expected .onnx, .onnxtxt, .mlir or .mlirbc";
    return nullptr;
  }
  module = importONNX(path, context, options);
  if (!module || failed(verifyNetwork(*module)))
    return nullptr;
  return module;
}

llvm::Error vox::checkCompileOptions(const CompileOptions &options) {
  if (options.optLevel > 3)
    return createStringError("-O%u; expected 0 to 3", options.optLevel);
  for (StringRef pass : options.disabledPasses.keys())
    if (!llvm::is_contained(optionalPasses(), pass))
      return createStringError(
          "--disable-pass=%s: no such optional pass; expected %s",
          pass.str().c_str(), llvm::join(optionalPasses(), ", ").c_str());
  return llvm::Error::success();
}

std::string vox::defaultCacheFolder() {
  auto get = [](StringRef variable) {
    return llvm::sys::Process::GetEnv(variable).value_or("");
  };
  std::string folder = get("VOXC_CACHE_DIR");
  if (!folder.empty())
    return folder;
  SmallString<128> path(get("XDG_CACHE_HOME"));
  if (path.empty()) {
    path = get("HOME");
    if (path.empty())
      return "";
    llvm::sys::path::append(path, ".cache");
  }
  llvm::sys::path::append(path, "voxc");
  return path.str().str();
}
