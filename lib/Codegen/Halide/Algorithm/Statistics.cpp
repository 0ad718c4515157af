//===- Statistics.cpp - What the units of a layer do ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The input, just written, is read once: a chunk at a time is summed, and while
// it is in the first-level cache its squares about its own mean are. Chunks are
// combined by
//
//   sum (x - mean)^2 = sum over chunks (squares + count (chunk mean - mean)^2)
//
// which loses no digits however far the mean is from 0, in float64, of which
// there is little to do. Chan, Golub and LeVeque, "Updating formulae and a
// pairwise algorithm for computing sample variances", 1979.
//
//===----------------------------------------------------------------------===//

#include "../Kernel.h"

#include "llvm/Support/MathExtras.h"

#include <map>

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// Steps in a chunk: with two vectors of 64 bytes each, 16 KiB.
static constexpr int64_t kChunkSteps = 128;

/// Elements in a vector along the positions of a planar tensor.
static constexpr int64_t kPlanarLanes = 16;

mlir::RankedTensorType codegen::viewForStatistics(ActivationStatisticsOp op) {
  mlir::RankedTensorType type = op.getInput().getType();
  llvm::ArrayRef<int64_t> shape = type.getShape();
  auto product = [](llvm::ArrayRef<int64_t> extents) {
    int64_t result = 1;
    for (int64_t extent : extents)
      result *= extent;
    return result;
  };
  return mlir::RankedTensorType::get(
      {product(shape.take_front(op.getAxis())), shape[op.getAxis()],
       product(shape.drop_front(op.getAxis() + 1))},
      type.getElementType(), type.getEncoding());
}

namespace {
/// How the elements are gone through. A *lane* is an element of a vector: of a
/// unit of its own, where the units' elements lie side by side, or one of
/// several positions of one unit. Two vectors make a step where there are as
/// many, so that additions don't wait for each other.
struct Walk {
  const Tensor &input;
  int64_t block, outer, units, inner;
  /// Whether lanes are units.
  bool unitLanes;
  /// Positions of a unit that follow each other, those that one vector takes,
  /// vectors in a step, full steps, and positions left after those.
  int64_t positions, width, vectors, steps, rest;
  /// Chunks of steps; if `rest`, one more that holds it.
  int64_t fullChunks, chunks;

  Var lane{"lane"}, vector{"vector"}, chunk{"chunk"}, unit{"unit"}, at{"outer"};

  explicit Walk(const Tensor &input)
      : input(input), block(getBlock(input.type)), outer(input.extent(0)),
        units(input.extent(1)), inner(input.extent(2)) {
    bool sideBySide = block == 1 && inner == 1;
    unitLanes = block > 1 || sideBySide;
    positions = sideBySide ? outer : inner;
    width = unitLanes ? 1
                      : int64_t(llvm::bit_floor<uint64_t>(
                            std::min(positions, kPlanarLanes)));
    vectors = positions >= 2 * width ? 2 : 1;
    steps = positions / (width * vectors);
    rest = positions % (width * vectors);
    fullChunks = llvm::divideCeil(steps, kChunkSteps);
    chunks = fullChunks + (rest > 0);
  }

  bool sideBySide() const { return unitLanes && block == 1; }

  int64_t laneExtent() const {
    return block > 1 ? block : unitLanes ? units : width;
  }

  /// Loops over everything, innermost first.
  std::vector<Var> vars() const {
    if (sideBySide())
      return {lane, vector, chunk};
    return {lane, vector, chunk, unit, at};
  }

  /// A vector's element `step` steps from the beginning.
  Expr element(Expr step) const {
    return load((step * toInt(vectors) + vector) * toInt(width));
  }
  /// The last step that ends with the last position: part of it is the rest.
  Expr lastElement() const {
    return load(toInt(positions - vectors * width) + vector * toInt(width));
  }
  /// Whether `lastElement` belongs to the rest, in the chunk for it.
  Expr isRest() const {
    Expr place = vector * toInt(width);
    if (!unitLanes)
      place += lane;
    return chunk == toInt(fullChunks) && place >= toInt(vectors * width - rest);
  }
  /// How many elements a lane of a chunk has.
  Expr count() const {
    Expr full =
        min(toInt(kChunkSteps), toInt(steps) - chunk * toInt(kChunkSteps));
    return rest > 0 ? select(chunk < toInt(fullChunks), full,
                             cast<int32_t>(isRest()))
                    : full;
  }

private:
  Expr load(Expr position) const {
    if (sideBySide())
      return input.func(0, lane, position);
    if (block > 1)
      return input.func(lane, position, unit, at);
    return input.func(position + lane, unit, at);
  }
};

/// What is counted and compared, for an element and to combine two results.
/// Sums come first.
struct Statistics {
  bool hasLow, hasHigh;
  float low, high;

  explicit Statistics(ActivationStatisticsOp op)
      : hasLow(!op.getLow().isInfinity()), hasHigh(!op.getHigh().isInfinity()),
        low(round(op.getLow(), llvm::APFloat::rmTowardNegative)),
        high(round(op.getHigh(), llvm::APFloat::rmTowardPositive)) {}

  enum { Sum, Zero, Low, High, Min, Max };

  /// So that float32 numbers compare with it as with the bound itself.
  static float round(llvm::APFloat bound, llvm::APFloat::roundingMode mode) {
    bool lost;
    bound.convert(llvm::APFloat::IEEEsingle(), mode, &lost);
    return bound.convertToFloat();
  }

  /// Of nothing.
  static std::vector<Expr> none(Type sum) {
    float infinity = std::numeric_limits<float>::infinity();
    return {zero(sum), 0, 0, 0, infinity, -infinity};
  }
  /// Of one element. NaN is at no bound: Halide would turn x <= low into
  /// !(low < x).
  std::vector<Expr> of(Expr x) const {
    Expr never = cast<bool>(0);
    return {
        x,
        cast<int32_t>(strict_float(x == 0.0f)),
        cast<int32_t>(hasLow ? strict_float(x < low || x == low) : never),
        cast<int32_t>(hasHigh ? strict_float(high < x || x == high) : never),
        x,
        x};
  }
  static std::vector<Expr> combine(const Tuple &a, const std::vector<Expr> &b) {
    return {strict_float(a[Sum] + cast(a[Sum].type(), b[Sum])),
            a[Zero] + b[Zero],
            a[Low] + b[Low],
            a[High] + b[High],
            strict_float(select(b[Min] < a[Min], b[Min], a[Min])),
            strict_float(select(b[Max] > a[Max], b[Max], a[Max]))};
  }
};
} // namespace

/// The chunks' results: Statistics, then squares about the chunk's mean.
static Func buildChunks(const Walk &walk, const Statistics &statistics,
                        Kernel &kernel) {
  std::vector<Var> vars = walk.vars();
  RDom step(0, toInt(kChunkSteps), "step");
  Expr position = walk.chunk * toInt(kChunkSteps) + step;
  step.where(position < toInt(walk.steps));
  Expr x = walk.element(position);

  Func first("sums");
  std::vector<Expr> start = Statistics::none(Float(32));
  if (walk.rest > 0)
    for (auto [value, rest] :
         llvm::zip_equal(start, statistics.of(walk.lastElement())))
      value = select(walk.isRest(), rest, value);
  first(vars) = Tuple(start);
  first(vars) =
      Tuple(Statistics::combine(Tuple(first(vars)), statistics.of(x)));

  Func second("squares");
  Expr mean = first(vars)[Statistics::Sum] / cast<float>(max(walk.count(), 1));
  Expr distance = x - mean;
  second(vars) = 0.0f;
  second(vars) = strict_float(second(vars) + distance * distance);

  Func chunks("chunks");
  std::vector<Expr> all = Tuple(first(vars)).as_vector();
  all.push_back(second(vars));
  chunks(vars) = Tuple(all);
  kernel.tables = {first, second, chunks};
  kernel.chunkExtents = {walk.laneExtent(), walk.vectors, walk.chunks,
                         int64_t(llvm::divideCeil(walk.units, walk.block)),
                         walk.outer};
  return chunks;
}

namespace {
/// What is known of whole units, in float64.
struct Units {
  Func totals, squares;
  double count;

  Expr mean(const std::vector<Expr> &at) const {
    return Expr(totals(at)[Statistics::Sum]) / Expr(count);
  }
};
} // namespace

/// Everything that is not a unit's number becomes a loop.
static Units combineChunks(const Walk &walk, Func chunks, Kernel &kernel) {
  int32_t lanes = walk.unitLanes ? 1 : toInt(walk.width);
  int32_t segments = walk.sideBySide() ? 1 : toInt(walk.outer);
  RDom part(0, lanes, 0, toInt(walk.vectors), 0, toInt(walk.chunks), 0,
            segments, "part");
  std::map<std::string, Expr> loops{{walk.vector.name(), part[1]},
                                    {walk.chunk.name(), part[2]},
                                    {walk.at.name(), part[3]}};
  if (!walk.unitLanes)
    loops[walk.lane.name()] = part[0];
  std::vector<Var> units;
  std::vector<Expr> all;
  for (const Var &var : walk.vars()) {
    auto loop = loops.find(var.name());
    if (loop == loops.end())
      units.push_back(var);
    all.push_back(loop == loops.end() ? Expr(var) : loop->second);
  }
  Expr count = substitute(loops, walk.count());
  Tuple chunk(chunks(all));

  Units result{Func("totals"), Func("total_squares"),
               double(walk.outer) * double(walk.inner)};
  result.totals(units) = Tuple(Statistics::none(Float(64)));
  result.totals(units) = Tuple(
      Statistics::combine(Tuple(result.totals(units)), chunk.as_vector()));

  std::vector<Expr> at(units.begin(), units.end());
  Expr distance =
      cast<double>(chunk[Statistics::Sum]) / cast<double>(max(count, 1)) -
      result.mean(at);
  result.squares(units) = cast<double>(0);
  result.squares(units) = strict_float(
      result.squares(units) + cast<double>(chunk[Statistics::Max + 1]) +
      cast<double>(count) * (distance * distance));
  kernel.tables.push_back(result.totals);
  kernel.tables.push_back(result.squares);
  return result;
}

/// Sample number `s` of a unit; Reduce.td says which element that is.
static Expr sampleOf(const Walk &walk, Expr unit, Expr s, int64_t samples,
                     Index index) {
  int64_t count = walk.outer * walk.inner;
  Expr place = cast<int64_t>(s);
  if (count > samples)
    place = (place + 1) * Expr(goldenStep(count));
  place = cast<int32_t>(place % Expr(count));
  index.dims = {place / toInt(walk.inner), unit, place % toInt(walk.inner)};
  return walk.input(index);
}

Tensor codegen::buildActivationStatistics(ActivationStatisticsOp op,
                                          llvm::ArrayRef<Tensor> operands,
                                          Kernel &kernel) {
  Walk walk(operands[0]);
  Func chunks = buildChunks(walk, Statistics(op), kernel);
  Units units = combineChunks(walk, chunks, kernel);

  Loops loops(op.getType());
  Var unit = loops.dim(0), column = loops.dim(1);
  std::vector<Expr> at{unit};
  if (walk.block > 1)
    at = {unit % toInt(walk.block), unit / toInt(walk.block)};
  Tuple total(units.totals(at));
  // Conversions may take it that there is no NaN: test before.
  auto narrow = [&](Expr known, Expr value) {
    return select(strict_float(known != known),
                  std::numeric_limits<float>::quiet_NaN(), cast<float>(value));
  };
  Expr mean = strict_float(units.mean(at));
  Expr variance = strict_float(units.squares(at) / Expr(units.count));
  // As Statistic has them.
  Expr columns[kStatistics] = {cast<float>(total[Statistics::Zero]),
                               cast<float>(total[Statistics::Low]),
                               cast<float>(total[Statistics::High]),
                               narrow(mean, mean),
                               narrow(variance, variance),
                               narrow(mean, total[Statistics::Min]),
                               narrow(mean, total[Statistics::Max])};
  Expr value = columns[kStatistics - 1];
  if (int64_t samples = op.getSamples()) {
    Expr s = max(column - toInt(kStatistics), 0);
    value = select(column < toInt(kStatistics), value,
                   sampleOf(walk, unit, s, samples, loops.index));
  }
  for (int64_t i = kStatistics - 1; i-- > 0;)
    value = select(column == toInt(i), columns[i], value);
  Func result("statistics");
  result(loops.vars) = value;
  return {result, op.getType()};
}
