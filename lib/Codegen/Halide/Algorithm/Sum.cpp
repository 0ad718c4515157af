//===- Sum.cpp - Sums of many terms ---------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Sum.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

Func codegen::buildSum(const BoxSum &sum, mlir::RankedTensorType type,
                       Kernel &kernel) {
  const std::vector<int64_t> &all = sum.extents;
  auto makeDomain = [&](size_t begin, size_t end, const char *name) {
    Region region;
    for (size_t i = begin; i < end; ++i)
      region.push_back({0, toInt(all[i])});
    RDom domain(region, name);
    for (size_t i = begin; sum.condition && i < end; ++i)
      if (Expr condition = sum.condition(i, domain[i - begin]);
          condition.defined())
        domain.where(condition);
    return domain;
  };
  RDom inner = makeDomain(0, sum.innerCount, "tap");
  std::vector<Expr> position;
  for (size_t i = 0; i < sum.innerCount; ++i)
    position.push_back(inner[i]);
  kernel.taps = inner;

  Func total(sum.name);
  total(sum.vars) = sum.start;
  kernel.reduction = Tensor{total, type};
  if (sum.innerCount == all.size()) {
    total(sum.vars) += sum.term(position);
    return total;
  }
  RDom outer = makeDomain(sum.innerCount, all.size(), "part");
  std::vector<Var> vars = sum.vars;
  std::vector<Expr> part(sum.vars.begin(), sum.vars.end());
  for (size_t i = sum.innerCount; i < all.size(); ++i) {
    vars.push_back(Var("part" + std::to_string(i - sum.innerCount)));
    position.push_back(vars.back());
    part.push_back(outer[i - sum.innerCount]);
  }
  Func partial("partial");
  partial(vars) = 0.0f;
  partial(vars) += sum.term(position);
  total(sum.vars) += partial(part);
  kernel.partial = partial;
  kernel.parts = outer;
  return total;
}

/// A divisor of `terms` from 32 to 256; all of them where there is none.
static int64_t partLength(int64_t terms, PartSize size) {
  constexpr int64_t least = 32, most = 256;
  int64_t result = terms;
  for (int64_t length = least; length <= std::min(terms, most); ++length)
    if (terms % length == 0) {
      result = length;
      if (size == PartSize::Small)
        break;
    }
  return result;
}

Func codegen::buildSum(BoxSum sum, int64_t terms, PartSize size,
                       const std::function<Expr(Expr)> &term,
                       mlir::RankedTensorType type, Kernel &kernel) {
  int64_t length = partLength(terms, size);
  sum.extents = {length};
  sum.innerCount = 1;
  if (length < terms)
    sum.extents.push_back(terms / length);
  sum.term = [&](const std::vector<Expr> &position) {
    Expr k = position[0];
    return term(position.size() > 1 ? position[1] * toInt(length) + k : k);
  };
  return buildSum(sum, type, kernel);
}
