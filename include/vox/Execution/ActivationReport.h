//===- ActivationReport.h - What a change of activations does -------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_EXECUTION_ACTIVATIONREPORT_H
#define VOX_EXECUTION_ACTIVATIONREPORT_H

#include "vox/Dialect/Vox/Transforms/ActivationPolicy.h"
#include "vox/Execution/Metric.h"
#include "vox/Execution/RecalibrateBatchNorm.h"

namespace vox::execution {

/// A figure for the network with new activations, and for the same with batch
/// norms recalibrated; NaN where there is no such network or no sample.
struct Figures {
  double replaced = NAN, recalibrated = NAN;
};

struct LayerChange {
  Replacement replacement;
  /// Elements per inference, and vector instructions for them by the table's
  /// `cost`.
  double elements, opsBefore, opsAfter;
  /// Of the activation's result, root mean square of the difference from the
  /// original network's over root mean square of that.
  Figures deviation;
  /// Least time of the launch that computes it, in the original network and in
  /// the one that is compiled.
  double msBefore = NAN, msAfter = NAN;
};

struct ActivationReport {
  std::string network;
  size_t activations = 0, samples = 0;
  std::vector<LayerChange> layers;
  std::vector<RecalibratedNorm> norms;

  struct Output {
    std::string name;
    Figures deviation;
  };
  std::vector<Output> outputs;
  /// Least time of all launches together.
  double msBefore = NAN, msAfter = NAN;

  std::optional<Metric> metric;
  double metricBefore = NAN;
  Figures metricAfter;
};

/// The network before anything was changed and, where that was done, after
/// activations were replaced and after batch norms were recalibrated.
struct Stages {
  mlir::ModuleOp original, replaced, recalibrated;
};

/// Fills a report. Networks are compiled as `options` say and run side by side
/// over the samples, if there are any; `labels` may be null. Fails after a
/// diagnostic.
mlir::FailureOr<ActivationReport>
measureChanges(const Stages &stages, llvm::ArrayRef<Replacement> replacements,
               llvm::ArrayRef<RecalibratedNorm> norms,
               llvm::ArrayRef<Sample> samples, const Labels *labels,
               const CompileOptions &options);

void printText(llvm::raw_ostream &os, const ActivationReport &report);
void printJSON(llvm::raw_ostream &os, const ActivationReport &report);
/// A page with pictures that needs no other file.
void printPage(llvm::raw_ostream &os, const ActivationReport &report);

} // namespace vox::execution

#endif // VOX_EXECUTION_ACTIVATIONREPORT_H
