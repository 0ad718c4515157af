//===- Schedule.cpp - Whether a schedule fits what it schedules -----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Code generation trusts a verified kernel: extents and strides are baked in
// and nothing is tested when it runs. Kernels and schedules may come from a
// file, so what the templates rely on is checked here, for every group and
// kernel that has a schedule.
//
//===----------------------------------------------------------------------===//

#include "VerifyKernel.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/OpenExtents.h"
#include "vox/Dialect/Vox/IR/Resize.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace vox;

namespace {

/// Weights must lie as `inputBlock` and `outputBlock` say; 0 is unpacked.
LogicalResult checkWeights(Operation *op, Value weights, int64_t inputBlock,
                           int64_t outputBlock) {
  Attribute expected;
  if (outputBlock != 0)
    expected = WeightLayoutAttr::get(op->getContext(), inputBlock, outputBlock);
  if (typeOf(weights).getEncoding() == expected)
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError("weights have the wrong "
                                                  "layout; expected ");
  if (expected)
    return diagnostic << expected;
  return diagnostic << "none";
}

LogicalResult checkConvLayouts(ConvOp conv) {
  int64_t input = getBlock(conv.getInput().getType());
  int64_t output = getBlock(conv.getType());
  if (output == 1) {
    if (input != 1)
      return conv.emitOpError("a planar convolution needs planar input");
    return checkWeights(conv, conv.getWeights(), 0, 0);
  }
  bool depthwise = conv.isDepthwise();
  if (depthwise && input != output)
    return conv.emitOpError() << "input has blocks of " << input
                              << "; expected " << output << ", the result's";
  int64_t inputs = conv.getWeights().getType().getDimSize(1);
  int64_t outputs = conv.getType().getDimSize(1) / conv.getGroups();
  if (conv.getGroups() > 1 && !depthwise &&
      (inputs % input != 0 || outputs % output != 0))
    return conv.emitOpError("channels per group are no whole blocks");
  return checkWeights(conv, conv.getWeights(), depthwise ? 1 : input, output);
}

LogicalResult checkConvTransposeLayouts(ConvTransposeOp conv) {
  int64_t input = getBlock(conv.getInput().getType());
  int64_t output = getBlock(conv.getType());
  if ((input == 1) != (output == 1))
    return conv.emitOpError("input and result must both be blocked or both be "
                            "planar");
  if (output == 1)
    return checkWeights(conv, conv.getWeights(), 0, 0);
  int64_t inputs = conv.getWeights().getType().getDimSize(1);
  int64_t outputs = conv.getType().getDimSize(1) / conv.getGroups();
  if (conv.getGroups() > 1 && (inputs % input != 0 || outputs % output != 0))
    return conv.emitOpError("channels per group are no whole blocks");
  return checkWeights(conv, conv.getWeights(), input, output);
}

LogicalResult checkConcatLayouts(ConcatOp concat) {
  int64_t block = getBlock(concat.getType());
  for (Value input : concat.getInputs()) {
    RankedTensorType type = typeOf(input);
    if (getBlock(type) != block)
      return concat.emitOpError("inputs differ from the result in layout");
    if (concat.getAxis() == 1 && type.getDimSize(1) % block != 0)
      return concat.emitOpError("an input's channels are no whole blocks");
  }
  return success();
}

/// Layouts that the anchor's template can read and write.
LogicalResult checkLayouts(Operation *anchor) {
  if (auto conv = dyn_cast<ConvOp>(anchor))
    return checkConvLayouts(conv);
  if (auto conv = dyn_cast<ConvTransposeOp>(anchor))
    return checkConvTransposeLayouts(conv);
  if (auto concat = dyn_cast<ConcatOp>(anchor))
    return checkConcatLayouts(concat);
  if (isElementWise(anchor) || isa<PackOp, UnpackOp, PackWeightsOp>(anchor))
    return success();
  RankedTensorType input = typeOf(anchor->getOperand(0));
  RankedTensorType result = typeOf(anchor->getResult(0));
  bool moves = isa<PadOp, SliceOp, ResizeOp, ResampleOp>(anchor);
  if (moves || isa<PoolOp>(anchor)) {
    if (input.getEncoding() != result.getEncoding())
      return anchor->emitOpError("input and result differ in layout");
    if (moves && getBlock(input) > 1 && !keepsBlocks(anchor, getBlock(input)))
      return anchor->emitOpError("does not move whole blocks of channels");
    return success();
  }
  if (result.getEncoding())
    return anchor->emitOpError("result has a layout; expected a planar one");
  if (auto dense = dyn_cast<DenseOp>(anchor)) {
    auto layout = dyn_cast_or_null<WeightLayoutAttr>(
        dense.getWeights().getType().getEncoding());
    if (failed(checkWeights(dense, dense.getWeights(), 1,
                            layout ? layout.getOutputBlock() : 16)))
      return failure();
  }
  // Blocks are of channels, so these must be the units.
  auto statistics = dyn_cast<ActivationStatisticsOp>(anchor);
  bool readsBlocks = isa<GlobalPoolOp, ArgMaxOp>(anchor) ||
                     (statistics && statistics.getAxis() == 1);
  bool othersArePlanar = !isa<MatMulOp, GatherOp, GatherElementsOp, GatherNDOp,
                              ScatterElementsOp, ScatterNDOp>(anchor) ||
                         llvm::none_of(anchor->getOperands(), [](Value value) {
                           return typeOf(value).getEncoding();
                         });
  if ((input.getEncoding() && !readsBlocks) || !othersArePlanar)
    return anchor->emitOpError("input has a layout; expected a planar one");
  return success();
}

/// Whether the template is one for the anchor.
bool fitsAnchor(Algorithm algorithm, Operation *anchor) {
  auto conv = dyn_cast<ConvOp>(anchor);
  bool blocked = getBlock(typeOf(anchor->getResult(0))) > 1;
  switch (algorithm) {
  case Algorithm::Plain:
    return true;
  case Algorithm::Direct:
    return conv && blocked && !conv.isDepthwise() &&
           getBlock(conv.getInput().getType()) > 1;
  case Algorithm::FewChannels:
    return conv && blocked && !conv.isDepthwise() &&
           getBlock(conv.getInput().getType()) == 1;
  case Algorithm::Depthwise:
    return conv && blocked && conv.isDepthwise();
  case Algorithm::Planar:
    return conv && !blocked;
  case Algorithm::Window:
    return isa<PoolOp, PoolIndicesOp>(anchor);
  case Algorithm::Dense:
    return isa<DenseOp, MatMulOp>(anchor);
  case Algorithm::Reduction:
    return isa<GlobalPoolOp, SoftmaxOp, LogSoftmaxOp, ArgMaxOp, ReduceOp,
               ResampleOp, ActivationStatisticsOp, ScatterElementsOp,
               ScatterNDOp, TopKOp>(anchor);
  case Algorithm::Transposed:
    return isa<ConvTransposeOp>(anchor);
  case Algorithm::ElementWise:
    return isElementWise(anchor) ||
           isa<PackOp, UnpackOp, PackWeightsOp, ConcatOp, PadOp, SliceOp,
               TileOp, ResizeOp, TransposeOp, GatherOp, GatherElementsOp,
               GatherNDOp>(anchor);
  }
  return false;
}

/// Tiles that fit into the result, at its least extents: the last one of a row
/// overlaps its neighbour, so there must be room for a whole one.
LogicalResult checkTiles(Operation *op, Operation *anchor,
                         ScheduleAttr schedule, const OpenExtents &extents) {
  auto check = [&](StringRef name, int64_t value, int64_t most) {
    if (value <= most)
      return success();
    return LogicalResult(op->emitOpError()
                         << "schedule has " << name << " = " << value
                         << "; expected at most " << most);
  };
  RankedTensorType result = extents.getLeastType(anchor->getResult(0));
  int64_t block = getBlock(result);
  int64_t columns = 1, vectors = 1, lanes = 0, rows = schedule.getRows();
  if (result.getRank() >= 4)
    rows = result.getDimSize(result.getRank() - 2);
  switch (schedule.getAlgorithm()) {
  case Algorithm::Direct:
  case Algorithm::FewChannels: {
    auto conv = cast<ConvOp>(anchor);
    columns = result.getShape().back();
    vectors = llvm::divideCeil(result.getDimSize(1), block) / conv.getGroups();
    if (conv.getGroups() == 1)
      vectors = llvm::divideCeil(result.getDimSize(1), block);
    lanes = block;
    break;
  }
  case Algorithm::Depthwise:
    columns = result.getShape().back();
    lanes = block;
    break;
  case Algorithm::Transposed: {
    // Tiles and rows count positions of one phase.
    auto conv = cast<ConvTransposeOp>(anchor);
    ArrayRef<int64_t> strides = conv.getStrides();
    if (result.getRank() >= 4)
      rows = llvm::divideCeil(rows, strides[strides.size() - 2]);
    if (block == 1)
      break;
    columns = llvm::divideCeil(result.getShape().back(), strides.back());
    vectors = llvm::divideCeil(result.getDimSize(1), block) / conv.getGroups();
    lanes = block;
    break;
  }
  case Algorithm::Dense: {
    if (auto product = dyn_cast<MatMulOp>(anchor)) {
      // Vectors need not divide the last dimension, nor be longer than it.
      rows = result.getDimSize(result.getRank() - 2);
      columns = std::min(rows, schedule.getRows());
      int64_t width = result.getShape().back();
      vectors = width / std::min<int64_t>(schedule.getLanes(),
                                          llvm::bit_floor<uint64_t>(width));
      if (failed(check("columns", schedule.getColumns(), columns)) ||
          failed(check("vectors", schedule.getVectors(), vectors)))
        return failure();
      return check("rows", schedule.getRows(), rows);
    }
    auto weights = cast<DenseOp>(anchor).getWeights().getType();
    lanes = cast<WeightLayoutAttr>(weights.getEncoding()).getOutputBlock();
    columns = result.getNumElements() / weights.getDimSize(0);
    vectors = llvm::divideCeil(weights.getDimSize(0), lanes);
    break;
  }
  case Algorithm::Planar:
  case Algorithm::Window:
    break;
  default:
    return success(); // uses neither tiles nor rows
  }
  if (lanes != 0 && schedule.getLanes() != lanes)
    return op->emitOpError() << "schedule has lanes = " << schedule.getLanes()
                             << "; expected " << lanes << ", the block";
  if (failed(check("columns", schedule.getColumns(), columns)) ||
      failed(check("vectors", schedule.getVectors(), vectors)) ||
      failed(check("rows", schedule.getRows(), rows)))
    return failure();
  if (vectors % schedule.getVectors() != 0)
    return op->emitOpError()
           << "schedule has vectors = " << schedule.getVectors()
           << "; expected a divisor of " << vectors;
  return success();
}

} // namespace

/// What is broadcast is read by channel numbers, so it has no blocks.
static LogicalResult checkBroadcast(Operation *op) {
  RankedTensorType result = typeOf(op->getResult(0));
  for (Value operand : op->getOperands()) {
    RankedTensorType type = typeOf(operand);
    if (type.getEncoding() && type.getShape() != result.getShape())
      return op->emitOpError()
             << "broadcasts " << type << "; expected a planar tensor";
  }
  return success();
}

/// Data is planar or blocked; only weights, and what packs them, have a
/// #vox.weight_layout.
static LogicalResult checkEncodings(Operation *op, Operation *anchor,
                                    Block &body) {
  Value weights;
  if (auto conv = dyn_cast<ConvOp>(anchor))
    weights = conv.getWeights();
  else if (auto conv = dyn_cast<ConvTransposeOp>(anchor))
    weights = conv.getWeights();
  else if (auto dense = dyn_cast<DenseOp>(anchor))
    weights = dense.getWeights();
  auto check = [&](Value value) {
    Attribute encoding = typeOf(value).getEncoding();
    bool packed = value == weights || value.getDefiningOp<PackWeightsOp>();
    if (!encoding || isa<LayoutAttr>(encoding) ||
        (packed && isa<WeightLayoutAttr>(encoding)))
      return success();
    return LogicalResult(op->emitOpError()
                         << "can't read or write the encoding " << encoding);
  };
  for (BlockArgument argument : body.getArguments())
    if (failed(check(argument)))
      return failure();
  for (Operation &inner : body.without_terminator())
    if (failed(check(inner.getResult(0))))
      return failure();
  return success();
}

bool vox::keepsBlocks(Operation *op, int64_t block) {
  constexpr unsigned channels = 1;
  if (auto pad = dyn_cast<PadOp>(op)) {
    ArrayRef<int64_t> pads = pad.getPads();
    return pads[channels] == 0 && pads[pads.size() / 2 + channels] == 0;
  }
  if (auto slice = dyn_cast<SliceOp>(op)) {
    // Fewer channels than a block would be mostly padding.
    int64_t kept = slice.getType().getDimSize(channels);
    return slice.getStarts()[channels] % block == 0 &&
           slice.getSteps()[channels] == 1 &&
           (kept >= block ||
            kept == slice.getInput().getType().getDimSize(channels));
  }
  if (auto resample = dyn_cast<ResampleOp>(op))
    return resample.getAxis() != channels;
  auto resize = cast<ResizeOp>(op);
  if (resize.getType().getDimSize(channels) !=
      resize.getInput().getType().getDimSize(channels))
    return false;
  for (auto [i, tap] : llvm::enumerate(getResizeTaps(resize, channels)))
    if (tap.lower != int64_t(i) || tap.fraction != 0)
      return false;
  return true;
}

LogicalResult vox::verifyScheduled(Operation *op, Block &body,
                                   ScheduleAttr schedule, OpenSizesAttr open) {
  Operation *anchor = &body.front();
  if (isa<FlattenOp, ReshapeOp, ConstantOp>(anchor))
    return anchor->emitOpError("computes nothing; it can't be an anchor");
  for (Operation &other : body.without_terminator()) {
    if (&other == anchor)
      continue;
    // Their kernel sees its input in another shape, which nothing else may.
    if (isa<ActivationStatisticsOp>(anchor))
      return other.emitOpError("can't follow vox.activation_statistics in its "
                               "kernel");
    if (!isElementWise(&other))
      return other.emitOpError("can't follow an anchor; expected an "
                               "element-wise op");
    RankedTensorType type = typeOf(other.getResult(0));
    RankedTensorType expected = typeOf(anchor->getResult(0));
    // A cast may change the elements, nothing changes shape or layout.
    if (type.getShape() != expected.getShape() ||
        type.getEncoding() != expected.getEncoding())
      return other.emitOpError()
             << "result is " << type
             << "; expected the anchor's shape and layout, " << expected;
  }
  // Everything is computed for the one result: loops are built around it.
  Operation *last = body.getTerminator()->getPrevNode();
  if (body.getTerminator()->getOperand(0) != last->getResult(0))
    return op->emitOpError("yields something else than its last op's result");
  for (Operation &inner : body.without_terminator())
    if (inner.getResult(0).use_empty())
      return inner.emitOpError("is not used in its kernel");
  for (Operation &inner : body.without_terminator())
    if (isElementWise(&inner) && failed(checkBroadcast(&inner)))
      return failure();
  if (failed(checkEncodings(op, anchor, body)) || failed(checkLayouts(anchor)))
    return failure();
  if (!fitsAnchor(schedule.getAlgorithm(), anchor))
    return op->emitOpError()
           << "algorithm " << stringifyAlgorithm(schedule.getAlgorithm())
           << " does not fit the anchor " << anchor->getName();
  FailureOr<OpenExtents> extents = OpenExtents::ofBody(body, open);
  if (failed(extents))
    return failure();
  return checkTiles(op, anchor, schedule, *extents);
}
