//===- OpenRules.h - An op's open extents from its operands' --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_DIALECT_VOX_IR_OPENRULES_H
#define VOX_LIB_DIALECT_VOX_IR_OPENRULES_H

#include "vox/Dialect/Vox/IR/OpenExtents.h"

namespace vox {

/// Notes that two extents must be equal.
using Require = llvm::function_ref<void(mlir::AffineExpr, mlir::AffineExpr)>;

/// The extents of the op's result, some of whose operands have open ones, in
/// the sizes of `open`. A failure has been reported.
mlir::FailureOr<Extents> inferOpenExtents(mlir::Operation *op,
                                          llvm::ArrayRef<Extents> operands,
                                          OpenSizesAttr open, Require require);

} // namespace vox

#endif // VOX_LIB_DIALECT_VOX_IR_OPENRULES_H
