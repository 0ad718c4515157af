//===- KernelCompiler.h - One kernel to one object, by Halide -------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one door to Halide: no Halide type and no exception passes through it.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_CODEGEN_HALIDE_KERNELCOMPILER_H
#define VOX_CODEGEN_HALIDE_KERNELCOMPILER_H

#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Target/Machine.h"

namespace vox {

/// Memory that a kernel takes while it runs, in bytes, beside its arguments.
/// The workspace holds it, so that nothing is allocated during a run.
struct KernelScratch {
  /// Taken once per launch.
  int64_t shared = 0;
  /// Taken by each thread that works on a parallel task.
  int64_t task = 0;
};

/// Files that describe a compiled kernel; an empty path is not written.
struct KernelOutputs {
  std::string object, assembly, llvmAssembly, stmt, bitcode, stmtHtml;
};

/// The C function that a kernel becomes. The prefix keeps a kernel's name,
/// which may come from a file, from meaning anything else to a linker.
inline std::string kernelSymbol(llvm::StringRef name) {
  return ("vox_kernel_" + name).str();
}

/// Compiles `kernel` for `machine` into the C function kernelSymbol(its name),
///     int symbol(void *context, halide_buffer_t *input..., halide_buffer_t
///     *out)
/// Failures are diagnostics at the kernel.
///
/// Halide numbers symbols per process: only the first kernel that a process
/// compiles is reproducible to the byte.
llvm::FailureOr<KernelScratch> compileKernel(KernelOp kernel,
                                             const Machine &machine,
                                             const KernelOutputs &outputs);

} // namespace vox

#endif // VOX_CODEGEN_HALIDE_KERNELCOMPILER_H
