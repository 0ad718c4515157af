//===- Diagnostics.h - Diagnostics as all tools print them ----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_PIPELINES_DIAGNOSTICS_H
#define VOX_PIPELINES_DIAGNOSTICS_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"

namespace vox {

/// `FILE:LINE:COLUMN: `, without the numbers where there are none, as in binary
/// models, and nothing where no file is known.
void printLocation(llvm::raw_ostream &os, mlir::Location loc);

/// Prints every diagnostic of `context` to standard error as
/// `FILE: error: node "NAME" (OP): ...`, with its notes.
void printDiagnostics(mlir::MLIRContext &context);

} // namespace vox

#endif // VOX_PIPELINES_DIAGNOSTICS_H
