//===- Activations.cpp - Options on activations ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Activations.h"

#include "vox/Analysis/Advice.h"
#include "vox/Dialect/Vox/IR/OpenExtents.h"
#include "vox/Execution/ActivationReport.h"
#include "vox/Execution/Measure.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace vox;
using namespace vox::execution;
using llvm::createStringError;
namespace cl = llvm::cl;

cl::OptionCategory &vox::activationCategory() {
  static cl::OptionCategory category(
      "Options on activations",
      "docs/ReplacingActivations.md says more about each.");
  return category;
}

namespace {

cl::opt<std::string> replaceOption(
    "replace-activations", cl::value_desc("POLICY"),
    cl::desc("Replace activations: relu=leaky_relu(0.01),swish=hard_swish; "
             "relu[dead_units>0.5]=prelu; *[name~\"/block3/*\"]=gelu"),
    cl::cat(activationCategory()));
cl::opt<double> toleranceOption(
    "activation-tolerance", cl::value_desc("X"), cl::cat(activationCategory()),
    cl::desc("Replace nothing by a function that is further off than X"));
cl::opt<std::string> recalibrateOption(
    "recalibrate-batch-norm", cl::value_desc("DIR"),
    cl::desc("Set means and variances of batch norms by the samples in DIR, "
             "which need no labels: to keep what comes out of them as it was "
             "before --replace-activations, or else to those of the samples"),
    cl::cat(activationCategory()));
cl::opt<std::string> samplesOption(
    "samples", cl::value_desc("DIR"), cl::cat(activationCategory()),
    cl::desc("Samples for measured conditions, reports and advice: .npy, "
             ".raw, .nii or .nii.gz; NAME.INPUT.npy for several inputs"));
cl::opt<std::string> labelsOption(
    "labels", cl::value_desc("FILE"), cl::cat(activationCategory()),
    cl::desc("What the first output should be: a CSV file SAMPLE,VALUE,... "
             "with a header; for dice a folder of label maps"));
cl::opt<std::string>
    metricOption("metric", cl::value_desc("rmse|accuracy|dice"),
                 cl::desc("How the first output is compared with the labels"),
                 cl::cat(activationCategory()));
cl::opt<std::string> statisticsOption(
    "activation-statistics", cl::value_desc("FILE"),
    cl::desc("Statistics that vox-run --monitor wrote, in place of samples"),
    cl::cat(activationCategory()));
cl::list<std::string> reportOption(
    "activation-report", cl::value_desc("FILE,..."), cl::CommaSeparated,
    cl::desc("What the change does, layer by layer: .txt, .json or .html; "
             "'-' is text on standard output"),
    cl::cat(activationCategory()));
cl::opt<bool> adviseOption(
    "advise", cl::cat(activationCategory()),
    cl::desc("Print advice on activations, with the flag that would apply "
             "each, in place of compiling"));

/// Samples and labels have names of their own in front of the message.
LogicalResult reportError(llvm::Error error) {
  llvm::errs() << llvm::toString(std::move(error)) << "\n";
  return failure();
}

/// Of the first input.
DataStatistics summarize(ArrayRef<Sample> samples) {
  DataStatistics data;
  double sum = 0, squares = 0;
  data.least = kInfinity, data.greatest = -kInfinity;
  for (const Sample &sample : samples)
    for (double x : sample.inputs.front().data) {
      ++data.count;
      data.negatives += x < 0;
      data.zeros += x == 0;
      data.least = std::min(data.least, x);
      data.greatest = std::max(data.greatest, x);
      sum += x;
    }
  data.mean = sum / data.count;
  for (const Sample &sample : samples)
    for (double x : sample.inputs.front().data)
      squares += (x - data.mean) * (x - data.mean);
  data.variance = squares / data.count;
  return data;
}

} // namespace

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

/// Options that mean nothing without another.
llvm::Error Activations::checkCombination() const {
  auto needs = [](const char *option, const char *others) {
    return createStringError("--%s does nothing alone; expected %s with it",
                             option, others);
  };
  if (wantsAdvice && isChanging())
    return createStringError("--advise changes nothing; expected it without %s",
                             policy ? "--replace-activations"
                                    : "--recalibrate-batch-norm");
  if (!samplesFolder.empty() && !isChanging() && !wantsAdvice)
    return needs("samples", "--replace-activations, --recalibrate-batch-norm "
                            "or --advise");
  if (!statisticsPath.empty() && !policy && !wantsAdvice)
    return needs("activation-statistics", "--replace-activations or --advise");
  if (!reportPaths.empty() && !isChanging())
    return needs("activation-report",
                 "--replace-activations or --recalibrate-batch-norm");
  if (policyOptions.tolerance && !policy)
    return needs("activation-tolerance", "--replace-activations");
  if (metric && labelsPath.empty())
    return needs("metric", "--labels=FILE");
  if (labelsPath.empty())
    return llvm::Error::success();
  if (samplesFolder.empty())
    return needs("labels", "--samples=DIR");
  if (!metric)
    return needs("labels", "--metric=rmse, accuracy or dice");
  if (!wantsAdvice && reportPaths.empty())
    return needs("labels", "--activation-report=FILE or --advise");
  return llvm::Error::success();
}

llvm::Error Activations::check(MLIRContext &context, StringRef output) {
  if (replaceOption.getNumOccurrences())
    policy = replaceOption;
  if (toleranceOption.getNumOccurrences())
    policyOptions.tolerance = toleranceOption;
  recalibrationFolder = recalibrateOption;
  samplesFolder = samplesOption;
  labelsPath = labelsOption;
  statisticsPath = statisticsOption;
  reportPaths = reportOption;
  wantsAdvice = wantsStatistics = adviseOption;
  if (!metricOption.empty() && !(metric = parseMetric(metricOption)))
    return createStringError("unknown --metric '%s'; expected rmse, accuracy "
                             "or dice",
                             metricOption.c_str());
  if (llvm::Error error = checkCombination())
    return error;
  if (policyOptions.tolerance && !(*policyOptions.tolerance >= 0))
    return createStringError("--activation-tolerance=%g; expected 0 or more",
                             *policyOptions.tolerance);
  for (const std::string &path : reportPaths) {
    StringRef suffix = llvm::sys::path::extension(path);
    if (path != "-" && suffix != ".txt" && suffix != ".json" &&
        suffix != ".html")
      return createStringError("--activation-report=%s: unknown suffix; "
                               "expected .txt, .json, .html or '-'",
                               path.c_str());
    if (path == "-" && output == "-")
      return createStringError("--activation-report=- and -o - both go to "
                               "standard output; expected one of them");
  }
  if (policy) {
    // Activations are its attributes, and no model has been read.
    context.loadDialect<VoxDialect>();
    auto measured = needsStatistics(*policy, &context);
    if (!measured)
      return measured.takeError();
    wantsStatistics = *measured;
  }
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

LogicalResult Activations::readInputs(ModuleOp module) {
  if (samplesFolder.empty())
    return success();
  Signature signature = getSignature(getNetwork(module));
  auto read = readSamples(samplesFolder, signature);
  if (!read)
    return reportError(read.takeError());
  samples = std::move(*read);
  if (!metric)
    return success();
  auto readLabel =
      readLabels(labelsPath, *metric, samples, signature.outputs.front());
  if (!readLabel)
    return reportError(readLabel.takeError());
  labels = std::move(*readLabel);
  return success();
}

LogicalResult Activations::findStatistics(ModuleOp module) {
  if (!wantsStatistics)
    return success();
  if (!statisticsPath.empty()) {
    auto read = readStatistics(statisticsPath);
    if (!read)
      return reportError(createStringError(
          statisticsPath + ": error: " + llvm::toString(read.takeError())));
    statistics = std::move(*read);
    return success();
  }
  if (samples.empty())
    return success();
  auto measured = measureActivations(module, samples, options);
  if (failed(measured))
    return failure();
  statistics = std::move(*measured);
  return success();
}

//===----------------------------------------------------------------------===//
// Advice and changes
//===----------------------------------------------------------------------===//

LogicalResult Activations::advise(ModuleOp module) {
  AdviceInputs inputs;
  inputs.statistics = statistics ? &*statistics : nullptr;
  if (!samples.empty() && !samples.front().inputs.empty())
    inputs.data = summarize(samples);
  if (labels && *metric == Metric::RMSE)
    inputs.labels = {labels->least(), labels->greatest()};
  printAdvice(llvm::outs(), vox::advise(getNetwork(module), inputs));
  return success();
}

LogicalResult Activations::recalibrate(ModuleOp module, ModuleOp original) {
  if (recalibrationFolder.empty())
    return success();
  auto unlabelled =
      readSamples(recalibrationFolder, getSignature(getNetwork(module)));
  if (!unlabelled)
    return reportError(unlabelled.takeError());
  auto result = recalibrateBatchNorm(module, original, *unlabelled, options);
  if (failed(result))
    return failure();
  norms = std::move(*result);
  return success();
}

/// In the form that the suffix of `path` says.
static LogicalResult writeReport(StringRef path,
                                 const ActivationReport &report) {
  StringRef suffix = llvm::sys::path::extension(path);
  auto print = suffix == ".json"   ? printJSON
               : suffix == ".html" ? printPage
                                   : printText;
  if (path == "-") {
    print(llvm::outs(), report);
    return success();
  }
  llvm::Error error =
      writeFile(path, [&](llvm::raw_ostream &os) { print(os, report); });
  return error ? reportError(std::move(error)) : success();
}

LogicalResult Activations::change(ModuleOp module) {
  OwningOpRef<ModuleOp> original(module.clone()), replaced;
  std::vector<Replacement> replacements;
  if (policy) {
    policyOptions.statistics = statistics ? &*statistics : nullptr;
    auto result =
        replaceActivations(getNetwork(module), *policy, policyOptions);
    if (!result)
      return reportError(createStringError("voxc: error: " +
                                           llvm::toString(result.takeError())));
    replacements = std::move(*result);
    replaced = module.clone();
  }
  if (failed(recalibrate(module, replacements.empty() ? nullptr : *original)))
    return failure();
  if (reportPaths.empty())
    return success();
  Stages stages{*original, replaced ? *replaced : nullptr,
                norms.empty() ? nullptr : module};
  auto report = measureChanges(stages, replacements, norms, samples,
                               labels ? &*labels : nullptr, options);
  if (failed(report))
    return failure();
  for (const std::string &path : reportPaths)
    if (failed(writeReport(path, *report)))
      return failure();
  return success();
}

LogicalResult Activations::run(ModuleOp module,
                               const CompileOptions &compileOptions) {
  options = compileOptions;
  // What is compiled here is for measuring.
  options.changeActivations = nullptr;
  options.monitorActivations = false;
  // Samples are of the greatest shape, and measured at it.
  func::FuncOp network = getNetwork(module);
  Attribute open = network->removeAttr(kOpen);
  llvm::scope_exit restore([&] {
    if (open)
      getNetwork(module)->setAttr(kOpen, open);
  });
  if (failed(readInputs(module)) || failed(findStatistics(module)))
    return failure();
  return wantsAdvice ? advise(module) : change(module);
}
