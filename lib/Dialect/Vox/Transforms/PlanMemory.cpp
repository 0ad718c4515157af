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

/// One launch's result inside a block, and the positions in the network at
/// which it is alive.
struct Piece {
  int64_t offset, size, first, last;
};

/// Bytes that are placed as one: a launch's result, or a join with all its
/// parts, whose pieces live at different times.
struct Allocation {
  Operation *op;
  int64_t size, offset = 0;
  SmallVector<Piece, 1> pieces;
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
    position.clear();
    for (Operation &op : block)
      position[&op] = position.size();

    for (auto launch : block.getOps<LaunchOp>())
      launch.removeOutputAttr();
    // Launches behind the network's outputs write to the caller.
    for (OpOperand &operand : block.getTerminator()->getOpOperands()) {
      auto launch = source(operand.get()).getDefiningOp<LaunchOp>();
      if (!launch || launch.getOutput() || isPart(launch)) {
        block.getTerminator()->emitError()
            << "output " << operand.getOperandNumber()
            << " is not the result of a launch of its own";
        return signalPassFailure();
      }
      launch.setOutput(operand.getOperandNumber());
      launch.removeOffsetAttr();
    }

    SmallVector<Allocation> allocations;
    for (Operation &op : block) {
      auto launch = dyn_cast<LaunchOp>(op);
      if ((!launch && !isa<JoinOp>(op)) || (launch && launch.getOutput()) ||
          isPart(&op))
        continue;
      Allocation &allocation = allocations.emplace_back();
      allocation.op = &op;
      allocation.size =
          llvm::alignTo(sizeInBytes(typeOf(op.getResult(0))), kAlignment);
      if (failed(collectPieces(&op, 0, allocation.pieces)))
        return signalPassFailure();
    }
    int64_t size = place(allocations), sum = 0;
    for (Allocation &allocation : allocations) {
      setOffset(allocation.op, allocation.offset);
      sum += allocation.size;
    }
    Builder builder(&getContext());
    getOperation()->setAttr(kArenaSize, builder.getI64IntegerAttr(size));
    remarkPassed(getOperation(), "vox-plan-memory", "Planned",
                 llvm::Twine(allocations.size()) + " values of " +
                     llvm::Twine(sum) + " bytes share an arena of " +
                     llvm::Twine(size) + " bytes");
  }

private:
  llvm::DenseMap<Operation *, int64_t> position;

  /// What a chain of views looks at.
  static Value source(Value value) {
    while (auto view = value.getDefiningOp<ReshapeOp>())
      value = view.getInput();
    return value;
  }

  static bool isPart(Operation *op) {
    return llvm::any_of(op->getUsers(),
                        [](Operation *user) { return isa<JoinOp>(user); });
  }

  /// The position of the last reader, through views and joins.
  int64_t lastUse(Operation *op) {
    int64_t last = position.lookup(op);
    for (Operation *user : op->getUsers())
      last =
          std::max(last, isa<ReshapeOp, JoinOp>(user) ? lastUse(user)
                                                      : position.lookup(user));
    return last;
  }

  /// The results of launches that lie in `op`'s, from `offset` on.
  LogicalResult collectPieces(Operation *op, int64_t offset,
                              SmallVectorImpl<Piece> &pieces) {
    if (auto launch = dyn_cast<LaunchOp>(op)) {
      pieces.push_back({offset, sizeInBytes(launch.getType()),
                        position.lookup(op), lastUse(op)});
      return success();
    }
    for (Value part : op->getOperands()) {
      Operation *producer = part.getDefiningOp();
      bool ownPlace = isa_and_nonnull<LaunchOp, JoinOp>(producer) &&
                      llvm::count_if(part.getUses(), [](OpOperand &use) {
                        return isa<JoinOp>(use.getOwner());
                      }) == 1;
      if (!ownPlace)
        return op->emitOpError("joins what has no place of its own; expected "
                               "results of launches, each once");
      if (failed(collectPieces(producer, offset, pieces)))
        return failure();
      offset += sizeInBytes(typeOf(part));
    }
    return success();
  }

  void setOffset(Operation *op, int64_t offset) {
    if (auto launch = dyn_cast<LaunchOp>(op))
      return launch.setOffset(offset);
    auto join = cast<JoinOp>(op);
    join.setOffset(offset);
    for (Value part : join.getInputs()) {
      setOffset(part.getDefiningOp(), offset);
      offset += sizeInBytes(typeOf(part));
    }
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
    SmallVector<Allocation *> bySize;
    for (Allocation &allocation : allocations)
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
