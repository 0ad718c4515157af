//===- vox-opt.cpp - Runs passes one by one -------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MLIR's own opt program, except that it opens the input itself: bytecode that
// holds weights is refused unless its buffer is as aligned as they are.
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;

/// The file's content at an address fit for any resource in it.
static std::unique_ptr<llvm::MemoryBuffer> openAligned(llvm::StringRef name,
                                                       std::string *error) {
  const llvm::Align alignment(64);
  std::unique_ptr<llvm::MemoryBuffer> file =
      openInputFile(name, alignment, error);
  if (!file || llvm::isAddrAligned(alignment, file->getBufferStart()))
    return file;
  auto copy = llvm::WritableMemoryBuffer::getNewUninitMemBuffer(
      file->getBufferSize(), file->getBufferIdentifier(), alignment);
  llvm::copy(file->getBuffer(), copy->getBufferStart());
  return copy;
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
  if (failed(MlirOptMain(out->os(), std::move(file), registry, config)))
    return failure();
  out->keep();
  return success();
}

int main(int argc, char **argv) { return asMainReturnCode(run(argc, argv)); }
