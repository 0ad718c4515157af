//===- Dense.cpp - Matrix product with packed weights ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// result(..., n) = bias(n) + sum over k of input(..., k) weights(n, k)
//
// Weights are packed [N / lanes, K, 1, lanes]. The product is written over
// (lane, row, block of n) and read back row-major by the epilogue, so rows of
// any shape are one loop. Long sums are made of partial sums, as in Conv.cpp.
//
//===----------------------------------------------------------------------===//

#include "../Kernel.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

int64_t codegen::partLength(int64_t terms) {
  constexpr int64_t least = 32, most = 256;
  for (int64_t length = std::min(terms, most); length >= least; --length)
    if (terms % length == 0)
      return length;
  return terms;
}

Tensor codegen::buildDense(DenseOp op, llvm::ArrayRef<Tensor> operands,
                           Kernel &kernel) {
  const Tensor &input = operands[0], &weights = operands[1];
  auto layout = mlir::cast<WeightLayoutAttr>(weights.type.getEncoding());
  int32_t lanes = toInt(layout.getOutputBlock());
  int32_t outputs = toInt(weights.extent(0));

  // Rows: all dimensions before the last one, the innermost counting fastest.
  Var lane("lane"), row("row"), block("block");
  int64_t length = partLength(weights.extent(1));
  int64_t parts = weights.extent(1) / length;
  Var part("part");
  RDom tap(0, toInt(length), "k");
  kernel.taps = tap;
  Expr k = parts > 1 ? part * toInt(length) + tap : Expr(tap);
  unsigned rank = op.getType().getRank();
  Index from;
  from.dims.resize(rank);
  from.dims.back() = k;
  Expr rest = row;
  for (unsigned dim = rank - 1; dim-- > 0;) {
    from.dims[dim] = dim == 0 ? rest : rest % input.size(dim);
    rest = rest / input.size(dim);
  }

  Func sum("dense");
  if (operands.size() > 2) {
    Expr n = block * lanes + lane;
    if (outputs % lanes != 0)
      n = min(n, outputs - 1);
    sum(lane, row, block) = operands[2](Index{{n}, Expr(), 1});
  } else {
    sum(lane, row, block) = 0.0f;
  }
  Expr term = weights.func(lane, 0, k, block) * input(from);
  if (parts > 1) {
    RDom all(0, toInt(parts), "part");
    Func partial("partial");
    partial(lane, row, block, part) = 0.0f;
    partial(lane, row, block, part) += term;
    sum(lane, row, block) += partial(lane, row, block, all);
    kernel.partial = partial;
    kernel.parts = all;
  } else {
    sum(lane, row, block) += term;
  }
  kernel.reduction = Tensor{sum, op.getType()};
  Func rows("dense_rows");
  rows(lane, row, block) = sum(lane, row, block);
  kernel.tables = {rows};

  // Back to the result's own dimensions, for the epilogue.
  Loops loops(op.getType());
  Expr flat = 0;
  for (unsigned dim = 0; dim + 1 < rank; ++dim)
    flat = flat * input.size(dim) + loops.index.dims[dim];
  Expr n = loops.index.dims.back();
  Func result("dense_result");
  result(loops.vars) = rows(n % lanes, flat, n / lanes);
  return {result, op.getType()};
}
