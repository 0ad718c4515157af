//===- OpenShapes.h - Inputs whose extents stay open ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_OPENSHAPES_H
#define VOX_LIB_FRONTEND_ONNX_OPENSHAPES_H

#include "Diagnostics.h"
#include "vox/Frontend/ONNX/Importer.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include "onnx/onnx_pb.h"

namespace vox::frontend {

/// Imports a model at fixed shapes, which stand in the options' `shapes`.
using FixedImport = llvm::function_ref<mlir::OwningOpRef<mlir::ModuleOp>(
    const ImportOptions &options)>;

/// Imports `model` at the options' greatest shapes, with `vox.open` on its
/// function. Also imports it at some shapes between the least and the greatest:
/// what differs there otherwise than the extents of #vox.open do is refused.
/// Null after errors.
mlir::OwningOpRef<mlir::ModuleOp> importOpen(const onnx::ModelProto &model,
                                             const ImportOptions &options,
                                             Report &report,
                                             FixedImport import);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_OPENSHAPES_H
