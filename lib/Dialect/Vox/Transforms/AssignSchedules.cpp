//===- AssignSchedules.cpp - How each group's loops run -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The figures below were measured on one core of a Zen 4 machine with AVX-512
// (FMA peak 117 GF/s); docs/Scheduling.md has the tables.
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "Remarks.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/OpenExtents.h"
#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"

#include "llvm/Support/MathExtras.h"

namespace vox {
#define GEN_PASS_DEF_ASSIGNSCHEDULES
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"
} // namespace vox

using namespace mlir;
using namespace vox;

namespace {

constexpr StringLiteral kPass = "vox-assign-schedules";

/// Parallel tasks a kernel should have: enough to even out threads of unequal
/// speed on the machines we know (up to 16 cores), few enough that starting
/// them does not show.
constexpr int64_t kTasks = 48;

/// Less work than this (multiply-adds, or elements moved) is not worth waking
/// other threads: about 10 microseconds of one core.
constexpr int64_t kSerialWork = 1 << 18;

/// What a task reads should stay in a core's second-level cache.
constexpr int64_t kTaskBytes = 512 << 10;

struct RegisterTile {
  int64_t columns = 1, vectors = 1;
};

struct AssignSchedules
    : public vox::impl::AssignSchedulesBase<AssignSchedules> {
  using Base::Base;

  LogicalResult initialize(MLIRContext *context) override {
    return checkLanes(context, lanes);
  }

  void runOnOperation() override {
    WalkResult walked = getOperation().walk([&](GroupOp group) {
      if (group.getScheduleAttr())
        return WalkResult::advance();
      FailureOr<OpenExtents> known =
          OpenExtents::ofBody(group.getBody().front(), group.getOpenAttr());
      if (failed(known))
        return WalkResult::interrupt();
      extents = std::move(*known);
      ScheduleAttr schedule =
          plain ? make(Algorithm::Plain) : choose(group.getAnchor());
      group.setScheduleAttr(schedule);
      std::string text;
      llvm::raw_string_ostream(text) << schedule;
      remarkPassed(group, kPass, "Scheduled", text);
      return WalkResult::advance();
    });
    if (walked.wasInterrupted())
      signalPassFailure();
  }

  /// Of the group that is being scheduled. Work is counted at the greatest
  /// extents; tiles have to fit into the least.
  OpenExtents extents;

  RankedTensorType leastType(Operation *op) {
    return extents.getLeastType(op->getResult(0));
  }

  ScheduleAttr make(Algorithm algorithm, int64_t lanes = 1,
                    RegisterTile tile = {}, int64_t rows = 1,
                    ParallelAxis parallel = ParallelAxis::None) {
    return ScheduleAttr::get(&getContext(), algorithm, lanes, tile.columns,
                             tile.vectors, rows, parallel);
  }

  ScheduleAttr choose(Operation *anchor) {
    if (auto conv = dyn_cast<ConvOp>(anchor))
      return choose(conv);
    if (auto conv = dyn_cast<ConvTransposeOp>(anchor))
      return choose(conv);
    if (auto dense = dyn_cast<DenseOp>(anchor))
      return choose(dense);
    RankedTensorType result = typeOf(anchor->getResult(0));
    int64_t vector = getBlock(result) > 1 ? getBlock(result) : lanes;
    int64_t work = result.getNumElements();
    if (auto product = dyn_cast<MatMulOp>(anchor))
      return choose(product);
    if (isa<PoolOp, PoolIndicesOp>(anchor)) {
      auto pool = dyn_cast<PoolOp>(anchor);
      for (int64_t extent :
           pool ? pool.getKernel() : cast<PoolIndicesOp>(anchor).getKernel())
        work *= extent;
      return make(Algorithm::Window, vector, {},
                  rowsPerTask(leastType(anchor), 1),
                  work < kSerialWork ? ParallelAxis::None : ParallelAxis::Rows);
    }
    if (isa<GlobalPoolOp, SoftmaxOp, LogSoftmaxOp, ArgMaxOp, ReduceOp,
            ActivationStatisticsOp>(anchor)) {
      RankedTensorType input = typeOf(anchor->getOperand(0));
      work = input.getNumElements();
      if (!isa<ArgMaxOp>(anchor) && getBlock(input) > 1)
        vector = getBlock(input);
      return make(Algorithm::Reduction, vector, {}, 1,
                  work < kSerialWork ? ParallelAxis::None
                                     : ParallelAxis::Channels);
    }
    if (isa<ScatterElementsOp, ScatterNDOp, TopKOp>(anchor)) {
      if (auto topK = dyn_cast<TopKOp>(anchor)) {
        // Each element is compared with all others along the dimension.
        RankedTensorType input = topK.getInput().getType();
        work = input.getNumElements() * input.getDimSize(topK.getAxis());
      }
      return make(Algorithm::Reduction, vector, {}, 1,
                  work < kSerialWork ? ParallelAxis::None
                                     : ParallelAxis::Channels);
    }
    if (auto resample = dyn_cast<ResampleOp>(anchor)) {
      work *= resample.getWeights().getType().getDimSize(1);
      return make(Algorithm::Reduction, vector, {}, 1,
                  work < kSerialWork ? ParallelAxis::None
                                     : ParallelAxis::Channels);
    }
    return make(Algorithm::ElementWise, vector, {}, 1,
                work < kSerialWork ? ParallelAxis::None : ParallelAxis::Rows);
  }

  ScheduleAttr choose(ConvOp conv) {
    RankedTensorType result = conv.getType(), input = conv.getInput().getType();
    RankedTensorType weights = conv.getWeights().getType();
    RankedTensorType least = leastType(conv);
    int64_t width = least.getShape().back();
    int64_t taps = weights.getNumElements() / weights.getDimSize(0);
    int64_t work = result.getNumElements() * taps;
    ParallelAxis rows =
        work < kSerialWork ? ParallelAxis::None : ParallelAxis::Rows;
    int64_t block = getBlock(result);
    if (block == 1)
      return make(Algorithm::Planar, lanes, {1, 1}, rowsPerTask(least, 1),
                  rows);

    int64_t blocks = llvm::divideCeil(result.getDimSize(1), block);
    if (conv.isDepthwise())
      return make(Algorithm::Depthwise, block, {divisorUpTo(width, 8), 1},
                  rowsPerTask(least, 1), rows);
    RegisterTile tile = chooseTile(width, blocks / conv.getGroups());
    if (getBlock(input) == 1)
      return make(Algorithm::FewChannels, block, tile, rowsPerTask(least, 4),
                  rows);

    if (isDeep(weights, input, blocks / tile.vectors) &&
        rows != ParallelAxis::None)
      return make(Algorithm::Direct, block, tile, 1, ParallelAxis::Channels);
    return make(Algorithm::Direct, block, tile, rowsPerTask(least, 4), rows);
  }

  /// Tiles and rows count positions of one phase, which lie a stride apart.
  ScheduleAttr choose(ConvTransposeOp conv) {
    RankedTensorType result = conv.getType(), input = conv.getInput().getType();
    RankedTensorType weights = conv.getWeights().getType();
    int64_t taps = weights.getNumElements() / weights.getDimSize(0);
    int64_t work = input.getNumElements() / conv.getGroups() * taps /
                   std::max<int64_t>(weights.getDimSize(1), 1) *
                   result.getDimSize(1);
    ParallelAxis rows =
        work < kSerialWork ? ParallelAxis::None : ParallelAxis::Rows;
    SmallVector<int64_t> shape(leastType(conv).getShape());
    for (auto [i, stride] : llvm::enumerate(conv.getStrides()))
      shape[2 + i] = llvm::divideCeil(shape[2 + i], stride);
    auto phase = RankedTensorType::get(shape, result.getElementType());
    int64_t block = getBlock(result);
    if (block == 1)
      return make(Algorithm::Transposed, lanes, {}, rowsPerTask(phase, 1),
                  rows);
    int64_t blocks = llvm::divideCeil(result.getDimSize(1), block);
    RegisterTile tile = chooseTile(shape.back(), blocks / conv.getGroups());
    if (isDeep(weights, input, blocks / tile.vectors) &&
        rows != ParallelAxis::None)
      return make(Algorithm::Transposed, block, tile, 1,
                  ParallelAxis::Channels);
    return make(Algorithm::Transposed, block, tile, rowsPerTask(phase, 4),
                rows);
  }

  /// Deep, small maps: weights outweigh the input many times. Let each thread
  /// read its own share of them, once, and everyone the whole input.
  static bool isDeep(RankedTensorType weights, RankedTensorType input,
                     int64_t tasks) {
    return sizeInBytes(weights) > kTaskBytes &&
           sizeInBytes(weights) > 2 * sizeInBytes(input) && tasks >= 4;
  }

  ScheduleAttr choose(DenseOp dense) {
    RankedTensorType weights = dense.getWeights().getType();
    int64_t columns = dense.getType().getNumElements() / weights.getDimSize(0);
    int64_t work = columns * weights.getNumElements();
    int64_t blocks = llvm::divideCeil(weights.getDimSize(0), lanes);
    int64_t least = leastType(dense).getNumElements() / weights.getDimSize(0);
    return make(Algorithm::Dense, lanes, chooseTile(least, blocks), 1,
                work < kSerialWork ? ParallelAxis::None
                                   : ParallelAxis::Channels);
  }

  /// Columns of the register tile are rows of the first operand. Tasks share
  /// batches and tiles of the result's columns; rows too, where there are few
  /// of those, but each task copies its columns of the second operand.
  ScheduleAttr choose(MatMulOp product) {
    constexpr int64_t kRowsPerCopy = 32;
    ArrayRef<int64_t> shape = product.getType().getShape();
    int64_t n = shape.back(), m = shape[shape.size() - 2];
    int64_t elements = product.getType().getNumElements();
    int64_t work = elements * product.getLhs().getType().getShape().back();
    int64_t vector = std::min<int64_t>(lanes, llvm::bit_floor<uint64_t>(n));
    // The last tile overlaps its neighbour.
    auto tilesOf = [&](int64_t vectors) {
      return llvm::divideCeil(n, vectors * vector);
    };
    RegisterTile tile = chooseTile(m, [&](int64_t vectors) {
      return vectors * vector > n
                 ? 0
                 : double(n) / (tilesOf(vectors) * vectors * vector);
    });
    if (work < kSerialWork)
      return make(Algorithm::Dense, lanes, tile, m);
    int64_t tasks = elements / (m * n) * tilesOf(tile.vectors);
    int64_t rows = std::max(m * tasks / kTasks, std::min(m, kRowsPerCopy));
    int64_t groups = llvm::divideCeil(m, std::min(rows, m));
    rows = llvm::alignTo(llvm::divideCeil(m, groups), tile.columns);
    return make(Algorithm::Dense, lanes, tile, std::min(rows, m),
                ParallelAxis::Rows);
  }

  RegisterTile chooseTile(int64_t width, int64_t blocks) {
    return chooseTile(width, [&](int64_t vectors) {
      return blocks % vectors == 0 ? 1.0 : 0.0;
    });
  }

  /// Columns by vectors of accumulators. `share` says how much of so many
  /// vectors is of use. Measured on 64 -> 64 3x3x3: 10x2, 6x2,
  /// 6x4, 5x4 and 4x4 reach 99 % of the FMA peak, 12x2 83 %, 14x2 55 % and 7x4
  /// 75 %: past 24 accumulators of 32 registers, or more than 10 columns
  /// beside 2 vectors, broadcasts are hoisted and spill. One vector takes 16
  /// columns (93 %). With 16 registers the limit is 12 accumulators.
  RegisterTile chooseTile(int64_t width,
                          llvm::function_ref<double(int64_t)> share) {
    int64_t most = registers * 3 / 4;
    RegisterTile best;
    double bestScore = 0;
    for (int64_t vectors : {1, 2, 4, 8}) {
      double usefulVectors = share(vectors);
      if (usefulVectors == 0)
        continue;
      int64_t mostColumns = vectors == 1 ? most * 2 / 3 : most * 5 / 12;
      for (int64_t columns = 1; columns <= std::min(width, mostColumns);
           ++columns) {
        int64_t accumulators = columns * vectors;
        if (accumulators > most)
          continue;
        // The last tile of a row is computed whole, overlapping its neighbour.
        double useful = usefulVectors * width /
                        (llvm::divideCeil(width, columns) * columns);
        // Below 8 accumulators the FMA's latency shows; loads per FMA are
        // 1/columns + 1/vectors.
        double busy = std::min(1.0, accumulators / 8.0);
        double loads = 1.0 / columns + 1.0 / vectors;
        double score = useful * busy / (1 + 0.1 * loads);
        if (score > bestScore) {
          bestScore = score;
          best = {columns, vectors};
        }
      }
    }
    return best;
  }

  /// Rows (of the second innermost spatial dimension) in one task: as many as
  /// leave `kTasks` tasks, but at least `least` (halos are read once per task)
  /// where there are that many.
  int64_t rowsPerTask(RankedTensorType result, int64_t least) {
    if (result.getRank() < 4)
      return 1;
    int64_t rows = result.getDimSize(result.getRank() - 2);
    int64_t slices = result.getDimSize(0);
    if (result.getRank() == 5)
      slices *= result.getDimSize(2);
    int64_t wanted = std::max(least, rows * slices / kTasks);
    return divisorNear(rows, std::min(wanted, rows));
  }

  /// The greatest divisor of `value` that is at most `limit`.
  static int64_t divisorUpTo(int64_t value, int64_t limit) {
    for (int64_t divisor = std::min(value, limit); divisor > 1; --divisor)
      if (value % divisor == 0)
        return divisor;
    return 1;
  }

  /// `wanted`, or the next greater number that divides `value`: tasks of equal
  /// size need no test for the last one.
  static int64_t divisorNear(int64_t value, int64_t wanted) {
    while (value % wanted != 0)
      ++wanted;
    return wanted;
  }
};

} // namespace
