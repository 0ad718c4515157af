//===- ResolveExtents.cpp - Which extents of a group are open -------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A group's sizes are the different open extents of its inputs, in their order.
// That one of them may be a multiple of another is not said: what the network
// needs to be equal is tested before it runs.
//
//===----------------------------------------------------------------------===//

#include "Remarks.h"
#include "vox/Dialect/Vox/IR/OpenExtents.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"

#include "llvm/ADT/SetVector.h"

namespace vox {
#define GEN_PASS_DEF_RESOLVEEXTENTS
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"
} // namespace vox

using namespace mlir;
using namespace vox;

namespace {

constexpr StringLiteral kPass = "vox-resolve-extents";

struct ResolveExtents : public vox::impl::ResolveExtentsBase<ResolveExtents> {
  using Base::Base;

  void runOnOperation() override {
    if (getOperation().isDeclaration() || !getOperation()->hasAttr(kOpen))
      return;
    FailureOr<OpenExtents> extents = OpenExtents::ofNetwork(getOperation());
    if (failed(extents))
      return signalPassFailure();
    for (auto group : getOperation().getOps<GroupOp>()) {
      resolve(group, *extents);
      // Its kernel has less to go by than the network: no equalities.
      if (failed(OpenExtents::ofBody(group.getBody().front(),
                                     group.getOpenAttr())))
        return signalPassFailure();
    }
  }

  void resolve(GroupOp group, const OpenExtents &extents) {
    llvm::SetVector<AffineExpr> sizes;
    for (Value input : group.getInputs())
      for (AffineExpr extent : extents.get(input))
        if (!isa<AffineConstantExpr>(extent))
          sizes.insert(extent);
    group.removeOpenAttr();
    group.removeSizesAttr();
    if (sizes.empty())
      return;

    llvm::DenseMap<AffineExpr, AffineExpr> own;
    SmallVector<int64_t> least, greatest;
    OpenSizesAttr network = extents.getSizes();
    for (auto [i, size] : llvm::enumerate(sizes)) {
      own[size] = getAffineSymbolExpr(i, &getContext());
      least.push_back(evaluate(size, network.getLeast()));
      greatest.push_back(evaluate(size, network.getGreatest()));
    }
    SmallVector<AffineMap> inputs;
    for (Value input : group.getInputs()) {
      Extents known = extents.get(input);
      for (AffineExpr &extent : known)
        if (!isa<AffineConstantExpr>(extent))
          extent = own.lookup(extent);
      inputs.push_back(AffineMap::get(0, sizes.size(), known, &getContext()));
    }
    group.setOpenAttr(
        OpenSizesAttr::get(&getContext(), least, greatest, inputs));
    group.setSizesAttr(AffineMapAttr::get(AffineMap::get(
        0, network.getLeast().size(), sizes.getArrayRef(), &getContext())));
    remarkPassed(group, kPass, "Open",
                 llvm::Twine(sizes.size()) + " of its sizes are open");
  }
};

} // namespace
