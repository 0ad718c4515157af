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

StringRef vox::getName(Phase phase) {
  return kPhases[static_cast<unsigned>(phase)];
}

static constexpr StringLiteral kFoldBatchNorm = "vox-fold-batch-norm",
                               kFormGroups = "vox-form-groups",
                               kJoinConcats = "vox-join-concats",
                               kPruneChannels = "vox-prune-channels",
                               kRecognizeActivations =
                                   "vox-recognize-activations",
                               kSimplifyByRange = "vox-simplify-by-range";

llvm::ArrayRef<StringLiteral> vox::optionalPasses() {
  static constexpr StringLiteral passes[] = {
      kFoldBatchNorm, kFormGroups,           kJoinConcats,
      kPruneChannels, kRecognizeActivations, kSimplifyByRange};
  return passes;
}

namespace {
/// Shows the module and changes nothing.
struct Inspect : PassWrapper<Inspect, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(Inspect)
  Inspect(Inspection inspect, Phase phase)
      : inspect(std::move(inspect)), phase(phase) {}

  StringRef getName() const override { return "Inspect"; }
  void runOnOperation() override {
    if (failed(inspect(getOperation(), phase)))
      return signalPassFailure();
    markAllAnalysesPreserved();
  }

  Inspection inspect;
  Phase phase;
};

/// CompileOptions::changeActivations as a pass.
struct ChangeActivations
    : PassWrapper<ChangeActivations, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ChangeActivations)
  ChangeActivations(std::function<LogicalResult(ModuleOp)> change)
      : change(std::move(change)) {}

  StringRef getName() const override { return "ChangeActivations"; }
  void runOnOperation() override {
    if (failed(change(getOperation())))
      signalPassFailure();
  }

  std::function<LogicalResult(ModuleOp)> change;
};
} // namespace

/// Simplifies the network as it came, keeping ONNX's meaning exactly.
static void buildGraphPhase(OpPassManager &pm, const CompileOptions &options) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  auto runs = [&](StringRef pass) {
    return options.optLevel > 0 && !options.disabledPasses.contains(pass);
  };
  // Equal subexpressions are one value now, as recognition needs them. What
  // follows knows activations by their names alone.
  if (runs(kRecognizeActivations))
    pm.nest<func::FuncOp>().addPass(createRecognizeActivations());
  // Monitors tell of every layer and channel that the network came with.
  bool keepsLayers = options.monitorActivations;
  // On activations as the rest of the pipeline sees them, while batch norms can
  // still be given other statistics.
  if (options.changeActivations)
    pm.addPass(std::make_unique<ChangeActivations>(options.changeActivations));
  OpPassManager &network = pm.nest<func::FuncOp>();
  // After activations have been changed: a clamp that clamps nothing behind one
  // activation may clamp behind another, and a channel that a ReLU makes zero
  // may live.
  if (runs(kSimplifyByRange) && !keepsLayers) {
    SimplifyByRangeOptions ranges;
    ranges.inputRanges = options.inputRanges;
    network.addPass(createSimplifyByRange(ranges));
  }
  // Before folding, which hides a scale of zero.
  if (runs(kPruneChannels) && !keepsLayers) {
    PruneChannelsOptions ranges;
    ranges.inputRanges = options.inputRanges;
    network.addPass(createPruneChannels(ranges));
  }
  // Before groups are formed: a batch norm that is gone needs no place there.
  if (runs(kFoldBatchNorm))
    network.addPass(createFoldBatchNorm());
  // Folding leaves the old weights behind.
  pm.addPass(createCanonicalizerPass());
}

/// Says what runs together, before anyone asks how.
static void buildGroupsPhase(OpPassManager &pm, const CompileOptions &options) {
  // Behind the graph phase, so that the graph can still be written as ONNX.
  if (options.monitorActivations)
    pm.nest<func::FuncOp>().addPass(createMonitorActivations());
  FormGroupsOptions groups;
  groups.fuse =
      options.optLevel > 0 && !options.disabledPasses.contains(kFormGroups);
  pm.nest<func::FuncOp>().addPass(createFormGroups(groups));
}

/// Layouts come after groups: inside a group there are none to choose.
static void buildLayoutsPhase(OpPassManager &pm, const Machine &machine,
                              const CompileOptions &options) {
  AssignLayoutsOptions layouts;
  layouts.lanes = machine.lanes;
  OpPassManager &network = pm.nest<func::FuncOp>();
  network.addPass(createAssignLayouts(layouts));
  // Only now is it known which parts lie one after the other.
  if (options.optLevel > 1 && !options.disabledPasses.contains(kJoinConcats))
    network.addPass(createJoinConcats());
}

static void buildSchedulesPhase(OpPassManager &pm, const Machine &machine,
                                const CompileOptions &options) {
  AssignSchedulesOptions schedules;
  schedules.lanes = machine.lanes;
  schedules.registers = machine.registers;
  schedules.plain = options.optLevel == 0;
  OpPassManager &network = pm.nest<func::FuncOp>();
  network.addPass(createResolveExtents());
  network.addPass(createAssignSchedules(schedules));
}

/// From here on the network is a list of launches in one arena.
static void buildKernelsPhase(OpPassManager &pm) {
  pm.addPass(createOutlineKernels());
  pm.nest<func::FuncOp>().addPass(createPlanMemory());
}

LogicalResult vox::buildPipeline(OpPassManager &pm, Phase from, Phase to,
                                 const CompileOptions &options,
                                 Inspection inspect) {
  llvm::Expected<Machine> machine = parseMachine(options.target);
  if (!machine) {
    llvm::errs() << "error: " << llvm::toString(machine.takeError()) << "\n";
    return failure();
  }
  if (options.monitorActivations && from >= Phase::Groups) {
    llvm::errs() << "error: monitors are added to a model in phase import or "
                    "graph; this one is in phase "
                 << getName(from) << "\n";
    return failure();
  }
  auto build = [&](Phase phase, auto addPasses) {
    if (phase < from || to < phase)
      return;
    if (phase != from)
      addPasses();
    if (inspect)
      pm.addPass(std::make_unique<Inspect>(inspect, phase));
  };
  build(Phase::Import, [] {});
  build(Phase::Graph, [&] { buildGraphPhase(pm, options); });
  build(Phase::Groups, [&] { buildGroupsPhase(pm, options); });
  build(Phase::Layouts, [&] { buildLayoutsPhase(pm, *machine, options); });
  build(Phase::Schedules, [&] { buildSchedulesPhase(pm, *machine, options); });
  build(Phase::Kernels, [&] { buildKernelsPhase(pm); });
  return success();
}
