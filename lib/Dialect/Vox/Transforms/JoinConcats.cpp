//===- JoinConcats.cpp - Concatenation without a copy ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In a network with skip connections a concatenation reads and writes its
// largest tensors once more, without computing anything. Where the parts lie
// one after the other in memory the kernels that make them can write there at
// once. A part that can't be written in place (it belongs to the caller, to
// another concatenation, or to none of our kernels) is copied by a kernel of
// its own: no more work than the concatenation had with it.
//
//===----------------------------------------------------------------------===//

#include "Remarks.h"
#include "vox/Dialect/Vox/IR/OpenExtents.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"

namespace vox {
#define GEN_PASS_DEF_JOINCONCATS
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"
} // namespace vox

using namespace mlir;
using namespace vox;

namespace {

constexpr StringLiteral kPass = "vox-join-concats";

struct JoinConcats : public vox::impl::JoinConcatsBase<JoinConcats> {
  using Base::Base;

  void runOnOperation() override {
    if (getOperation().isDeclaration())
      return;
    FailureOr<OpenExtents> known = OpenExtents::ofNetwork(getOperation());
    if (failed(known))
      return signalPassFailure();
    extents = std::move(*known);
    Block &network = getOperation().getBody().front();
    collectOutputs(network.getTerminator());
    joined.clear();
    // A run after another one: what is joined already stays so.
    for (auto join : network.getOps<JoinOp>())
      joined.insert(join.getInputs().begin(), join.getInputs().end());
    for (GroupOp group : llvm::make_early_inc_range(network.getOps<GroupOp>()))
      if (auto concat = dyn_cast<ConcatOp>(group.getAnchor()))
        joinParts(group, concat);
  }

private:
  OpenExtents extents;
  /// Values that are written where the caller wants them.
  llvm::DenseSet<Value> outputs;
  /// Values that have a place in a join.
  llvm::DenseSet<Value> joined;

  void collectOutputs(Operation *terminator) {
    outputs.clear();
    for (Value value : terminator->getOperands()) {
      while (auto view = value.getDefiningOp<ReshapeOp>())
        value = view.getInput();
      outputs.insert(value);
    }
  }

  /// Why the kernel that makes `part` can't write into the join, or nothing.
  StringRef whyNotInPlace(Value part) {
    if (!isa_and_nonnull<GroupOp, JoinOp>(part.getDefiningOp()))
      return "is not the result of a kernel";
    if (outputs.contains(part))
      return "is an output of the network";
    if (joined.contains(part))
      return "is part of a concatenation already";
    return "";
  }

  void joinParts(GroupOp group, ConcatOp concat) {
    auto missed = [&](const llvm::Twine &reason) {
      remarkMissed(group, kPass, "Copied", reason);
    };
    if (group.getYield().getValue() != concat.getResult())
      return missed("something is computed with its result in the same kernel");
    // Operands in the concatenation's order; the group lists each value once.
    SmallVector<Value> parts;
    for (Value operand : concat.getInputs())
      parts.push_back(
          group.getInputs()[cast<BlockArgument>(operand).getArgNumber()]);
    if (extents.isOpen(group.getResult()))
      return missed("it has open extents, so that places in it differ");
    int64_t axis = concat.getAxis();
    for (auto [i, extent] :
         llvm::enumerate(concat.getType().getShape().take_front(axis)))
      if (extent != 1)
        return missed("dimension " + llvm::Twine(i) + " has extent " +
                      llvm::Twine(extent) +
                      ", so the parts don't lie one after the other");
    if (outputs.contains(group.getResult()))
      return missed("it is an output of the network");
    bool any = llvm::any_of(
        parts, [&](Value part) { return whyNotInPlace(part).empty(); });
    if (!any)
      return missed("none of its parts can be written in place: input 0 " +
                    whyNotInPlace(parts.front()));

    OpBuilder builder(group);
    for (auto [i, part] : llvm::enumerate(parts)) {
      StringRef reason = whyNotInPlace(part);
      if (!reason.empty()) {
        missed("input " + llvm::Twine(i) + " " + reason + ", so it is copied");
        part = copy(builder, group.getLoc(), part);
      }
      joined.insert(part);
    }
    auto join = JoinOp::create(builder, group.getLoc(), group.getType(), parts,
                               axis, /*offset=*/IntegerAttr());
    remarkPassed(join, kPass, "Joined",
                 llvm::Twine(parts.size()) + " parts are written in place");
    group.replaceAllUsesWith(join.getResult());
    group.erase();
  }

  /// A kernel that copies `value`: a concatenation of one part.
  Value copy(OpBuilder &builder, Location loc, Value value) {
    auto group = GroupOp::create(builder, loc, value.getType(), value);
    OpBuilder::InsertionGuard guard(builder);
    Block *body =
        builder.createBlock(&group.getBody(), {}, value.getType(), loc);
    Value part = ConcatOp::create(builder, loc, value.getType(),
                                  body->getArgument(0), /*axis=*/0);
    YieldOp::create(builder, loc, part);
    return group.getResult();
  }
};

} // namespace
