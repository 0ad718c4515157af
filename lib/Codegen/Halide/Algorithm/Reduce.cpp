//===- Reduce.cpp - One dimension to one element --------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A reduction of pairs (greatest element, its position). The input may be
// blocked: along its channels positions are constants once the loop is
// unrolled.
//
//===----------------------------------------------------------------------===//

#include "../Kernel.h"

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
  RDom others(1, toInt(extent - 1), "along");
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
