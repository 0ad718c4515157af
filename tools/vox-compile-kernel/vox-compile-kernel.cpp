//===- vox-compile-kernel.cpp - One kernel in its own process -------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads a module text of one vox.kernel and writes its object. The compiler
// starts this program; it is of no use to anyone else, and says so in --help.
//
//===----------------------------------------------------------------------===//

#include "vox/Codegen/Halide/KernelCompiler.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/ToolOutputFile.h"

#include <csignal>
#include <sys/prctl.h>

using namespace llvm;

static cl::OptionCategory category("Options");
static cl::opt<std::string> input(cl::Positional, cl::Required,
                                  cl::desc("KERNEL.mlir"), cl::cat(category));
static cl::opt<std::string> target("target", cl::init("host"),
                                   cl::desc("Target string"),
                                   cl::cat(category));
static cl::opt<std::string> object("o", cl::desc("Object file"),
                                   cl::cat(category));
static cl::opt<std::string> scratchFile("scratch-file",
                                        cl::desc("Scratch bytes, as text"),
                                        cl::cat(category));
static cl::opt<std::string> stmt("stmt", cl::desc("Halide's lowered code"),
                                 cl::cat(category));
static cl::opt<std::string> assembly("assembly", cl::desc("Assembly"),
                                     cl::cat(category));
static cl::opt<std::string> llvmAssembly("llvm_assembly", cl::desc("LLVM IR"),
                                         cl::cat(category));
static cl::opt<std::string> bitcode("bitcode", cl::desc("LLVM bitcode"),
                                    cl::cat(category));
static cl::opt<std::string>
    stmtHtml("stmt_html", cl::desc("Halide's page of both"), cl::cat(category));

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  // However the compiler ends, nobody is left to want this result.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  cl::HideUnrelatedOptions(category);
  // Also what tells cached kernels of one Halide from those of another: the
  // cache's key has this program's bytes.
  cl::SetVersionPrinter([](raw_ostream &os) {
    os << "vox-compile-kernel " VOXC_VERSION " (Halide " VOXC_HALIDE ")\n";
  });
  cl::ParseCommandLineOptions(
      argc, argv, "vox-compile-kernel: compile one kernel for voxc\n");
  mlir::DialectRegistry registry;
  registry.insert<vox::VoxDialect, mlir::func::FuncDialect>();
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  SourceMgr sources;
  mlir::SourceMgrDiagnosticHandler handler(sources, &context);
  auto module = mlir::parseSourceFile<mlir::ModuleOp>(input, sources, &context);
  if (!module)
    return 1;
  auto kernels = to_vector(module->getOps<vox::KernelOp>());
  if (kernels.size() != 1) {
    module->emitError() << kernels.size() << " kernels; expected one";
    return 1;
  }
  Expected<vox::Machine> machine = vox::parseMachine(target);
  if (!machine) {
    errs() << "error: " << toString(machine.takeError()) << "\n";
    return 1;
  }
  // Halide is silent about some files that it can't write.
  std::vector<std::unique_ptr<ToolOutputFile>> files;
  for (const auto *option : {&object, &stmt, &assembly, &llvmAssembly, &bitcode,
                             &stmtHtml, &scratchFile}) {
    StringRef path = *option;
    if (path.empty())
      continue;
    std::error_code code;
    files.push_back(
        std::make_unique<ToolOutputFile>(path, code, sys::fs::OF_None));
    if (code) {
      errs() << "error: " << path << " can't be written: " << code.message()
             << "\n";
      return 1;
    }
  }
  auto scratch = vox::compileKernel(
      kernels.front(), *machine,
      {object, assembly, llvmAssembly, stmt, bitcode, stmtHtml});
  if (failed(scratch))
    return 70;
  if (!scratchFile.empty()) {
    raw_fd_ostream &os = files.back()->os();
    os << scratch->shared << ' ' << scratch->task << '\n';
    os.flush();
    if (os.has_error()) {
      errs() << "error: " << scratchFile
             << " can't be written: " << os.error().message() << "\n";
      os.clear_error();
      return 1;
    }
  }
  for (auto &file : files)
    file->keep();
  return 0;
}
