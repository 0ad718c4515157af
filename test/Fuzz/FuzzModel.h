//===- FuzzModel.h - What both harnesses of the importer do ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A model that is imported is verified too: what the importer lets through must
// satisfy the dialect, since nothing behind it looks again.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TEST_FUZZ_FUZZMODEL_H
#define VOX_TEST_FUZZ_FUZZMODEL_H

#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Frontend/ONNX/Importer.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"

/// Imports `bytes` as a file of that name would be. Messages are dropped.
inline void importBytes(llvm::StringRef name, llvm::StringRef bytes) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  context.loadDialect<mlir::func::FuncDialect, vox::VoxDialect>();
  context.getDiagEngine().registerHandler([](mlir::Diagnostic &) {});
  vox::ImportOptions options;
  options.content = bytes;
  mlir::OwningOpRef<mlir::ModuleOp> module =
      vox::importONNX(name, context, options);
  if (module && mlir::failed(mlir::verify(*module)))
    llvm::report_fatal_error("what was imported does not verify");
}

#endif // VOX_TEST_FUZZ_FUZZMODEL_H
