//===- Options.h - What command lines of several tools share --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_PIPELINES_OPTIONS_H
#define VOX_PIPELINES_OPTIONS_H

#include "vox/Frontend/ONNX/Importer.h"
#include "vox/Pipelines/Pipelines.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/Error.h"

namespace vox {

/// Reads "x:1x1x64x64x64,y:3". A name may contain ':'; the last one counts.
/// `option` is where it stands, for messages.
llvm::Expected<llvm::StringMap<llvm::SmallVector<int64_t>>>
parseShapes(llvm::StringRef option, llvm::StringRef text);
/// Reads the values of --shapes, --minShapes and --maxShapes.
llvm::Error parseShapes(llvm::StringRef shapes, llvm::StringRef minShapes,
                        llvm::StringRef maxShapes, ImportOptions &options);

/// Reads a model by its suffix: `.onnx` and `.onnxtxt` through the importer,
/// `.mlir` and `.mlirbc` as the dialect at any phase. `-` is standard input:
/// MLIR if it looks like it, else ONNX. Null after diagnostics.
mlir::OwningOpRef<mlir::ModuleOp> readModel(llvm::StringRef path,
                                            mlir::MLIRContext &context,
                                            const ImportOptions &options);

/// Refuses an optimisation level, or the name of an optional pass, that does
/// not exist.
llvm::Error checkCompileOptions(const CompileOptions &options);

/// Where compiled kernels are kept unless an option says otherwise:
/// $VOXC_CACHE_DIR, $XDG_CACHE_HOME/voxc or ~/.cache/voxc; empty if none of
/// these is set.
std::string defaultCacheFolder();

} // namespace vox

#endif // VOX_PIPELINES_OPTIONS_H
