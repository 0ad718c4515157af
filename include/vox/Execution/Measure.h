//===- Measure.h - Networks on samples ------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_EXECUTION_MEASURE_H
#define VOX_EXECUTION_MEASURE_H

#include "vox/Analysis/ActivationStatistics.h"
#include "vox/Execution/CompiledModel.h"
#include "vox/Execution/Samples.h"
#include "vox/Execution/Source.h"

namespace vox::execution {

/// Compiles a copy of `module`, which has passed phase `from`, and loads it.
/// Fails after a diagnostic.
mlir::FailureOr<std::unique_ptr<CompiledModel>>
compileAndLoad(mlir::ModuleOp module, Phase from, const CompileOptions &options,
               vox_observer observer = nullptr, void *observerData = nullptr);

/// Whether an output is a monitor's; see MonitorActivations in Passes.td.
bool isMonitor(const TensorInfo &output);

/// What the monitors among `outputs`, of one run, tell.
NetworkStatistics readMonitors(const Signature &signature,
                               llvm::ArrayRef<Tensor> outputs);

/// Adds what another run of the same network told.
void add(NetworkStatistics &statistics, const NetworkStatistics &other);

/// Runs a monitored model on each sample. `done`, if given, is told after each.
/// An error's text is complete.
llvm::Expected<NetworkStatistics>
runMonitored(CompiledModel &model, size_t numSamples,
             llvm::function_ref<llvm::Expected<Sample>(size_t)> getSample,
             llvm::function_ref<void(size_t)> done = nullptr);

/// Runs a copy of the network, phase import or graph, with monitors on all
/// activations, over the samples. Fails after a diagnostic.
mlir::FailureOr<NetworkStatistics>
measureActivations(mlir::ModuleOp module, llvm::ArrayRef<Sample> samples,
                   const CompileOptions &options);

} // namespace vox::execution

#endif // VOX_EXECUTION_MEASURE_H
