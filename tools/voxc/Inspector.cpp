//===- Inspector.cpp - What to look at between phases ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Inspector.h"

#include "vox/Frontend/ONNX/Exporter.h"

using namespace mlir;
using namespace vox;

llvm::Error Inspector::open(StringRef dumpFolder, StringRef dumpName,
                            ArrayRef<Product> products, Phase to) {
  folder = dumpFolder.str();
  name = dumpName.str();
  onnxPhase = std::min(to, Phase::Graph);
  wantsOnnx = llvm::any_of(products, [](const Product &product) {
    return product.kind == Product::Onnx;
  });
  return folder.empty() ? llvm::Error::success() : dumps.open(folder, name);
}

Inspection Inspector::inspection() {
  if (!wantsOnnx && folder.empty())
    return nullptr;
  return
      [this](ModuleOp module, Phase phase) { return inspect(module, phase); };
}

LogicalResult Inspector::takeOnnx(ModuleOp module) {
  if (!wantsOnnx)
    return success();
  llvm::raw_string_ostream os(onnx);
  return exportONNX(module, os);
}

LogicalResult Inspector::inspect(ModuleOp module, Phase phase) {
  // What was taken before is what is asked for.
  if (phase == onnxPhase && onnx.empty() && failed(takeOnnx(module)))
    return failure();
  if (folder.empty())
    return success();
  return dumps.write(module, name + "." +
                                 std::to_string(static_cast<int>(phase) + 1) +
                                 "." + getName(phase).str());
}
