//===- Emit.cpp - From a kernel op to files -------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ops become Funcs, the schedule's template arranges their loops, and Halide
// writes the object. Everything that Halide would do at run time (checks,
// bounds queries, a runtime of its own) is switched off: shapes are constants
// or follow from the sizes that a kernel is called with, and what a caller can
// get wrong is checked before.
//
//===----------------------------------------------------------------------===//

#include "Kernel.h"
#include "Scratch.h"
#include "vox/Codegen/Halide/KernelCompiler.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

namespace {
/// A lowering pass. Halide puts constant strides into the code, but reads
/// others from the buffer even where it is told what they are.
class StrideBaker : public Internal::IRMutator {
public:
  void set(const std::string &buffer, unsigned dim, Expr stride) {
    strides[buffer + ".stride." + std::to_string(dim)] = stride;
  }

private:
  Internal::Stmt visit(const Internal::LetStmt *let) override {
    auto call = let->value.as<Internal::Call>();
    if (!call || !call->is_extern())
      return IRMutator::visit(let);
    auto known = strides.find(let->name);
    if (call->name == Internal::Call::buffer_get_stride &&
        known != strides.end())
      return Internal::LetStmt::make(let->name, known->second,
                                     mutate(let->body));
    if (call->name != Internal::Call::buffer_get_host &&
        llvm::StringRef(call->name).starts_with("_halide_buffer_"))
      throw CompileError(let->name + " is read from a buffer");
    return IRMutator::visit(let);
  }
  using IRMutator::visit;

  std::map<std::string, Expr> strides;
};
} // namespace

/// Bakes a tensor's extents and strides into the code: the generated function
/// reads nothing of a buffer but its host pointer. `sizes` as in Tensor::sizes;
/// elements lie without gaps in every run. `phases` as in Tensor::strides: each
/// of those dimensions becomes two.
template <typename Param>
static void fixShape(Param param, mlir::RankedTensorType type,
                     llvm::ArrayRef<Expr> sizes, StrideBaker &strides,
                     llvm::ArrayRef<int64_t> phases = {}) {
  std::vector<Expr> shape; // physical
  for (int64_t extent : physicalShape(type))
    shape.push_back(toInt(extent));
  for (unsigned dim = 0; dim < sizes.size(); ++dim)
    if (dim != 1 || getBlock(type) == 1)
      shape[dim] = sizes[dim];
  auto fix = [&](unsigned i, Expr extent, Expr stride) {
    stride = Internal::simplify(stride);
    param.dim(i).set_bounds(0, Internal::simplify(extent)).set_stride(stride);
    strides.set(param.name(), i, stride);
  };
  unsigned lanes = getBlock(type) > 1 ? 1 : 0;
  Expr stride = 1;
  for (unsigned i = 0; i < shape.size(); ++i) {
    Expr extent = shape[shape.size() - 1 - i];
    bool split = i >= lanes && i - lanes < phases.size();
    if (split) {
      int32_t phase = toInt(phases[phases.size() - 1 - (i - lanes)]);
      fix(i, extent / phase, stride * phase);
      fix(shape.size() + i - lanes, phase, stride);
    } else {
      fix(i, extent, stride);
    }
    stride = stride * extent;
  }
  // The arena's offsets are multiples of 64; a caller's tensor need not be.
  param.set_host_alignment(getElementType(type.getElementType())->bytes());
}

static Tensor build(mlir::Operation *op, llvm::ArrayRef<Tensor> operands,
                    Kernel &kernel) {
  return llvm::TypeSwitch<mlir::Operation *, Tensor>(op)
      .Case<ConvOp>([&](auto op) { return buildConv(op, operands, kernel); })
      .Case<ConvTransposeOp>(
          [&](auto op) { return buildConvTranspose(op, operands, kernel); })
      .Case<DenseOp>([&](auto op) { return buildDense(op, operands, kernel); })
      .Case<MatMulOp>(
          [&](auto op) { return buildMatMul(op, operands, kernel); })
      .Case<PoolOp>([&](auto op) { return buildPool(op, operands, kernel); })
      .Case<PoolIndicesOp>(
          [&](auto op) { return buildPoolIndices(op, operands, kernel); })
      .Case<GlobalPoolOp>(
          [&](auto op) { return buildGlobalPool(op, operands, kernel); })
      .Case<ActivationStatisticsOp>([&](auto op) {
        return buildActivationStatistics(op, operands, kernel);
      })
      .Case<SoftmaxOp, LogSoftmaxOp>(
          [&](auto op) { return buildSoftmax(op, operands, kernel); })
      .Case<ReduceOp>(
          [&](auto op) { return buildReduce(op, operands, kernel); })
      .Case<ArgMaxOp>(
          [&](auto op) { return buildArgMax(op, operands, kernel); })
      .Case<ResizeOp>([&](auto op) { return buildResize(op, operands[0]); })
      .Case<ResampleOp>(
          [&](auto op) { return buildResample(op, operands, kernel); })
      .Case<GatherOp, GatherElementsOp, GatherNDOp>(
          [&](auto op) { return buildGather(op, operands); })
      .Case([&](ScatterElementsOp op) {
        return buildScatterElements(op, operands, kernel);
      })
      .Case(
          [&](ScatterNDOp op) { return buildScatterND(op, operands, kernel); })
      .Case([&](TopKOp op) { return buildTopK(op, operands, kernel); })
      .Case<ActivationOp, AddOp, SubOp, MulOp, DivOp, ModOp, RemOp, MaxOp,
            MinOp, PowOp, UnaryOp, CompareOp, SelectOp, BatchNormOp, CastOp>(
          [&](auto op) { return buildElementWise(op, operands); })
      .Case<PackOp, UnpackOp, PackWeightsOp, ConcatOp, PadOp, SliceOp, TileOp,
            TransposeOp>([&](auto op) { return buildStructure(op, operands); });
}

/// All Funcs of the kernel, ending in a pure one that is stored.
static void buildAlgorithm(Kernel &kernel, StrideBaker &strides) {
  llvm::DenseMap<mlir::Value, Tensor> tensors;
  mlir::Block &body = kernel.op.getBody().front();
  for (mlir::BlockArgument argument : body.getArguments()) {
    auto type = mlir::cast<mlir::RankedTensorType>(argument.getType());
    if (auto statistics =
            mlir::dyn_cast<ActivationStatisticsOp>(kernel.op.getAnchor()))
      type = viewForStatistics(statistics);
    ImageParam param(halideType(type.getElementType()),
                     physicalShape(type).size(),
                     "input" + std::to_string(argument.getArgNumber()));
    std::vector<Expr> sizes = kernel.sizes.of(argument);
    fixShape(param, type, sizes, strides);
    kernel.inputs.push_back(param);
    tensors[argument] = {param, type, {}, sizes};
  }
  for (mlir::Operation &op : body.without_terminator()) {
    llvm::SmallVector<Tensor> operands;
    for (mlir::Value operand : op.getOperands())
      operands.push_back(tensors[operand]);
    Tensor result = build(&op, operands, kernel);
    result.sizes = kernel.sizes.of(op.getResult(0));
    tensors[op.getResult(0)] = result;
  }

  const Tensor &result = tensors[kernel.op.getYield().getValue()];
  kernel.output = Func("output");
  if (mlir::isa_and_nonnull<WeightLayoutAttr>(result.type.getEncoding())) {
    kernel.output(result.func.args()) = result.func(result.func.args());
    return;
  }
  kernel.loops.emplace(result.type, result.strides);
  const Index &at = kernel.loops->index;
  Expr value = result(at);
  // Lanes past the last channel hold zeros (#vox.layout).
  int64_t channels = at.width > 1 ? result.extent(1) : 0;
  if (at.width > 1 && channels % at.width != 0)
    value = select(at.channel() < toInt(channels), value, zero(value.type()));
  kernel.output(kernel.loops->vars) = value;
  kernel.phases = result.strides;
}

static void schedule(Kernel &kernel) {
  ScheduleAttr schedule = kernel.op.getSchedule();
  switch (schedule.getAlgorithm()) {
  case Algorithm::Plain:
    return schedulePlain(kernel, schedule);
  case Algorithm::Direct:
    return scheduleDirect(kernel, schedule);
  case Algorithm::FewChannels:
    return scheduleFewChannels(kernel, schedule);
  case Algorithm::Depthwise:
    return scheduleDepthwise(kernel, schedule);
  case Algorithm::Planar:
    return schedulePlanar(kernel, schedule);
  case Algorithm::Window:
    return scheduleWindow(kernel, schedule);
  case Algorithm::Dense:
    return scheduleDense(kernel, schedule);
  case Algorithm::Reduction:
    return scheduleReduction(kernel, schedule);
  case Algorithm::ElementWise:
    return scheduleElementWise(kernel, schedule);
  case Algorithm::Transposed:
    return scheduleTransposed(kernel, schedule);
  }
}

static KernelScratch emit(KernelOp op, const OpenExtents &extents,
                          const Machine &machine,
                          const KernelOutputs &outputs) {
  Kernel kernel;
  kernel.op = op;
  kernel.sizes = Sizes(extents);
  StrideBaker strides;
  buildAlgorithm(kernel, strides);
  schedule(kernel);
  mlir::Value result = op.getYield().getValue();
  fixShape(kernel.output.output_buffer(), typeOf(result),
           kernel.sizes.of(result), strides, kernel.phases);

  Target target(machine.target);
  for (Target::Feature feature : {Target::NoRuntime, Target::NoAsserts,
                                  Target::NoBoundsQuery, Target::UserContext})
    target.set_feature(feature);
  std::map<OutputFileType, std::string> files;
  auto add = [&](OutputFileType type, const std::string &path) {
    if (!path.empty())
      files[type] = path;
  };
  add(OutputFileType::object, outputs.object);
  add(OutputFileType::assembly, outputs.assembly);
  add(OutputFileType::llvm_assembly, outputs.llvmAssembly);
  add(OutputFileType::stmt, outputs.stmt);
  add(OutputFileType::bitcode, outputs.bitcode);
  add(OutputFileType::stmt_html, outputs.stmtHtml);
  std::vector<Argument> arguments;
  for (ImageParam &param : kernel.inputs)
    arguments.push_back(param);
  for (const Param<int32_t> &size : kernel.sizes.params())
    arguments.push_back(size);
  ScratchMeter meter;
  Pipeline pipeline(kernel.output);
  pipeline.add_custom_lowering_pass(&strides, [] {});
  pipeline.add_custom_lowering_pass(&meter, [] {});
  pipeline.compile_to(files, arguments, kernelSymbol(op.getSymName()), target);
  return meter.scratch();
}

llvm::FailureOr<KernelScratch>
vox::compileKernel(KernelOp kernel, const Machine &machine,
                   const KernelOutputs &outputs) {
  llvm::FailureOr<OpenExtents> extents =
      OpenExtents::ofBody(kernel.getBody().front(), kernel.getOpenAttr());
  if (failed(extents))
    return mlir::failure();
  std::string message;
  try {
    return emit(kernel, *extents, machine, outputs);
  } catch (const Halide::Error &error) {
    message = error.what();
  } catch (const std::exception &error) {
    message = error.what();
  }
  return kernel.emitOpError() << "Halide can't compile it: " << message;
}
