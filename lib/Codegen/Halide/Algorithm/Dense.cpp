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
// any shape are one loop. Long sums are made of partial sums, see Sum.h.
//
//===----------------------------------------------------------------------===//

#include "Sum.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// Rows up to which the layer is bound by reading its weights, so that small
/// partial sums cost nothing.
static constexpr int64_t kFewRows = 4;

Tensor codegen::buildDense(DenseOp op, llvm::ArrayRef<Tensor> operands,
                           Kernel &kernel) {
  const Tensor &input = operands[0], &weights = operands[1];
  auto layout = mlir::cast<WeightLayoutAttr>(weights.type.getEncoding());
  int32_t lanes = toInt(layout.getOutputBlock());
  int32_t outputs = toInt(weights.extent(0));

  // Rows: all dimensions before the last one, the innermost counting fastest.
  Var lane("lane"), row("row"), block("block");
  unsigned rank = op.getType().getRank();
  Index from;
  from.dims.resize(rank);
  Expr rest = row;
  for (unsigned dim = rank - 1; dim-- > 0;) {
    from.dims[dim] = dim == 0 ? rest : rest % input.size(dim);
    rest = rest / input.size(dim);
  }

  BoxSum sum;
  sum.name = "dense";
  sum.vars = {lane, row, block};
  if (operands.size() > 2) {
    Expr n = block * lanes + lane;
    if (outputs % lanes != 0)
      n = min(n, outputs - 1);
    sum.start = operands[2](Index{{n}, Expr(), 1});
  }
  auto term = [&](Expr k) {
    from.dims.back() = k;
    return weights.func(lane, 0, k, block) * input(from);
  };
  bool fewRows = op.getType().getNumElements() <= kFewRows * outputs;
  Func product = buildSum(sum, weights.extent(1),
                          fewRows ? PartSize::Small : PartSize::Large, term,
                          op.getType(), kernel);
  Func rows("dense_rows");
  rows(lane, row, block) = product(lane, row, block);
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
