//===- Scratch.cpp - How much memory a lowered kernel takes ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scratch.h"

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
  Expr bound = simplify(find_constant_bound(bytes, Direction::Upper));
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
  Stmt result = IRMutator::visit(loop);
  inTask = outer;
  return result;
}
