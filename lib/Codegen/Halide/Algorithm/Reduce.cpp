//===- Reduce.cpp - Dimensions to one element -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ArgMax is a reduction of pairs (greatest element, its position). Its input
// may be blocked: along the channels positions are constants once the loop is
// unrolled.
//
// The others go dimension by dimension, innermost first. A global pool is one
// of them: its input may be blocked, its result is planar.
//
//===----------------------------------------------------------------------===//

#include "ReduceAxis.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

Tensor codegen::buildArgMax(ArgMaxOp op, llvm::ArrayRef<Tensor> operands,
                            Kernel &kernel) {
  const Tensor &input = operands[0];
  Loops loops(op.getType());
  unsigned axis = op.getAxis();
  int64_t extent = input.extent(axis);
  Func result("argmax");
  if (extent == 1) {
    result(loops.vars) = cast<int64_t>(0);
    return {result, op.getType()};
  }
  Index from = loops.index;
  from.dims[axis] = 0;
  Func greatest("greatest");
  greatest(loops.vars) = Tuple(input(from), 0);
  RDom others(1, Internal::simplify(input.size(axis) - 1), "along");
  from.dims[axis] = others;
  Expr value = input(from), best = greatest(loops.vars)[0];
  // A NaN beats every number, the first or last one other NaNs too. (No >=,
  // which Halide would negate to a "less" that NaN fails as well.)
  Expr better = op.getSelectLast()
                    ? value > best || value == best || value != value
                    : (value > best || value != value) && best == best;
  better = strict_float(better);
  greatest(loops.vars) = Tuple(strict_float(select(better, value, best)),
                               select(better, others, greatest(loops.vars)[1]));
  kernel.reduction = Tensor{greatest, op.getType()};
  result(loops.vars) = cast<int64_t>(greatest(loops.vars)[1]);
  return {result, op.getType()};
}

Tensor codegen::buildReduce(ReduceOp op, llvm::ArrayRef<Tensor> operands,
                            Kernel &kernel) {
  const Tensor &input = operands[0];
  ReduceKind kind = op.getKind();
  Loops loops(input.type);
  Level level{input.func, loops.vars};
  Expr count = 1.0f;
  for (int64_t axis : llvm::reverse(op.getAxes())) {
    count = count * cast<float>(input.size(axis));
    level = reduceAxis(kind, level, loops.dim(axis), input.extent(axis),
                       input.size(axis), kernel);
  }
  if (!op.getAxes().empty()) {
    kernel.tables.pop_back();
    kernel.reduction = Tensor{level.func, op.getType()};
  }

  // The loops of the result are named like those of the input.
  Loops result(op.getType());
  Func reduced("reduced");
  Expr value =
      level.func(std::vector<Expr>(level.vars.begin(), level.vars.end()));
  reduced(result.vars) =
      kind == ReduceKind::Mean ? value / Internal::simplify(count) : value;
  return {reduced, op.getType()};
}

Tensor codegen::buildGlobalPool(GlobalPoolOp op,
                                llvm::ArrayRef<Tensor> operands,
                                Kernel &kernel) {
  const Tensor &input = operands[0];
  bool isMax = op.getKind() == PoolKind::Max;
  Loops loops(input.type);
  Level level{input.func, loops.vars, loops.blocked()};
  Expr count = 1;
  for (unsigned axis = input.type.getRank(); axis-- > 2;) {
    count = count * input.size(axis);
    level = reduceAxis(isMax ? ReduceKind::Max : ReduceKind::Sum, level,
                       loops.dim(axis), input.extent(axis), input.size(axis),
                       kernel);
  }
  kernel.tables.pop_back();
  kernel.reduction = Tensor{level.func, input.type};

  Loops result(op.getType());
  Func pooled("global_pool");
  Expr c = result.index.dims[1], n = result.index.dims[0];
  int32_t block = toInt(loops.block);
  Expr value =
      loops.blocked() ? level.func(c % block, c / block, n) : level.func(c, n);
  pooled(result.vars) =
      isMax ? value : value / cast<float>(Internal::simplify(count));
  return {pooled, op.getType()};
}
