//===- FormGroups.cpp - Ops that will run as one kernel -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pays whenever an epilogue fuses: the intermediate tensor is never written.
// Grouping goes from the first op to the last; an op that follows an anchor
// joins the anchor's group or starts one of its own.
//
//===----------------------------------------------------------------------===//

#include "Remarks.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/Shapes.h"
#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

namespace vox {
#define GEN_PASS_DEF_FORMGROUPS
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"
} // namespace vox

using namespace mlir;
using namespace vox;

namespace {

constexpr StringLiteral kPass = "vox-form-groups";

/// Ops without a kernel: constants are data, reshapes are views.
bool computes(Operation &op) {
  return op.getDialect() && isa<VoxDialect>(op.getDialect()) &&
         !isa<ConstantOp, ReshapeOp, GroupOp, JoinOp, LaunchOp, PackWeightsOp>(
             op);
}

/// Whether results of `op` can be worked on while they are in registers.
bool takesEpilogue(Operation *op) {
  return isa<ConvOp, ConvTransposeOp, DenseOp, MatMulOp, PoolOp, PoolIndicesOp,
             ResizeOp, ResampleOp, ArgMaxOp, GatherOp, GatherElementsOp,
             GatherNDOp, ScatterElementsOp, ScatterNDOp, TopKOp>(op) ||
         isElementWise(op);
}

struct FormGroups : public vox::impl::FormGroupsBase<FormGroups> {
  using Base::Base;

  void runOnOperation() override {
    if (getOperation().isDeclaration())
      return;
    copyForwardedOutputs();
    SmallVector<Operation *> anchors;
    for (Operation &op : getOperation().getBody().front())
      if (computes(op))
        anchors.push_back(&op);
    llvm::DenseSet<Operation *> grouped;
    for (Operation *anchor : anchors) {
      if (grouped.contains(anchor))
        continue;
      SmallVector<Operation *> chain = growChain(anchor);
      grouped.insert_range(chain);
      outline(chain);
    }
  }

  /// A network's output must be written by a kernel of its own. One that is an
  /// argument, a constant, a view of those, or written already, is copied.
  void copyForwardedOutputs() {
    Operation *terminator = getOperation().getBody().front().getTerminator();
    llvm::DenseSet<Value> written;
    for (OpOperand &operand : terminator->getOpOperands()) {
      Value source = operand.get();
      if (llvm::is_contained(typeOf(source).getShape(), 0))
        continue; // there is nothing to copy
      while (auto view = source.getDefiningOp<ReshapeOp>())
        source = view.getInput();
      Operation *producer = source.getDefiningOp();
      if (producer && !isa<ConstantOp>(producer) &&
          written.insert(source).second)
        continue;
      OpBuilder builder(terminator);
      operand.set(copy(builder, terminator->getLoc(), operand.get()));
    }
  }

  /// The identity, which is no activation for integers.
  Value copy(OpBuilder &builder, Location loc, Value value) {
    auto type = cast<RankedTensorType>(value.getType());
    if (!type.getElementType().isF32())
      return CastOp::create(builder, loc, type, value);
    return ActivationOp::create(builder, loc, type,
                                IdentityAttr::get(&getContext()), value,
                                /*layer=*/StringAttr());
  }

  /// The anchor and its epilogue, in order.
  SmallVector<Operation *> growChain(Operation *anchor) {
    SmallVector<Operation *> chain{anchor};
    if (!fuse || !takesEpilogue(anchor))
      return chain;
    while (Operation *next = findNext(chain.back(), anchor))
      chain.push_back(next);
    return chain;
  }

  /// The epilogue op after `last`, or null after a remark that says why the
  /// chain ends here.
  Operation *findNext(Operation *last, Operation *anchor) {
    Value value = last->getResult(0);
    if (value.use_empty())
      return nullptr;
    Operation *next = *value.user_begin();
    // Add(c, c) uses a value twice and is still its only user.
    bool onlyUser = llvm::all_of(value.getUsers(),
                                 [&](Operation *user) { return user == next; });
    if (!onlyUser) {
      if (llvm::any_of(value.getUsers(), isElementWise))
        remarkMissed(last, kPass, "NotFused",
                     "its result has several users, so it must be stored");
      return nullptr;
    }
    if (!isElementWise(next))
      return nullptr;
    auto shape = [](Operation *op) {
      return cast<RankedTensorType>(op->getResult(0).getType()).getShape();
    };
    if (shape(next) != shape(anchor)) {
      remarkMissed(next, kPass, "NotFused",
                   "its result " + formatShape(shape(next)) +
                       " is broadcast from " + formatShape(shape(anchor)));
      return nullptr;
    }
    return next;
  }

  /// Moves `chain` into a group that stands where its last op stood: there,
  /// every operand of every op is already defined.
  void outline(ArrayRef<Operation *> chain) {
    llvm::SetVector<Value> inputs;
    llvm::DenseSet<Value> inner;
    for (Operation *op : chain) {
      for (Value operand : op->getOperands())
        if (!inner.contains(operand))
          inputs.insert(operand);
      inner.insert(op->getResult(0));
    }

    OpBuilder builder(chain.back());
    SmallVector<Location> locs =
        llvm::map_to_vector(chain, [](Operation *op) { return op->getLoc(); });
    Location loc = chain.size() == 1 ? locs.front() : builder.getFusedLoc(locs);
    Value result = chain.back()->getResult(0);
    auto group =
        GroupOp::create(builder, loc, result.getType(), inputs.getArrayRef());
    Block &body = group.getBody().emplaceBlock();
    IRMapping mapping;
    for (Value input : inputs)
      mapping.map(input, body.addArgument(input.getType(), input.getLoc()));
    builder.setInsertionPointToEnd(&body);
    for (Operation *op : chain)
      builder.clone(*op, mapping);
    YieldOp::create(builder, loc, mapping.lookup(result));

    result.replaceAllUsesWith(group.getResult());
    if (chain.size() > 1)
      remarkPassed(group, kPass, "Fused", describe(chain) + " in one kernel");
    for (Operation *op : llvm::reverse(chain))
      op->erase();
  }

  static std::string describe(ArrayRef<Operation *> chain) {
    std::string text;
    for (Operation *op : chain) {
      if (!text.empty())
        text += " + ";
      if (auto activation = dyn_cast<ActivationOp>(op))
        text += activation.getFunction()
                    .getAbstractAttribute()
                    .getName()
                    .drop_front(strlen("vox."));
      else if (auto unary = dyn_cast<UnaryOp>(op))
        text += stringifyUnaryKind(unary.getKind());
      else
        text += op->getName().stripDialect();
    }
    return text;
  }
};

} // namespace
