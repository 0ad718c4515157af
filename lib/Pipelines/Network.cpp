//===- Network.cpp - What verifiers can't check ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MLIR verifies op by op. What concerns the module as a whole (one function,
// only our ops, sizes that 32-bit indices reach, a plan that covers every
// result) is checked here, before anything relies on it: modules may come from
// a file.
//
//===----------------------------------------------------------------------===//

#include "OpenNetwork.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"
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
  auto element =
      tensor ? getElementType(tensor.getElementType()) : std::nullopt;
  if (!element || !tensor.hasStaticShape())
    return emitError(loc) << type
                          << " is not supported; expected a tensor of known "
                             "shape, of float32, integers or bool";
  if (tensor.getRank() > kMaxRank)
    return emitError(loc) << "a tensor of rank " << tensor.getRank()
                          << "; expected at most " << kMaxRank;
  auto count = numElements(physicalShape(tensor));
  // Halide counts the bytes of a buffer in 32 bits, too.
  if (!count || *count > std::numeric_limits<int32_t>::max() / element->bytes())
    return emitError(loc) << "a tensor of shape "
                          << formatShape(tensor.getShape())
                          << " is too large; expected fewer than 2^31 bytes";
  return success();
}

/// A value without elements stands for an input or output of the network:
/// nothing reads it, and nothing is to be computed.
static LogicalResult verifyElements(Value value) {
  ArrayRef<int64_t> shape = typeOf(value).getShape();
  Operation *producer = value.getDefiningOp();
  bool isInterface =
      producer ? isa<ConstantOp>(producer)
               : isa<func::FuncOp>(value.getParentBlock()->getParentOp());
  if (!llvm::is_contained(shape, 0) ||
      (isInterface &&
       llvm::all_of(value.getUsers(), llvm::IsaPred<func::ReturnOp>)))
    return success();
  return emitError(value.getLoc())
         << "a tensor of shape " << formatShape(shape)
         << " has no elements; expected that of inputs and outputs only, and "
            "no op to read it";
}

static LogicalResult verifyValue(Value value) {
  return success(succeeded(verifyType(value.getLoc(), value.getType())) &&
                 succeeded(verifyElements(value)));
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
  for (TypeRange types : {network.getArgumentTypes(), network.getResultTypes()})
    for (Type type : types)
      if (auto tensor = dyn_cast<RankedTensorType>(type);
          tensor && tensor.getEncoding())
        return network.emitError()
               << type << " as input or output; expected a planar tensor, as "
               << "callers have them";
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
          if (failed(verifyValue(argument)))
            return WalkResult::interrupt();
    for (Value result : op->getResults())
      if (failed(verifyValue(result)))
        return WalkResult::interrupt();
    return WalkResult::advance();
  });
  return success(!result.wasInterrupted() &&
                 succeeded(verifyOpenNetwork(network)));
}

func::FuncOp vox::getNetwork(ModuleOp module) {
  return *module.getOps<func::FuncOp>().begin();
}

std::string vox::mangleName(StringRef name) {
  std::string result;
  for (char c : name)
    result += llvm::isAlnum(c) ? c : '_';
  // Every name that we make gets a suffix, so C's keywords do no harm; a digit
  // in front would, and names that begin as the runtime's do.
  if (result.empty() || llvm::isDigit(result.front()) ||
      StringRef(result).starts_with("vox_"))
    result.insert(0, "model_");
  return result;
}
