//===- Options.h - Checks of pass options ---------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Options reach passes unchecked from the command line; a bad one must be
// refused before any attribute is built from it.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_DIALECT_VOX_TRANSFORMS_OPTIONS_H
#define VOX_LIB_DIALECT_VOX_TRANSFORMS_OPTIONS_H

#include "vox/Analysis/Ranges.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/MathExtras.h"

namespace vox {

/// Refuses a vector width that no layout or schedule could have.
inline llvm::LogicalResult checkLanes(mlir::MLIRContext *context,
                                      int64_t lanes) {
  if (lanes >= 1 && lanes <= 64 && llvm::isPowerOf2_64(lanes))
    return mlir::success();
  return mlir::emitError(mlir::UnknownLoc::get(context))
         << "option lanes is " << lanes
         << "; expected a power of two from 1 to 64";
}

/// The promised ranges of a network's inputs, or an error at the network.
inline llvm::FailureOr<InputRanges>
readInputRanges(mlir::func::FuncOp network, llvm::ArrayRef<std::string> texts) {
  llvm::Expected<InputRanges> ranges = parseInputRanges(network, texts);
  if (ranges)
    return *ranges;
  return mlir::emitError(network.getLoc())
         << llvm::toString(ranges.takeError());
}

} // namespace vox

#endif // VOX_LIB_DIALECT_VOX_TRANSFORMS_OPTIONS_H
