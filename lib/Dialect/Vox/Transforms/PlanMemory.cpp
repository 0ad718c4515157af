//===- PlanMemory.cpp - A place in the arena for each value ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pays in memory, and in time: values that reuse a place reuse the cache. The
// network is a straight line, so a value's life is a range of positions.
//
// Greedy by size: Pisarchyk and Lee, "Efficient Memory Management for Deep
// Neural Net Inference", 2020.
//
//===----------------------------------------------------------------------===//

#include "Remarks.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MathExtras.h"

namespace vox {
#define GEN_PASS_DEF_PLANMEMORY
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"
} // namespace vox

using namespace mlir;
using namespace vox;

namespace {

/// Offsets are multiples of a cache line, which is also the widest vector.
constexpr int64_t kAlignment = 64;

/// One launch's result inside an allocation, and the positions in the network
/// at which it is alive.
struct Piece {
  int64_t offset, size, first, last;
};

/// Bytes that are placed as one: a launch's result, or a join with all its
/// parts, whose pieces live at different times.
struct Allocation {
  int64_t size = 0, offset = 0;
  SmallVector<Piece, 1> pieces;
};

/// Where in an allocation a launch or join has its result.
struct Place {
  size_t allocation;
  int64_t offset;
};

/// A piece that has its place in the arena.
struct Placed {
  int64_t begin, end, first, last;
};

struct PlanMemory : public vox::impl::PlanMemoryBase<PlanMemory> {
  using Base::Base;

  void runOnOperation() override {
    if (getOperation().isDeclaration())
      return;
    Block &block = getOperation().getBody().front();
    for (auto launch : block.getOps<LaunchOp>())
      launch.removeOutputAttr();
    // Launches behind the network's outputs write to the caller.
    for (OpOperand &operand : block.getTerminator()->getOpOperands()) {
      if (llvm::is_contained(typeOf(operand.get()).getShape(), 0))
        continue; // there is nothing to write
      auto launch = source(operand.get()).getDefiningOp<LaunchOp>();
      if (!launch || launch.getOutput() ||
          llvm::any_of(launch->getUsers(), llvm::IsaPred<JoinOp>)) {
        block.getTerminator()->emitError()
            << "output " << operand.getOperandNumber()
            << " is not the result of a launch of its own";
        return signalPassFailure();
      }
      launch.setOutput(operand.getOperandNumber());
      launch.removeOffsetAttr();
    }

    places.clear();
    allocations.clear();
    if (failed(allocate(block)))
      return signalPassFailure();
    int64_t size = place(allocations), sum = 0;
    for (const Allocation &allocation : allocations)
      sum += allocation.size;
    for (auto [op, place] : places) {
      int64_t offset = allocations[place.allocation].offset + place.offset;
      if (auto launch = dyn_cast<LaunchOp>(op))
        launch.setOffset(offset);
      else
        cast<JoinOp>(op).setOffset(offset);
    }
    Builder builder(&getContext());
    getOperation()->setAttr(kArenaSize, builder.getI64IntegerAttr(size));
    remarkPassed(getOperation(), "vox-plan-memory", "Planned",
                 llvm::Twine(allocations.size()) + " values of " +
                     llvm::Twine(sum) + " bytes share an arena of " +
                     llvm::Twine(size) + " bytes");
  }

private:
  llvm::MapVector<Operation *, Place> places;
  std::vector<Allocation> allocations;

  /// What a chain of views looks at.
  static Value source(Value value) {
    while (auto view = value.getDefiningOp<ReshapeOp>())
      value = view.getInput();
    return value;
  }

  /// Makes allocations, and gives each launch and join its place in one.
  /// Backwards: readers come before what they read, joins before their parts.
  LogicalResult allocate(Block &block) {
    llvm::DenseMap<Operation *, int64_t> position, lastUse;
    for (Operation &op : block)
      position[&op] = position.size();
    for (Operation &op : llvm::reverse(block)) {
      // Views and joins are read when what is made of them is.
      int64_t last = position[&op];
      for (Operation *user : op.getUsers())
        last = std::max(last, isa<ReshapeOp, JoinOp>(user) ? lastUse[user]
                                                           : position[user]);
      lastUse[&op] = last;

      auto launch = dyn_cast<LaunchOp>(op);
      auto join = dyn_cast<JoinOp>(op);
      if ((!launch && !join) || (launch && launch.getOutput()))
        continue;
      Place own{allocations.size(), 0};
      auto [known, isNew] = places.insert({&op, own});
      if (isNew)
        allocations.emplace_back().size =
            llvm::alignTo(sizeInBytes(typeOf(op.getResult(0))), kAlignment);
      Place place = known->second;
      if (launch)
        allocations[place.allocation].pieces.push_back(
            {place.offset, sizeInBytes(launch.getType()), position[&op], last});
      else if (failed(placeParts(join, place)))
        return failure();
    }
    return success();
  }

  LogicalResult placeParts(JoinOp join, Place place) {
    for (Value part : join.getInputs()) {
      Operation *producer = part.getDefiningOp();
      if (!isa_and_nonnull<LaunchOp, JoinOp>(producer) ||
          !places.insert({producer, place}).second)
        return join.emitOpError("joins what has no place of its own; expected "
                                "results of launches, each once");
      place.offset += sizeInBytes(typeOf(part));
    }
    return success();
  }

  /// The least offset, from `offset` on, at which `piece` meets nothing that is
  /// alive with it.
  static int64_t firstFit(const Piece &piece, int64_t offset,
                          ArrayRef<Placed> placed) {
    for (const Placed &other : placed) { // by begin
      int64_t begin = offset + piece.offset;
      bool together = piece.first <= other.last && other.first <= piece.last;
      if (together && begin < other.end && other.begin < begin + piece.size)
        offset = other.end - piece.offset;
    }
    return offset;
  }

  /// Sets every offset; returns the arena's size.
  static int64_t place(MutableArrayRef<Allocation> allocations) {
    // Of equal ones the network's first comes first, which is our last.
    SmallVector<Allocation *> bySize;
    for (Allocation &allocation : llvm::reverse(allocations))
      bySize.push_back(&allocation);
    llvm::stable_sort(
        bySize, [](Allocation *a, Allocation *b) { return a->size > b->size; });
    int64_t size = 0;
    SmallVector<Placed> placed; // by begin
    for (Allocation *allocation : bySize) {
      // Moving for one piece may bring another one into a conflict.
      int64_t offset = 0, before;
      do {
        before = offset;
        for (const Piece &piece : allocation->pieces)
          offset = llvm::alignTo(firstFit(piece, offset, placed), kAlignment);
      } while (offset != before);
      allocation->offset = offset;
      size = std::max<int64_t>(size, offset + allocation->size);
      for (const Piece &piece : allocation->pieces) {
        Placed here{offset + piece.offset, offset + piece.offset + piece.size,
                    piece.first, piece.last};
        placed.insert(llvm::upper_bound(placed, here,
                                        [](const Placed &a, const Placed &b) {
                                          return a.begin < b.begin;
                                        }),
                      here);
      }
    }
    return size;
  }
};

} // namespace
