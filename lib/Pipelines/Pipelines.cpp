//===- Pipelines.cpp - From phase to phase --------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Pipelines/Pipelines.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"
#include "vox/Target/Machine.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace vox;

/// Names of the phases, in the order of `Phase`.
static constexpr StringLiteral kPhases[] = {
    "import", "graph", "groups", "layouts", "schedules", "kernels", "objects"};

std::optional<Phase> vox::parsePhase(StringRef name) {
  for (auto [i, known] : llvm::enumerate(kPhases))
    if (name == known)
      return static_cast<Phase>(i);
  return std::nullopt;
}

/// Simplifies the network as it came, keeping ONNX's meaning exactly.
static void buildGraphPhase(OpPassManager &pm, const CompileOptions &options) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  OpPassManager &network = pm.nest<func::FuncOp>();
  // Before groups are formed: a batch norm that is gone needs no place there.
  if (options.optLevel > 0 &&
      !options.disabledPasses.contains("vox-fold-batch-norm"))
    network.addPass(createFoldBatchNorm());
  // Folding leaves the old weights behind.
  pm.addPass(createCanonicalizerPass());
}

/// Says what runs together, before anyone asks how.
static void buildGroupsPhase(OpPassManager &pm, const CompileOptions &options) {
  FormGroupsOptions groups;
  groups.fuse = options.optLevel > 0 &&
                !options.disabledPasses.contains("vox-form-groups");
  pm.nest<func::FuncOp>().addPass(createFormGroups(groups));
}

/// Layouts come after groups: inside a group there are none to choose.
static void buildLayoutsPhase(OpPassManager &pm, const Machine &machine) {
  AssignLayoutsOptions layouts;
  layouts.lanes = machine.lanes;
  pm.nest<func::FuncOp>().addPass(createAssignLayouts(layouts));
}

static void buildSchedulesPhase(OpPassManager &pm, const Machine &machine,
                                const CompileOptions &options) {
  AssignSchedulesOptions schedules;
  schedules.lanes = machine.lanes;
  schedules.registers = machine.registers;
  schedules.plain = options.optLevel == 0;
  pm.nest<func::FuncOp>().addPass(createAssignSchedules(schedules));
}

/// From here on the network is a list of launches in one arena.
static void buildKernelsPhase(OpPassManager &pm) {
  pm.addPass(createOutlineKernels());
  pm.nest<func::FuncOp>().addPass(createPlanMemory());
}

LogicalResult vox::buildPipeline(OpPassManager &pm, Phase from, Phase to,
                                 const CompileOptions &options) {
  llvm::Expected<Machine> machine = parseMachine(options.target);
  if (!machine) {
    llvm::errs() << "error: " << llvm::toString(machine.takeError()) << "\n";
    return failure();
  }
  auto runs = [&](Phase phase) { return from < phase && phase <= to; };
  if (runs(Phase::Graph))
    buildGraphPhase(pm, options);
  if (runs(Phase::Groups))
    buildGroupsPhase(pm, options);
  if (runs(Phase::Layouts))
    buildLayoutsPhase(pm, *machine);
  if (runs(Phase::Schedules))
    buildSchedulesPhase(pm, *machine, options);
  if (runs(Phase::Kernels))
    buildKernelsPhase(pm);
  return success();
}
