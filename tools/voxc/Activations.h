//===- Activations.h - Options on activations -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// --replace-activations, --recalibrate-batch-norm, --activation-report and
// --advise, with what they need.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOXC_ACTIVATIONS_H
#define VOX_TOOLS_VOXC_ACTIVATIONS_H

#include "vox/Dialect/Vox/Transforms/ActivationPolicy.h"
#include "vox/Execution/Metric.h"
#include "vox/Execution/RecalibrateBatchNorm.h"

#include "llvm/Support/CommandLine.h"

namespace vox {

/// Where --help lists the options.
llvm::cl::OptionCategory &activationCategory();

/// What the options ask for, on the network as the hook of the pipeline gets
/// it.
class Activations {
public:
  /// Looks at the options as far as that goes without a model. An error says
  /// what is wrong.
  llvm::Error check(mlir::MLIRContext &context, llvm::StringRef output);

  bool isAdvising() const { return wantsAdvice; }
  /// Whether the network is changed.
  bool isChanging() const { return policy || !recalibrationFolder.empty(); }

  /// Prints advice, or changes the network; fails after a message.
  mlir::LogicalResult run(mlir::ModuleOp module, const CompileOptions &options);

private:
  llvm::Error checkCombination() const;
  mlir::LogicalResult readInputs(mlir::ModuleOp module);
  mlir::LogicalResult findStatistics(mlir::ModuleOp module);
  mlir::LogicalResult advise(mlir::ModuleOp module);
  mlir::LogicalResult change(mlir::ModuleOp module);
  /// `original`: what activations of `module` were replaced in, or null.
  mlir::LogicalResult recalibrate(mlir::ModuleOp module,
                                  mlir::ModuleOp original);

  /// The options' values: linking, inside LLD, sets all options back.
  std::optional<std::string> policy;
  PolicyOptions policyOptions;
  std::string recalibrationFolder, samplesFolder, labelsPath, statisticsPath;
  std::vector<std::string> reportPaths;
  std::optional<execution::Metric> metric;
  bool wantsAdvice = false, wantsStatistics = false;
  CompileOptions options;

  std::vector<execution::Sample> samples;
  std::optional<execution::Labels> labels;
  std::optional<NetworkStatistics> statistics;
  std::vector<execution::RecalibratedNorm> norms;
};

} // namespace vox

#endif // VOX_TOOLS_VOXC_ACTIVATIONS_H
