//===- vox-translate.cpp - Between file formats ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// mlir-translate's main with Voxc's translations: `--import-onnx` and
// `--mlir-to-llvmir` for dumps of the host code.
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Frontend/ONNX/Importer.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/InitAllTranslations.h"
#include "mlir/Tools/mlir-translate/MlirTranslateMain.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;

/// The importer opens the file itself, by the name that was given.
static OwningOpRef<Operation *> import(llvm::SourceMgr &sources,
                                       MLIRContext *context) {
  StringRef path =
      sources.getMemoryBuffer(sources.getMainFileID())->getBufferIdentifier();
  return vox::importONNX(path == "<stdin>" ? "-" : path, *context, {});
}

int main(int argc, char **argv) {
  registerToLLVMIRTranslation();
  TranslateToMLIRRegistration onnx(
      "import-onnx", "import an ONNX model as a vox network", import,
      [](DialectRegistry &registry) {
        registry.insert<vox::VoxDialect, func::FuncDialect>();
      });
  return failed(
      mlirTranslateMain(argc, argv, "vox-translate: between file formats\n"));
}
