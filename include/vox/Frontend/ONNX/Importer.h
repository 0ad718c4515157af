//===- Importer.h - From an ONNX model to the vox dialect -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one door to ONNX: no onnx:: type and no exception passes through it.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_FRONTEND_ONNX_IMPORTER_H
#define VOX_FRONTEND_ONNX_IMPORTER_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

#include <optional>

namespace vox {

struct ImportOptions {
  /// Shapes that fix dynamic inputs, by the input's name. An entry for an
  /// input that does not exist, or that contradicts a fixed extent, is an
  /// error.
  llvm::StringMap<llvm::SmallVector<int64_t>> shapes;
  /// Inputs whose extents stay open, from the least to the greatest: an entry
  /// in one asks for one in the other. Where both give the same number the
  /// extent is fixed. Dimensions that share a name in the model are equal in
  /// every run.
  llvm::StringMap<llvm::SmallVector<int64_t>> minShapes, maxShapes;
  /// The folder whose files external tensor data may name; empty: refused.
  std::string externalDataFolder;
  /// The file's content, where a caller has read it already; the path then only
  /// names it.
  std::optional<llvm::StringRef> content;
};

/// Reads `path` (`.onnx`, or `.onnxtxt` for ONNX's text syntax; `-` reads a
/// binary model from standard input) into a module with one function `main`.
/// Arguments and results carry `vox.name`; the module's name is the graph's.
/// Bad input gives null after diagnostics have been emitted; everything that
/// is not supported is reported in one go.
mlir::OwningOpRef<mlir::ModuleOp> importONNX(llvm::StringRef path,
                                             mlir::MLIRContext &context,
                                             const ImportOptions &options);

/// Writes docs/SupportedOps.md: op, opsets, types, limits, from the table of
/// handlers.
void printSupportedOps(llvm::raw_ostream &os);

} // namespace vox

#endif // VOX_FRONTEND_ONNX_IMPORTER_H
