//===- ReduceAxis.cpp - One dimension to one element ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReduceAxis.h"
#include "../Arithmetic.h"
#include "../Functions.h"

#include <cmath>
#include <limits>

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

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

Level codegen::reduceAxis(ReduceKind kind, const Level &level, const Var &axis,
                          int64_t extent, Expr size, Kernel &kernel) {
  auto isAxis = [&](const Var &var) { return var.name() == axis.name(); };
  auto at = [&](const Expr &position) {
    std::vector<Expr> args(level.vars.begin(), level.vars.end());
    for (auto [var, arg] : llvm::zip_equal(level.vars, args))
      if (isAxis(var))
        arg = position;
    return level.func(args);
  };
  Level next{Func(stringifyReduceKind(kind).str()), level.vars, level.blocked};
  llvm::erase_if(next.vars, isAxis);
  if (extent < 2 * kVector) {
    accumulate(kind, next.func, next.vars, at(RDom(0, size, "along")));
  } else {
    int64_t parts = countParts(extent);
    Var part("part");
    std::vector<Var> partVars = next.vars;
    partVars.insert(partVars.begin() + level.blocked, part);
    Expr steps = (size + toInt(parts - 1)) / toInt(parts);
    RDom step(0, Internal::simplify(steps), "step");
    Expr position = step * toInt(parts) + part;
    step.where(position < size);
    Func partial("partial");
    accumulate(kind, partial, partVars,
               at(min(position, Internal::simplify(size - 1))));
    kernel.tables.push_back(partial);
    std::vector<Expr> args(partVars.begin(), partVars.end());
    args[level.blocked] = RDom(0, toInt(parts), "all");
    accumulate(kind, next.func, next.vars, partial(args));
  }
  kernel.tables.push_back(next.func);
  return next;
}
