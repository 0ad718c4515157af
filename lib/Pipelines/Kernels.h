//===- Kernels.h - All kernels of a module, side by side ------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_PIPELINES_KERNELS_H
#define VOX_LIB_PIPELINES_KERNELS_H

#include "KernelCache.h"
#include "vox/Pipelines/Pipelines.h"

namespace vox {

/// Compiles every kernel of `module`, in its order, each in a child process
/// (vox-compile-kernel) unless the cache has it. Child processes make objects
/// reproducible, contain crashes, can be stopped and use all cores.
llvm::FailureOr<std::vector<CompiledKernel>>
compileKernels(mlir::ModuleOp module, const Machine &machine,
               const CompileOptions &options);

} // namespace vox

#endif // VOX_LIB_PIPELINES_KERNELS_H
