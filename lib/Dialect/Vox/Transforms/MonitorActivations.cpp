//===- MonitorActivations.cpp - Activations that tell of themselves -------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pays where a user wants to know what units do on real data. The statistics
// stand right behind their activation, so that they read it from the cache; an
// activation with a monitor is stored, which most are anyway.
//
//===----------------------------------------------------------------------===//

#include "Remarks.h"
#include "vox/Analysis/ActivationRoles.h"
#include "vox/Analysis/ActivationStatistics.h"
#include "vox/Dialect/Vox/IR/Shapes.h"
#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"

#include "llvm/ADT/StringSet.h"

namespace vox {
#define GEN_PASS_DEF_MONITORACTIVATIONS
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"
} // namespace vox

using namespace mlir;
using namespace vox;

namespace {

constexpr StringLiteral kPass = "vox-monitor-activations";

struct MonitorActivations
    : public vox::impl::MonitorActivationsBase<MonitorActivations> {
  using Base::Base;

  LogicalResult initialize(MLIRContext *context) override {
    if (samples >= 0 && samples <= kMaxSamples)
      return success();
    return emitError(UnknownLoc::get(context))
           << "option samples is " << int64_t(samples) << "; expected 0 to "
           << kMaxSamples;
  }

  void runOnOperation() override {
    if (getOperation().isDeclaration())
      return;
    layers.clear();
    for (auto op :
         llvm::to_vector(getOperation().getBody().getOps<ActivationOp>())) {
      std::string reason = whyNot(op);
      if (reason.empty())
        monitor(op);
      else
        remarkMissed(op, kPass, "NotMonitored", reason);
    }
  }

private:
  /// Those that have a monitor.
  llvm::StringSet<> layers;

  static std::string whyNot(ActivationOp op) {
    if (isa<IdentityAttr>(op.getFunction()))
      return "it is the identity";
    if (op.getInput().getDefiningOp<ConstantOp>())
      return "it is known when compiling";
    ShapeRef shape = op.getType().getShape();
    if (shape.empty() || llvm::is_contained(shape, 0))
      return "its shape " + formatShape(shape) + " has no units";
    if (llvm::any_of(op->getUsers(), [](Operation *user) {
          return isa<ActivationStatisticsOp>(user);
        }))
      return "it has a monitor already";
    return "";
  }

  void monitor(ActivationOp op) {
    RankedTensorType type = op.getType();
    int64_t axis = *getUnitAxis(op), units = type.getDimSize(axis);
    int64_t count = type.getNumElements() / units;
    int64_t kept = std::min<int64_t>(samples, count);
    SaturationBounds bounds = getSaturationBounds(op.getFunction());
    OpBuilder builder(op->getContext());
    builder.setInsertionPointAfter(op);
    auto statistics = ActivationStatisticsOp::create(
        builder, op.getLoc(),
        RankedTensorType::get({units, kStatistics + kept},
                              type.getElementType()),
        op.getResult(), axis, APFloat(bounds.low), APFloat(bounds.high), kept,
        op.getLayerAttr());

    func::FuncOp network = getOperation();
    std::string name = formatMonitorName(
        {formatActivation(op.getFunction()), count, nameLayer(op, layers)});
    NamedAttribute attribute(kTensorName, builder.getStringAttr(name));
    Operation *terminator = network.getBody().front().getTerminator();
    terminator->insertOperands(terminator->getNumOperands(),
                               statistics.getResult());
    (void)network.insertResult(network.getNumResults(), statistics.getType(),
                               builder.getDictionaryAttr(attribute));
    remarkPassed(op, kPass, "Monitored",
                 Twine(units) + " units of " + Twine(count) + " elements");
  }
};

} // namespace
