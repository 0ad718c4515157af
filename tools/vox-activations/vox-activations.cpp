//===- vox-activations.cpp - Lists, checks and draws activations ----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What can be known of an activation: the row of the table, the accuracy of its
// kernel over all floats, a plot, and the page of the documentation.
//
//===----------------------------------------------------------------------===//

#include "Page.h"
#include "Plot.h"

#include "vox/Execution/Tensor.h"
#include "vox/Pipelines/Diagnostics.h"
#include "vox/Pipelines/Options.h"
#include "vox/Target/Machine.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;
using namespace vox;
using namespace vox::activations;

namespace {
enum ExitCode { Done = 0, BadInput = 1, LimitExceeded = 2, OurFault = 70 };

/// The options, made after main() has cleared those of LLVM's libraries.
struct CommandLine {
  cl::OptionCategory category{"vox-activations options"};

  cl::list<std::string> names{cl::Positional, cl::cat(category),
                              cl::desc("NAME[(PARAMETER, ...)]...")};
  cl::opt<bool> list{"list", cl::cat(category),
                     cl::desc("Print the table of activations, or the named "
                              "ones")};
  cl::opt<bool> exhaustive{
      "exhaustive", cl::cat(category),
      cl::desc("Run compiled kernels on all 2^32 floats and compare with "
               "float64, and with MPFR where the error is greatest")};
  cl::opt<bool> all{"all", cl::cat(category),
                    cl::desc("Every activation, with its default parameters "
                             "(clip as relu6)")};
  cl::opt<uint64_t> step{"step", cl::cat(category), cl::init(1),
                         cl::value_desc("N"),
                         cl::desc("One of N floats, at random (default 1)")};
  cl::opt<double> limit{"limit", cl::cat(category), cl::init(4),
                        cl::value_desc("ULP"),
                        cl::desc("Greatest error allowed (default 4); exit "
                                 "code 2 beyond it")};
  cl::opt<std::string> json{"json", cl::cat(category), cl::value_desc("FILE"),
                            cl::desc("Write the figures as JSON")};
  cl::opt<std::string> target{"target", cl::cat(category), cl::init("host"),
                              cl::value_desc("TARGET"),
                              cl::desc("As voxc --target")};
  cl::opt<unsigned> threads{"threads", cl::cat(category), cl::init(0),
                            cl::value_desc("N"),
                            cl::desc("Threads (default: processors)")};
  cl::opt<std::string> plot{"plot", cl::cat(category), cl::value_desc("DIR"),
                            cl::desc("Draw each activation as DIR/NAME.svg")};
  cl::opt<bool> markdown{"markdown", cl::cat(category),
                         cl::desc("Print docs/Activations.md")};
  cl::opt<std::string> accuracy{
      "accuracy", cl::cat(category), cl::value_desc("FILE"),
      cl::desc("What --json wrote, for the page of --markdown")};
};

class Tool {
public:
  Tool(const CommandLine &options, mlir::MLIRContext &context)
      : options(options), context(context) {}
  ExitCode run();

private:
  ExitCode readNames();
  void list();
  ExitCode measure();
  ExitCode plot();
  ExitCode printMarkdown();

  const CommandLine &options;
  mlir::MLIRContext &context;
  std::vector<ActivationAttr> functions;
};
} // namespace

static ExitCode refuse(const Twine &message) {
  WithColor::error(errs(), "vox-activations") << message << '\n';
  return BadInput;
}

static ExitCode report(Error error) {
  errs() << toString(std::move(error)) << '\n';
  return BadInput;
}

ExitCode Tool::readNames() {
  if (options.all && !options.names.empty())
    return refuse("--all with the name of an activation; expected one of them");
  if (options.all)
    for (const ActivationKind *kind : activationKinds())
      functions.push_back(getExample(*kind, &context));
  for (const std::string &name : options.names) {
    size_t at = 0;
    Expected<ActivationAttr> function = parseActivation(name, &context, &at);
    if (!function) {
      refuse(toString(function.takeError()));
      errs() << "  " << name << "\n  " << std::string(at, ' ') << "^\n";
      return BadInput;
    }
    functions.push_back(*function);
  }
  if (functions.empty() && options.exhaustive)
    return refuse("--exhaustive of no activation; expected its name, or --all");
  if (functions.empty() && !options.plot.empty())
    return refuse("--plot of no activation; expected its name, or --all");
  return Done;
}

void Tool::list() {
  if (!options.names.empty())
    return printList(outs(), functions);
  std::vector<ActivationAttr> table;
  for (const ActivationKind *kind : activationKinds())
    table.push_back(getDefault(*kind, &context));
  printList(outs(), table);
}

ExitCode Tool::measure() {
  ExhaustiveOptions settings;
  Expected<Machine> machine = parseMachine(options.target);
  if (!machine)
    return refuse(toString(machine.takeError()));
  // In full: "host" would say nothing in a file.
  settings.compile.target = machine->target;
  settings.compile.cacheFolder = defaultCacheFolder();
  settings.step = options.step;
  settings.threads =
      options.threads
          ? options.threads
          : heavyweight_hardware_concurrency().compute_thread_count();
  if (options.step < 1 || options.step > 1 << 24)
    return refuse("--step is " + Twine(options.step) +
                  "; expected 1 to 16777216");
  if (!(options.limit >= 0))
    return refuse(formatv("--limit is {0}; expected 0 or more",
                          format("%g", options.limit.getValue())));

  // The linker's library resets every option when it has linked a kernel.
  const double limit = options.limit;
  const std::string jsonPath = options.json;
  bool asTable = functions.size() > 1;
  if (asTable)
    printTableHead(outs());
  AccuracyFile file;
  file.target = settings.compile.target;
  file.step = settings.step;
  ExitCode code = Done;
  for (ActivationAttr function : functions) {
    bool internalFault;
    FailureOr<Accuracy> accuracy =
        measureAccuracy(function, settings, internalFault);
    if (failed(accuracy) && !internalFault)
      return BadInput;
    if (failed(accuracy)) {
      code = OurFault;
      continue;
    }
    file.records.push_back(makeRecord(function, *accuracy));
    if (asTable)
      printTableRow(outs(), file.records.back());
    else
      printAccuracy(outs(), function, *accuracy, settings);
    outs().flush();
    if (code == Done && !isWithin(*accuracy, limit))
      code = LimitExceeded;
    // After each, so that what is done is kept.
    if (!jsonPath.empty())
      if (Error error = writeAccuracy(jsonPath, file))
        return report(std::move(error));
  }
  return code;
}

ExitCode Tool::plot() {
  if (std::error_code code = sys::fs::create_directories(options.plot))
    return refuse("\"" + options.plot + "\" can't be made: " + code.message());
  for (ActivationAttr function : functions) {
    std::string path =
        (options.plot + "/" + function.getKind().name + ".svg").str();
    if (Error error = execution::writeFile(
            path, [&](raw_ostream &os) { printPlot(os, function); }))
      return report(std::move(error));
  }
  return Done;
}

ExitCode Tool::printMarkdown() {
  if (options.accuracy.empty()) {
    printPage(outs(), &context, nullptr);
    return Done;
  }
  Expected<AccuracyFile> file = readAccuracy(options.accuracy);
  if (!file)
    return report(file.takeError());
  printPage(outs(), &context, &*file);
  return Done;
}

ExitCode Tool::run() {
  if (ExitCode code = readNames())
    return code;
  if (!options.list && !options.exhaustive && !options.markdown &&
      options.plot.empty())
    return refuse("nothing to do; expected --list, --exhaustive, --plot or "
                  "--markdown");
  if (options.list)
    list();
  if (!options.plot.empty())
    if (ExitCode code = plot())
      return code;
  if (options.markdown)
    if (ExitCode code = printMarkdown())
      return code;
  return options.exhaustive ? measure() : Done;
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::ResetCommandLineParser();
  CommandLine commandLine;
  cl::SetVersionPrinter(
      [](raw_ostream &os) { os << "vox-activations " VOXC_VERSION "\n"; });
  cl::HideUnrelatedOptions(commandLine.category);
  cl::ParseCommandLineOptions(
      argc, argv,
      "vox-activations: the activations, their accuracy and their plots\n");
  mlir::DialectRegistry registry;
  registry.insert<VoxDialect, mlir::func::FuncDialect>();
  mlir::MLIRContext context(registry);
  context.loadAllAvailableDialects();
  printDiagnostics(context);
  return Tool(commandLine, context).run();
}
