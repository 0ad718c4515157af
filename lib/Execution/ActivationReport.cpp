//===- ActivationReport.cpp - What a change of activations does -----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Deviations come from copies that have the results of activations among their
// outputs, times from copies that have not: there activations are fused as in
// the product.
//
//===----------------------------------------------------------------------===//

#include "vox/Execution/ActivationReport.h"

#include "NetworkOutputs.h"
#include "vox/Execution/Measure.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/StringExtras.h"

#include <chrono>
#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::execution;

static SmallVector<ActivationOp> listActivations(ModuleOp module) {
  SmallVector<ActivationOp> ops;
  module.walk([&](ActivationOp op) { ops.push_back(op); });
  return ops;
}

/// One inference; fails after a diagnostic.
static FailureOr<std::vector<Tensor>>
run(CompiledModel &model, const Sample &sample, ModuleOp module) {
  llvm::Expected<std::vector<Tensor>> outputs = model.run(sample.inputs);
  if (!outputs)
    return module.emitError() << llvm::toString(outputs.takeError());
  return std::move(*outputs);
}

//===----------------------------------------------------------------------===//
// Deviations
//===----------------------------------------------------------------------===//

namespace {
/// The difference of a tensor from another, over samples.
struct Deviation {
  double differences = 0, squares = 0;

  void add(const Tensor &original, const Tensor &changed) {
    for (auto [x, y] : llvm::zip_equal(original.data, changed.data)) {
      differences += (y - x) * (y - x);
      squares += x * x;
    }
  }
  double get() const {
    return differences == 0 ? 0 : std::sqrt(differences / squares);
  }
};

/// A network with the results of some activations among its outputs.
class Probe {
public:
  /// `activations` are numbers in the network's order.
  LogicalResult open(ModuleOp module, ArrayRef<unsigned> activations,
                     const CompileOptions &options);
  FailureOr<std::vector<Tensor>> run(const Sample &sample) {
    return ::run(*model, sample, *copy);
  }
  /// Which output is the result of the i-th of `activations`.
  unsigned getPlace(unsigned i) const { return places[i]; }

private:
  OwningOpRef<ModuleOp> copy;
  std::unique_ptr<CompiledModel> model;
  SmallVector<unsigned> places;
};
} // namespace

LogicalResult Probe::open(ModuleOp module, ArrayRef<unsigned> activations,
                          const CompileOptions &options) {
  copy = module.clone();
  func::FuncOp network = getNetwork(*copy);
  SmallVector<ActivationOp> ops = listActivations(*copy);
  SmallVector<Value> values(network.front().getTerminator()->getOperands());
  for (unsigned number : activations) {
    auto *known = llvm::find(values, ops[number].getResult());
    places.push_back(known - values.begin());
    if (known == values.end())
      values.push_back(ops[number].getResult());
  }
  setOutputs(network, values);
  auto compiled = compileAndLoad(*copy, Phase::Import, options);
  if (failed(compiled))
    return failure();
  model = std::move(*compiled);
  return success();
}

/// Compares `changed` with the original on all samples. `metric` is null
/// without labels, `metricBefore` where it is known.
static LogicalResult
measureDeviations(ModuleOp original, ModuleOp changed,
                  ArrayRef<unsigned> activations, ArrayRef<Sample> samples,
                  const Labels *labels, const CompileOptions &options,
                  ActivationReport &report, double Figures::*stage) {
  Probe before, after;
  if (failed(before.open(original, activations, options)) ||
      failed(after.open(changed, activations, options)))
    return failure();
  std::vector<Deviation> layers(activations.size()),
      outputs(report.outputs.size());
  std::vector<Tensor> expected, got;
  for (const Sample &sample : samples) {
    auto x = before.run(sample);
    if (failed(x))
      return failure();
    auto y = after.run(sample);
    if (failed(y))
      return failure();
    for (auto [i, layer] : llvm::enumerate(layers))
      layer.add((*x)[before.getPlace(i)], (*y)[after.getPlace(i)]);
    for (auto [i, output] : llvm::enumerate(outputs))
      output.add((*x)[i], (*y)[i]);
    expected.push_back(std::move(x->front()));
    got.push_back(std::move(y->front()));
  }
  for (auto [layer, deviation] : llvm::zip_equal(report.layers, layers))
    layer.deviation.*stage = deviation.get();
  for (auto [output, deviation] : llvm::zip_equal(report.outputs, outputs))
    output.deviation.*stage = deviation.get();
  if (labels) {
    report.metricBefore = compute(*labels, expected);
    report.metricAfter.*stage = compute(*labels, got);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Times
//===----------------------------------------------------------------------===//

namespace {
/// A network as it is compiled, with the least time of each launch.
class Stopwatch {
public:
  LogicalResult open(ModuleOp network, const CompileOptions &options) {
    module = network;
    auto compiled =
        compileAndLoad(network, Phase::Import, options, observe, this);
    if (failed(compiled))
      return failure();
    model = std::move(*compiled);
    launches.assign(model->getLaunches().size(), INFINITY);
    return success();
  }

  LogicalResult run(const Sample &sample) {
    sum = 0;
    if (failed(::run(*model, sample, module)))
      return failure();
    total = std::min(total, sum);
    return success();
  }

  double getTotal() const { return total; }

  /// NaN where no launch is said to compute `layer`, or several are: equal
  /// names are not told apart.
  double getTime(StringRef layer) const {
    double time = NAN;
    for (auto [info, ms] : llvm::zip_equal(model->getLaunches(), launches)) {
      SmallVector<StringRef> layers;
      StringRef(info.layers).split(layers, " + ");
      if (layer.empty() || !llvm::is_contained(layers, layer))
        continue;
      if (!std::isnan(time))
        return NAN;
      time = ms;
    }
    return time;
  }

private:
  static void observe(void *self, int32_t launch, int64_t beginNs,
                      int64_t endNs, const void *) {
    auto &watch = *static_cast<Stopwatch *>(self);
    double ms = 1e-6 * double(endNs - beginNs);
    watch.launches[launch] = std::min(watch.launches[launch], ms);
    watch.sum += ms;
  }

  ModuleOp module;
  std::vector<double> launches;
  double sum = 0, total = INFINITY;
  std::unique_ptr<CompiledModel> model;
};
} // namespace

/// Runs the original and the final network in turns, so that whatever else the
/// machine does slows both alike.
static LogicalResult measureTimes(ModuleOp original, ModuleOp changed,
                                  ArrayRef<Sample> samples,
                                  const CompileOptions &options,
                                  ActivationReport &report) {
  constexpr int leastRounds = 5, mostRounds = 50;
  constexpr std::chrono::milliseconds duration(1000);
  Stopwatch before, after;
  if (failed(before.open(original, options)) ||
      failed(after.open(changed, options)))
    return failure();
  auto begin = std::chrono::steady_clock::now();
  for (int round = 0; round < mostRounds; ++round) {
    if (round >= leastRounds &&
        std::chrono::steady_clock::now() - begin > duration)
      break;
    const Sample &sample = samples[round % samples.size()];
    if (failed(before.run(sample)) || failed(after.run(sample)))
      return failure();
  }
  for (LayerChange &layer : report.layers) {
    layer.msBefore = before.getTime(layer.replacement.layer);
    layer.msAfter = after.getTime(layer.replacement.layer);
  }
  report.msBefore = before.getTotal();
  report.msAfter = after.getTotal();
  return success();
}

//===----------------------------------------------------------------------===//
// All of it
//===----------------------------------------------------------------------===//

FailureOr<ActivationReport> execution::measureChanges(
    const Stages &stages, ArrayRef<Replacement> replacements,
    ArrayRef<RecalibratedNorm> norms, ArrayRef<Sample> samples,
    const Labels *labels, const CompileOptions &options) {
  ActivationReport report;
  func::FuncOp network = getNetwork(stages.original);
  SmallVector<ActivationOp> ops = listActivations(stages.original);
  SmallVector<unsigned> changed = llvm::map_to_vector(
      replacements, [](const Replacement &r) { return r.number; });
  report.network = ModuleOp(stages.original).getName().value_or("model").str();
  report.activations = ops.size();
  report.samples = samples.size();
  report.norms.assign(norms.begin(), norms.end());
  for (const Replacement &replacement : replacements) {
    double elements = ops[replacement.number].getType().getNumElements();
    ActivationAttr from = replacement.from;
    ActivationAttr to = replacement.declined.empty() ? replacement.to : from;
    report.layers.push_back({replacement,
                             elements,
                             elements * from.getKind().cost,
                             elements * to.getKind().cost,
                             {}});
  }
  for (unsigned i = 0; i < network.getNumResults(); ++i)
    report.outputs.push_back({getOutputName(network, i), {}});
  if (labels)
    report.metric = labels->metric;
  if (samples.empty())
    return report;

  if (stages.replaced && failed(measureDeviations(
                             stages.original, stages.replaced, changed, samples,
                             labels, options, report, &Figures::replaced)))
    return failure();
  if (stages.recalibrated &&
      failed(measureDeviations(stages.original, stages.recalibrated, changed,
                               samples, labels, options, report,
                               &Figures::recalibrated)))
    return failure();
  ModuleOp last = stages.recalibrated ? stages.recalibrated : stages.replaced;
  if (failed(measureTimes(stages.original, last, samples, options, report)))
    return failure();
  return report;
}
