//===- Taps.cpp - Sums over the taps of a kernel --------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Taps.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// Sums of more terms than this are made of partial sums (see below).
static constexpr int64_t kLongSum = 256;

Tensor codegen::padInput(const Tensor &input, llvm::ArrayRef<int64_t> pads) {
  unsigned rank = input.type.getRank(), spatial = rank - 2;
  Loops loops(input.type);
  Index inside = loops.index;
  Expr valid;
  for (unsigned i = 0; i < spatial; ++i) {
    Expr extent = input.size(2 + i);
    Expr at = loops.index.dims[2 + i];
    if (pads[i] == 0 && pads[spatial + i] == 0) {
      // A planar copy goes along the innermost dimension in whole vectors.
      if (i + 1 == spatial && !loops.blocked())
        inside.dims[2 + i] = clamp(at, 0, extent - 1);
      continue;
    }
    at = at - toInt(pads[i]);
    valid = both(valid, 0 <= at && at < extent);
    inside.dims[2 + i] = clamp(at, 0, extent - 1);
  }
  Func padded("padded");
  padded(loops.vars) = select(valid, input(inside), 0.0f);
  llvm::SmallVector<int64_t> shape(input.type.getShape());
  std::vector<Expr> sizes = input.sizes;
  for (unsigned i = 0; i < spatial; ++i) {
    int64_t added = pads[i] + pads[spatial + i];
    shape[2 + i] += added;
    if (!sizes.empty())
      sizes[2 + i] = Internal::simplify(sizes[2 + i] + toInt(added));
  }
  return {padded,
          mlir::RankedTensorType::get(shape, input.type.getElementType(),
                                      input.type.getEncoding()),
          {},
          sizes};
}

Expr codegen::startOfSum(llvm::ArrayRef<Tensor> operands,
                         mlir::RankedTensorType result, const Index &at) {
  if (operands.size() < 3)
    return 0.0f;
  int64_t channels = result.getDimSize(1);
  Expr channel = at.channel();
  // The bias ends with the last channel, the block may not.
  if (at.width > 1 && channels % at.width != 0)
    channel = min(channel, toInt(channels - 1));
  return operands[2](Index{{channel}, Expr(), 1});
}

/// A long sum loses digits in proportion to the root of its length, each term
/// being rounded against the sum of all terms before it. So it is made of
/// partial sums, over the input lanes and the two innermost kernel dimensions
/// of one block, which are then added up: for 64 channels and 3x3x3, 12 sums of
/// 144 terms for one of 1728. That is a third of the error for 1 % of the time.
Tensor codegen::buildSum(const TapSum &sum, mlir::RankedTensorType type,
                         Kernel &kernel) {
  const std::vector<int64_t> &all = sum.extents;
  size_t innerCount = all.size();
  int64_t terms = 1;
  for (int64_t extent : all)
    terms *= extent;
  if (all.front() > 1 && terms > kLongSum)
    innerCount = 1 + std::min<size_t>(2, all.size() - 2);

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
  RDom inner = makeDomain(0, innerCount, "tap");
  std::vector<Expr> position;
  for (size_t i = 0; i < innerCount; ++i)
    position.push_back(inner[i]);
  kernel.taps = inner;

  Func total(sum.name);
  total(sum.vars) = sum.start;
  kernel.reduction = Tensor{total, type};
  if (innerCount == all.size()) {
    total(sum.vars) += sum.term(position);
    return *kernel.reduction;
  }
  RDom outer = makeDomain(innerCount, all.size(), "part");
  std::vector<Var> vars = sum.vars;
  std::vector<Expr> part(sum.vars.begin(), sum.vars.end());
  for (size_t i = innerCount; i < all.size(); ++i) {
    vars.push_back(Var("part" + std::to_string(i - innerCount)));
    position.push_back(vars.back());
    part.push_back(outer[i - innerCount]);
  }
  Func partial("partial");
  partial(vars) = 0.0f;
  partial(vars) += sum.term(position);
  total(sum.vars) += partial(part);
  kernel.partial = partial;
  kernel.parts = outer;
  return *kernel.reduction;
}
