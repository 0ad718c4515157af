//===- RecalibrateBatchNorm.cpp - New batch norm statistics ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For each batch norm in the network's order: a copy of what comes before it,
// with the statistics of its input for its only output, is compiled and run
// over the samples.
//
//===----------------------------------------------------------------------===//

#include "vox/Execution/RecalibrateBatchNorm.h"

#include "NetworkOutputs.h"
#include "vox/Analysis/ActivationStatistics.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Execution/Measure.h"

#include "mlir/IR/IRMapping.h"

#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::execution;

/// The network up to the input of `norm`; statistics of that are its output.
static OwningOpRef<ModuleOp> cutAt(BatchNormOp norm, ModuleOp module) {
  IRMapping mapping;
  OwningOpRef<ModuleOp> copy(cast<ModuleOp>(module->clone(mapping)));
  func::FuncOp network = getNetwork(*copy);
  auto input = cast<TypedValue<RankedTensorType>>(
      mapping.lookup<Value>(norm.getInput()));
  RankedTensorType type = input.getType();
  OpBuilder builder(network.front().getTerminator());
  Value statistics = ActivationStatisticsOp::create(
      builder, norm.getLoc(),
      RankedTensorType::get({type.getDimSize(1), kStatistics},
                            type.getElementType()),
      input, /*axis=*/1, APFloat(-kInfinity), APFloat(kInfinity),
      /*samples=*/0, norm.getLayerAttr());
  setOutputs(network, statistics);
  return copy;
}

/// What the input of `norm` is over all samples, per channel.
static FailureOr<std::vector<UnitStatistics>>
measureInput(BatchNormOp norm, ModuleOp module, ArrayRef<Sample> samples,
             const CompileOptions &options) {
  OwningOpRef<ModuleOp> copy = cutAt(norm, module);
  auto model = compileAndLoad(*copy, Phase::Import, options);
  if (failed(model))
    return failure();
  RankedTensorType type = norm.getInput().getType();
  int64_t channels = type.getDimSize(1);
  std::vector<UnitStatistics> total(channels);
  for (const Sample &sample : samples) {
    llvm::Expected<std::vector<Tensor>> outputs = (*model)->run(sample.inputs);
    if (!outputs) {
      norm.emitError() << llvm::toString(outputs.takeError());
      return failure();
    }
    const Tensor &rows = outputs->front();
    for (int64_t c = 0; c < channels; ++c) {
      UnitStatistics unit;
      unit.count = double(type.getNumElements()) / channels;
      unit.mean = rows.data[c * kStatistics + Statistic::Mean];
      unit.variance = rows.data[c * kStatistics + Statistic::Variance];
      total[c].add(unit);
    }
  }
  return total;
}

/// Other values under the name of the old ones, by which an exported network
/// finds its way back into the code that trained it.
static Value makeParameter(BatchNormOp norm, Value old, ArrayRef<float> values,
                           StringRef name) {
  OpBuilder builder(norm);
  auto type = cast<RankedTensorType>(old.getType());
  return ConstantOp::create(builder, old.getLoc(), type,
                            makeConstant(type, values, name));
}

/// Mean and standard deviation, per channel.
struct Moments {
  double mean, deviation;
};

/// Where the input of a norm was `before` and is `now`: the parameters with
/// which its output has the moments that it had with `old` ones.
static Moments keepOutput(Moments old, Moments before, Moments now,
                          double epsilon) {
  // A channel that is constant but for rounding has no scale to go by.
  auto isConstant = [&](Moments input) {
    return input.deviation <= 1e-5 * (std::abs(input.mean) + old.deviation);
  };
  double factor = isConstant(before) || isConstant(now)
                      ? 1
                      : now.deviation / before.deviation;
  // The variance is this squared less epsilon, and not negative.
  double deviation = std::max(factor * old.deviation, std::sqrt(epsilon));
  if (old.deviation > 0)
    factor = deviation / old.deviation;
  return {now.mean - factor * (before.mean - old.mean), deviation};
}

/// Sets the statistics of `norm`, whose input has those of `channels`, and of
/// `before` in the original network if there is one; says how far they moved.
static FailureOr<RecalibratedNorm> update(BatchNormOp norm,
                                          ArrayRef<UnitStatistics> channels,
                                          ArrayRef<UnitStatistics> before) {
  auto oldMean = getConstantValues(norm.getMean());
  auto oldVariance = getConstantValues(norm.getVariance());
  double epsilon = norm.getEpsilon().convertToDouble();
  std::vector<float> means, variances;
  double squares = 0, logarithms = 0;
  for (auto [c, channel] : llvm::enumerate(channels)) {
    double mean = channel.mean, variance = channel.variance;
    double width = (*oldVariance)[c] + epsilon;
    bool isFinite = true;
    if (!before.empty()) {
      isFinite = std::isfinite(before[c].mean + before[c].variance);
      Moments kept =
          keepOutput({(*oldMean)[c], std::sqrt(width)},
                     {before[c].mean, std::sqrt(before[c].variance)},
                     {channel.mean, std::sqrt(channel.variance)}, epsilon);
      mean = kept.mean;
      variance = std::max(kept.deviation * kept.deviation - epsilon, 0.0);
    }
    means.push_back(mean);
    variances.push_back(variance);
    if (!isFinite || !std::isfinite(means.back()) ||
        !std::isfinite(variances.back())) {
      norm.emitError() << "on the samples, channel " << c
                       << " of its input has no finite mean and variance; "
                          "expected samples that the network can take";
      return failure();
    }
    double difference = mean - (*oldMean)[c];
    // Zero variance without epsilon tells nothing of how far a mean moved.
    if (!(width > 0) || !(variance + epsilon > 0))
      continue;
    squares += difference * difference / width;
    logarithms += std::log((variance + epsilon) / width);
  }
  norm.getMeanMutable().assign(
      makeParameter(norm, norm.getMean(), means, "mean_recalibrated"));
  norm.getVarianceMutable().assign(makeParameter(
      norm, norm.getVariance(), variances, "variance_recalibrated"));
  size_t count = channels.size();
  return RecalibratedNorm{norm.getLayer().value_or("").str(),
                          std::sqrt(squares / count),
                          std::exp(logarithms / count)};
}

static SmallVector<BatchNormOp> getNorms(ModuleOp module) {
  SmallVector<BatchNormOp> norms;
  module.walk([&](BatchNormOp norm) { norms.push_back(norm); });
  return norms;
}

FailureOr<std::vector<RecalibratedNorm>>
execution::recalibrateBatchNorm(ModuleOp module, ModuleOp original,
                                ArrayRef<Sample> samples,
                                const CompileOptions &options) {
  SmallVector<BatchNormOp> norms = getNorms(module), originalNorms;
  if (original)
    originalNorms = getNorms(original);
  if (norms.empty()) {
    module.emitError("there is no batch norm to recalibrate; expected a "
                     "network with BatchNormalization");
    return failure();
  }
  // Before the first of them is measured, which takes a while.
  for (BatchNormOp norm : norms)
    if (!getConstantValues(norm.getMean()) ||
        !getConstantValues(norm.getVariance())) {
      norm.emitError("its mean and variance are computed; expected constants "
                     "to recalibrate");
      return failure();
    }
  std::vector<RecalibratedNorm> result;
  for (auto [i, norm] : llvm::enumerate(norms)) {
    auto channels = measureInput(norm, module, samples, options);
    if (failed(channels))
      return failure();
    std::vector<UnitStatistics> before;
    if (original) {
      auto measured =
          measureInput(originalNorms[i], original, samples, options);
      if (failed(measured))
        return failure();
      before = std::move(*measured);
    }
    auto updated = update(norm, *channels, before);
    if (failed(updated))
      return failure();
    result.push_back(*updated);
  }
  return result;
}
