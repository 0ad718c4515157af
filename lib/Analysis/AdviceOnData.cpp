//===- AdviceOnData.cpp - Situations of data and outputs ------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AdviceDetectors.h"

#include <cmath>

using namespace mlir;
using namespace vox;

//===----------------------------------------------------------------------===//
// Generative adversarial networks
//===----------------------------------------------------------------------===//

void vox::findGeneratorHidden(const AdviceFacts &facts,
                              std::vector<Finding> &findings) {
  // An image from 0 to 1 may be 0.5 tanh(x) + 0.5.
  ActivationOp last = facts.getLast(Through::Constants);
  if (!facts.isGenerator() || !last || !isa<TanhAttr>(last.getFunction()))
    return;
  facts.forEach(ActivationRole::Hidden, [&](ActivationOp op) {
    if (!isa<ReluAttr, LeakyReluAttr, PReluAttr>(op.getFunction()))
      findings.push_back(
          {op, formatFunction(op) + " before transposed convolutions",
           makePolicy(op, "relu")});
  });
}

void vox::findGeneratorOutput(const AdviceFacts &facts,
                              std::vector<Finding> &findings) {
  // An image from 0 to 1 may be 0.5 tanh(x) + 0.5, one from -1 to 1 may be
  // 2 sigmoid(x) - 1.
  ActivationOp last = facts.getLast(Through::Constants);
  if (!facts.isGenerator() || last != facts.getLast() ||
      (last && isa<TanhAttr>(last.getFunction())))
    return;
  if (last)
    findings.push_back({last, "the image ends in " + formatFunction(last),
                        makePolicy(last, "tanh")});
  else
    findings.push_back({facts.network, "the image ends in no activation", ""});
}

void vox::findDiscriminatorHidden(const AdviceFacts &facts,
                                  std::vector<Finding> &findings) {
  ActivationOp last = facts.getLast();
  if (!facts.isDiscriminator() || !last ||
      !isa<SigmoidAttr>(last.getFunction()))
    return;
  facts.forEach(ActivationRole::Hidden, [&](ActivationOp op) {
    if (isa<ReluAttr>(op.getFunction()))
      findings.push_back({op,
                          "relu between strided convolutions that end in "
                          "one sigmoid",
                          makePolicy(op, "leaky_relu(0.2)")});
  });
}

void vox::findDiscriminatorOutput(const AdviceFacts &facts,
                                  std::vector<Finding> &findings) {
  if (!facts.isDiscriminator() || facts.getLast(Through::Constants))
    return;
  bool isLeaky = false;
  facts.forEach(ActivationRole::Hidden, [&](ActivationOp op) {
    isLeaky |= formatFunction(op) == "leaky_relu(0.2)";
  });
  if (isLeaky)
    findings.push_back({facts.network,
                        "strided convolutions with leaky_relu(0.2) end in one "
                        "number without activation",
                        ""});
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

void vox::findOutputRange(const AdviceFacts &facts,
                          std::vector<Finding> &findings) {
  ActivationOp last = facts.getLast(Through::Constants);
  if (!facts.inputs.labels || !last)
    return;
  auto [least, greatest] = *facts.inputs.labels;
  Interval bounds = facts.getOutputBounds();
  if (least >= bounds.lower && greatest <= bounds.upper)
    return;
  StringRef behind = last == facts.getLast() ? "" : " and what follows it";
  findings.push_back({last,
                      formatFunction(last) + behind.str() + " gives " +
                          formatNumber(bounds.lower) + " to " +
                          formatNumber(bounds.upper) + ", labels are " +
                          formatNumber(least) + " to " + formatNumber(greatest),
                      formatFunction(last) + "[role=output]=identity"});
}

void vox::findBoundedOutput(const AdviceFacts &facts,
                            std::vector<Finding> &findings) {
  ActivationOp last = facts.getLast();
  if (last && !facts.inputs.labels && !facts.isDiscriminator() &&
      isa<SigmoidAttr, HardSigmoidAttr, TanhAttr>(last.getFunction()) &&
      last.getType().getNumElements() == 1)
    findings.push_back({last, "one output through " + formatFunction(last),
                        formatFunction(last) + "[role=output]=identity"});
}

void vox::findClassOutput(const AdviceFacts &facts,
                          std::vector<Finding> &findings) {
  ActivationOp last = facts.getLast();
  if (last && isa<SigmoidAttr>(last.getFunction()) &&
      last.getType().getRank() > 1 && last.getType().getDimSize(1) > 1)
    findings.push_back({last,
                        std::to_string(last.getType().getDimSize(1)) +
                            " outputs through sigmoid",
                        ""});
}

void vox::findSoftmaxOfOne(const AdviceFacts &facts,
                           std::vector<Finding> &findings) {
  func::FuncOp(facts.network).walk([&](SoftmaxOp op) {
    if (op.getType().getDimSize(op.getAxis()) == 1)
      findings.push_back({op, "softmax over 1 element", ""});
  });
}

void vox::findSquashedLogits(const AdviceFacts &facts,
                             std::vector<Finding> &findings) {
  func::FuncOp(facts.network).walk([&](Operation *op) {
    if (!isa<SoftmaxOp, LogSoftmaxOp>(op))
      return;
    auto before = getOrigin(op->getOperand(0), Through::Moves)
                      .getDefiningOp<ActivationOp>();
    if (!before || !facts.getLayerBefore(before))
      return;
    ActivationAttr function = before.getFunction();
    if (std::isfinite(function.lowerBound()))
      findings.push_back({before, formatFunction(before) + " before a softmax",
                          makePolicy(before, "identity")});
  });
}

//===----------------------------------------------------------------------===//
// Data
//===----------------------------------------------------------------------===//

void vox::findNegativeData(const AdviceFacts &facts,
                           std::vector<Finding> &findings) {
  ActivationOp first = facts.getFirstOnData();
  if (!first || !facts.inputs.data || !isRectifier(first.getFunction()))
    return;
  double share = facts.inputs.data->negatives / facts.inputs.data->count;
  if (share > 0.5)
    findings.push_back({first, formatNumber(share) + " of the data is negative",
                        makePolicy(first, "leaky_relu")});
}

void vox::findSparseData(const AdviceFacts &facts,
                         std::vector<Finding> &findings) {
  ActivationOp first = facts.getFirstOnData();
  if (!first || !facts.inputs.data || isRectifier(first.getFunction()))
    return;
  double share = facts.inputs.data->zeros / facts.inputs.data->count;
  if (share > 0.8)
    findings.push_back({first, formatNumber(share) + " of the data is zero",
                        makePolicy(first, "relu")});
}

void vox::findWideData(const AdviceFacts &facts,
                       std::vector<Finding> &findings) {
  ActivationOp first = facts.getFirstOnData();
  if (!first || !facts.inputs.data || !isRectifier(first.getFunction()))
    return;
  const DataStatistics &data = *facts.inputs.data;
  double reach = std::max(data.greatest - data.mean, data.mean - data.least);
  double deviation = std::sqrt(data.variance);
  if (reach > 50 * deviation && deviation > 0)
    findings.push_back({first,
                        "the data reaches " + formatNumber(reach / deviation) +
                            " standard deviations from its mean",
                        makePolicy(first, "swish")});
}

void vox::findLowContrast(const AdviceFacts &facts,
                          std::vector<Finding> &findings) {
  ActivationOp first = facts.getFirstOnData();
  if (!first || !facts.inputs.data || facts.contains<BatchNormOp>() ||
      isa<SeluAttr>(first.getFunction()) ||
      !isa<ConvOp>(first.getInput().getDefiningOp()))
    return;
  const DataStatistics &data = *facts.inputs.data;
  double contrast = std::sqrt(data.variance) / std::fabs(data.mean);
  if (contrast < 0.1)
    findings.push_back({first,
                        "the data has a standard deviation of " +
                            formatNumber(contrast) + " of its mean",
                        makePolicy(first, "selu")});
}
