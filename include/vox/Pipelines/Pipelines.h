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

#include <functional>
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
llvm::StringRef getName(Phase phase);

/// Passes that a user may leave out, by name.
llvm::ArrayRef<llvm::StringLiteral> optionalPasses();

struct CompileOptions {
  /// A Halide target string ("x86-64-linux-avx2-fma-...") or "host".
  std::string target = "host";
  /// 0: no fusion, plain schedules. 1: fusion and tiled schedules. 2: also
  /// layouts that save copies. 3: as 2.
  unsigned optLevel = 2;
  /// Names of optional passes that do not run, such as "vox-fold-batch-norm".
  llvm::StringSet<> disabledPasses;
  /// Bounds that callers promise for inputs, "NAME:LO:HI" each; see
  /// parseInputRanges.
  llvm::SmallVector<std::string> inputRanges;
  /// Let activations tell what their units do, in further outputs.
  bool monitorActivations = false;
  /// Kernel objects are kept in and taken from here; empty: no cache.
  std::string cacheFolder;
  /// Kernel compilers at once; 0: as many as processors.
  unsigned jobs = 0;
  /// Report progress on standard error.
  bool progress = false;
  /// Changes activations, or looks at them, on the graph before clamps are
  /// simplified and batch norms folded; null: nothing. Fails after a
  /// diagnostic.
  std::function<mlir::LogicalResult(mlir::ModuleOp)> changeActivations;
};

/// Looks at a module after a phase; fails after a message of its own.
using Inspection = std::function<mlir::LogicalResult(mlir::ModuleOp, Phase)>;

/// Adds the passes that lead from `from` to `to`, up to Phase::Kernels. Fails,
/// after a message, where the options name an unknown target. `inspect` sees
/// the module as it came and after each phase.
[[nodiscard]] mlir::LogicalResult buildPipeline(mlir::OpPassManager &pm,
                                                Phase from, Phase to,
                                                const CompileOptions &options,
                                                Inspection inspect = nullptr);

/// Checks what verifiers can't: one function, sizes that kernels can index.
/// Modules that were read from a file pass through here first.
mlir::LogicalResult verifyNetwork(mlir::ModuleOp module);

/// The one function of a module that `verifyNetwork` accepts.
mlir::func::FuncOp getNetwork(mlir::ModuleOp module);

/// Checks what writing products relies on: every op is launched, every result
/// lies inside the arena, every output is written once.
mlir::LogicalResult verifyPlan(mlir::func::FuncOp network);

/// A file to write.
struct Product {
  enum Kind {
    // Linked from the objects of kernels and host code.
    StaticLibrary,
    CHeader,
    SharedLibrary,
    Executable,
    Object,
    // What kernels and host code look like, all in one file.
    Stmt,
    StmtHtml,
    LLVMAssembly,
    Bitcode,
    Assembly,
    // Made from the module by whoever asks: `print` writes it.
    Vox,
    Dot,
    Onnx
  } kind;
  std::string path;
  std::function<mlir::LogicalResult(llvm::raw_ostream &)> print = nullptr;
};

/// A kind as "--emit" names it, and the suffix of its files.
struct ProductKind {
  Product::Kind kind;
  llvm::StringLiteral name, suffix;
};
llvm::ArrayRef<ProductKind> productKinds();

/// Compiled products need all phases, the others only a module.
inline bool isCompiled(Product::Kind kind) { return kind < Product::Vox; }
/// Products that describe, and may go to standard output or a device.
inline bool isDescription(Product::Kind kind) {
  return kind >= Product::Stmt || kind == Product::CHeader;
}

/// Writes `products`; a path "-" is standard output. Compiled ones want a
/// module in Phase::Kernels, whose kernels and host code are compiled. `name`
/// is the C prefix of the model's functions (mangled here). Nothing is written
/// where anything fails. `internalFault` tells a fault of the compiler from one
/// that a user can mend.
mlir::LogicalResult emitProducts(mlir::ModuleOp module, llvm::StringRef name,
                                 llvm::ArrayRef<Product> products,
                                 const CompileOptions &options,
                                 bool *internalFault = nullptr);

/// Draws the network for graphviz: ops in phases import and graph, groups with
/// their ops from then on, launches with their kernels' ops in phase kernels.
void printDot(mlir::ModuleOp module, llvm::raw_ostream &os);

/// "my-net.v2" to "my_net_v2": a C identifier that is no keyword.
std::string mangleName(llvm::StringRef name);

} // namespace vox

#endif // VOX_PIPELINES_PIPELINES_H
