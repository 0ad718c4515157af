//===- ActivationRoles.cpp - What an activation is for --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Analysis/ActivationRoles.h"

#include "vox/Dialect/Vox/IR/Constants.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace vox;

//===----------------------------------------------------------------------===//
// Gates
//===----------------------------------------------------------------------===//

/// The one value that `op` passes on: moved, resized, or shifted and scaled by
/// constants. Null where `op` does anything else.
static Value getPassedOn(Operation *op) {
  if (isa<ReshapeOp, FlattenOp, TransposeOp, ResizeOp, ResampleOp, PadOp,
          SliceOp>(op))
    return op->getOperand(0);
  if (!isa<AddOp, SubOp, MulOp, DivOp>(op))
    return nullptr;
  if (isConstant(op->getOperand(1)))
    return op->getOperand(0);
  return isConstant(op->getOperand(0)) ? op->getOperand(1) : nullptr;
}

/// What `value` was before it was passed on.
static Value getSource(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    Value before = getPassedOn(op);
    if (!before)
      break;
    value = before;
  }
  return value;
}

/// How much `value` looks like the factor that opens and closes: 3 where it
/// lies between 0 and 1, 2 between 0 and some number, 1 where it is bounded, 0
/// elsewhere.
static int rankGate(Value value) {
  Operation *op = value.getDefiningOp();
  if (isa_and_nonnull<SoftmaxOp>(op))
    return 3;
  auto activation = dyn_cast_or_null<ActivationOp>(op);
  if (!activation)
    return 0;
  double low = activation.getFunction().lowerBound();
  double high = activation.getFunction().upperBound();
  if (!std::isfinite(low) || !std::isfinite(high))
    return 0;
  return low < 0 ? 1 : high > 1 ? 2 : 3;
}

static bool isGate(ActivationOp op) {
  SmallVector<Value> values{op.getResult()};
  SmallPtrSet<Operation *, 8> seen;
  while (!values.empty()) {
    Value value = values.pop_back_val();
    for (OpOperand &use : value.getUses()) {
      Operation *user = use.getOwner();
      if (!seen.insert(user).second)
        continue;
      if (getPassedOn(user) == value) {
        values.push_back(user->getResult(0));
        continue;
      }
      if (!isa<MulOp>(user))
        continue;
      Value other = getSource(user->getOperand(1 - use.getOperandNumber()));
      if (other != op.getResult() && other != getSource(op.getInput()) &&
          rankGate(op) >= rankGate(other))
        return true;
    }
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

/// Whether it gives what an activation gave another meaning.
static bool startsAnew(Operation *op) {
  return hasWeights(op) || isa<ActivationOp, SoftmaxOp, LogSoftmaxOp>(op);
}

ActivationRole vox::getRole(ActivationOp op) {
  if (isGate(op))
    return ActivationRole::Gate;
  return reachesOutput(op, startsAnew) ? ActivationRole::Output
                                       : ActivationRole::Hidden;
}

llvm::StringRef vox::getName(ActivationRole role) {
  switch (role) {
  case ActivationRole::Hidden:
    return "hidden";
  case ActivationRole::Output:
    return "output";
  case ActivationRole::Gate:
    return "gate";
  }
  llvm_unreachable("all roles are handled");
}

//===----------------------------------------------------------------------===//
// Names and units
//===----------------------------------------------------------------------===//

std::string vox::nameLayer(ActivationOp op, llvm::StringSet<> &taken) {
  std::string base = op.getLayer().value_or("activation").str();
  std::string name = base;
  for (unsigned number = 2; !taken.insert(name).second; ++number)
    name = base + "#" + std::to_string(number);
  return name;
}

/// The operand of `op` whose dimensions are those of the result, for ops that
/// keep them or exchange them. Of several it is one that a layer may have
/// computed: no constant.
static Value getSameDimensions(Operation *op) {
  if (!isElementWise(op) && !isa<PoolOp, GlobalPoolOp, ResizeOp, PadOp, SliceOp,
                                 ConcatOp, TransposeOp>(op))
    return nullptr;
  auto getRank = [](Value value) {
    return cast<RankedTensorType>(value.getType()).getRank();
  };
  for (Value operand : op->getOperands())
    if (!isConstant(operand) && getRank(operand) == getRank(op->getResult(0)))
      return operand;
  return nullptr;
}

std::optional<int64_t> vox::getUnitAxis(ActivationOp op) {
  int64_t rank = op.getType().getRank();
  if (rank == 0)
    return std::nullopt;
  Value value = op.getInput();
  SmallVector<TransposeOp> transposes;
  while (Operation *before = value.getDefiningOp()) {
    Value same = isa<BatchNormOp>(before) ? nullptr : getSameDimensions(before);
    if (!same)
      break;
    if (auto transpose = dyn_cast<TransposeOp>(before))
      transposes.push_back(transpose);
    value = same;
  }
  int64_t axis =
      isa_and_nonnull<DenseOp>(value.getDefiningOp()) ? rank - 1 : rank > 1;
  for (TransposeOp transpose : llvm::reverse(transposes))
    axis = llvm::find(transpose.getPermutation(), axis) -
           transpose.getPermutation().begin();
  return axis;
}
