//===- HostCode.h - The function that calls the kernels -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_CODEGEN_HOST_HOSTCODE_H
#define VOX_CODEGEN_HOST_HOSTCODE_H

#include "vox/Codegen/Halide/KernelCompiler.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/SmallVector.h"

namespace vox {

/// All constants that launches read, one after the other as they lie in
/// memory, each at a multiple of 64 bytes. Packed weights are packed here.
struct Weights {
  llvm::SmallVector<char, 0> data;
  llvm::DenseMap<mlir::Value, int64_t> offsets;
};

Weights collectWeights(mlir::func::FuncOp network);

/// The host side of a planned network in the LLVM dialect: the program and its
/// description (include/vox/Runtime/Program.h), `execute`, and the public
/// functions `name`_create, ..., which forward to the runtime.
/// `scratch` is the greatest over all kernels. Null after errors, which a
/// network that `verifyPlan` accepts has not.
mlir::OwningOpRef<mlir::ModuleOp> buildHostModule(mlir::func::FuncOp network,
                                                  llvm::StringRef name,
                                                  const Weights &weights,
                                                  KernelScratch scratch,
                                                  const Machine &machine);

/// Names of the public functions of a model.
llvm::SmallVector<std::string> publicSymbols(llvm::StringRef name);

/// The text of NAME.h.
std::string buildHeader(mlir::func::FuncOp network, llvm::StringRef name);

/// What host code can be written as.
enum class HostForm { Object, Assembly, LLVMAssembly, Bitcode };

/// LLVM dialect to, optimised, a relocatable object or another form.
llvm::FailureOr<llvm::SmallVector<char, 0>>
compileHostModule(mlir::ModuleOp module, const Machine &machine,
                  HostForm form = HostForm::Object);

/// A relocatable object that holds `weights` as read-only data under the name
/// that the host code uses.
llvm::FailureOr<llvm::SmallVector<char, 0>>
compileWeights(const Weights &weights, const Machine &machine,
               mlir::Location loc);

} // namespace vox

#endif // VOX_CODEGEN_HOST_HOSTCODE_H
