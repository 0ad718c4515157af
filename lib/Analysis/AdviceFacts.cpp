//===- AdviceFacts.cpp - What advice rules ask about a network ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AdviceFacts.h"
#include "vox/Dialect/Vox/IR/Constants.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace vox;

Value vox::getOrigin(Value value, Through through) {
  while (Operation *op = value.getDefiningOp()) {
    if (isa<ReshapeOp, FlattenOp, TransposeOp, SliceOp>(op) ||
        (through >= Through::Constants && isa<PadOp>(op)) ||
        (through >= Through::BatchNorms && isa<BatchNormOp>(op))) {
      value = op->getOperand(0);
      continue;
    }
    if (through < Through::Constants || !isa<AddOp, SubOp, MulOp, DivOp>(op))
      break;
    if (isConstant(op->getOperand(1)))
      value = op->getOperand(0);
    else if (isConstant(op->getOperand(0)))
      value = op->getOperand(1);
    else
      break;
  }
  return value;
}

AdviceFacts::AdviceFacts(func::FuncOp network, const AdviceInputs &inputs)
    : inputs(inputs), network(network) {
  llvm::StringSet<> taken;
  network.walk([&](Operation *op) {
    if (auto activation = dyn_cast<ActivationOp>(op)) {
      activations.push_back(activation);
      roles.push_back(getRole(activation));
      names.push_back(nameLayer(activation, taken));
    }
    if (hasWeights(op))
      layers.push_back(op);
  });
}

const LayerStatistics *AdviceFacts::getStatistics(ActivationOp op) const {
  if (!inputs.statistics)
    return nullptr;
  size_t number = llvm::find(activations, op) - activations.begin();
  return findLayer(*inputs.statistics, names[number]);
}

void AdviceFacts::forEach(ActivationRole role,
                          llvm::function_ref<void(ActivationOp)> visit) const {
  for (auto [op, its] : llvm::zip_equal(activations, roles))
    if (its == role)
      visit(op);
}

Operation *AdviceFacts::getLayerBefore(ActivationOp op) const {
  Operation *before =
      getOrigin(op.getInput(), Through::BatchNorms).getDefiningOp();
  return hasWeights(before) ? before : nullptr;
}

static Value getOutput(func::FuncOp network) {
  return network.front().getTerminator()->getOperand(0);
}

ActivationOp AdviceFacts::getLast(Through through) const {
  return getOrigin(getOutput(network), through).getDefiningOp<ActivationOp>();
}

Interval AdviceFacts::getOutputBounds() const {
  func::FuncOp op = network;
  Ranges ranges(op, InputRanges(op.getNumArguments()), Ranges::Definitions);
  for (Operation &layer : op.front())
    ranges.visit(&layer);
  return ranges.get(getOutput(op)).overall();
}

ActivationOp AdviceFacts::getFirstOnData() const {
  if (activations.empty())
    return nullptr;
  ActivationOp first = activations.front();
  Operation *layer = first.getInput().getDefiningOp();
  if (!hasWeights(layer))
    return nullptr;
  Value data = layer->getOperand(0);
  while (Operation *op = data.getDefiningOp()) {
    if (!isa<ReshapeOp, FlattenOp, TransposeOp, PadOp>(op))
      return nullptr;
    data = op->getOperand(0);
  }
  return first;
}

bool AdviceFacts::hasDepthwise() const {
  return llvm::any_of(layers, [](Operation *op) {
    auto conv = dyn_cast<ConvOp>(op);
    return conv && conv.isDepthwise();
  });
}

bool AdviceFacts::hasResiduals() const {
  bool found = contains<ConcatOp>();
  func::FuncOp(network).walk([&](AddOp op) {
    found |= !isConstant(op.getLhs()) && !isConstant(op.getRhs());
  });
  return found;
}

/// Elements per channel of `[N, C, spatial...]`.
static int64_t countPositions(Value value) {
  int64_t positions = 1;
  for (int64_t extent :
       cast<RankedTensorType>(value.getType())
           .getShape()
           .drop_front(std::min<int64_t>(
               2, cast<RankedTensorType>(value.getType()).getRank())))
    positions *= extent;
  return positions;
}

bool AdviceFacts::isGenerator() const {
  func::FuncOp op = network;
  if (op.getNumArguments() == 0 || countPositions(op.getArgument(0)) != 1)
    return false;
  return llvm::count_if(layers,
                        [](Operation *layer) {
                          return isa<ConvTransposeOp>(layer);
                        }) > 1 &&
         countPositions(getOutput(op)) > 1;
}

bool AdviceFacts::isDiscriminator() const {
  func::FuncOp op = network;
  auto output = cast<RankedTensorType>(op.getResultTypes().front());
  if (output.getNumElements() != 1 || contains<PoolOp>() ||
      contains<GlobalPoolOp>())
    return false;
  unsigned strided = 0;
  for (auto [i, layer] : llvm::enumerate(layers)) {
    auto conv = dyn_cast<ConvOp>(layer);
    if (!conv)
      continue;
    bool shrinks = llvm::all_of(conv.getStrides(),
                                [](int64_t stride) { return stride > 1; });
    // The last one may gather what is left.
    if (!shrinks && i + 1 < layers.size())
      return false;
    strided += shrinks;
  }
  return strided > 1;
}

std::string vox::makePolicy(ActivationOp op, StringRef to) {
  std::string pattern = op.getLayer().value_or("").str();
  if (pattern.empty())
    return "";
  // What a pattern or a shell may take for something else: any character.
  for (char &c : pattern)
    if (!llvm::isAlnum(c) && !StringRef("/._:+-").contains(c))
      c = '?';
  return formatActivation(op.getFunction()) + "[name~\"" + pattern +
         "\"]=" + to.str();
}
