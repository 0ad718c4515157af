//===- Source.h - A model that is not compiled yet ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_EXECUTION_SOURCE_H
#define VOX_EXECUTION_SOURCE_H

#include "vox/Execution/Tensor.h"

#include "vox/Frontend/ONNX/Importer.h"
#include "vox/Pipelines/Pipelines.h"

#include <optional>

namespace vox::execution {

/// The inputs and outputs that a network declares.
Signature getSignature(mlir::func::FuncOp network);

/// A network in the vox dialect, to be evaluated or compiled. Failures have
/// been reported as diagnostics.
class Source {
public:
  /// Reads `.onnx`, `.onnxtxt`, `.mlir` or `.mlirbc`.
  static std::optional<Source> read(llvm::StringRef path,
                                    mlir::MLIRContext &context,
                                    const ImportOptions &options);
  /// A module that `verifyNetwork` accepts.
  explicit Source(mlir::OwningOpRef<mlir::ModuleOp> module);

  const Signature &getSignature() const { return signature; }

  llvm::FailureOr<std::vector<Tensor>> evaluate(llvm::ArrayRef<Tensor> inputs);

  /// Takes the network from phase `from` to Phase::Kernels. `internalFault`
  /// tells a failure that is no user's, here and below.
  mlir::LogicalResult lower(Phase from, const CompileOptions &options,
                            bool &internalFault);

  /// Compiles a lowered network into the shared library `path`.
  mlir::LogicalResult compile(llvm::StringRef path,
                              const CompileOptions &options,
                              bool &internalFault);

  mlir::func::FuncOp getNetwork();

private:
  mlir::OwningOpRef<mlir::ModuleOp> module;
  Signature signature;
};

} // namespace vox::execution

#endif // VOX_EXECUTION_SOURCE_H
