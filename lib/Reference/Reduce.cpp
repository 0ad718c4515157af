//===- Reduce.cpp - Float64 meaning of reductions to one element ----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX `ArgMax`, https://onnx.ai/onnx/operators/onnx__ArgMax.html. A NaN is
// greater than any number, which ONNX leaves open and numpy does.
//
// ONNX `ReduceSum`, `ReduceMean`, `ReduceMax`, `ReduceMin` and `ReduceProd`:
// elements in row-major order. A NaN makes its result NaN; integers wrap
// around.
//
// What units do, as Reduce.td defines it.
//
//===----------------------------------------------------------------------===//

#include "Ops.h"
#include "Support.h"

#include "vox/Dialect/Vox/IR/ElementFunctions.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <limits>

using namespace vox;
using namespace vox::reference;

void reference::compute(ArgMaxOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  llvm::ArrayRef<int64_t> shape(x.shape);
  int64_t axis = op.getAxis(), extent = shape[axis];
  int64_t inner = product(shape.drop_front(axis + 1));
  bool last = op.getSelectLast();
  auto beats = [last](double value, double best) {
    if (std::isnan(value) || std::isnan(best))
      return std::isnan(value) && (last || !std::isnan(best));
    return value > best || (last && value == best);
  };
  for (int64_t line = 0, e = result.data.size(); line < e; ++line) {
    int64_t first = line / inner * extent * inner + line % inner;
    int64_t best = 0;
    for (int64_t i = 1; i < extent; ++i)
      if (beats(x.data[first + i * inner], x.data[first + best * inner]))
        best = i;
    result.data[line] = best;
  }
}

/// The sums or products of integers.
static void reduceIntegers(ReduceOp op, const ReferenceTensor &x,
                           ReferenceTensor &result) {
  bool adds = op.getKind() == ReduceKind::Sum;
  auto apply = adds ? integers::add : integers::multiply;
  std::vector<int64_t> totals(result.data.size(), adds ? 0 : 1);
  forEachElement(x.shape, broadcastStrides(result.shape, x.shape),
                 [&](int64_t i, int64_t to) {
                   totals[to] = apply(totals[to], toInteger(x.data[i]));
                 });
  ElementType type = *getElementType(op.getType().getElementType());
  for (auto [total, y] : llvm::zip_equal(totals, result.data))
    y = wrapInteger(total, type);
}

void reference::compute(ReduceOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  if (!op.getType().getElementType().isF32() &&
      llvm::is_contained({ReduceKind::Sum, ReduceKind::Prod}, op.getKind()))
    return reduceIntegers(op, x, result);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  ReduceKind kind = op.getKind();
  double count = 1;
  for (int64_t axis : op.getAxes())
    count *= x.shape[axis];
  llvm::fill(result.data, kind == ReduceKind::Max    ? -infinity
                          : kind == ReduceKind::Min  ? infinity
                          : kind == ReduceKind::Prod ? 1.0
                                                     : 0.0);
  forEachElement(x.shape, broadcastStrides(result.shape, x.shape),
                 [&](int64_t i, int64_t to) {
                   double &all = result.data[to];
                   if (kind == ReduceKind::Max)
                     all = evaluateMax(all, x.data[i]);
                   else if (kind == ReduceKind::Min)
                     all = evaluateMin(all, x.data[i]);
                   else if (kind == ReduceKind::Prod)
                     all *= x.data[i];
                   else
                     all += x.data[i];
                 });
  if (kind == ReduceKind::Mean)
    for (double &sum : result.data)
      sum /= count;
}

void reference::compute(ActivationStatisticsOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  int64_t units = result.shape[0], columns = result.shape[1];
  int64_t inner =
      product(llvm::ArrayRef<int64_t>(x.shape).drop_front(op.getAxis() + 1));
  double low = op.getLow().convertToDouble();
  double high = op.getHigh().convertToDouble();
  int64_t count = x.data.size() / units;
  parallelFor(units, [&](int64_t unit) {
    auto element = [&](int64_t i) {
      return x.data[(i / inner * units + unit) * inner + i % inner];
    };
    double *row = &result.data[unit * columns];
    double sum = 0, least = element(0), greatest = element(0);
    for (int64_t i = 0; i < count; ++i) {
      double value = element(i);
      row[Statistic::Zeros] += value == 0;
      row[Statistic::AtLow] += !std::isinf(low) && value <= low;
      row[Statistic::AtHigh] += !std::isinf(high) && value >= high;
      sum += value;
      least = std::min(least, value);
      greatest = std::max(greatest, value);
    }
    double mean = sum / count, squares = 0;
    for (int64_t i = 0; i < count; ++i)
      squares += (element(i) - mean) * (element(i) - mean);
    row[Statistic::Mean] = mean;
    row[Statistic::Variance] = squares / count;
    row[Statistic::Least] = std::isnan(mean) ? mean : least;
    row[Statistic::Greatest] = std::isnan(mean) ? mean : greatest;
    for (int64_t i = 0; i < op.getSamples(); ++i) {
      int64_t place =
          count <= op.getSamples() ? i : (i + 1) * goldenStep(count);
      row[kStatistics + i] = element(place % count);
    }
  });
}
