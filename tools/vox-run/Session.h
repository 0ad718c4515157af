//===- Session.h - One use of vox-run -------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOX_RUN_SESSION_H
#define VOX_TOOLS_VOX_RUN_SESSION_H

#include "Profile.h"
#include "Times.h"
#include "Verify.h"
#include "vox/Execution/CompiledModel.h"
#include "vox/Execution/Source.h"

#include "vox/Pipelines/TemporaryFolder.h"

namespace vox::run {

using namespace execution;

enum ExitCode { Done = 0, BadInput = 1, VerificationFailed = 2, OurFault = 70 };

/// Reports bad usage or input.
ExitCode refuse(const llvm::Twine &message);

/// Reports an error whose text is complete.
ExitCode report(llvm::Error error);

/// Reports that a model does not come from `source`.
ExitCode refuseDifference(llvm::StringRef model, llvm::StringRef source);

bool isMLIR(llvm::StringRef path);

/// Monitors are outputs that nobody asks for one by one.
Signature withoutMonitors(Signature signature);
/// Those of `outputs`, which are as `signature` says, that are no monitors.
std::vector<Tensor> withoutMonitors(const Signature &signature,
                                    std::vector<Tensor> outputs);

/// What the command line asks for, checked as far as that goes without files.
struct Settings {
  std::string model;
  /// What a compiled model came from, where the reference needs it.
  std::string source;
  ImportOptions import;
  CompileOptions compile;
  Phase compileFrom = Phase::Import;
  int threads = 0;

  /// "[NAME=]@FILE" each.
  std::vector<std::string> inputs, outputs;
  Fill fill = Fill::Random;
  uint64_t seed = 0;
  bool print = false;
  /// Outputs come from the reference and not from a compiled model.
  bool evaluate = false;

  bool verifyByReference = false;
  bool verifyAllOps = false;
  std::vector<std::string> verifyByFiles;
  Tolerance tolerance;

  Measurement measurement;
  std::vector<double> percentiles;
  std::string exportTimes;

  /// Statistics of activations over the samples of a folder, and the files
  /// (.json, .html) that they go to besides the table.
  std::string monitorFolder;
  std::vector<std::string> exportMonitor;

  bool dumpProfile = false;
  std::string exportProfile, trace;
  bool wantsProfile() const {
    return dumpProfile || !exportProfile.empty() || !trace.empty();
  }
};

/// The tool's steps: inputs, reference results, compilation where the model is
/// no shared library yet, runs, comparison. The reference comes before
/// compiling, which lowers the network.
class Session {
public:
  Session(Settings settings, mlir::MLIRContext &context);
  ExitCode run();

private:
  ExitCode openModel();
  /// Reads the network, open where the model is.
  ExitCode openSource(const std::string &path);
  ExitCode readInputs();
  /// Whether the inputs have the greatest shapes that the model takes.
  bool isGreatest() const;
  /// What needs fixed extents, or the greatest.
  ExitCode checkOpen() const;
  /// The network at the inputs' shapes: `source`, or a further import.
  ExitCode findReference(Source *&reference);
  ExitCode computeReference();
  ExitCode compile();
  ExitCode execute();
  ExitCode writeOutputs();
  /// In place of one run on the inputs: `monitorFolder`.
  ExitCode monitor();
  ExitCode checkMonitors();
  ExitCode writeProfile();
  ExitCode verify();
  ExitCode verifyAllOps();
  ExitCode lowerSource();
  /// Loads a shared library with an observer of its own.
  ExitCode load(const std::string &path);
  /// Reports what went wrong in a run.
  static ExitCode reportRun(llvm::Error error, const CompiledModel &model);

  /// Assigns "[NAME=]@FILE" arguments to `infos`, by name or in order.
  ExitCode assignFiles(llvm::StringRef option,
                       llvm::ArrayRef<std::string> arguments,
                       llvm::ArrayRef<TensorInfo> infos,
                       llvm::SmallVectorImpl<llvm::StringRef> &paths);

  const Settings settings;
  mlir::MLIRContext &context;
  std::optional<Source> source, fixedSource;
  /// Before the models that it observes: they end first.
  Profile profile;
  std::string libraryPath;
  std::unique_ptr<CompiledModel> compiled;
  TemporaryFolder temporaryFolder;
  Signature signature;
  llvm::SmallVector<llvm::StringRef> outputPaths;
  std::vector<Tensor> inputs, outputs, reference;
  /// Of the inputs that come from NIfTI files.
  std::vector<vox_geometry> geometries;
};

} // namespace vox::run

#endif // VOX_TOOLS_VOX_RUN_SESSION_H
