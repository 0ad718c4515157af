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
// Long sums are made of partial sums, see Sum.h.
//
//===----------------------------------------------------------------------===//

#include "Sum.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

Tensor codegen::buildMatMul(MatMulOp op, llvm::ArrayRef<Tensor> operands,
                            Kernel &kernel) {
  const Tensor &lhs = operands[0], &rhs = operands[1];
  Loops loops(op.getType());
  unsigned rank = loops.rank();

  // Arguments as the result's, with k where that has m.
  Func panel("panel");
  Var row("k");
  std::vector<Var> panelVars = loops.vars;
  panelVars[1] = row;
  Index from = loops.index;
  from.dims[rank - 2] = row;
  panel(panelVars) = rhs(from);
  kernel.panel = panel;

  Index left = loops.index;
  std::vector<Expr> right(loops.vars.begin(), loops.vars.end());
  BoxSum sum;
  sum.name = "matmul";
  sum.vars = loops.vars;
  auto term = [&](Expr k) {
    left.dims[rank - 1] = k;
    right[1] = k;
    return lhs(left) * panel(right);
  };
  buildSum(sum, lhs.type.getShape().back(), PartSize::Large, term, op.getType(),
           kernel);
  return *kernel.reduction;
}
