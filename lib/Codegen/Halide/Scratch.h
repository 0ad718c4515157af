//===- Scratch.h - How much memory a lowered kernel takes -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Extents are known or, where they are open, between known ones, so that every
// allocation in the lowered code has a constant bound. Measuring them when
// compiling lets the workspace hold them: the runtime's halide_malloc only
// moves a pointer.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HALIDE_SCRATCH_H
#define VOX_LIB_CODEGEN_HALIDE_SCRATCH_H

#include "Halide.h"
#include "vox/Codegen/Halide/KernelCompiler.h"

namespace vox::codegen {

/// A lowering pass that changes nothing and adds up allocations: the greatest
/// sum of those alive together, inside and outside parallel tasks.
class ScratchMeter : public Halide::Internal::IRMutator {
public:
  KernelScratch scratch() const { return greatest; }

private:
  Halide::Internal::Stmt
  visit(const Halide::Internal::Allocate *allocate) override;
  Halide::Internal::Stmt visit(const Halide::Internal::For *loop) override;
  Halide::Internal::Stmt visit(const Halide::Internal::LetStmt *let) override;
  using IRMutator::visit;

  /// `value` in terms of parameters and loops' variables.
  Halide::Expr expand(Halide::Expr value) const;

  /// What is in scope, outermost first.
  std::vector<std::pair<std::string, Halide::Expr>> lets;
  Halide::Internal::Scope<Halide::Internal::Interval> loops;
  KernelScratch current, greatest;
  bool inTask = false;
};

} // namespace vox::codegen

#endif // VOX_LIB_CODEGEN_HALIDE_SCRATCH_H
