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

/// A launch's result: its size and the positions at which it is alive.
struct Lifetime {
  LaunchOp launch;
  int64_t size, first, last, offset = 0;
};

struct PlanMemory : public vox::impl::PlanMemoryBase<PlanMemory> {
  using Base::Base;

  void runOnOperation() override {
    if (getOperation().isDeclaration())
      return;
    Block &block = getOperation().getBody().front();
    llvm::DenseMap<Operation *, int64_t> position;
    for (Operation &op : block)
      position[&op] = position.size();

    for (auto launch : block.getOps<LaunchOp>())
      launch.removeOutputAttr();
    // Launches behind the network's outputs write to the caller.
    for (OpOperand &operand : block.getTerminator()->getOpOperands()) {
      auto launch = source(operand.get()).getDefiningOp<LaunchOp>();
      if (!launch || launch.getOutput()) {
        block.getTerminator()->emitError()
            << "output " << operand.getOperandNumber()
            << " is not the result of a launch of its own";
        return signalPassFailure();
      }
      launch.setOutput(operand.getOperandNumber());
      launch.removeOffsetAttr();
    }

    SmallVector<Lifetime> values;
    for (auto launch : block.getOps<LaunchOp>())
      if (!launch.getOutput())
        values.push_back(
            {launch,
             (int64_t)llvm::alignTo(sizeInBytes(launch.getType()), kAlignment),
             position[launch], lastUse(launch, position)});
    int64_t size = place(values);
    for (Lifetime &value : values)
      value.launch.setOffset(value.offset);
    Builder builder(&getContext());
    getOperation()->setAttr(kArenaSize, builder.getI64IntegerAttr(size));
    int64_t sum = 0;
    for (Lifetime &value : values)
      sum += value.size;
    remarkPassed(getOperation(), "vox-plan-memory", "Planned",
                 llvm::Twine(values.size()) + " values of " + llvm::Twine(sum) +
                     " bytes share an arena of " + llvm::Twine(size) +
                     " bytes");
  }

  /// What a chain of views looks at.
  static Value source(Value value) {
    while (auto view = value.getDefiningOp<ReshapeOp>())
      value = view.getInput();
    return value;
  }

  /// The position of the last reader, through views.
  static int64_t lastUse(Operation *op,
                         const llvm::DenseMap<Operation *, int64_t> &position) {
    int64_t last = position.lookup(op);
    for (Operation *user : op->getUsers())
      last = std::max(last, isa<ReshapeOp>(user) ? lastUse(user, position)
                                                 : position.lookup(user));
    return last;
  }

  /// Sets every offset; returns the arena's size.
  static int64_t place(MutableArrayRef<Lifetime> values) {
    SmallVector<Lifetime *> bySize;
    for (Lifetime &value : values)
      bySize.push_back(&value);
    llvm::stable_sort(
        bySize, [](Lifetime *a, Lifetime *b) { return a->size > b->size; });
    int64_t size = 0;
    SmallVector<Lifetime *> placed; // by offset
    for (Lifetime *value : bySize) {
      int64_t offset = 0;
      for (Lifetime *other : placed) {
        bool together =
            value->first <= other->last && other->first <= value->last;
        if (!together)
          continue;
        if (offset + value->size <= other->offset)
          break;
        offset = std::max(offset, other->offset + other->size);
      }
      value->offset = offset;
      size = std::max(size, offset + value->size);
      placed.insert(llvm::upper_bound(placed, value,
                                      [](Lifetime *a, Lifetime *b) {
                                        return a->offset < b->offset;
                                      }),
                    value);
    }
    return size;
  }
};

} // namespace
