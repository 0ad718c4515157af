//===- voxc.cpp - The compiler's command line -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads options, decides by suffixes and flags which phases run and which files
// are made, and leaves the work to lib/Pipelines.
//
//===----------------------------------------------------------------------===//

#include "Activations.h"
#include "Inspector.h"
#include "Products.h"
#include "Remarks.h"
#include "vox/Analysis/Ranges.h"
#include "vox/Dialect/Vox/IR/OpenExtents.h"
#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"
#include "vox/Pipelines/Diagnostics.h"
#include "vox/Pipelines/Options.h"
#include "vox/Pipelines/Pipelines.h"
#include "vox/Target/Machine.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/AsmState.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace vox;
namespace cl = llvm::cl;

namespace {

/// Exit codes; docs/Errors.md.
enum ExitCode { kDone = 0, kBadInput = 1, kInternalFault = 70 };

cl::OptionCategory category("Options");

cl::opt<std::string> inputPath(cl::Positional, cl::init("-"), cl::desc("MODEL"),
                               cl::cat(category));
cl::opt<std::string> outputPath(
    "o", cl::value_desc("FILE"), cl::cat(category),
    cl::desc(
        "Output; '-' is standard output. Its suffix decides what is made: "
        ".a (with a .h), .so, .o, .mlir, .mlirbc, .dot, .html, .onnx, .ll, "
        ".bc, .s, .stmt; none: an executable"));
cl::opt<std::string> emitList(
    "emit", cl::value_desc("LIST"), cl::cat(category),
    cl::desc("What to make instead: static_library, c_header, shared_library, "
             "executable, object; vox (IR), dot (a picture), onnx; stmt, "
             "stmt_html, llvm_assembly, bitcode, assembly (what kernels and "
             "host code look like). Several are named after FILE"));
cl::opt<std::string> shapes("shapes", cl::value_desc("NAME:1x1x64,..."),
                            cl::desc("Shapes of dynamic inputs"),
                            cl::cat(category));
cl::opt<std::string> minShapes(
    "minShapes", cl::value_desc("NAME:1x1x32,..."), cl::cat(category),
    cl::desc("Least shapes of inputs whose extents stay open: each run decides "
             "on them, up to --maxShapes"));
cl::opt<std::string> maxShapes(
    "maxShapes", cl::value_desc("NAME:4x1x64,..."), cl::cat(category),
    cl::desc("Greatest shapes of the inputs that --minShapes names; memory is "
             "planned for them"));
cl::opt<std::string> modelName(
    "name", cl::value_desc("NAME"),
    cl::desc("Prefix of the C functions; default: FILE without suffix"),
    cl::cat(category));
cl::opt<std::string>
    target("target", cl::init("host"), cl::value_desc("TARGET"),
           cl::desc("host, avx2, avx512 or a Halide target string"),
           cl::cat(category));
cl::opt<std::string>
    compileFrom("compile-from", cl::value_desc("PHASE"), cl::cat(category),
                cl::desc("The phase that MODEL (.mlir, .mlirbc) has reached"));
cl::opt<std::string> compileTo(
    "compile-to", cl::value_desc("PHASE"), cl::cat(category),
    cl::desc("Stop after import, graph, groups, layouts, schedules or kernels "
             "and write the IR, or a picture of it"));
cl::opt<std::string> dumpFolder(
    "dump-compilation-phases-to", cl::value_desc("DIR"), cl::cat(category),
    cl::desc("Write the IR after each phase to DIR/NAME.1.import.mlir, ..., "
             "its weights to a file beside; --compile-from reads them back"));
cl::opt<unsigned>
    optLevel("O", cl::Prefix, cl::init(2), cl::value_desc("0-3"),
             cl::cat(category),
             cl::desc("0: no fusion, plain schedules; 1: fusion and tiled "
                      "schedules; 2 (default): also layouts that save copies; "
                      "3: as 2 today"));
cl::list<std::string> inputRanges(
    "input-range", cl::value_desc("NAME:LO:HI"), cl::CommaSeparated,
    cl::cat(category),
    cl::desc("Rely on the elements of input NAME being from LO to HI"));
cl::opt<bool> monitorActivations(
    "monitor-activations", cl::cat(category),
    cl::desc("Let the model count, while it runs, what the units of each "
             "activation do; vox-run --monitor shows it"));
cl::list<std::string> disablePass("disable-pass", cl::value_desc("NAME"),
                                  cl::CommaSeparated, cl::cat(category));
cl::opt<std::string> remarks(
    "remarks", cl::ValueOptional, cl::value_desc("REGEX"), cl::cat(category),
    cl::desc("Report what passes did and did not do, and why; REGEX selects "
             "passes"));
cl::opt<std::string>
    externalData("allow-external-data", cl::value_desc("DIR"),
                 cl::cat(category),
                 cl::desc("Read tensors that lie in files of DIR"));
cl::opt<std::string>
    cacheFolder("cache", cl::value_desc("DIR"), cl::cat(category),
                cl::desc("Folder of compiled kernels; 'none' for no cache"));
cl::opt<unsigned> jobs("j", cl::Prefix, cl::init(0), cl::value_desc("N"),
                       cl::desc("Kernels compiled at once; default: one per "
                                "processor"),
                       cl::cat(category));
cl::opt<int64_t> elideWeights(
    "elide-weights-if-larger", cl::init(-1), cl::value_desc("N"),
    cl::cat(category),
    cl::desc("Leave out weights of more than N characters in printed IR"));
cl::opt<bool> supportedOps("supported-ops",
                           cl::desc("Print the table of ONNX ops and exit"),
                           cl::cat(category));

/// Options that MLIR itself registers, worth a place in --help.
constexpr StringLiteral mlirOptions[] = {
    "mlir-print-ir-before",
    "mlir-print-ir-before-all",
    "mlir-print-ir-after",
    "mlir-print-ir-after-all",
    "mlir-print-ir-after-change",
    "mlir-print-ir-after-failure",
    "mlir-print-ir-module-scope",
    "mlir-print-ir-tree-dir",
    "mlir-print-debuginfo",
    "mlir-use-nameloc-as-prefix",
    "mlir-disable-threading",
    "mlir-elide-elementsattrs-if-larger",
    "mlir-elide-resource-strings-if-larger",
    "mlir-timing",
    "mlir-timing-display",
    "mlir-pass-pipeline-crash-reproducer",
    "mlir-pass-pipeline-local-reproducer"};
cl::OptionCategory mlirCategory(
    "Options of MLIR",
    "Passes one by one; vox-opt --run-reproducer repeats a reproducer's.");

ExitCode usageError(const llvm::Twine &message) {
  llvm::errs() << "voxc: error: " << message << "\n";
  return kBadInput;
}

/// The phases to run. Text that is already past import is not run through
/// passes that expect a graph.
std::optional<std::string> parsePhases(ArrayRef<Product> products, Phase &from,
                                       Phase &to) {
  from = Phase::Import;
  static constexpr StringLiteral expected =
      "'; expected import, graph, groups, layouts, schedules, kernels or "
      "objects";
  StringRef suffix = llvm::sys::path::extension(inputPath);
  if (!compileFrom.empty()) {
    auto phase = parsePhase(compileFrom);
    if (!phase)
      return ("unknown --compile-from '" + compileFrom + expected.str());
    if (suffix != ".mlir" && suffix != ".mlirbc")
      return "--compile-from needs MODEL to be .mlir or .mlirbc";
    from = *phase;
  }
  bool anyCompiled = false, allOnnx = true, anyOnnx = false;
  for (const Product &product : products) {
    anyCompiled |= isCompiled(product.kind);
    anyOnnx |= product.kind == Product::Onnx;
    allOnnx &= product.kind == Product::Onnx;
  }
  to = anyCompiled ? Phase::Objects : allOnnx ? Phase::Graph : Phase::Kernels;
  if (!compileTo.empty()) {
    auto phase = parsePhase(compileTo);
    if (!phase)
      return ("unknown --compile-to '" + compileTo + expected.str());
    if (*phase != Phase::Objects && anyCompiled)
      return "--compile-to=" + compileTo +
             " gives IR; expected -o FILE.mlir, FILE.mlirbc, FILE.dot or -";
    if (*phase == Phase::Objects && !anyCompiled)
      return "objects are no IR; expected --compile-to=kernels or less, or "
             "another -o";
    to = *phase;
  }
  if (anyOnnx && from > Phase::Graph)
    return "--compile-from=" + compileFrom +
           " is past what ONNX can say; expected import or graph";
  if (to < from)
    return "the output is of a phase before --compile-from=" + compileFrom;
  return std::nullopt;
}

/// One compilation, as the options ask for it.
class Compilation {
public:
  explicit Compilation(MLIRContext &context) : context(context) {}
  ExitCode run();

private:
  /// Steps that need no model. They return what is wrong with the options.
  std::optional<std::string> readOptions();
  std::optional<std::string> findProducts();
  std::optional<std::string> findPhases();
  std::optional<std::string> changeActivations();

  std::optional<std::string> checkInputRanges(ModuleOp module) const;
  std::optional<std::string> checkOpenExtents(ModuleOp module) const;
  LogicalResult runPasses(ModuleOp module);

  MLIRContext &context;
  const Paths paths{inputPath, outputPath};
  CompileOptions options;
  ImportOptions importOptions;
  Activations activations;
  std::vector<Product> products;
  Phase from, to;
  Inspector inspector;
};

std::optional<std::string> toMessage(llvm::Error error) {
  if (!error)
    return std::nullopt;
  return llvm::toString(std::move(error));
}

std::optional<std::string> Compilation::readOptions() {
  options.target = target;
  options.optLevel = optLevel;
  options.jobs = jobs;
  options.progress = true;
  for (const std::string &pass : disablePass)
    options.disabledPasses.insert(pass);
  options.inputRanges.assign(inputRanges.begin(), inputRanges.end());
  options.monitorActivations = monitorActivations;
  options.cacheFolder = cacheFolder == "none" ? ""
                        : cacheFolder.empty() ? defaultCacheFolder()
                                              : cacheFolder.getValue();
  if (llvm::Error error = checkCompileOptions(options))
    return toMessage(std::move(error));
  if (auto machine = parseMachine(target); !machine)
    return toMessage(machine.takeError());

  importOptions.externalDataFolder = externalData;
  if (llvm::Error error =
          parseShapes(shapes, minShapes, maxShapes, importOptions))
    return toMessage(std::move(error));
  return toMessage(activations.check(context, outputPath));
}

std::optional<std::string> Compilation::findProducts() {
  if (!activations.isAdvising())
    return outputPath.empty()
               ? "no output; expected -o FILE"
               : parseProducts(paths, emitList, target, products);
  if (!outputPath.empty() || !emitList.empty() || !compileTo.empty())
    return "--advise makes no file; expected no -o, --emit and --compile-to";
  return std::nullopt;
}

std::optional<std::string> Compilation::findPhases() {
  if (auto message = parsePhases(products, from, to))
    return message;
  if (llvm::Error error =
          inspector.open(dumpFolder, paths.stem(), products, to))
    return toMessage(std::move(error));
  if (!options.inputRanges.empty() && from != Phase::Import)
    return "--input-range=" + options.inputRanges.front() +
           " is used on the way to the graph, and --compile-from=" +
           compileFrom + " starts behind it";
  return std::nullopt;
}

std::optional<std::string> Compilation::changeActivations() {
  if (!activations.isAdvising() && !activations.isChanging())
    return std::nullopt;
  if (from >= Phase::Graph || to < Phase::Graph)
    return "activations are replaced and advised on in phase graph; expected "
           "a range of phases that has it";
  // Batch norms are still there: who trains on wants them.
  options.changeActivations = [&](ModuleOp module) -> LogicalResult {
    if (failed(activations.run(module, options)))
      return failure();
    return inspector.takeOnnx(module);
  };
  return std::nullopt;
}

std::optional<std::string>
Compilation::checkInputRanges(ModuleOp module) const {
  if (from != Phase::Import)
    return std::nullopt;
  for (auto network : module.getOps<func::FuncOp>())
    if (auto ranges = parseInputRanges(network, options.inputRanges); !ranges)
      return toMessage(ranges.takeError());
  return std::nullopt;
}

/// What needs fixed extents.
std::optional<std::string>
Compilation::checkOpenExtents(ModuleOp module) const {
  if (!getNetwork(module)->hasAttr(kOpen))
    return std::nullopt;
  constexpr StringLiteral expected =
      "; expected --shapes in place of --minShapes and --maxShapes";
  if (monitorActivations)
    return "--monitor-activations counts at fixed shapes, and the model's are "
           "open" +
           expected.str();
  for (const Product &product : products)
    if (product.kind == Product::Onnx)
      return "ONNX is written of networks of fixed shapes, and the model's "
             "are open" +
             expected.str();
  return std::nullopt;
}

LogicalResult Compilation::runPasses(ModuleOp module) {
  PassManager pm(&context);
  if (failed(applyPassManagerCLOptions(pm)))
    return failure();
  applyDefaultTimingPassManagerCLOptions(pm);
  if (failed(buildPipeline(pm, from, to, options, inspector.inspection())))
    return failure();
  return pm.run(module);
}

ExitCode Compilation::run() {
  for (auto step : {&Compilation::readOptions, &Compilation::findProducts,
                    &Compilation::findPhases, &Compilation::changeActivations})
    if (auto message = (this->*step)())
      return usageError(*message);
  // Whoever measures links, and LLD sets all options back.
  const std::string name =
      modelName.empty() ? paths.defaultName() : modelName.getValue();
  const int64_t elideAbove = elideWeights;

  OwningOpRef<ModuleOp> module = readModel(inputPath, context, importOptions);
  if (!module)
    return kBadInput;
  if (auto message = checkInputRanges(*module))
    return usageError(*message);
  if (auto message = checkOpenExtents(*module))
    return usageError(*message);
  if (failed(runPasses(*module)))
    return kBadInput;
  if (products.empty()) // advice is all that was wanted
    return kDone;
  setPrinters(products, *module, inspector.onnx, elideAbove);
  bool internalFault = false;
  if (failed(emitProducts(*module, name, products, options, &internalFault)))
    return internalFault ? kInternalFault : kBadInput;
  return kDone;
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  // By these names --mlir-print-ir-after=NAME and its like know passes.
  registerVoxPasses();
  registerTransformsPasses();
  registerAsmPrinterCLOptions();
  registerMLIRContextCLOptions();
  registerPassManagerCLOptions();
  registerDefaultTimingManagerCLOptions();
  for (StringRef option : mlirOptions)
    if (cl::Option *known = cl::getRegisteredOptions().lookup(option))
      known->addCategory(mlirCategory);
  cl::HideUnrelatedOptions({&category, &activationCategory(), &mlirCategory});
  std::string passes =
      "Leave out some of " + llvm::join(optionalPasses(), ", ");
  disablePass.setDescription(passes);
  cl::SetVersionPrinter([](llvm::raw_ostream &os) {
    os << "voxc " VOXC_VERSION " (LLVM " LLVM_VERSION_STRING ")\n";
  });
  cl::ParseCommandLineOptions(
      argc, argv, "voxc: compile a trained network to native code\n");
  if (supportedOps) {
    printSupportedOps(llvm::outs());
    return kDone;
  }
  DialectRegistry registry;
  registry.insert<VoxDialect, func::FuncDialect>();
  MLIRContext context(registry);
  printDiagnostics(context);
  if (remarks.getNumOccurrences())
    if (llvm::Error error = enableRemarks(context, remarks))
      return usageError(llvm::toString(std::move(error)));
  return Compilation(context).run();
}
