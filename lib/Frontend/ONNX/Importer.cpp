//===- Importer.cpp - From an ONNX model to the vox dialect ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Frontend/ONNX/Importer.h"

#include "Diagnostics.h"
#include "ExternalData.h"
#include "GraphImporter.h"
#include "InputShapes.h"
#include "Limits.h"
#include "ModelFile.h"
#include "Normalize.h"
#include "OpenShapes.h"
#include "vox/Dialect/Vox/IR/Vox.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <new>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

static OwningOpRef<ModuleOp> importFixed(onnx::ModelProto model,
                                         const ImportOptions &options,
                                         Report &report) {
  if (!fixInputShapes(model, options, report))
    return nullptr;
  std::optional<NormalizedModel> normalized =
      normalize(std::move(model), report);
  return normalized ? importGraph(*normalized, report) : nullptr;
}

static OwningOpRef<ModuleOp>
importModel(StringRef path, const ImportOptions &options, Report &report) {
  onnx::ModelProto model;
  if (!readModel(path, options.content, model, report))
    return nullptr;
  onnx::GraphProto &graph = *model.mutable_graph();
  nameNodes(graph);
  if (!checkHeader(model, report) || !checkGraph(graph, report) ||
      !loadExternalData(graph, options.externalDataFolder, report))
    return nullptr;
  if (options.minShapes.empty() && options.maxShapes.empty())
    return importFixed(std::move(model), options, report);
  return importOpen(model, options, report, [&](const ImportOptions &fixed) {
    return importFixed(model, fixed, report);
  });
}

OwningOpRef<ModuleOp> vox::importONNX(StringRef path, MLIRContext &context,
                                      const ImportOptions &options) {
  context.loadDialect<func::FuncDialect, VoxDialect>();
  Report report(context, path);
  OwningOpRef<ModuleOp> module;
  // The one exception barrier: nothing thrown by onnx, protobuf or the
  // standard library leaves this folder.
  try {
    module = importModel(path, options, report);
  } catch (const std::bad_alloc &) {
    report.error("needs more memory than there is");
  } catch (const std::exception &exception) {
    report.error("can't be imported: " + Twine(cleanMessage(exception)));
  }
  report.finish();
  return report.hasErrors() ? nullptr : std::move(module);
}
