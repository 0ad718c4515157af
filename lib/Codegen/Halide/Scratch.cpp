//===- Scratch.cpp - How much memory a lowered kernel takes ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scratch.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace Halide;
using namespace Halide::Internal;
using namespace vox;
using namespace vox::codegen;

/// What one block costs beside its bytes: alignment to 128 bytes and the
/// runtime's record before it (include/vox/Runtime/Program.h).
static constexpr int64_t kBlockOverhead = 256;

Stmt ScratchMeter::visit(const Allocate *allocate) {
  // Small blocks live on the stack, but which ones is Halide's business:
  // counting them too costs little.
  Expr bytes = Expr(int64_t(allocate->type.bytes()));
  for (const Expr &extent : allocate->extents)
    bytes = bytes * cast<int64_t>(extent);
  // A parameter has the bounds of its range.
  bytes = expand(bytes);
  Expr bound = simplify(find_constant_bound(bytes, Direction::Upper, loops));
  auto constant = bound.defined() ? as_const_int(bound) : std::nullopt;
  if (!constant)
    throw CompileError("the size of " + allocate->name +
                       " has no constant bound");
  int64_t size = llvm::alignTo(*constant, 128) + kBlockOverhead;
  int64_t &sum = inTask ? current.task : current.shared;
  int64_t &most = inTask ? greatest.task : greatest.shared;
  sum += size;
  most = std::max(most, sum);
  Stmt result = IRMutator::visit(allocate);
  sum -= size;
  return result;
}

Stmt ScratchMeter::visit(const For *loop) {
  bool outer = inTask;
  inTask |= loop->for_type == ForType::Parallel;
  Interval min = find_constant_bounds(expand(loop->min), loops);
  Interval max =
      find_constant_bounds(expand(loop->min + loop->extent - 1), loops);
  ScopedBinding<Interval> bind(loops, loop->name, {min.min, max.max});
  Stmt result = IRMutator::visit(loop);
  inTask = outer;
  return result;
}

Stmt ScratchMeter::visit(const LetStmt *let) {
  lets.emplace_back(let->name, let->value);
  Stmt result = IRMutator::visit(let);
  lets.pop_back();
  return result;
}

Expr ScratchMeter::expand(Expr value) const {
  for (const auto &[name, known] : llvm::reverse(lets))
    if (expr_uses_var(value, name))
      value = simplify(substitute(name, known, value));
  return value;
}
