//===- Network.cpp - What verifiers can't check ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/Shapes.h"
#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Pipelines/Pipelines.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace vox;

/// Kernels index by 32-bit integers, and templates are written for few
/// dimensions.
static constexpr int64_t kMaxRank = 8;

static LogicalResult verifyType(Location loc, Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape() || !tensor.getElementType().isF32())
    return emitError(loc) << type
                          << " is not supported; expected a float32 tensor of "
                             "known shape";
  if (tensor.getRank() > kMaxRank)
    return emitError(loc) << "a tensor of rank " << tensor.getRank()
                          << "; expected at most " << kMaxRank;
  auto count = numElements(physicalShape(tensor));
  if (!count || *count > std::numeric_limits<int32_t>::max() / 4)
    return emitError(loc) << "a tensor of shape "
                          << formatShape(tensor.getShape())
                          << " is too large; expected fewer than 2^29 elements";
  if (*count == 0)
    return emitError(loc) << "a tensor of shape "
                          << formatShape(tensor.getShape())
                          << " has no elements";
  return success();
}

LogicalResult vox::verifyNetwork(ModuleOp module) {
  auto functions = llvm::to_vector(module.getOps<func::FuncOp>());
  if (functions.size() != 1)
    return module.emitError()
           << functions.size() << " functions; expected one, the network";
  func::FuncOp network = functions.front();
  if (network.isExternal() || !network.getBody().hasOneBlock())
    return network.emitError("expected one block, the network's layers");
  if (network.getNumResults() == 0)
    return network.emitError("the network has no output");
  for (Operation &op : module.getBody()->getOperations())
    if (!isa<func::FuncOp, KernelOp>(op))
      return op.emitOpError("can't stand beside the network");
  WalkResult result = network.walk([&](Operation *op) {
    if (!isa<VoxDialect>(op->getDialect()) &&
        !isa<func::FuncOp, func::ReturnOp>(op)) {
      op->emitOpError("is not an op of the vox dialect");
      return WalkResult::interrupt();
    }
    for (Region &region : op->getRegions())
      for (Block &block : region)
        for (BlockArgument argument : block.getArguments())
          if (failed(verifyType(argument.getLoc(), argument.getType())))
            return WalkResult::interrupt();
    for (Type type : op->getResultTypes())
      if (failed(verifyType(op->getLoc(), type)))
        return WalkResult::interrupt();
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

LogicalResult vox::verifyPlan(func::FuncOp network) {
  auto size = network->getAttrOfType<IntegerAttr>(kArenaSize);
  if (!size || size.getInt() < 0)
    return network.emitError()
           << "has no " << kArenaSize << "; run vox-plan-memory first";
  SmallVector<LaunchOp> writers(network.getNumResults());
  for (Operation &op : network.getBody().front()) {
    auto launch = dyn_cast<LaunchOp>(op);
    if (!launch) {
      if (isa<ConstantOp, PackWeightsOp, ReshapeOp, func::ReturnOp>(op))
        continue;
      return op.emitOpError("is not launched; run vox-outline-kernels first");
    }
    if (launch.getOutput()) {
      int64_t output = *launch.getOutput();
      if (launch.getOffset() || output < 0 ||
          output >= (int64_t)writers.size() || writers[output])
        return launch.emitOpError()
               << "output is " << output << "; expected one of its own, below "
               << writers.size();
      writers[output] = launch;
      continue;
    }
    if (!launch.getOffset())
      return launch.emitOpError("has neither offset nor output; run "
                                "vox-plan-memory first");
    int64_t offset = *launch.getOffset();
    int64_t room = size.getInt() - sizeInBytes(launch.getType());
    if (offset < 0 || offset % 64 != 0 || offset > room)
      return launch.emitOpError()
             << "offset is " << offset << "; expected a multiple of 64 up to "
             << room << ", so that the result fits into the arena";
  }
  Operation *terminator = network.getBody().front().getTerminator();
  for (auto [i, value] : llvm::enumerate(terminator->getOperands())) {
    while (auto view = value.getDefiningOp<ReshapeOp>())
      value = view.getInput();
    if (!writers[i] || writers[i].getResult() != value)
      return terminator->emitError()
             << "output " << i << " is not written by the launch that it names";
  }
  return success();
}

std::string vox::mangleName(StringRef name) {
  std::string result;
  for (char c : name)
    result += llvm::isAlnum(c) ? c : '_';
  // Every name that we make gets a suffix, so C's keywords do no harm; a digit
  // in front would.
  if (result.empty() || llvm::isDigit(result.front()))
    result.insert(0, "model_");
  return result;
}
