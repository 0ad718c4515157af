//===- OpenProgram.h - Open extents in the program ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HOST_OPENPROGRAM_H
#define VOX_LIB_CODEGEN_HOST_OPENPROGRAM_H

#include "HostConstants.h"
#include "vox/Analysis/Work.h"
#include "vox/Dialect/Vox/IR/OpenExtents.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <functional>

namespace vox {

/// The shape of an input or output in the description: -1 where it is open.
llvm::SmallVector<int64_t> getShape(const OpenExtents &extents,
                                    mlir::Value value);

/// The sizes in the `table` of a run, at the builder's place.
llvm::SmallVector<mlir::Value>
loadSizes(HostConstants &host, const OpenExtents &extents, mlir::Value table);

/// vox_open_program.
mlir::Type openProgramType(HostConstants &host);

/// Adds the tables and functions that a vox_open_program points to. What is
/// returned makes one, in the initializer of a constant.
std::function<mlir::Value()> buildOpenProgram(HostConstants &host,
                                              mlir::func::FuncOp network,
                                              const OpenExtents &extents,
                                              llvm::ArrayRef<LaunchWork> works);

} // namespace vox

#endif // VOX_LIB_CODEGEN_HOST_OPENPROGRAM_H
