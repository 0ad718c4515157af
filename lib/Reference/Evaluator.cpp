//===- Evaluator.cpp - The float64 meaning of the vox dialect -------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Dispatch to the op families and the walk over a network. Layouts say where
// elements lie and nothing about their values, so packing is the identity here
// and a blocked tensor is handled like a planar one.
//
// A value lives until its last use; constants are promoted to float64 where
// they are used and not kept, since all weights at once would double what a
// large network needs.
//
//===----------------------------------------------------------------------===//

#include "vox/Reference/Evaluator.h"

#include "Ops.h"

#include "vox/Dialect/Vox/IR/Shapes.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

#include <map>
#include <sys/resource.h>
#include <unistd.h>

using namespace mlir;
using namespace vox;
using reference::Operands;
using Observer = llvm::function_ref<void(Operation *, const ReferenceTensor &)>;

/// What a network's live values may need together: three quarters of the
/// machine's memory or of what this process is allowed. Beyond it the system
/// would end us instead of a message.
static int64_t getMemoryLimit() {
  uint64_t limit = uint64_t(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
  rlimit allowed;
  if (getrlimit(RLIMIT_AS, &allowed) == 0)
    limit = std::min<uint64_t>(limit, allowed.rlim_cur);
  return limit / 4 * 3;
}

/// A tensor of zeros for the result of `op`, if it fits beside `liveBytes`.
static FailureOr<ReferenceTensor> makeResult(Operation *op, int64_t liveBytes) {
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  std::optional<int64_t> count = numElements(type.getShape());
  int64_t bytes;
  if (!count ||
      llvm::AddOverflow(*count * int64_t(sizeof(double)), liveBytes, bytes) ||
      bytes > getMemoryLimit())
    return op->emitOpError()
           << "has a result of shape " << formatShape(type.getShape())
           << ", for which there is not enough memory to evaluate it in "
              "float64";
  return ReferenceTensor{SmallVector<int64_t>(type.getShape()),
                         std::vector<double>(*count)};
}

static FailureOr<ReferenceTensor> evaluateOp(Operation *op, Operands operands,
                                             int64_t liveBytes) {
  using Result = FailureOr<ReferenceTensor>;
  auto compute = [&](auto typedOp) -> Result {
    Result result = makeResult(op, liveBytes);
    if (succeeded(result))
      reference::compute(typedOp, operands, *result);
    return result;
  };
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case<ActivationOp, ActivationStatisticsOp, AddOp, ArgMaxOp, BatchNormOp,
            CastOp, CompareOp, ConcatOp, ConstantOp, ConvOp, ConvTransposeOp,
            DenseOp, DivOp, GlobalPoolOp, JoinOp, LogSoftmaxOp, MatMulOp, MaxOp,
            MinOp, ModOp, MulOp, PadOp, PoolIndicesOp, PoolOp, PowOp, ReduceOp,
            RemOp, ResampleOp, ResizeOp, SelectOp, SliceOp, SoftmaxOp, SubOp,
            TileOp, TransposeOp, UnaryOp>(compute)
      .Case<GatherElementsOp, GatherNDOp, GatherOp, ScatterElementsOp,
            ScatterNDOp, TopKOp>(compute)
      .Case<FlattenOp, PackOp, PackWeightsOp, ReshapeOp, UnpackOp>(
          [&](auto) -> Result {
            Result result = makeResult(op, liveBytes);
            if (succeeded(result))
              result->data = operands[0]->data;
            return result;
          })
      .Default([](Operation *op) -> Result {
        return op->emitOpError() << "has no meaning to the float64 reference";
      });
}

FailureOr<ReferenceTensor>
vox::evaluate(Operation *op, ArrayRef<const ReferenceTensor *> operands) {
  return evaluateOp(op, operands, /*liveBytes=*/0);
}

namespace {
/// Evaluates one block: a network's, or the body of a group or kernel.
class BlockEvaluator {
public:
  BlockEvaluator(int64_t &liveBytes, Observer observer)
      : liveBytes(liveBytes), observer(observer) {}

  /// The values that the block's terminator hands on.
  FailureOr<std::vector<ReferenceTensor>> run(Block &block, Operands arguments);

private:
  FailureOr<ReferenceTensor> evaluate(Operation &op, Operands operands);
  FailureOr<ReferenceTensor> evaluateBody(Region &body, Operands operands);
  LogicalResult getOperands(Operation &op,
                            SmallVectorImpl<const ReferenceTensor *> &operands);
  void freeUnused(Operation &op);

  static int64_t sizeOf(const ReferenceTensor &tensor) {
    return tensor.data.size() * sizeof(double);
  }

  llvm::DenseMap<Value, const ReferenceTensor *> arguments;
  /// Results that have uses to come. A std::map keeps its elements in place.
  std::map<void *, ReferenceTensor> results;
  llvm::DenseMap<Value, unsigned> usesLeft;
  /// Constants among the operands of the op at hand.
  std::vector<std::unique_ptr<ReferenceTensor>> constants;
  int64_t &liveBytes;
  Observer observer;
};
} // namespace

LogicalResult BlockEvaluator::getOperands(
    Operation &op, SmallVectorImpl<const ReferenceTensor *> &operands) {
  constants.clear();
  for (Value value : op.getOperands()) {
    if (auto it = arguments.find(value); it != arguments.end()) {
      operands.push_back(it->second);
    } else if (auto constant = value.getDefiningOp<ConstantOp>()) {
      FailureOr<ReferenceTensor> tensor = evaluateOp(constant, {}, liveBytes);
      if (failed(tensor))
        return failure();
      constants.push_back(
          std::make_unique<ReferenceTensor>(std::move(*tensor)));
      operands.push_back(constants.back().get());
    } else {
      operands.push_back(&results.find(value.getAsOpaquePointer())->second);
    }
  }
  return success();
}

void BlockEvaluator::freeUnused(Operation &op) {
  for (Value value : op.getOperands()) {
    auto it = results.find(value.getAsOpaquePointer());
    if (it == results.end() || --usesLeft[value] > 0)
      continue;
    liveBytes -= sizeOf(it->second);
    results.erase(it);
  }
}

FailureOr<ReferenceTensor> BlockEvaluator::evaluateBody(Region &body,
                                                        Operands operands) {
  auto values = BlockEvaluator(liveBytes, /*observer=*/nullptr)
                    .run(body.front(), operands);
  if (failed(values))
    return failure();
  return std::move(values->front());
}

FailureOr<ReferenceTensor> BlockEvaluator::evaluate(Operation &op,
                                                    Operands operands) {
  if (auto group = dyn_cast<GroupOp>(op))
    return evaluateBody(group.getBody(), operands);
  if (auto launch = dyn_cast<LaunchOp>(op)) {
    auto kernel = SymbolTable::lookupNearestSymbolFrom<KernelOp>(
        launch, launch.getKernelAttr());
    if (!kernel)
      return launch.emitOpError()
             << "launches @" << launch.getKernel() << ", which is no kernel";
    return evaluateBody(kernel.getBody(), operands);
  }
  return evaluateOp(&op, operands, liveBytes);
}

FailureOr<std::vector<ReferenceTensor>> BlockEvaluator::run(Block &block,
                                                            Operands operands) {
  for (auto [argument, tensor] :
       llvm::zip_equal(block.getArguments(), operands))
    arguments[argument] = tensor;

  for (Operation &op : block.without_terminator()) {
    if (isa<ConstantOp>(op) || op.use_empty())
      continue;
    SmallVector<const ReferenceTensor *> values;
    if (failed(getOperands(op, values)))
      return failure();
    FailureOr<ReferenceTensor> result = evaluate(op, values);
    if (failed(result))
      return failure();
    if (observer)
      observer(&op, *result);
    freeUnused(op);
    Value value = op.getResult(0);
    usesLeft[value] = std::distance(value.use_begin(), value.use_end());
    liveBytes += sizeOf(*result);
    results[value.getAsOpaquePointer()] = std::move(*result);
  }

  SmallVector<const ReferenceTensor *> values;
  if (failed(getOperands(*block.getTerminator(), values)))
    return failure();
  std::vector<ReferenceTensor> yielded;
  for (const ReferenceTensor *value : values)
    yielded.push_back(*value);
  for (auto &[key, tensor] : results)
    liveBytes -= sizeOf(tensor);
  return yielded;
}

FailureOr<std::vector<ReferenceTensor>>
vox::evaluate(func::FuncOp network, ArrayRef<ReferenceTensor> inputs,
              Observer observer) {
  if (network.isExternal() || !llvm::hasSingleElement(network.getBody()))
    return network.emitOpError()
           << "has " << network.getBody().getBlocks().size()
           << " blocks; expected a network, which has one";
  if (inputs.size() != network.getNumArguments())
    return network.emitOpError() << "has " << network.getNumArguments()
                                 << " inputs; got " << inputs.size();
  SmallVector<const ReferenceTensor *> arguments;
  int64_t liveBytes = 0;
  for (auto [type, input] : llvm::zip(network.getArgumentTypes(), inputs)) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    if (!tensor || tensor.getShape() != ArrayRef<int64_t>(input.shape))
      return network.emitOpError()
             << "has an input of type " << type << "; got one of shape "
             << formatShape(input.shape);
    arguments.push_back(&input);
    liveBytes += input.data.size() * sizeof(double);
  }
  return BlockEvaluator(liveBytes, observer)
      .run(network.getBody().front(), arguments);
}
