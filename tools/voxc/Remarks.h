//===- Remarks.h - What passes did and did not do, in lines ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOXC_REMARKS_H
#define VOX_TOOLS_VOXC_REMARKS_H

#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/Error.h"

/// Prints remarks of passes that match `pattern` (all of ours if it is empty)
/// to standard error. Fails where the pattern is no regular expression.
llvm::Error enableRemarks(mlir::MLIRContext &context, std::string pattern);

#endif // VOX_TOOLS_VOXC_REMARKS_H
