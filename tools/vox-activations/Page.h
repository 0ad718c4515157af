//===- Page.h - The table of activations, for people ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOX_ACTIVATIONS_PAGE_H
#define VOX_TOOLS_VOX_ACTIVATIONS_PAGE_H

#include "Accuracy.h"

namespace vox::activations {

/// The activation with its default parameters.
ActivationAttr getDefault(const ActivationKind &kind,
                          mlir::MLIRContext *context);
/// The same, but ReLU6 for clip, which does nothing by default.
ActivationAttr getExample(const ActivationKind &kind,
                          mlir::MLIRContext *context);

/// Rows of the table as plain text.
void printList(llvm::raw_ostream &os, llvm::ArrayRef<ActivationAttr> functions);

/// docs/Activations.md. Without `accuracy` nothing is said about errors.
void printPage(llvm::raw_ostream &os, mlir::MLIRContext *context,
               const AccuracyFile *accuracy);

} // namespace vox::activations

#endif // VOX_TOOLS_VOX_ACTIVATIONS_PAGE_H
