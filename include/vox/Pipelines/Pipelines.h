//===- Pipelines.h - Every arrow of the way from a model to products ------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A network passes through phases; each can be the first or the last one of a
// run, and the module after any of them can be printed, read back and compiled
// on from there.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_PIPELINES_PIPELINES_H
#define VOX_PIPELINES_PIPELINES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringSet.h"

#include <optional>

namespace vox {

/// What a module looks like after each phase; see docs/Architecture.md.
enum class Phase {
  Import,
  Graph,
  Groups,
  Layouts,
  Schedules,
  Kernels,
  Objects
};

std::optional<Phase> parsePhase(llvm::StringRef name);

struct CompileOptions {
  /// A Halide target string ("x86-64-linux-avx2-fma-...") or "host".
  std::string target = "host";
  /// 0: no fusion, plain schedules; 1 to 3: fusion and tiled schedules.
  unsigned optLevel = 2;
  /// Names of optional passes that do not run, such as "vox-fold-batch-norm".
  llvm::StringSet<> disabledPasses;
  /// Kernel objects are kept in and taken from here; empty: no cache.
  std::string cacheFolder;
  /// Kernel compilers at once; 0: as many as processors.
  unsigned jobs = 0;
  /// Report progress on standard error.
  bool progress = false;
};

/// Adds the passes that lead from `from` to `to`, up to Phase::Kernels. Fails,
/// after a message, where the options name an unknown target.
[[nodiscard]] mlir::LogicalResult buildPipeline(mlir::OpPassManager &pm,
                                                Phase from, Phase to,
                                                const CompileOptions &options);

/// Checks what verifiers can't: one function, sizes that kernels can index.
/// Modules that were read from a file pass through here first.
mlir::LogicalResult verifyNetwork(mlir::ModuleOp module);

/// Checks what writing products relies on: every op is launched, every result
/// lies inside the arena, every output is written once.
mlir::LogicalResult verifyPlan(mlir::func::FuncOp network);

/// Files to write, as "--emit" names them.
struct Product {
  enum Kind { StaticLibrary, CHeader, SharedLibrary, Executable, Object } kind;
  std::string path;
};

/// Compiles kernels and host code of a module in Phase::Kernels and writes
/// `products`. `name` is the C prefix of the model's functions (mangled here).
/// Nothing is written where anything fails. `internalFault` tells a fault of
/// the compiler from one that a user can mend.
mlir::LogicalResult emitProducts(mlir::ModuleOp module, llvm::StringRef name,
                                 llvm::ArrayRef<Product> products,
                                 const CompileOptions &options,
                                 bool *internalFault = nullptr);

/// "my-net.v2" to "my_net_v2": a C identifier that is no keyword.
std::string mangleName(llvm::StringRef name);

} // namespace vox

#endif // VOX_PIPELINES_PIPELINES_H
