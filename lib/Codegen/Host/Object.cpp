//===- Object.cpp - LLVM dialect to relocatable objects -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Host code is optimised by LLVM's usual pipeline. Weights do not go through
// it: they are written as one array of bytes, because a network's worth of
// constants would dominate the time of every pass.
//
//===----------------------------------------------------------------------===//

#include "vox/Codegen/Host/HostCode.h"

#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"

using namespace mlir;
using namespace vox;

static std::unique_ptr<llvm::TargetMachine>
createTargetMachine(const Machine &machine, Location loc) {
  llvm::InitializeAllTargetInfos();
  llvm::InitializeAllTargets();
  llvm::InitializeAllTargetMCs();
  llvm::InitializeAllAsmPrinters();
  std::string message;
  llvm::Triple triple(machine.triple);
  const llvm::Target *target =
      llvm::TargetRegistry::lookupTarget(triple, message);
  if (!target) {
    emitError(loc) << "LLVM has no target " << machine.triple << ": "
                   << message;
    return nullptr;
  }
  return std::unique_ptr<llvm::TargetMachine>(target->createTargetMachine(
      triple, machine.cpu, machine.features, {}, llvm::Reloc::PIC_,
      std::nullopt, llvm::CodeGenOptLevel::Default));
}

static FailureOr<SmallVector<char, 0>>
emitObject(llvm::Module &module, llvm::TargetMachine &machine, Location loc,
           llvm::CodeGenFileType type = llvm::CodeGenFileType::ObjectFile) {
  module.setTargetTriple(machine.getTargetTriple());
  module.setDataLayout(machine.createDataLayout());
  SmallVector<char, 0> object;
  llvm::raw_svector_ostream os(object);
  llvm::legacy::PassManager passes;
  if (machine.addPassesToEmitFile(passes, os, nullptr, type))
    return emitError(loc) << "LLVM can't write objects for "
                          << machine.getTargetTriple().str();
  passes.run(module);
  return object;
}

FailureOr<SmallVector<char, 0>>
vox::compileHostModule(ModuleOp module, const Machine &machine, HostForm form) {
  auto target = createTargetMachine(machine, module.getLoc());
  if (!target)
    return failure();
  registerBuiltinDialectTranslation(*module.getContext());
  registerLLVMDialectTranslation(*module.getContext());
  llvm::LLVMContext context;
  auto translated = translateModuleToLLVMIR(module, context, "vox_host");
  if (!translated)
    return failure();
  translated->setTargetTriple(target->getTargetTriple());
  translated->setDataLayout(target->createDataLayout());

  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder(target.get());
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  builder.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O2)
      .run(*translated, modules);
  SmallVector<char, 0> text;
  llvm::raw_svector_ostream os(text);
  switch (form) {
  case HostForm::LLVMAssembly:
    os << *translated;
    return text;
  case HostForm::Bitcode:
    llvm::WriteBitcodeToFile(*translated, os);
    return text;
  case HostForm::Assembly:
    return emitObject(*translated, *target, module.getLoc(),
                      llvm::CodeGenFileType::AssemblyFile);
  case HostForm::Object:
    break;
  }
  return emitObject(*translated, *target, module.getLoc());
}

FailureOr<SmallVector<char, 0>> vox::compileWeights(const Weights &weights,
                                                    const Machine &machine,
                                                    Location loc) {
  auto target = createTargetMachine(machine, loc);
  if (!target)
    return failure();
  llvm::LLVMContext context;
  llvm::Module module("vox_weights", context);
  // At least one byte: the symbol must exist.
  StringRef bytes(weights.data.data(), weights.data.size());
  llvm::Constant *data =
      llvm::ConstantDataArray::getString(context, bytes, bytes.empty());
  auto *global = new llvm::GlobalVariable(module, data->getType(), true,
                                          llvm::GlobalValue::ExternalLinkage,
                                          data, "vox_weights");
  global->setAlignment(llvm::Align(64));
  return emitObject(module, *target, loc);
}
