//===- OpenNetwork.h - Whether open extents can be trusted ----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_PIPELINES_OPENNETWORK_H
#define VOX_LIB_PIPELINES_OPENNETWORK_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace vox {

/// Whether callers' inputs give the sizes of `vox.open`, and all extents that
/// follow agree with the types.
mlir::LogicalResult verifyOpenNetwork(mlir::func::FuncOp network);

/// Also, in a network of launches, whether all kernels that read open extents
/// get their sizes.
mlir::LogicalResult verifyOpenLaunches(mlir::func::FuncOp network);

} // namespace vox

#endif // VOX_LIB_PIPELINES_OPENNETWORK_H
