//===- Taps.cpp - What a convolution sums up ------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Taps.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

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

size_t codegen::countInnerTaps(llvm::ArrayRef<int64_t> extents) {
  constexpr int64_t longSum = 256;
  int64_t terms = 1;
  for (int64_t extent : extents)
    terms *= extent;
  if (extents.front() == 1 || terms <= longSum)
    return extents.size();
  return 1 + std::min<size_t>(2, extents.size() - 2);
}
