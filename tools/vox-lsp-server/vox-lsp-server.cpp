//===- vox-lsp-server.cpp - What editors ask about .mlir files ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MLIR's own language server with our dialect: diagnostics while typing,
// definitions and uses of values, what an op is when the mouse rests on it.
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Vox.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"

using namespace mlir;

int main(int argc, char **argv) {
  DialectRegistry registry;
  registry.insert<vox::VoxDialect, func::FuncDialect>();
  return failed(MlirLspServerMain(argc, argv, registry)) ? 1 : 0;
}
