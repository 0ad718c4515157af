//===- Remarks.h - Remarks as passes write them ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Decisions reach users as MLIR remarks, filtered by the pass's name and with
// the layer's location; see `--remarks` of voxc.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_DIALECT_VOX_TRANSFORMS_REMARKS_H
#define VOX_LIB_DIALECT_VOX_TRANSFORMS_REMARKS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Remarks.h"

namespace vox {

/// A remark at `op` that says what `pass` did.
inline void remarkPassed(mlir::Operation *op, llvm::StringRef pass,
                         llvm::StringRef name, const llvm::Twine &text) {
  mlir::remark::passed(op->getLoc(),
                       mlir::remark::RemarkOpts::name(name).category(pass))
      << mlir::remark::add("{0}", text.str());
}

/// A remark at `op` that says what `pass` did not do, and why.
inline void remarkMissed(mlir::Operation *op, llvm::StringRef pass,
                         llvm::StringRef name, const llvm::Twine &reason) {
  mlir::remark::missed(op->getLoc(),
                       mlir::remark::RemarkOpts::name(name).category(pass))
      << mlir::remark::reason("{0}", reason.str());
}

} // namespace vox

#endif // VOX_LIB_DIALECT_VOX_TRANSFORMS_REMARKS_H
