//===- MatMul.cpp - Products of computed matrices -------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// result(..., m, n) = sum over k of lhs(..., m, k) rhs(..., k, n)
//
// The second operand is read through a Func of its own, the panel, which a
// schedule may compute: the columns that a tile needs, one beside the other.
// Long sums are made of partial sums, as in Dense.cpp.
//
//===----------------------------------------------------------------------===//

#include "../Kernel.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

Tensor codegen::buildMatMul(MatMulOp op, llvm::ArrayRef<Tensor> operands,
                            Kernel &kernel) {
  const Tensor &lhs = operands[0], &rhs = operands[1];
  Loops loops(op.getType());
  unsigned rank = loops.rank();
  std::vector<Expr> at(loops.vars.begin(), loops.vars.end());

  // Arguments as the result's, with k where that has m.
  Func panel("panel");
  Var row("k");
  std::vector<Var> panelVars = loops.vars;
  panelVars[1] = row;
  Index from = loops.index;
  from.dims[rank - 2] = row;
  panel(panelVars) = rhs(from);
  kernel.panel = panel;

  int64_t terms = lhs.type.getShape().back();
  int64_t length = partLength(terms), parts = terms / length;
  Var part("part");
  RDom tap(0, toInt(length), "k");
  kernel.taps = tap;
  Expr k = parts > 1 ? part * toInt(length) + tap : Expr(tap);
  Index left = loops.index;
  left.dims[rank - 1] = k;
  std::vector<Expr> right = at;
  right[1] = k;
  Expr term = lhs(left) * panel(right);

  Func sum("matmul");
  sum(loops.vars) = 0.0f;
  if (parts > 1) {
    RDom all(0, toInt(parts), "part");
    Func partial("partial");
    std::vector<Var> vars = loops.vars;
    vars.push_back(part);
    partial(vars) = 0.0f;
    partial(vars) += term;
    at.push_back(all);
    sum(loops.vars) += partial(at);
    kernel.partial = partial;
    kernel.parts = all;
  } else {
    sum(loops.vars) += term;
  }
  kernel.reduction = Tensor{sum, op.getType()};
  return *kernel.reduction;
}
