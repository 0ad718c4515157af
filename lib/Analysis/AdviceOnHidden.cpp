//===- AdviceOnHidden.cpp - Situations in hidden layers -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AdviceDetectors.h"
#include "vox/Dialect/Vox/IR/Constants.h"

#include "llvm/Support/MathExtras.h"

#include <cmath>

using namespace mlir;
using namespace vox;

/// Flat on both sides.
static bool saturates(ActivationAttr function) {
  return isa<SigmoidAttr, TanhAttr, SoftsignAttr, HardSigmoidAttr>(function);
}

//===----------------------------------------------------------------------===//
// Measured on samples
//===----------------------------------------------------------------------===//

/// Shares of dead units, and of saturated values, that call for another
/// function.
static constexpr double kDead = 0.5, kSaturated = 0.25;

void vox::findDeadUnits(const AdviceFacts &facts,
                        std::vector<Finding> &findings) {
  for (ActivationOp op : facts.activations) {
    const LayerStatistics *layer = facts.getStatistics(op);
    if (!layer || !isRectifier(op.getFunction()) || layer->deadUnits() <= kDead)
      continue;
    size_t dead = llvm::count_if(
        layer->units, [](const UnitStatistics &unit) { return unit.isDead(); });
    findings.push_back({op,
                        "dead_units " + formatNumber(layer->deadUnits()) +
                            " (" + std::to_string(dead) + " of " +
                            std::to_string(layer->units.size()) + ")",
                        formatFunction(op) + "[dead_units>" +
                            formatNumber(kDead) + "]=leaky_relu"});
  }
}

void vox::findSaturated(const AdviceFacts &facts,
                        std::vector<Finding> &findings) {
  facts.forEach(ActivationRole::Hidden, [&](ActivationOp op) {
    const LayerStatistics *layer = facts.getStatistics(op);
    if (layer && saturates(op.getFunction()) &&
        layer->saturatedShare() > kSaturated)
      findings.push_back(
          {op, "saturated_share " + formatNumber(layer->saturatedShare()),
           formatFunction(op) + "[role=hidden and saturated_share>" +
               formatNumber(kSaturated) + "]=relu"});
  });
}

void vox::findSparseUnits(const AdviceFacts &facts,
                          std::vector<Finding> &findings) {
  for (ActivationOp op : facts.activations) {
    const LayerStatistics *layer = facts.getStatistics(op);
    if (layer && isRectifier(op.getFunction()) && layer->deadUnits() <= kDead &&
        layer->zeroShare() > 0.9)
      findings.push_back(
          {op, "zero_share " + formatNumber(layer->zeroShare()), ""});
  }
}

/// Whether every next layer with weights is normalised afterwards, or there is
/// none: a batch norm takes away what a mean adds.
static bool isNormalisedLater(ActivationOp op) {
  SmallVector<Operation *> ops{op};
  bool normalised = true;
  while (!ops.empty())
    for (Operation *user : ops.pop_back_val()->getUsers()) {
      if (hasWeights(user))
        normalised &= llvm::all_of(user->getUsers(), [](Operation *next) {
          return isa<BatchNormOp>(next);
        });
      else if (isa<PoolOp, GlobalPoolOp, ReshapeOp, FlattenOp, PadOp>(user))
        ops.push_back(user);
    }
  return normalised;
}

void vox::findShiftedMean(const AdviceFacts &facts,
                          std::vector<Finding> &findings) {
  facts.forEach(ActivationRole::Hidden, [&](ActivationOp op) {
    const LayerStatistics *layer = facts.getStatistics(op);
    if (!layer || !isRectifier(op.getFunction()) || isNormalisedLater(op))
      return;
    double mean = layer->mean(), deviation = std::sqrt(layer->variance());
    if (mean > deviation)
      findings.push_back({op,
                          "mean " + formatNumber(mean) +
                              ", standard deviation " + formatNumber(deviation),
                          makePolicy(op, "elu")});
  });
}

//===----------------------------------------------------------------------===//
// Batch norms in place of samples
//===----------------------------------------------------------------------===//

/// Below what `function`, a rectifier, gives 0.
static double getThreshold(ActivationAttr function) {
  auto thresholded = dyn_cast<ThresholdedReluAttr>(function);
  return thresholded ? thresholded.getAlpha().convertToDouble() : 0;
}

/// After batch norm a unit is normal with mean beta and deviation |gamma|, so
/// ReLU lets it through with probability Phi(beta / |gamma|); a threshold moves
/// the mean.
void vox::findLikelyDead(const AdviceFacts &facts,
                         std::vector<Finding> &findings) {
  constexpr double limit = 1e-3;
  for (ActivationOp op : facts.activations) {
    auto norm = op.getInput().getDefiningOp<BatchNormOp>();
    if (!norm || !isRectifier(op.getFunction()) || facts.getStatistics(op))
      continue;
    auto gamma = getConstantValues(norm.getScale());
    auto beta = getConstantValues(norm.getBias());
    if (!gamma || !beta)
      continue;
    unsigned dead = 0;
    double threshold = getThreshold(op.getFunction());
    for (auto [scale, bias] : llvm::zip_equal(*gamma, *beta)) {
      double mean = bias - threshold;
      double distance = scale == 0 ? mean > 0 ? kInfinity : -kInfinity
                                   : mean / std::fabs(double(scale));
      dead += 0.5 * std::erfc(-distance / llvm::numbers::sqrt2) < limit;
    }
    if (dead > 0)
      findings.push_back({op,
                          std::to_string(dead) + " of " +
                              std::to_string(gamma->size()) +
                              " units are active with probability below " +
                              formatNumber(limit),
                          makePolicy(op, "leaky_relu")});
  }
}

//===----------------------------------------------------------------------===//
// Hidden layers
//===----------------------------------------------------------------------===//

static std::string countLayers(const AdviceFacts &facts) {
  return std::to_string(facts.layers.size()) + " layers with weights";
}

void vox::findSaturatingDense(const AdviceFacts &facts,
                              std::vector<Finding> &findings) {
  if (facts.layers.size() <= 5)
    return;
  facts.forEach(ActivationRole::Hidden, [&](ActivationOp op) {
    if (saturates(op.getFunction()) && !facts.getStatistics(op) &&
        isa_and_nonnull<DenseOp>(facts.getLayerBefore(op)))
      findings.push_back({op, formatFunction(op) + " in " + countLayers(facts),
                          makePolicy(op, "relu")});
  });
}

void vox::findCostlyConv(const AdviceFacts &facts,
                         std::vector<Finding> &findings) {
  facts.forEach(ActivationRole::Hidden, [&](ActivationOp op) {
    bool isCostly =
        saturates(op.getFunction()) || isa<SoftplusAttr>(op.getFunction());
    if (isCostly && isa_and_nonnull<ConvOp>(facts.getLayerBefore(op)))
      findings.push_back({op, formatFunction(op) + " after a convolution",
                          makePolicy(op, "relu")});
  });
}

void vox::findDeepPlain(const AdviceFacts &facts,
                        std::vector<Finding> &findings) {
  if (facts.layers.size() > 50 && !facts.hasResiduals())
    findings.push_back(
        {facts.network, countLayers(facts) + ", no residual connection", ""});
}

void vox::findSeluBatchNorm(const AdviceFacts &facts,
                            std::vector<Finding> &findings) {
  for (ActivationOp op : facts.activations) {
    if (!isa<SeluAttr>(op.getFunction()))
      continue;
    bool isNormalised = op.getInput().getDefiningOp<BatchNormOp>() ||
                        llvm::any_of(op->getUsers(), [](Operation *user) {
                          return isa<BatchNormOp>(user);
                        });
    if (isNormalised)
      findings.push_back(
          {op, "selu beside a batch norm", makePolicy(op, "relu")});
  }
}

void vox::findSelfNormalising(const AdviceFacts &facts,
                              std::vector<Finding> &findings) {
  bool isDense = llvm::all_of(facts.layers, [](Operation *op) {
    auto dense = dyn_cast<DenseOp>(op);
    return dense && dense.getType().getRank() == 2;
  });
  if (!isDense || facts.layers.size() < 4 || facts.contains<BatchNormOp>())
    return;
  facts.forEach(ActivationRole::Hidden, [&](ActivationOp op) {
    if (isa<ReluAttr, TanhAttr, SigmoidAttr>(op.getFunction()))
      findings.push_back({op,
                          formatFunction(op) + " in " + countLayers(facts) +
                              ", all dense, no batch norm",
                          formatFunction(op) + "[role=hidden]=selu"});
  });
}

/// Widens, rectifies and narrows again, at each position of a sequence.
void vox::findFeedForward(const AdviceFacts &facts,
                          std::vector<Finding> &findings) {
  for (ActivationOp op : facts.activations) {
    auto widen = dyn_cast_or_null<DenseOp>(
        getOrigin(op.getInput(), Through::Constants).getDefiningOp());
    if (!widen || !isRectifier(op.getFunction()) || !op->hasOneUse() ||
        op.getType().getRank() < 3)
      continue;
    auto narrow = dyn_cast<DenseOp>(*op->user_begin());
    auto wide = widen.getWeights().getType();
    if (narrow && wide.getDimSize(0) > wide.getDimSize(1) &&
        narrow.getWeights().getType().getDimSize(0) == wide.getDimSize(1))
      findings.push_back(
          {op,
           "between dense layers of " + std::to_string(wide.getDimSize(1)) +
               ", " + std::to_string(wide.getDimSize(0)) + " and " +
               std::to_string(wide.getDimSize(1)) + " on a sequence",
           makePolicy(op, "gelu")});
  }
}

void vox::findMobile(const AdviceFacts &facts, std::vector<Finding> &findings) {
  if (!facts.hasDepthwise())
    return;
  for (auto [activation, role] :
       llvm::zip_equal(facts.activations, facts.roles)) {
    ActivationOp op = activation;
    if (isa<SwishAttr>(op.getFunction()) && role == ActivationRole::Hidden)
      findings.push_back({op, "swish in a network of depthwise convolutions",
                          "swish=hard_swish"});
    else if (isa<SigmoidAttr>(op.getFunction()) && role == ActivationRole::Gate)
      findings.push_back({op, "sigmoid gate among depthwise convolutions",
                          "sigmoid[role=gate]=hard_sigmoid(0.16666667, 0.5)"});
  }
}

void vox::findEfficientSwish(const AdviceFacts &facts,
                             std::vector<Finding> &findings) {
  bool hasGates = llvm::is_contained(facts.roles, ActivationRole::Gate);
  if (!facts.hasDepthwise() || !hasGates)
    return;
  facts.forEach(ActivationRole::Hidden, [&](ActivationOp op) {
    if (isa<ReluAttr>(op.getFunction()) &&
        isa_and_nonnull<ConvOp>(facts.getLayerBefore(op)))
      findings.push_back(
          {op, "relu among depthwise convolutions with channel gates",
           makePolicy(op, "swish")});
  });
}

void vox::findMix(const AdviceFacts &facts, std::vector<Finding> &findings) {
  unsigned count = 0;
  bool allRelu = true;
  facts.forEach(ActivationRole::Hidden, [&](ActivationOp op) {
    // A clip of the data itself belongs to no layer.
    if (!facts.getLayerBefore(op))
      return;
    ++count;
    allRelu &= isa<ReluAttr>(op.getFunction());
  });
  if (allRelu && count >= 4)
    findings.push_back(
        {facts.network,
         "all " + std::to_string(count) + " hidden activations are relu",
         "relu[role=hidden and position=deep]=gelu"});
}
