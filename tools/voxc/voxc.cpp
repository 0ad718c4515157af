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

#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"
#include "vox/Pipelines/Diagnostics.h"
#include "vox/Pipelines/Options.h"
#include "vox/Pipelines/Pipelines.h"
#include "vox/Target/Machine.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Remark/RemarkStreamer.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Support/Timing.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/ToolOutputFile.h"

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
    cl::desc("Output. Its suffix decides what is made: .a (with a .h), .so, "
             ".o, .mlir, .mlirbc; none: an executable"));
cl::opt<std::string> emitList(
    "emit", cl::value_desc("LIST"), cl::cat(category),
    cl::desc("What to make instead: static_library, c_header, shared_library, "
             "executable, object, vox; several are named after FILE"));
cl::opt<std::string> shapes("shapes", cl::value_desc("NAME:1x1x64,..."),
                            cl::desc("Shapes of dynamic inputs"),
                            cl::cat(category));
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
             "and write the IR"));
cl::opt<unsigned>
    optLevel("O", cl::Prefix, cl::init(2), cl::value_desc("0-3"),
             cl::cat(category),
             cl::desc("0: no fusion, plain schedules; 1 to 3 (default 2): "
                      "fusion and tiled schedules"));
cl::list<std::string>
    disablePass("disable-pass", cl::value_desc("NAME"), cl::CommaSeparated,
                cl::desc("Leave out vox-fold-batch-norm or vox-form-groups"),
                cl::cat(category));
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

ExitCode usageError(const llvm::Twine &message) {
  llvm::errs() << "voxc: error: " << message << "\n";
  return kBadInput;
}

/// The output's name without folder, suffix and, for libraries, "lib".
std::string defaultName() {
  StringRef name = llvm::sys::path::stem(outputPath);
  StringRef suffix = llvm::sys::path::extension(outputPath);
  if ((suffix == ".a" || suffix == ".so") && name != "lib")
    name.consume_front("lib");
  return name.str();
}

/// One file per emitted kind: FILE itself for a single kind, else FILE with
/// the kind's suffix.
std::optional<std::string> parseProducts(std::vector<Product> &products) {
  static const std::tuple<StringRef, Product::Kind, StringRef> kinds[] = {
      {"static_library", Product::StaticLibrary, ".a"},
      {"c_header", Product::CHeader, ".h"},
      {"shared_library", Product::SharedLibrary, ".so"},
      {"object", Product::Object, ".o"},
      {"executable", Product::Executable, ""}};
  SmallString<128> stem(outputPath);
  llvm::sys::path::replace_extension(stem, "");
  StringRef suffix = llvm::sys::path::extension(outputPath);
  if (emitList.empty()) {
    for (auto [name, kind, kindSuffix] : kinds)
      if (suffix == kindSuffix)
        products.push_back({kind, outputPath});
    if (products.empty())
      return "unknown suffix '" + suffix.str() +
             "' of the output; expected .a, .h, .so, .o, .mlir, .mlirbc or "
             "none, or --emit=LIST";
    if (products.front().kind == Product::StaticLibrary) {
      SmallString<128> header(llvm::sys::path::parent_path(outputPath));
      llvm::sys::path::append(header, defaultName() + ".h");
      products.push_back({Product::CHeader, header.str().str()});
    }
    return std::nullopt;
  }
  SmallVector<StringRef> names;
  StringRef(emitList).split(names, ',');
  for (StringRef emitted : names) {
    auto known = llvm::find_if(
        kinds, [&](auto &kind) { return std::get<0>(kind) == emitted; });
    if (known == std::end(kinds))
      return "unknown --emit '" + emitted.str() +
             "'; expected a list of static_library, c_header, shared_library, "
             "object and executable, or vox alone";
    products.push_back(
        {std::get<1>(*known),
         names.size() == 1 ? outputPath : (stem + std::get<2>(*known)).str()});
  }
  return std::nullopt;
}

/// Prints remarks as they come, one line each.
class RemarkPrinter : public remark::detail::MLIRRemarkStreamerBase {
public:
  void streamOptimizationRemark(const remark::detail::Remark &remark) override {
    std::lock_guard<std::mutex> guard(mutex);
    printLocation(llvm::errs(), remark.getLocation());
    llvm::errs() << "remark: ";
    if (auto layer = remark.getLocation()->findInstanceOf<NameLoc>())
      llvm::errs() << layer.getName().getValue() << ": ";
    if (remark.getRemarkTypeString() == "Missed")
      llvm::errs() << "not done: ";
    llvm::interleaveComma(remark.getArgs(), llvm::errs(),
                          [](const auto &arg) { llvm::errs() << arg.val; });
    llvm::errs() << " [" << remark.getCategoryName() << "]\n";
  }

private:
  std::mutex mutex;
};

LogicalResult enableRemarks(MLIRContext &context) {
  std::string pattern = remarks.empty() ? "vox.*" : remarks.getValue();
  std::string message;
  if (!llvm::Regex(pattern).isValid(message)) {
    usageError("--remarks=" + pattern + ": " + message);
    return failure();
  }
  remark::RemarkCategories categories;
  categories.all = pattern;
  categories.passed = categories.missed = categories.analysis =
      categories.failed = pattern;
  return remark::enableOptimizationRemarks(
      context, std::make_unique<RemarkPrinter>(),
      std::make_unique<remark::RemarkEmittingPolicyAll>(), categories);
}

/// Writes the module as text or bytecode; to a file only when complete.
ExitCode writeModule(ModuleOp module, StringRef path) {
  std::string message;
  auto file = openOutputFile(path, &message);
  if (!file)
    return usageError(message);
  if (path.ends_with(".mlirbc")) {
    if (failed(writeBytecodeToFile(module, file->os())))
      return usageError(path + ": can't be written");
  } else {
    OpPrintingFlags flags;
    if (elideWeights >= 0) {
      flags.elideLargeElementsAttrs(elideWeights);
      flags.elideLargeResourceString(elideWeights);
    }
    module.print(file->os(), flags);
  }
  file->os().flush();
  if (file->os().has_error()) {
    std::string reason = file->os().error().message();
    file->os().clear_error();
    return usageError(path + ": " + reason);
  }
  file->keep();
  return kDone;
}

/// The phases to run. Text that is already past import is not run through
/// passes that expect a graph.
std::optional<std::string> parsePhases(bool isMLIR, Phase &from, Phase &to) {
  from = Phase::Import;
  to = Phase::Objects;
  static constexpr StringLiteral expected =
      "'; expected import, graph, groups, layouts, schedules, kernels or "
      "objects";
  if (!compileFrom.empty()) {
    auto phase = parsePhase(compileFrom);
    if (!phase)
      return ("unknown --compile-from '" + compileFrom + expected.str());
    if (!isMLIR)
      return "--compile-from needs MODEL to be .mlir or .mlirbc";
    from = *phase;
  }
  StringRef suffix = llvm::sys::path::extension(outputPath);
  bool textOutput = outputPath == "-" || suffix == ".mlir" ||
                    suffix == ".mlirbc" || emitList == "vox";
  if (!compileTo.empty()) {
    auto phase = parsePhase(compileTo);
    if (!phase)
      return ("unknown --compile-to '" + compileTo + expected.str());
    to = *phase;
    if (to != Phase::Objects && !textOutput)
      return "--compile-to=" + compileTo +
             " gives IR; expected -o FILE.mlir, FILE.mlirbc or -";
  } else if (textOutput) {
    to = Phase::Kernels;
  }
  if (to == Phase::Objects && textOutput)
    return "objects are no IR; expected --compile-to=kernels or less, or "
           "another -o";
  if (to < from)
    return "the output is of a phase before --compile-from=" + compileFrom;
  return std::nullopt;
}

ExitCode compile(MLIRContext &context) {
  CompileOptions options;
  options.target = target;
  options.optLevel = optLevel;
  options.jobs = jobs;
  options.progress = true;
  for (const std::string &pass : disablePass)
    options.disabledPasses.insert(pass);
  if (llvm::Error error = checkCompileOptions(options))
    return usageError(llvm::toString(std::move(error)));
  options.cacheFolder = cacheFolder == "none" ? ""
                        : cacheFolder.empty() ? defaultCacheFolder()
                                              : cacheFolder.getValue();
  if (auto machine = parseMachine(target); !machine)
    return usageError(llvm::toString(machine.takeError()));

  ImportOptions importOptions;
  importOptions.externalDataFolder = externalData;
  auto parsed = parseShapes(shapes);
  if (!parsed)
    return usageError(llvm::toString(parsed.takeError()));
  importOptions.shapes = std::move(*parsed);

  if (outputPath.empty())
    return usageError("no output; expected -o FILE");
  StringRef suffix = llvm::sys::path::extension(inputPath);
  Phase from, to;
  if (auto message =
          parsePhases(suffix == ".mlir" || suffix == ".mlirbc", from, to))
    return usageError(*message);
  std::vector<Product> products;
  if (to == Phase::Objects)
    if (auto message = parseProducts(products))
      return usageError(*message);

  OwningOpRef<ModuleOp> module = readModel(inputPath, context, importOptions);
  if (!module)
    return kBadInput;
  PassManager pm(&context);
  if (failed(applyPassManagerCLOptions(pm)))
    return kBadInput;
  applyDefaultTimingPassManagerCLOptions(pm);
  if (failed(buildPipeline(pm, from, std::min(to, Phase::Kernels), options)))
    return kBadInput;
  if (failed(pm.run(*module)))
    return kBadInput;
  if (to != Phase::Objects)
    return writeModule(*module, outputPath);

  std::string name = modelName.empty() ? defaultName() : modelName.getValue();
  bool internalFault = false;
  if (failed(emitProducts(*module, name, products, options, &internalFault)))
    return internalFault ? kInternalFault : kBadInput;
  return kDone;
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  registerAsmPrinterCLOptions();
  registerMLIRContextCLOptions();
  registerPassManagerCLOptions();
  registerDefaultTimingManagerCLOptions();
  cl::HideUnrelatedOptions(category);
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
  if (remarks.getNumOccurrences() && failed(enableRemarks(context)))
    return kBadInput;
  return compile(context);
}
