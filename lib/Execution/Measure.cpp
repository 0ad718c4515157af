//===- Measure.cpp - Networks on samples ----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Execution/Measure.h"

#include "vox/Pipelines/TemporaryFolder.h"

using namespace mlir;
using namespace vox;
using namespace vox::execution;

//===----------------------------------------------------------------------===//
// Compiling
//===----------------------------------------------------------------------===//

FailureOr<std::unique_ptr<CompiledModel>>
execution::compileAndLoad(ModuleOp module, Phase from,
                          const CompileOptions &options, vox_observer observer,
                          void *observerData) {
  Source source{OwningOpRef<ModuleOp>(module.clone())};
  bool internalFault;
  if (failed(source.lower(from, options, internalFault)))
    return failure();
  TemporaryFolder folder;
  if (std::error_code code = folder.create("voxc")) {
    module.emitError("no temporary folder: ") << code.message();
    return failure();
  }
  std::string library = folder / "model.so";
  if (failed(source.compile(library, options, internalFault)))
    return failure();
  // Once loaded, the library outlives its file.
  auto model =
      CompiledModel::load(library, /*threads=*/0, observer, observerData);
  if (!model) {
    module.emitError() << llvm::toString(model.takeError());
    return failure();
  }
  return std::move(*model);
}

//===----------------------------------------------------------------------===//
// Monitors
//===----------------------------------------------------------------------===//

bool execution::isMonitor(const TensorInfo &output) {
  return parseMonitorName(output.name) && output.isFloat() &&
         output.shape.size() == 2 && output.shape[1] >= kStatistics;
}

static LayerStatistics readMonitor(const MonitorName &name,
                                   const Tensor &output) {
  LayerStatistics layer{name.layer, name.function, {}};
  size_t columns = output.shape[1];
  for (size_t at = 0; at < output.data.size(); at += columns) {
    const double *row = &output.data[at];
    UnitStatistics unit;
    unit.count = double(name.count);
    unit.zeros = row[Statistic::Zeros];
    unit.atLow = row[Statistic::AtLow];
    unit.atHigh = row[Statistic::AtHigh];
    unit.mean = row[Statistic::Mean];
    unit.variance = row[Statistic::Variance];
    unit.least = row[Statistic::Least];
    unit.greatest = row[Statistic::Greatest];
    unit.samples.assign(row + kStatistics, row + columns);
    layer.units.push_back(std::move(unit));
  }
  return layer;
}

NetworkStatistics execution::readMonitors(const Signature &signature,
                                          ArrayRef<Tensor> outputs) {
  NetworkStatistics statistics;
  for (auto [info, tensor] : llvm::zip_equal(signature.outputs, outputs))
    if (isMonitor(info))
      statistics.push_back(readMonitor(*parseMonitorName(info.name), tensor));
  return statistics;
}

void execution::add(NetworkStatistics &statistics,
                    const NetworkStatistics &other) {
  if (statistics.empty()) {
    statistics = other;
    return;
  }
  for (auto [to, from] : llvm::zip_equal(statistics, other))
    for (auto [unit, more] : llvm::zip_equal(to.units, from.units))
      unit.add(more);
}

llvm::Expected<NetworkStatistics>
execution::runMonitored(CompiledModel &model, size_t numSamples,
                        function_ref<llvm::Expected<Sample>(size_t)> getSample,
                        function_ref<void(size_t)> done) {
  NetworkStatistics statistics;
  for (size_t i = 0; i < numSamples; ++i) {
    llvm::Expected<Sample> sample = getSample(i);
    if (!sample)
      return sample.takeError();
    llvm::Expected<std::vector<Tensor>> outputs = model.run(sample->inputs);
    if (!outputs)
      return outputs.takeError();
    add(statistics, readMonitors(model.getSignature(), *outputs));
    if (done)
      done(i + 1);
  }
  return statistics;
}

FailureOr<NetworkStatistics>
execution::measureActivations(ModuleOp module, ArrayRef<Sample> samples,
                              const CompileOptions &options) {
  CompileOptions monitored = options;
  monitored.monitorActivations = true;
  // What changes activations, or asks for this, has run or is running.
  monitored.changeActivations = nullptr;
  auto model = compileAndLoad(module, Phase::Import, monitored);
  if (failed(model))
    return failure();
  auto statistics = runMonitored(
      **model, samples.size(),
      [&](size_t i) -> llvm::Expected<Sample> { return samples[i]; });
  if (!statistics) {
    module.emitError() << llvm::toString(statistics.takeError());
    return failure();
  }
  return std::move(*statistics);
}
