//===- vox-opt.cpp - Runs passes one by one -------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MLIR's own opt program, except that it opens the input itself: bytecode that
// holds weights is refused unless its buffer is as aligned as they are, and a
// dump of voxc may have its weights in a file beside it.
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"
#include "vox/Pipelines/WeightsFile.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;

static const llvm::Align alignment(64);

static std::unique_ptr<llvm::MemoryBuffer> copyAligned(llvm::StringRef bytes,
                                                       llvm::StringRef name) {
  auto copy = llvm::WritableMemoryBuffer::getNewUninitMemBuffer(
      bytes.size(), name, alignment);
  llvm::copy(bytes, copy->getBufferStart());
  return copy;
}

/// The file's content at an address fit for any resource in it.
static std::unique_ptr<llvm::MemoryBuffer> openAligned(llvm::StringRef name,
                                                       std::string *error) {
  std::unique_ptr<llvm::MemoryBuffer> file =
      openInputFile(name, alignment, error);
  if (!file || llvm::isAddrAligned(alignment, file->getBufferStart()))
    return file;
  return copyAligned(file->getBuffer(), name);
}

/// The dump `name` with its weights, as bytecode; null after diagnostics.
static std::unique_ptr<llvm::MemoryBuffer>
withWeights(llvm::StringRef name, const DialectRegistry &registry) {
  MLIRContext context(registry);
  OwningOpRef<ModuleOp> module = vox::parseMLIR(name, context);
  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  if (!module || failed(writeBytecodeToFile(*module, os)))
    return nullptr;
  return copyAligned(bytes, name);
}

static LogicalResult run(int argc, char **argv) {
  llvm::InitLLVM initialisation(argc, argv);
  DialectRegistry registry;
  registry.insert<vox::VoxDialect, func::FuncDialect>();
  vox::registerVoxPasses();
  registerTransformsPasses();
  auto [input, output] = registerAndParseCLIOptions(
      argc, argv, "vox-opt: run passes over the vox dialect\n", registry);

  MlirOptMainConfig config = MlirOptMainConfig::createFromCLOptions();
  if (config.shouldShowDialects() || config.shouldListPasses())
    return MlirOptMain(argc, argv, input, output, registry);

  std::string error;
  std::unique_ptr<llvm::MemoryBuffer> file = openAligned(input, &error);
  std::unique_ptr<llvm::ToolOutputFile> out;
  if (file)
    out = openOutputFile(output, &error);
  if (!out) {
    llvm::errs() << "vox-opt: error: " << error << "\n";
    return failure();
  }
  if (input != "-" && vox::hasWeightsFile(file->getBuffer())) {
    file = withWeights(input, registry);
    if (!file)
      return failure();
  }
  if (failed(MlirOptMain(out->os(), std::move(file), registry, config)))
    return failure();
  out->keep();
  return success();
}

int main(int argc, char **argv) { return asMainReturnCode(run(argc, argv)); }
