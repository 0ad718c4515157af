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
// The others go dimension by dimension, innermost first, and along a long one
// in two steps: as many partial sums as each of them has terms, then their sum.
// A sum of n terms is then rounded about 2 sqrt(n) times instead of n times,
// and along the innermost dimension partial sums are what fills a vector.
//
//===----------------------------------------------------------------------===//

#include "../Arithmetic.h"
#include "../Functions.h"
#include "../Kernel.h"

#include <cmath>
#include <limits>

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

/// Partial sums fill vectors of 16, and are as many as each has terms.
static constexpr int64_t kVector = 16;

static int64_t countParts(int64_t extent) {
  auto root = static_cast<int64_t>(std::ceil(std::sqrt(double(extent))));
  return (root + kVector - 1) / kVector * kVector;
}

/// What a reduction of nothing is.
static Expr neutralElement(ReduceKind kind, Type type) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  switch (kind) {
  case ReduceKind::Max:
    return type.is_float() ? Expr(-infinity) : type.min();
  case ReduceKind::Min:
    return type.is_float() ? Expr(infinity) : type.max();
  case ReduceKind::Prod:
    return cast(type, 1);
  case ReduceKind::Sum:
  case ReduceKind::Mean:
    return zero(type);
  }
  llvm_unreachable("unknown reduction");
}

/// Makes `func` at `vars` the sum, product, maximum or minimum of `value`.
static void accumulate(ReduceKind kind, Func func, const std::vector<Var> &vars,
                       Expr value) {
  func(vars) = neutralElement(kind, value.type());
  if (kind == ReduceKind::Max)
    func(vars) = maximum(func(vars), value);
  else if (kind == ReduceKind::Min)
    func(vars) = minimum(func(vars), value);
  else if (kind == ReduceKind::Prod)
    func(vars) = multiply(func(vars), value);
  else
    func(vars) = add(func(vars), value);
}

namespace {
/// What some dimensions have been reduced to, and its arguments, innermost
/// first.
struct Level {
  Func func;
  std::vector<Var> vars;
};
} // namespace

/// Reduces the dimension along `axis`, of which there are `size` elements, at
/// most `extent`. Each stage that this takes goes to the kernel's tables.
static Level reduceAxis(ReduceKind kind, const Level &level, const Var &axis,
                        int64_t extent, Expr size, Kernel &kernel) {
  auto isAxis = [&](const Var &var) { return var.name() == axis.name(); };
  auto at = [&](const Expr &position) {
    std::vector<Expr> args(level.vars.begin(), level.vars.end());
    for (auto [var, arg] : llvm::zip_equal(level.vars, args))
      if (isAxis(var))
        arg = position;
    return level.func(args);
  };
  Level next{Func(stringifyReduceKind(kind).str()), level.vars};
  llvm::erase_if(next.vars, isAxis);
  if (extent < 2 * kVector) {
    accumulate(kind, next.func, next.vars, at(RDom(0, size, "along")));
  } else {
    int64_t parts = countParts(extent);
    std::vector<Var> partVars{Var("part")};
    partVars.insert(partVars.end(), next.vars.begin(), next.vars.end());
    Expr steps = (size + toInt(parts - 1)) / toInt(parts);
    RDom step(0, Internal::simplify(steps), "step");
    Expr position = step * toInt(parts) + partVars.front();
    step.where(position < size);
    Func partial("partial");
    accumulate(kind, partial, partVars,
               at(min(position, Internal::simplify(size - 1))));
    kernel.tables.push_back(partial);
    std::vector<Expr> args{RDom(0, toInt(parts), "all")};
    args.insert(args.end(), next.vars.begin(), next.vars.end());
    accumulate(kind, next.func, next.vars, partial(args));
  }
  kernel.tables.push_back(next.func);
  return next;
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
