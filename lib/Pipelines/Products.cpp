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

#include "Forms.h"
#include "Kernels.h"
#include "OutputFiles.h"
#include "vox/Codegen/Host/HostCode.h"
#include "vox/Codegen/Host/Link.h"
#include "vox/Pipelines/Pipelines.h"
#include "vox/Pipelines/TemporaryFolder.h"
#include "vox/Runtime/Blobs.h"
#include "vox/Target/Machine.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace vox;

llvm::ArrayRef<ProductKind> vox::productKinds() {
  static constexpr ProductKind kinds[] = {
      {Product::StaticLibrary, "static_library", ".a"},
      {Product::CHeader, "c_header", ".h"},
      {Product::SharedLibrary, "shared_library", ".so"},
      {Product::Executable, "executable", ""},
      {Product::Object, "object", ".o"},
      {Product::Stmt, "stmt", ".stmt"},
      {Product::StmtHtml, "stmt_html", ".html"},
      {Product::LLVMAssembly, "llvm_assembly", ".ll"},
      {Product::Bitcode, "bitcode", ".bc"},
      {Product::Assembly, "assembly", ".s"},
      {Product::Vox, "vox", ".mlir"},
      {Product::Dot, "dot", ".dot"},
      {Product::Onnx, "onnx", ".onnx"}};
  return kinds;
}

namespace {

bool isForm(Product::Kind kind) {
  return kind >= Product::Stmt && kind <= Product::Assembly;
}

/// Files of one compilation.
class ProductWriter {
public:
  ProductWriter(ModuleOp module, StringRef name, const CompileOptions &options,
                bool &internalFault)
      : module(module), network(getNetwork(module)), name(mangleName(name)),
        options(options), internalFault(internalFault) {}

  LogicalResult run(ArrayRef<Product> products);

private:
  LogicalResult makeParts(ArrayRef<Product> products);
  LogicalResult writeParts();
  LogicalResult make(const Product &product, StringRef path);
  LogicalResult makeForm(Product::Kind kind, StringRef path);
  LogicalResult makeObject(bool executable, std::string &path);
  LogicalResult link(const std::string &object, bool shared, StringRef soname,
                     StringRef path);
  FailureOr<std::string> hostText(Product::Kind kind);

  LogicalResult close(llvm::raw_fd_ostream &os, StringRef path);
  LogicalResult write(StringRef path, StringRef bytes);
  LogicalResult copy(StringRef from, StringRef path);
  LogicalResult check(llvm::Error error) {
    if (!error)
      return success();
    return module.emitError() << llvm::toString(std::move(error));
  }

  ModuleOp module;
  func::FuncOp network;
  std::string name;
  Machine machine;
  const CompileOptions &options;
  bool &internalFault;
  TemporaryFolder folder;
  std::vector<KernelResult> kernels;
  Weights weights;
  OwningOpRef<ModuleOp> host;
  std::vector<std::string> parts; // once written
  std::string library, program;   // linked objects, once made
};

/// Ends what was written to a file.
LogicalResult ProductWriter::close(llvm::raw_fd_ostream &os, StringRef path) {
  os.close();
  std::error_code code = os.error();
  os.clear_error();
  return code ? check(pathError(path, code)) : success();
}

LogicalResult ProductWriter::write(StringRef path, StringRef bytes) {
  std::error_code code;
  llvm::raw_fd_ostream os(path, code);
  if (code)
    return check(pathError(path, code));
  os << bytes;
  return close(os, path);
}

LogicalResult ProductWriter::copy(StringRef from, StringRef path) {
  std::error_code code = llvm::sys::fs::copy_file(from, path);
  return code ? check(pathError(path, code)) : success();
}

/// Kernels, host code and weights, as far as any product wants them.
LogicalResult ProductWriter::makeParts(ArrayRef<Product> products) {
  SmallVector<Product::Kind> forms;
  for (const Product &product : products)
    if (isForm(product.kind))
      forms.push_back(product.kind);
  auto compiled =
      compileKernels(module, machine, options, forms, internalFault);
  if (failed(compiled))
    return failure();
  kernels = std::move(*compiled);
  KernelScratch scratch;
  for (const KernelResult &kernel : kernels) {
    scratch.shared = std::max(scratch.shared, kernel.scratch.shared);
    scratch.task = std::max(scratch.task, kernel.scratch.task);
  }
  weights = collectWeights(network);
  host = buildHostModule(network, name, weights, scratch, machine);
  internalFault |= !host;
  return success(bool(host));
}

/// The object files that libraries and programs are linked from.
LogicalResult ProductWriter::writeParts() {
  if (!parts.empty())
    return success();
  for (auto [i, kernel] : llvm::enumerate(kernels)) {
    parts.push_back(folder / ("kernel" + Twine(i) + ".o"));
    if (failed(write(parts.back(), kernel.object)))
      return failure();
  }
  auto hostObject = compileHostModule(*host, machine);
  auto weightsObject = compileWeights(weights, machine, network.getLoc());
  if (failed(hostObject) || failed(weightsObject)) {
    internalFault = true;
    return failure();
  }
  std::pair<StringRef, StringRef> files[] = {
      {"host.o", {hostObject->data(), hostObject->size()}},
      {"weights.o", {weightsObject->data(), weightsObject->size()}},
      {"runtime.o", runtimeObject()}};
  for (auto [file, bytes] : files) {
    parts.push_back(folder / file);
    if (failed(write(parts.back(), bytes)))
      return failure();
  }
  return success();
}

/// All parts as one object in which only the API, or main, is visible.
LogicalResult ProductWriter::makeObject(bool executable, std::string &path) {
  if (!path.empty())
    return success();
  if (failed(writeParts()))
    return failure();
  std::vector<std::string> inputs = parts;
  SmallVector<std::string> visible = publicSymbols(name);
  if (executable) {
    inputs.push_back(folder / "main.o");
    if (failed(write(inputs.back(), executableMainObject())))
      return failure();
    visible = {"main"};
  }
  path = folder / (executable ? "program.o" : "library.o");
  return check(linkRelocatable(inputs, visible, path));
}

/// The linker works in the temporary folder: it may outlive this process by a
/// moment, and must not leave a file in the user's folder then.
LogicalResult ProductWriter::link(const std::string &object, bool shared,
                                  StringRef soname, StringRef path) {
  std::string linked = folder / "linked";
  if (failed(check(linkFinal(object, shared, soname, linked))))
    return failure();
  return copy(linked, path);
}

/// The host code, which has no loops that Halide could print: there, the
/// network itself tells the order of launches.
FailureOr<std::string> ProductWriter::hostText(Product::Kind kind) {
  if (kind == Product::Stmt || kind == Product::StmtHtml) {
    std::string text;
    llvm::raw_string_ostream os(text);
    OpPrintingFlags flags;
    network.print(os, flags.elideLargeElementsAttrs(16));
    return text;
  }
  HostForm form = kind == Product::Assembly  ? HostForm::Assembly
                  : kind == Product::Bitcode ? HostForm::Bitcode
                                             : HostForm::LLVMAssembly;
  auto text = compileHostModule(*host, machine, form);
  if (failed(text)) {
    internalFault = true;
    return failure();
  }
  return std::string(text->data(), text->size());
}

LogicalResult ProductWriter::makeForm(Product::Kind kind, StringRef path) {
  auto hostCode = hostText(kind);
  if (failed(hostCode))
    return failure();
  std::vector<Section> sections{{"host " + name, *hostCode}};
  // In the order in which they run first.
  llvm::MapVector<StringRef, size_t> order;
  for (auto launch : network.getOps<LaunchOp>())
    order.insert({launch.getKernel(), 0});
  auto ops = llvm::to_vector(module.getOps<KernelOp>());
  for (auto [i, op] : llvm::enumerate(ops))
    order[op.getSymName()] = i;
  for (auto [symbol, i] : order)
    sections.push_back(
        {describeKernel(ops[i], network), kernels[i].forms[kind]});
  if (kind != Product::Bitcode)
    return write(path, joinSections(kind, name, sections));
  auto linked = linkBitcode(sections);
  if (!linked) {
    internalFault = true;
    return check(linked.takeError());
  }
  return write(path, *linked);
}

LogicalResult ProductWriter::make(const Product &product, StringRef path) {
  switch (product.kind) {
  case Product::CHeader:
    return write(path, buildHeader(network, name));
  case Product::Executable:
    if (failed(makeObject(true, program)))
      return failure();
    return link(program, /*shared=*/false, "", path);
  case Product::Stmt:
  case Product::StmtHtml:
  case Product::LLVMAssembly:
  case Product::Bitcode:
  case Product::Assembly:
    return makeForm(product.kind, path);
  case Product::Vox:
  case Product::Dot:
  case Product::Onnx: {
    std::error_code code;
    llvm::raw_fd_ostream os(path, code);
    if (code)
      return check(pathError(path, code));
    LogicalResult printed = product.print(os);
    LogicalResult closed = close(os, path);
    return success(succeeded(printed) && succeeded(closed));
  }
  case Product::Object:
  case Product::StaticLibrary:
  case Product::SharedLibrary:
    break;
  }
  if (failed(makeObject(false, library)))
    return failure();
  if (product.kind == Product::SharedLibrary)
    return link(library, /*shared=*/true,
                llvm::sys::path::filename(product.path), path);
  if (product.kind == Product::StaticLibrary)
    return check(writeStaticLibrary(library, name + ".o", path));
  return copy(library, path);
}

LogicalResult ProductWriter::run(ArrayRef<Product> products) {
  // Learn first whether the results can be written: compiling takes long.
  OutputFiles outputs;
  std::vector<std::string> paths;
  for (const Product &product : products) {
    bool runs = product.kind == Product::Executable ||
                product.kind == Product::SharedLibrary;
    auto path = outputs.add(product.path,
                            isDescription(product.kind)
                                ? OutputFiles::Place::FileOrStream
                                : OutputFiles::Place::File,
                            runs ? 0777 : 0666);
    if (!path)
      return check(path.takeError());
    paths.push_back(*path);
  }
  if (llvm::any_of(products,
                   [](const Product &p) { return isCompiled(p.kind); })) {
    llvm::Expected<Machine> parsed = parseMachine(options.target);
    if (!parsed)
      return check(parsed.takeError());
    machine = *parsed;
    if (failed(verifyPlan(network)))
      return failure();
    if (std::error_code code = folder.create("voxc-products"))
      return module.emitError() << "no temporary folder: " << code.message();
    if (failed(makeParts(products)))
      return failure();
  }
  for (auto [product, path] : llvm::zip(products, paths))
    if (failed(make(product, path)))
      return failure();
  return check(outputs.commit());
}

} // namespace

LogicalResult vox::emitProducts(ModuleOp module, StringRef name,
                                ArrayRef<Product> products,
                                const CompileOptions &options,
                                bool *internalFault) {
  bool fault = false;
  LogicalResult result =
      ProductWriter(module, name, options, fault).run(products);
  if (internalFault)
    *internalFault = fault && failed(result);
  return result;
}
