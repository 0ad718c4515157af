
#include "vox/Pipelines/Options.h"
#include "vox/Pipelines/Pipelines.h"

#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace vox;
using llvm::createStringError;

llvm::Expected<llvm::StringMap<SmallVector<int64_t>>>
vox::parseShapes(StringRef text) {
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
      if (name.empty() || extent.getAsInteger(10, value) || value < 1)
        return createStringError("--shapes=%s: '%s' is not a shape; expected "
                                 "NAME:1x3x224x224, extents positive",
                                 text.str().c_str(), item.str().c_str());
      values.push_back(value);
    }
    if (!shapes.try_emplace(name, values).second)
      return createStringError("--shapes=%s: '%s' is given twice",
                               text.str().c_str(), name.str().c_str());
  }
  return shapes;
}

OwningOpRef<ModuleOp> vox::readModel(StringRef path, MLIRContext &context,
                                     const ImportOptions &options) {
  StringRef suffix = llvm::sys::path::extension(path);
  OwningOpRef<ModuleOp> module;
  if (suffix == ".mlir" || suffix == ".mlirbc") {
    if (!options.shapes.empty()) {
      emitError(FileLineColLoc::get(&context, path, 0, 0))
          << "--shapes fixes the inputs of ONNX models; this is MLIR";
      return nullptr;
    }
    llvm::SourceMgr sources;
    SourceMgrDiagnosticHandler handler(sources, &context);
    module = parseSourceFile<ModuleOp>(path, sources, &context);
    // Here, while the handler can still show the line.
    if (!module || failed(verifyNetwork(*module)))
      return nullptr;
    return module;
  }
  if (suffix == ".onnx" || suffix == ".onnxtxt" || path == "-") {
    module = importONNX(path, context, options);
    if (!module || failed(verifyNetwork(*module)))
      return nullptr;
    return module;
  }
  emitError(FileLineColLoc::get(&context, path, 0, 0))
      << "unknown kind of file '" << suffix
      << "'; expected .onnx, .onnxtxt, .mlir or .mlirbc";
  return nullptr;
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
