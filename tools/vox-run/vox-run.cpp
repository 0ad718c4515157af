//===- vox-run.cpp - Runs, checks and times a model -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The command line. What it asks for is done by Session.
//
//===----------------------------------------------------------------------===//

#include "Session.h"

#include "vox/Pipelines/Diagnostics.h"
#include "vox/Pipelines/Options.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <new>
#include <unistd.h>

using namespace llvm;
using namespace vox;
using namespace vox::run;

namespace {
/// The options. LLVM's libraries register hundreds of their own, `--threads`
/// among them, so these are made after main() has cleared the parser.
struct CommandLine {
  cl::OptionCategory category{"vox-run options"};

  cl::opt<std::string> modelPath{
      cl::Positional, cl::Required, cl::cat(category),
      cl::desc("MODEL (.onnx .onnxtxt .mlir .mlirbc, compiled on the fly, or "
               "a compiled .so)")};
  cl::opt<std::string> sourcePath{
      "source", cl::cat(category), cl::value_desc("FILE"),
      cl::desc("What a compiled MODEL came from, for --verify=reference and "
               "--verify-all-ops")};
  cl::opt<std::string> shapesText{"shapes", cl::cat(category),
                                  cl::value_desc("x:1x1x64,..."),
                                  cl::desc("Shapes of dynamic inputs")};
  cl::opt<std::string> minShapesText{
      "minShapes", cl::cat(category), cl::value_desc("x:1x1x32,..."),
      cl::desc("As voxc --minShapes; --shapes or files then say how large this "
               "run is, which else has the greatest shapes")};
  cl::opt<std::string> maxShapesText{"maxShapes", cl::cat(category),
                                     cl::value_desc("x:4x1x64,..."),
                                     cl::desc("As voxc --maxShapes")};
  cl::list<std::string> inputFiles{
      "input", cl::cat(category), cl::value_desc("[NAME=]@FILE"),
      cl::desc("Read an input (.npy .raw .nii .nii.gz); without "
               "NAME, the next one")};
  cl::list<std::string> outputFiles{
      "output", cl::cat(category), cl::value_desc("[NAME=]@FILE"),
      cl::desc("Write an output (.npy .raw .nii .nii.gz)")};
  cl::opt<Fill> fillBy{
      "fill", cl::cat(category), cl::init(Fill::Random),
      cl::desc("What inputs without a file hold:"),
      cl::values(
          clEnumValN(Fill::Random, "random",
                     "standard normal, integers 8 random bits (default)"),
          clEnumValN(Fill::Zeros, "zeros", "0 everywhere"),
          clEnumValN(Fill::Ones, "ones", "1 everywhere"),
          clEnumValN(Fill::Iota, "iota", "0, 1, 2, ..."))};
  cl::opt<uint64_t> seed{"seed", cl::cat(category), cl::init(0),
                         cl::value_desc("N"),
                         cl::desc("Of the random numbers (default 0)")};
  cl::opt<bool> print{"print", cl::cat(category),
                      cl::desc("Print up to 64 elements of each output")};
  cl::opt<std::string> evaluateBy{
      "evaluate", cl::cat(category), cl::value_desc("reference"),
      cl::desc("Take the outputs from the float64 reference instead "
               "of compiling; written to .npy as float64")};

  cl::opt<std::string> verifyBy{
      "verify", cl::cat(category), cl::value_desc("reference|FILE[,FILE...]"),
      cl::desc("Compare the outputs with the float64 reference, or with .npy "
               "files of float32 or float64; exit code 2 if they differ")};
  cl::opt<bool> verifyAllOps{
      "verify-all-ops", cl::cat(category),
      cl::desc("Compare the result of every launch with the float64 reference "
               "and name the first layer that differs; exit code 2 if one "
               "does")};
  cl::opt<double> relativeTolerance{
      "rtol", cl::cat(category), cl::init(2e-5), cl::value_desc("X"),
      cl::desc("Allowed error as a share of the output's root "
               "mean square (default 2e-5)")};
  cl::opt<double> absoluteTolerance{
      "atol", cl::cat(category), cl::init(0), cl::value_desc("X"),
      cl::desc("Allowed error in addition to --rtol (default 0)")};

  cl::opt<double> warmUp{
      "warmUp", cl::cat(category), cl::init(0), cl::value_desc("MS"),
      cl::desc("Milliseconds of runs before those that count "
               "(default 0)")};
  cl::opt<unsigned> iterations{"iterations", cl::cat(category), cl::init(1),
                               cl::value_desc("N"),
                               cl::desc("Least number of runs (default 1)")};
  cl::opt<double> duration{"duration", cl::cat(category), cl::init(0),
                           cl::value_desc("S"),
                           cl::desc("Least seconds of runs (default 0)")};
  cl::opt<std::string> percentiles{"percentile", cl::cat(category),
                                   cl::init("95,99"), cl::value_desc("P,..."),
                                   cl::desc("Times to print (default 95,99)")};
  cl::opt<std::string> exportTimes{"exportTimes", cl::cat(category),
                                   cl::value_desc("FILE"),
                                   cl::desc("Write all times as JSON")};
  cl::opt<bool> dumpProfile{
      "dumpProfile", cl::cat(category),
      cl::desc("Print the time of each launch and what it computes")};
  cl::opt<std::string> exportProfile{"exportProfile", cl::cat(category),
                                     cl::value_desc("FILE"),
                                     cl::desc("Write the profile as JSON")};
  cl::opt<std::string> trace{
      "trace", cl::cat(category), cl::value_desc("FILE"),
      cl::desc("Write every launch of the runs that count as a Chrome trace")};
  cl::opt<std::string> monitor{
      "monitor", cl::cat(category), cl::value_desc("DIR"),
      cl::desc("Run every sample of DIR (NAME.npy, with several inputs "
               "NAME.INPUT.npy; formats as --input) and print what the units "
               "of each activation did")};
  cl::list<std::string> exportMonitor{
      "exportMonitor", cl::CommaSeparated, cl::cat(category),
      cl::value_desc("FILE,..."),
      cl::desc("Write what --monitor counted: .json, or .html with pictures")};
  cl::opt<int> threads{"threads", cl::cat(category), cl::init(0),
                       cl::value_desc("N"),
                       cl::desc("Threads of the model (default: processors)")};

  cl::opt<std::string> target{"target", cl::cat(category), cl::init("host"),
                              cl::value_desc("TARGET"),
                              cl::desc("As voxc --target")};
  cl::opt<unsigned> optLevel{"O",
                             cl::Prefix,
                             cl::cat(category),
                             cl::init(2),
                             cl::value_desc("0-3"),
                             cl::desc("As voxc -O (default 2)")};
  cl::list<std::string> disabledPasses{
      "disable-pass", cl::CommaSeparated, cl::cat(category),
      cl::value_desc("NAME"), cl::desc("As voxc --disable-pass")};
  cl::opt<std::string> compileFrom{
      "compile-from", cl::cat(category), cl::init("import"),
      cl::value_desc("PHASE"), cl::desc("The phase that a .mlir MODEL is in")};

  ExitCode getSettings(Settings &settings) const;

private:
  ExitCode getMonitor(Settings &settings) const;
  ExitCode getCompilation(Settings &settings) const;
};
} // namespace

ExitCode CommandLine::getMonitor(Settings &settings) const {
  settings.monitorFolder = monitor;
  settings.exportMonitor.assign(exportMonitor.begin(), exportMonitor.end());
  settings.compile.monitorActivations = !settings.monitorFolder.empty();
  for (const std::string &path : settings.exportMonitor) {
    StringRef suffix = sys::path::extension(path);
    if (suffix != ".json" && suffix != ".html")
      return refuse("--exportMonitor=" + path +
                    ": unknown suffix; expected .json or .html");
  }
  if (settings.monitorFolder.empty())
    return monitor.getNumOccurrences() || exportMonitor.getNumOccurrences()
               ? refuse("--exportMonitor writes what --monitor=DIR counts; "
                        "expected a folder of samples")
               : Done;
  if (inputFiles.getNumOccurrences() || outputFiles.getNumOccurrences() ||
      settings.evaluate || verifyBy.getNumOccurrences() || verifyAllOps ||
      settings.wantsProfile())
    return refuse("--monitor runs the samples of a folder; it goes without "
                  "--input, --output, --evaluate, --verify, --verify-all-ops "
                  "and profiles");
  return Done;
}

ExitCode CommandLine::getCompilation(Settings &settings) const {
  settings.compile.target = target;
  settings.compile.cacheFolder = defaultCacheFolder();
  settings.compile.optLevel = optLevel;
  for (const std::string &pass : disabledPasses)
    settings.compile.disabledPasses.insert(pass);
  if (Error error = checkCompileOptions(settings.compile))
    return refuse(toString(std::move(error)));
  std::optional<Phase> from = parsePhase(compileFrom);
  if (!from || *from == Phase::Objects)
    return refuse("--compile-from is \"" + compileFrom +
                  "\"; expected a phase from import to kernels");
  settings.compileFrom = *from;
  return Done;
}

/// Turns the options into `settings`, or says what is wrong with them.
ExitCode CommandLine::getSettings(Settings &settings) const {
  settings.model = modelPath;
  settings.source = sourcePath;
  if (Error error = parseShapes(shapesText, minShapesText, maxShapesText,
                                settings.import))
    return refuse(toString(std::move(error)));
  settings.inputs.assign(inputFiles.begin(), inputFiles.end());
  settings.outputs.assign(outputFiles.begin(), outputFiles.end());
  settings.fill = fillBy;
  settings.seed = seed;
  settings.print = print;

  settings.evaluate = evaluateBy == "reference";
  if (!settings.evaluate && evaluateBy.getNumOccurrences())
    return refuse("--evaluate is \"" + evaluateBy + "\"; expected reference");
  settings.verifyByReference = verifyBy == "reference";
  if (settings.evaluate && settings.verifyByReference)
    return refuse("--evaluate=reference with --verify=reference compares the "
                  "reference with itself");
  if (!settings.verifyByReference && verifyBy.getNumOccurrences())
    for (StringRef path : split(verifyBy, ','))
      settings.verifyByFiles.push_back(path.str());
  settings.verifyAllOps = verifyAllOps;
  settings.dumpProfile = dumpProfile;
  settings.exportProfile = exportProfile;
  settings.trace = trace;
  if (settings.evaluate && (settings.verifyAllOps || settings.wantsProfile()))
    return refuse("--evaluate=reference compiles nothing; --verify-all-ops, "
                  "--dumpProfile, --exportProfile and --trace need a compiled "
                  "model");
  if (ExitCode code = getMonitor(settings))
    return code;
  settings.tolerance = {relativeTolerance, absoluteTolerance};
  if (!(relativeTolerance >= 0) || !(absoluteTolerance >= 0))
    return refuse("--rtol and --atol must not be negative");

  settings.measurement = {warmUp, iterations, duration};
  if (!(warmUp >= 0) || !(duration >= 0) || iterations < 1)
    return refuse("--warmUp and --duration must not be negative, and "
                  "--iterations at least 1");
  // cl::list<double> would take an empty entry for 0.
  for (StringRef text : split(percentiles, ',')) {
    double percentile;
    if (text.getAsDouble(percentile) || !(percentile >= 0 && percentile <= 100))
      return refuse("--percentile is \"" + percentiles +
                    "\"; expected numbers from 0 to 100, separated by commas");
    settings.percentiles.push_back(percentile);
  }
  settings.exportTimes = exportTimes;
  settings.threads = threads;
  if (threads < 0)
    return refuse("--threads is negative; expected a number of threads, or 0 "
                  "for as many as processors");
  return getCompilation(settings);
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  // Tensors are as large as the model says.
  std::set_new_handler([] {
    static constexpr char message[] = "vox-run: error: out of memory\n";
    (void)!write(STDERR_FILENO, message, sizeof message - 1);
    _exit(BadInput);
  });
  cl::ResetCommandLineParser();
  CommandLine commandLine;
  cl::SetVersionPrinter(
      [](raw_ostream &os) { os << "vox-run " VOXC_VERSION "\n"; });
  cl::HideUnrelatedOptions(commandLine.category);
  cl::ParseCommandLineOptions(argc, argv,
                              "vox-run: run, check and time a model\n");
  Settings settings;
  if (ExitCode code = commandLine.getSettings(settings))
    return code;
  mlir::DialectRegistry registry;
  registry.insert<VoxDialect, mlir::func::FuncDialect>();
  mlir::MLIRContext context(registry);
  printDiagnostics(context);
  return Session(std::move(settings), context).run();
}
