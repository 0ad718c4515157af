//===- OutlineKernels.cpp - Groups out of line, equal ones once -----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pays in compile time: R3D-18 needs 15 kernels for its 20 convolutions. A
// kernel says nothing about where it is used, so layer names stay with the
// launches.
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"

namespace vox {
#define GEN_PASS_DEF_OUTLINEKERNELS
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"
} // namespace vox

using namespace mlir;
using namespace vox;

namespace {

struct OutlineKernels : public vox::impl::OutlineKernelsBase<OutlineKernels> {
  using Base::Base;

  void runOnOperation() override {
    SmallVector<GroupOp> groups;
    for (auto function : getOperation().getOps<func::FuncOp>())
      for (auto group : function.getOps<GroupOp>())
        groups.push_back(group);
    for (GroupOp group : groups)
      if (!group.getScheduleAttr()) {
        group.emitOpError("has no schedule; run vox-assign-schedules first");
        return signalPassFailure();
      }
    llvm::StringMap<KernelOp> kernels;
    for (GroupOp group : groups)
      outline(group, kernels);
  }

  void outline(GroupOp group, llvm::StringMap<KernelOp> &kernels) {
    OpBuilder builder(getOperation().getBody(),
                      getOperation().getBody()->begin());
    std::string layer = layerName(group);
    // Launches of one kernel may come from many layers: a kernel names none.
    Location unknown = builder.getUnknownLoc();
    auto kernel =
        KernelOp::create(builder, unknown, "kernel", group.getOpenAttr(),
                         group.getScheduleAttr());
    kernel.getBody().takeBody(group.getBody());
    kernel->walk([&](Operation *op) {
      op->removeAttr("layer");
      op->setLoc(unknown);
    });
    for (BlockArgument argument : kernel.getBody().getArguments())
      argument.setLoc(unknown);

    std::string text;
    llvm::raw_string_ostream(text) << kernel;
    auto digest = llvm::SHA256::hash(llvm::arrayRefFromStringRef(text));
    std::string name = (kernel.getAnchor()->getName().stripDialect() + "_" +
                        llvm::toHex(ArrayRef(digest).take_front(8),
                                    /*LowerCase=*/true))
                           .str();
    auto [known, isNew] = kernels.try_emplace(name, kernel);
    if (isNew)
      kernel.setSymName(name);
    else
      kernel.erase();

    builder.setInsertionPoint(group);
    auto launch = LaunchOp::create(
        builder, group.getLoc(), group.getType(),
        FlatSymbolRefAttr::get(&getContext(), name), group.getInputs(),
        group.getSizesAttr(), /*offset=*/IntegerAttr(),
        /*output=*/IntegerAttr(),
        layer.empty() ? StringAttr() : builder.getStringAttr(layer));
    group.replaceAllUsesWith(launch.getResult());
    group.erase();
  }

  /// The layers that a group computes: "conv1+relu1".
  static std::string layerName(GroupOp group) {
    SmallVector<StringRef> names;
    for (Operation &op : group.getBody().front())
      if (auto name = op.getAttrOfType<StringAttr>("layer"))
        names.push_back(name.getValue());
    return llvm::join(names, "+");
  }
};

} // namespace
