//===- AssignLayouts.cpp - Blocked channel layouts ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pays because a kernel on blocked channels needs no gathers and no shuffles:
// one load is one vector. Price: a pack or unpack where blocked and planar ops
// meet, which remarks report.
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "Remarks.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"

#include "llvm/Support/MathExtras.h"

namespace vox {
#define GEN_PASS_DEF_ASSIGNLAYOUTS
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"
} // namespace vox

using namespace mlir;
using namespace vox;

namespace {

constexpr StringLiteral kPass = "vox-assign-layouts";

/// Convolutions of at most so many input channels read planar input: a block
/// would be mostly padding.
constexpr int64_t kFewChannels = 4;

struct AssignLayouts : public vox::impl::AssignLayoutsBase<AssignLayouts> {
  using Base::Base;

  LogicalResult initialize(MLIRContext *context) override {
    return checkLanes(context, lanes);
  }

  void runOnOperation() override {
    if (getOperation().isDeclaration())
      return;
    converted.clear();
    for (Operation &op : getOperation().getBody().front()) {
      if (auto group = dyn_cast<GroupOp>(op))
        assign(group);
      else if (isa<func::ReturnOp>(op) || isa<ReshapeOp>(op))
        for (OpOperand &operand : op.getOpOperands())
          operand.set(
              convert(operand.get(), planar(typeOf(operand.get())), &op));
    }
  }

private:
  /// (value, type) to the same value in that type.
  llvm::DenseMap<std::pair<Value, Type>, Value> converted;

  /// The block of a tensor that wants blocked channels: a function of the
  /// channels alone. At most 4 channels: 4; at most 8: 8; else a full vector.
  RankedTensorType blocked(RankedTensorType type) {
    if (type.getRank() < 3 || type.getRank() > 5)
      return planar(type);
    int64_t block =
        std::max<int64_t>(4, llvm::PowerOf2Ceil(type.getDimSize(1)));
    return withBlock(type, std::min<int64_t>(block, lanes));
  }

  /// Whether a grouped convolution's channels can be read and written in
  /// blocks: whole blocks per group, or one channel per group.
  template <typename Conv> bool canBlock(Conv conv) {
    if (conv.getGroups() == 1)
      return true;
    if constexpr (std::is_same_v<Conv, ConvOp>)
      if (conv.isDepthwise())
        return true;
    int64_t inputs = conv.getWeights().getType().getDimSize(1);
    int64_t outputs = conv.getType().getDimSize(1) / conv.getGroups();
    int64_t inputBlock = getBlock(blocked(conv.getInput().getType()));
    int64_t outputBlock = getBlock(blocked(conv.getType()));
    return inputs % inputBlock == 0 && outputs % outputBlock == 0;
  }

  /// The types that the anchor wants for its result and first input.
  std::pair<RankedTensorType, RankedTensorType> choose(Operation *anchor,
                                                       Value firstInput) {
    RankedTensorType result = typeOf(anchor->getResult(0));
    RankedTensorType input = typeOf(firstInput);
    auto transposed = dyn_cast<ConvTransposeOp>(anchor);
    auto conv = dyn_cast<ConvOp>(anchor);
    if (transposed ? !canBlock(transposed) : conv && !canBlock(conv)) {
      remarkMissed(anchor, kPass, "Planar",
                   "channels per group are no multiple of the block");
      return {planar(result), planar(input)};
    }
    if (transposed)
      return {blocked(result), blocked(input)};
    if (conv) {
      bool few = conv.getGroups() == 1 && input.getDimSize(1) <= kFewChannels &&
                 !input.getEncoding();
      return {blocked(result), few ? planar(input) : blocked(input)};
    }
    if (isa<PoolOp>(anchor) || isElementWise(anchor)) {
      // Work in the layout in which the values arrive.
      bool sameShape =
          result.getRank() == input.getRank() &&
          (isa<PoolOp>(anchor) || result.getShape() == input.getShape());
      if (sameShape)
        return {withBlock(result, getBlock(input)), input};
      return {planar(result), planar(input)};
    }
    // Layout changes of an earlier run say themselves what they want.
    if (isa<PackOp, UnpackOp, PackWeightsOp>(anchor))
      return {result, input};
    if (isa<GlobalPoolOp, ArgMaxOp>(anchor))
      return {planar(result), input};
    // Units in the vectors, or else positions.
    if (auto statistics = dyn_cast<ActivationStatisticsOp>(anchor))
      return {planar(result),
              statistics.getAxis() == 1 ? input : planar(input)};
    if (isa<PadOp, SliceOp, ResizeOp, ResampleOp>(anchor) &&
        getBlock(input) > 1) {
      if (keepsBlocks(anchor, getBlock(input)))
        return {withBlock(result, getBlock(input)), input};
      remarkMissed(anchor, kPass, "Planar", "channels leave their blocks");
    }
    if (auto concat = dyn_cast<ConcatOp>(anchor))
      return chooseConcat(concat, result, input);
    return {planar(result), planar(input)};
  }

  /// Blocked concatenation copies whole blocks: the inputs' blocks agree, and
  /// along the channels every part is whole blocks.
  std::pair<RankedTensorType, RankedTensorType>
  chooseConcat(ConcatOp concat, RankedTensorType result,
               RankedTensorType input) {
    auto group = cast<GroupOp>(concat->getParentOp());
    int64_t block = getBlock(input);
    bool whole = block > 1;
    for (Value operand : group.getInputs()) {
      whole &= getBlock(typeOf(operand)) == block;
      whole &=
          concat.getAxis() != 1 || typeOf(operand).getDimSize(1) % block == 0;
    }
    if (whole)
      return {withBlock(result, block), input};
    if (block > 1)
      remarkMissed(concat, kPass, "Planar",
                   "parts are no multiples of one block");
    return {planar(result), planar(input)};
  }

  void assign(GroupOp group) {
    Operation *anchor = group.getAnchor();
    Block &body = group.getBody().front();
    separateRoles(group);
    auto outerOf = [&](Value inner) -> Value {
      auto argument = dyn_cast<BlockArgument>(inner);
      return argument ? group.getInputs()[argument.getArgNumber()] : Value();
    };
    // An element-wise op works in the layout of an operand that is not
    // broadcast, if there is one.
    Value leading = outerOf(anchor->getOperand(0));
    if (isElementWise(anchor))
      for (Value operand : anchor->getOperands())
        if (typeOf(operand).getShape() == typeOf(group).getShape()) {
          leading = outerOf(operand);
          break;
        }
    auto [result, input] = choose(anchor, leading);

    for (BlockArgument argument : body.getArguments()) {
      unsigned index = argument.getArgNumber();
      Value outer = group.getInputs()[index];
      RankedTensorType wanted = planar(typeOf(outer));
      if (isWeights(argument, anchor))
        wanted = packedWeights(anchor, input, result, wanted);
      else if (llvm::is_contained(anchor->getOperands(), argument) &&
               typeOf(outer).getShape() == input.getShape())
        wanted = withEncodingOf(wanted, input);
      else if (isa<ConcatOp>(anchor))
        wanted = withBlock(wanted, getBlock(input));
      else if (typeOf(outer).getShape() == result.getShape())
        wanted = withBlock(wanted, getBlock(result));
      Value value = convert(outer, wanted, group);
      group.getInputsMutable()[index].set(value);
      argument.setType(wanted);
    }
    // Everything after the anchor has the result's shape and layout.
    for (Operation &op : body.without_terminator())
      op.getResult(0).setType(withEncodingOf(typeOf(op.getResult(0)), result));
    group.getResult().setType(
        withEncodingOf(typeOf(group.getResult()), result));
  }

  /// `type` in the layout of `other`.
  static RankedTensorType withEncodingOf(RankedTensorType type,
                                         RankedTensorType other) {
    return RankedTensorType::get(type.getShape(), type.getElementType(),
                                 other.getEncoding());
  }

  /// One value may be read in two roles that want two layouts: as weights and
  /// as data, or by the anchor and, broadcast, by the epilogue. Each role gets
  /// an argument of its own.
  void separateRoles(GroupOp group) {
    Operation *anchor = group.getAnchor();
    Block &body = group.getBody().front();
    for (BlockArgument argument : llvm::to_vector(body.getArguments())) {
      if (argument.hasOneUse() ||
          !llvm::is_contained(anchor->getOperands(), argument))
        continue;
      auto ownArgument = [&] {
        group.getInputsMutable().append(
            group.getInputs()[argument.getArgNumber()]);
        return body.addArgument(argument.getType(), argument.getLoc());
      };
      // Operand 1 of convolutions and dense layers alike.
      if (isWeights(argument, anchor))
        anchor->setOperand(1, ownArgument());
      if (!llvm::is_contained(anchor->getOperands(), argument))
        continue; // the epilogue has it for itself now
      bool broadcast =
          typeOf(argument).getShape() != typeOf(group.getResult()).getShape();
      auto inEpilogue = [&](OpOperand &use) {
        return use.getOwner() != anchor;
      };
      if (broadcast && !isElementWise(anchor) &&
          llvm::any_of(argument.getUses(), inEpilogue))
        argument.replaceUsesWithIf(ownArgument(), inEpilogue);
    }
  }

  static bool isWeights(BlockArgument argument, Operation *anchor) {
    if (auto conv = dyn_cast<ConvOp>(anchor))
      return conv.getWeights() == argument;
    if (auto conv = dyn_cast<ConvTransposeOp>(anchor))
      return conv.getWeights() == argument;
    if (auto dense = dyn_cast<DenseOp>(anchor))
      return dense.getWeights() == argument;
    return false;
  }

  RankedTensorType packedWeights(Operation *anchor, RankedTensorType input,
                                 RankedTensorType result,
                                 RankedTensorType weights) {
    int64_t inputBlock = 1, outputBlock = lanes;
    if (!isa<DenseOp>(anchor)) {
      // Planar convolutions read weights one by one, as they are.
      if (getBlock(result) == 1)
        return weights;
      auto conv = dyn_cast<ConvOp>(anchor);
      inputBlock = conv && conv.isDepthwise() ? 1 : getBlock(input);
      outputBlock = getBlock(result);
    }
    return RankedTensorType::get(
        weights.getShape(), weights.getElementType(),
        WeightLayoutAttr::get(&getContext(), inputBlock, outputBlock));
  }

  /// `value` in type `wanted`, converted before `user` if need be.
  Value convert(Value value, RankedTensorType wanted, Operation *user) {
    if (value.getType() == wanted)
      return value;
    Value &known = converted[{value, wanted}];
    if (known)
      return known;
    OpBuilder builder(user);
    bool isWeights = isa_and_nonnull<WeightLayoutAttr>(wanted.getEncoding());
    if (isWeights && value.getDefiningOp<ConstantOp>()) {
      known = PackWeightsOp::create(builder, value.getLoc(), wanted, value);
      return known;
    }
    // A layout change moves data: it runs as a kernel, so it is a group.
    auto group = GroupOp::create(builder, value.getLoc(), wanted, value);
    Block &body = group.getBody().emplaceBlock();
    Value argument = body.addArgument(value.getType(), value.getLoc());
    builder.setInsertionPointToEnd(&body);
    Value inner;
    if (isWeights)
      inner = PackWeightsOp::create(builder, value.getLoc(), wanted, argument);
    else if (wanted.getEncoding())
      inner = PackOp::create(builder, value.getLoc(), wanted, argument);
    else
      inner = UnpackOp::create(builder, value.getLoc(), wanted, argument);
    YieldOp::create(builder, value.getLoc(), inner);
    remarkPassed(group, kPass, wanted.getEncoding() ? "Packed" : "Unpacked",
                 "layout changed for " + user->getName().getStringRef());
    known = group.getResult();
    return known;
  }
};

} // namespace
