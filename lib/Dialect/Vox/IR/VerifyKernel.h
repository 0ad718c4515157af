//===- VerifyKernel.h - What groups and kernels check alike ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_DIALECT_VOX_IR_VERIFYKERNEL_H
#define VOX_LIB_DIALECT_VOX_IR_VERIFYKERNEL_H

#include "vox/Dialect/Vox/IR/Vox.h"

namespace vox {

/// Whether `schedule` fits the anchor of `body`, at the least of its `open`
/// extents if there are some, and the layouts in it are ones that code
/// generation handles. Errors are at `op` or at an op inside.
mlir::LogicalResult verifyScheduled(mlir::Operation *op, mlir::Block &body,
                                    ScheduleAttr schedule, OpenSizesAttr open);

} // namespace vox

#endif // VOX_LIB_DIALECT_VOX_IR_VERIFYKERNEL_H
