//===- Products.cpp - From a planned network to files ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything is made in a temporary folder; a product is copied beside its
// place and renamed when all of them are complete, so that a failure leaves
// nothing behind.
//
//===----------------------------------------------------------------------===//

#include "FileBeside.h"
#include "Kernels.h"
#include "vox/Codegen/Host/HostCode.h"
#include "vox/Codegen/Host/Link.h"
#include "vox/Pipelines/Pipelines.h"
#include "vox/Runtime/Blobs.h"
#include "vox/Target/Machine.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Signals.h"

#include <unistd.h>

using namespace mlir;
using namespace vox;

namespace {

/// Files of one compilation.
class ProductWriter {
public:
  ProductWriter(ModuleOp module, StringRef name, const Machine &machine,
                const CompileOptions &options, bool &internalFault)
      : module(module), network(*module.getOps<func::FuncOp>().begin()),
        name(mangleName(name)), machine(machine), options(options),
        internalFault(internalFault) {}

  LogicalResult run(ArrayRef<Product> products);

private:
  LogicalResult makeParts();
  LogicalResult make(const Product &product, StringRef path);
  LogicalResult makeObject(bool executable, std::string &path);

  std::string temporary(StringRef file) { return (folder + "/" + file).str(); }
  LogicalResult write(StringRef path, StringRef bytes);
  LogicalResult check(llvm::Error error) {
    if (!error)
      return success();
    return module.emitError() << llvm::toString(std::move(error));
  }

  ModuleOp module;
  func::FuncOp network;
  std::string name;
  const Machine &machine;
  const CompileOptions &options;
  bool &internalFault;
  SmallString<128> folder;
  std::vector<std::string> parts;
  std::string library, program; // linked objects, once made
};

LogicalResult ProductWriter::write(StringRef path, StringRef bytes) {
  std::error_code code;
  llvm::raw_fd_ostream os(path, code);
  if (!code) {
    os << bytes;
    os.close();
    code = os.error();
    os.clear_error();
  }
  if (code)
    return module.emitError() << path << ": " << code.message();
  return success();
}

/// Kernels, host code, weights and runtime as object files.
LogicalResult ProductWriter::makeParts() {
  internalFault = true;
  auto kernels = compileKernels(module, machine, options);
  if (failed(kernels))
    return failure();
  KernelScratch scratch;
  Weights weights = collectWeights(network);
  for (auto [i, kernel] : llvm::enumerate(*kernels)) {
    scratch.shared = std::max(scratch.shared, kernel.scratch.shared);
    scratch.task = std::max(scratch.task, kernel.scratch.task);
    parts.push_back(temporary("kernel" + std::to_string(i) + ".o"));
    if (failed(write(parts.back(), kernel.object)))
      return failure();
  }
  OwningOpRef<ModuleOp> host =
      buildHostModule(network, name, weights, scratch, machine);
  auto hostObject = compileHostModule(*host, machine);
  auto weightsObject = compileWeights(weights, machine, network.getLoc());
  if (failed(hostObject) || failed(weightsObject))
    return failure();
  internalFault = false;
  std::pair<StringRef, StringRef> files[] = {
      {"host.o", {hostObject->data(), hostObject->size()}},
      {"weights.o", {weightsObject->data(), weightsObject->size()}},
      {"runtime.o", runtimeObject()}};
  for (auto [file, bytes] : files) {
    parts.push_back(temporary(file));
    if (failed(write(parts.back(), bytes)))
      return failure();
  }
  return success();
}

/// All parts as one object in which only the API, or main, is visible.
LogicalResult ProductWriter::makeObject(bool executable, std::string &path) {
  if (!path.empty())
    return success();
  std::vector<std::string> inputs = parts;
  SmallVector<std::string> visible = publicSymbols(name);
  if (executable) {
    inputs.push_back(temporary("main.o"));
    if (failed(write(inputs.back(), executableMainObject())))
      return failure();
    visible = {"main"};
  }
  path = temporary(executable ? "program.o" : "library.o");
  return check(linkRelocatable(inputs, visible, path));
}

LogicalResult ProductWriter::make(const Product &product, StringRef path) {
  switch (product.kind) {
  case Product::CHeader:
    return write(path, buildHeader(network, name));
  case Product::Executable:
    if (failed(makeObject(true, program)))
      return failure();
    return check(linkFinal(program, /*shared=*/false, "", path));
  case Product::Object:
  case Product::StaticLibrary:
  case Product::SharedLibrary:
    break;
  }
  if (failed(makeObject(false, library)))
    return failure();
  if (product.kind == Product::SharedLibrary)
    return check(linkFinal(library, /*shared=*/true,
                           llvm::sys::path::filename(product.path), path));
  if (product.kind == Product::StaticLibrary)
    return check(writeStaticLibrary(library, name + ".o", path));
  if (std::error_code code = llvm::sys::fs::copy_file(library, path))
    return module.emitError() << path << ": " << code.message();
  return success();
}

LogicalResult ProductWriter::run(ArrayRef<Product> products) {
  // Learn first whether the results can be written: compiling takes long.
  std::vector<std::string> besides;
  auto cleanUp = llvm::make_scope_exit([&] {
    for (const std::string &path : besides)
      llvm::sys::fs::remove(path);
    if (!folder.empty())
      llvm::sys::fs::remove_directories(folder);
  });
  for (const Product &product : products) {
    // Renaming would replace a device, or whatever else it is.
    if (llvm::sys::fs::exists(product.path) &&
        !llvm::sys::fs::is_regular_file(product.path))
      return module.emitError()
             << product.path << ": can't be written: not a regular file";
    std::string beside = fileBeside(product.path);
    int descriptor;
    if (std::error_code code =
            llvm::sys::fs::openFileForWrite(beside, descriptor))
      return module.emitError()
             << product.path << ": can't be written: " << code.message();
    ::close(descriptor);
    besides.push_back(beside);
    llvm::sys::RemoveFileOnSignal(beside);
  }
  if (std::error_code code =
          llvm::sys::fs::createUniqueDirectory("voxc-products", folder))
    return module.emitError() << "no temporary folder: " << code.message();

  if (failed(makeParts()))
    return failure();
  for (auto [product, beside] : llvm::zip(products, besides))
    if (failed(make(product, beside)))
      return failure();
  for (auto [product, beside] : llvm::zip(products, besides)) {
    bool runs = product.kind == Product::Executable ||
                product.kind == Product::SharedLibrary;
    // What runs must be executable; otherwise as the umask allows.
    unsigned mask = llvm::sys::fs::getUmask();
    llvm::sys::fs::setPermissions(beside, static_cast<llvm::sys::fs::perms>(
                                              (runs ? 0777 : 0666) & ~mask));
    if (std::error_code code = llvm::sys::fs::rename(beside, product.path))
      return module.emitError() << product.path << ": " << code.message();
    llvm::sys::DontRemoveFileOnSignal(beside);
  }
  besides.clear();
  return success();
}

} // namespace

LogicalResult vox::emitProducts(ModuleOp module, StringRef name,
                                ArrayRef<Product> products,
                                const CompileOptions &options,
                                bool *internalFault) {
  bool fault = false;
  llvm::Expected<Machine> machine = parseMachine(options.target);
  if (!machine)
    return module.emitError() << llvm::toString(machine.takeError());
  if (failed(verifyPlan(*module.getOps<func::FuncOp>().begin())))
    return failure();
  LogicalResult result =
      ProductWriter(module, name, *machine, options, fault).run(products);
  if (internalFault)
    *internalFault = fault && failed(result);
  return result;
}
