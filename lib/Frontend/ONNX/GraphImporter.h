//===- GraphImporter.h - From ONNX nodes to vox ops -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_GRAPH_IMPORTER_H
#define VOX_LIB_FRONTEND_ONNX_GRAPH_IMPORTER_H

#include "Normalize.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace vox::frontend {

/// A module with one function `main`; null after errors.
mlir::OwningOpRef<mlir::ModuleOp> importGraph(const NormalizedModel &model,
                                              Report &report);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_GRAPH_IMPORTER_H
