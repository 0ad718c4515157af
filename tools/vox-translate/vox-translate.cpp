//===- vox-translate.cpp - Between file formats ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// mlir-translate's main with Voxc's translations: `--import-onnx`,
// `--mlir-to-onnx`, and `--mlir-to-llvmir` for dumps of the host code.
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Frontend/ONNX/Exporter.h"
#include "vox/Frontend/ONNX/Importer.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/InitAllTranslations.h"
#include "mlir/Tools/mlir-translate/MlirTranslateMain.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;

/// mlir-translate has read the file already, from standard input perhaps.
static OwningOpRef<Operation *> import(llvm::SourceMgr &sources,
                                       MLIRContext *context) {
  const llvm::MemoryBuffer *file =
      sources.getMemoryBuffer(sources.getMainFileID());
  vox::ImportOptions options;
  options.content = file->getBuffer();
  return vox::importONNX(file->getBufferIdentifier(), *context, options);
}

int main(int argc, char **argv) {
  registerToLLVMIRTranslation();
  auto registerDialects = [](DialectRegistry &registry) {
    registry.insert<vox::VoxDialect, func::FuncDialect>();
  };
  TranslateToMLIRRegistration toMLIR("import-onnx",
                                     "import an ONNX model as a vox network",
                                     import, registerDialects);
  TranslateFromMLIRRegistration fromMLIR(
      "mlir-to-onnx", "write a vox network of phase import or graph as ONNX",
      [](Operation *op, raw_ostream &os) -> LogicalResult {
        if (auto module = dyn_cast<ModuleOp>(op))
          return vox::exportONNX(module, os);
        return op->emitError("expected a module");
      },
      registerDialects);
  return failed(
      mlirTranslateMain(argc, argv, "vox-translate: between file formats\n"));
}
