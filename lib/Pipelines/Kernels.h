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

#include <map>

namespace vox {

/// A kernel as compiled, and the forms of it that were asked for.
struct KernelResult : CompiledKernel {
  std::map<Product::Kind, std::string> forms;
};

/// Compiles every kernel of `module`, in its order, each in a child process
/// (vox-compile-kernel) unless the cache has it. Child processes make objects
/// reproducible, contain crashes, can be stopped and use all cores. `forms` are
/// kinds from Stmt to Assembly, which are not kept in the cache. Sets
/// `internalFault` where a kernel can't be compiled, which no user can mend.
llvm::FailureOr<std::vector<KernelResult>>
compileKernels(mlir::ModuleOp module, const Machine &machine,
               const CompileOptions &options,
               llvm::ArrayRef<Product::Kind> forms, bool &internalFault);

} // namespace vox

#endif // VOX_LIB_PIPELINES_KERNELS_H
