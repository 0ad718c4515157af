//===- PruneChannels.cpp - Channels that are zero, and their weights ------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pays by the share of channels that training has killed: each costs the layer
// that makes it and every layer that reads it.
//
// A layer's result goes through ops that keep channels apart to the layers that
// read it. Where all of those read zeros in a channel, the channel adds nothing
// to any sum:
//
//     conv(x, W)  =  conv(x without channel c, W without column c)
//
// and whatever made it can go: row c of the first layer's weights and bias, and
// element c of every parameter on the way.
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "Remarks.h"
#include "vox/Analysis/Ranges.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/OpenExtents.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/MapVector.h"

namespace vox {
#define GEN_PASS_DEF_PRUNECHANNELS
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"
} // namespace vox

using namespace mlir;
using namespace vox;

namespace {

constexpr StringLiteral kPass = "vox-prune-channels";

/// Where a tensor has the channels: along `axis`, each `repeat` times in a row
/// (after a flatten).
struct Place {
  int64_t axis = 1, repeat = 1;
};

/// A constant operand that has channels too.
struct Parameter {
  OpOperand *operand;
  Place place;
};

/// What becomes smaller with a layer's result.
struct Region {
  int64_t channels;
  llvm::MapVector<Value, Place> values;
  SmallVector<Parameter> parameters;
  /// The layers that read it, by the operand that does.
  SmallVector<OpOperand *> readers;
  /// Why nothing can become smaller; empty: it can.
  std::string obstacle;
};

/// Channels of [d0, ..., dn] with `place` after a reshape, or nothing where
/// they no longer lie along one dimension.
std::optional<Place> reshapePlace(ReshapeOp op, Place place) {
  ArrayRef<int64_t> from = typeOf(op.getInput()).getShape(),
                    to = op.getType().getShape();
  auto product = [](ArrayRef<int64_t> extents) {
    int64_t all = 1;
    for (int64_t extent : extents)
      all *= extent;
    return all;
  };
  int64_t before = product(from.take_front(place.axis));
  int64_t extent = from[place.axis], channels = extent / place.repeat;
  for (int64_t axis = 0; axis < (int64_t)to.size(); ++axis)
    if (product(to.take_front(axis)) == before && to[axis] != 1 &&
        to[axis] % channels == 0 &&
        (to[axis] % extent == 0 || extent % to[axis] == 0))
      return Place{axis, to[axis] / channels};
  return std::nullopt;
}

/// Collects a region, from a layer's result on.
class Collector {
public:
  explicit Collector(Region &region) : region(region) {}

  void follow(Value value, Place place) {
    if (!region.values.insert({value, place}).second)
      return;
    for (OpOperand &use : value.getUses())
      if (region.obstacle.empty())
        pass(use, place);
  }

private:
  void pass(OpOperand &use, Place place) {
    Operation *op = use.getOwner();
    if (op->hasTrait<OpTrait::IsTerminator>())
      return stop("are an output of the network");
    if (isa<ConcatOp>(op))
      return stop("go into a concatenation");
    if (hasWeights(op))
      return read(use, place);
    Value result = op->getResult(0);
    if (isa<UnaryOp>(op))
      return follow(result, place);
    if (isa<PoolOp, GlobalPoolOp>(op) && place.axis == 1)
      return follow(result, place);
    if (isElementWise(op) && !isa<CastOp, SelectOp, CompareOp>(op))
      return passElementWise(use, place);
    if (auto resize = dyn_cast<ResizeOp>(op))
      if (resize.getScales()[place.axis] == 1)
        return follow(result, place);
    if (auto pad = dyn_cast<PadOp>(op)) {
      int64_t rank = pad.getPads().size() / 2;
      if (pad.getPads()[place.axis] == 0 &&
          pad.getPads()[rank + place.axis] == 0)
        return follow(result, place);
    }
    if (auto slice = dyn_cast<SliceOp>(op))
      if (slice.getSteps()[place.axis] == 1 &&
          slice.getType().getDimSize(place.axis) ==
              typeOf(slice.getInput()).getDimSize(place.axis))
        return follow(result, place);
    if (auto reshape = dyn_cast<ReshapeOp>(op))
      if (auto moved = reshapePlace(reshape, place))
        return follow(result, *moved);
    if (auto transpose = dyn_cast<TransposeOp>(op)) {
      place.axis = llvm::find(transpose.getPermutation(), place.axis) -
                   transpose.getPermutation().begin();
      return follow(result, place);
    }
    stop("go through " + op->getName().getStringRef());
  }

  void read(OpOperand &use, Place place) {
    Operation *op = use.getOwner();
    if (use.getOperandNumber() != 0)
      return stop("are the weights of a layer");
    if (!isConstant(op->getOperand(1)))
      return stop("are read by a layer whose weights are not constant");
    int64_t groups = 1, axis = 1;
    if (auto conv = dyn_cast<ConvOp>(op))
      groups = conv.getGroups();
    else if (auto conv = dyn_cast<ConvTransposeOp>(op))
      groups = conv.getGroups();
    else
      axis = typeOf(use.get()).getRank() - 1;
    if (groups != 1)
      return stop("are read by a grouped convolution");
    if (place.axis != axis)
      return stop("are no channels to a layer that reads them");
    region.readers.push_back(&use);
  }

  /// The other operands must be constants, with one element for all channels or
  /// one for each.
  void passElementWise(OpOperand &use, Place place) {
    Operation *op = use.getOwner();
    if (isa<BatchNormOp>(op) && use.getOperandNumber() != 0)
      return stop("are parameters of a batch norm");
    int64_t rank = typeOf(op->getResult(0)).getRank();
    // Aligned at the last dimension.
    Place result{place.axis + rank - typeOf(use.get()).getRank(), place.repeat};
    int64_t extent = typeOf(use.get()).getDimSize(place.axis);
    for (OpOperand &other : op->getOpOperands()) {
      if (other.get() == use.get())
        continue;
      if (!isConstant(other.get()))
        return stop("meet other values");
      RankedTensorType type = typeOf(other.get());
      bool perChannel = isa<BatchNormOp>(op);
      int64_t axis = perChannel ? 0 : result.axis - (rank - type.getRank());
      if (perChannel && result.axis != 1)
        return stop("are no channels to a batch norm");
      if (axis >= 0 && type.getDimSize(axis) == extent)
        region.parameters.push_back({&other, {axis, place.repeat}});
      else if (axis >= 0 && type.getDimSize(axis) != 1)
        return stop("are broadcast");
    }
    follow(op->getResult(0), result);
  }

  void stop(const llvm::Twine &why) { region.obstacle = why.str(); }

  Region &region;
};

/// Which channels are zero in all of `value`.
llvm::BitVector findZeros(Value value, Place place, int64_t channels,
                          Ranges &ranges) {
  Range range = ranges.get(value);
  llvm::BitVector zeros(channels, range.finite);
  if (range.isPerPosition() && range.axis != place.axis)
    range.intervals = {range.overall()};
  for (int64_t i = 0; i < channels * place.repeat; ++i)
    if (range.at(i).lower != 0 || range.at(i).upper != 0)
      zeros.reset(i / place.repeat);
  return zeros;
}

/// `place` of `type` with only so many channels.
RankedTensorType resize(RankedTensorType type, Place place, int64_t channels) {
  SmallVector<int64_t> shape(type.getShape());
  shape[place.axis] = channels * place.repeat;
  return RankedTensorType::get(shape, type.getElementType());
}

/// The channel in which an element of a tensor lies, by its number in row-major
/// order.
class ChannelOf {
public:
  ChannelOf(RankedTensorType type, Place place)
      : inner(place.repeat),
        channels(type.getDimSize(place.axis) / place.repeat) {
    for (int64_t size : type.getShape().drop_front(place.axis + 1))
      inner *= size;
  }

  int64_t operator()(int64_t element) const {
    return element / inner % channels;
  }

private:
  int64_t inner, channels;
};

/// Whether the elements of `values`, a constant like `type`, are finite in the
/// channels that are dropped.
bool isFiniteIn(const llvm::BitVector &dropped, ArrayRef<float> values,
                RankedTensorType type, Place place) {
  ChannelOf channelOf(type, place);
  for (auto [i, value] : llvm::enumerate(values))
    if (dropped[channelOf(i)] && !std::isfinite(value))
      return false;
  return true;
}

/// Gives `operand` the constant without the dropped channels.
void shrink(OpOperand &operand, Place place, const llvm::BitVector &dropped) {
  RankedTensorType type = typeOf(operand.get());
  std::vector<float> values = *getConstantValues(operand.get()), kept;
  ChannelOf channelOf(type, place);
  for (auto [i, value] : llvm::enumerate(values))
    if (!dropped[channelOf(i)])
      kept.push_back(value);
  RankedTensorType smaller =
      resize(type, place, dropped.size() - dropped.count());
  OpBuilder builder(operand.getOwner());
  operand.set(ConstantOp::create(builder, operand.get().getLoc(), smaller,
                                 makeConstant(smaller, kept, "pruned")));
}

struct PruneChannels : public vox::impl::PruneChannelsBase<PruneChannels> {
  using Base::Base;

  void runOnOperation() override {
    func::FuncOp network = getOperation();
    if (network.isDeclaration())
      return;
    if (network->hasAttr(kOpen))
      return remarkMissed(network, kPass, "OpenExtents",
                          "positions and numbers of terms differ from run to "
                          "run");
    auto inputs = readInputRanges(network, inputRanges);
    if (failed(inputs))
      return signalPassFailure();
    Ranges ranges(network, *inputs, Ranges::DirectSums);
    SmallVector<Operation *> layers;
    for (Operation &op : network.getBody().front()) {
      ranges.visit(&op);
      if (hasWeights(&op))
        layers.push_back(&op);
    }
    // Regions of different layers share no value, so what is known of one stays
    // true when another one has become smaller.
    for (Operation *layer : layers)
      prune(layer, ranges);
  }

private:
  void prune(Operation *layer, Ranges &ranges) {
    Value result = layer->getResult(0);
    Region region;
    Place place;
    if (isa<DenseOp>(layer))
      place.axis = typeOf(result).getRank() - 1;
    region.channels = typeOf(result).getDimSize(place.axis);
    Collector(region).follow(result, place);

    // Zero for every reader, or anywhere if there is no such place.
    llvm::BitVector dead(region.channels, !region.readers.empty());
    for (OpOperand *reader : region.readers)
      dead &= findZeros(reader->get(), region.values.lookup(reader->get()),
                        region.channels, ranges);
    if (!region.obstacle.empty()) {
      dead.reset();
      for (auto [value, place] : region.values)
        dead |= findZeros(value, place, region.channels, ranges);
    }
    if (dead.none())
      return;
    std::string obstacle = findObstacle(layer, region, dead);
    if (!obstacle.empty())
      return remarkMissed(layer, kPass, "ChannelsKept",
                          llvm::Twine(dead.count()) + " of its " +
                              llvm::Twine(region.channels) +
                              " channels are zero, but they " + obstacle);
    // A tensor without channels is none.
    if (dead.all())
      dead.reset(0);
    if (dead.none())
      return remarkMissed(layer, kPass, "ChannelsKept",
                          "its one channel is zero, but it is the last one");
    remarkPassed(layer, kPass, "ChannelsPruned",
                 llvm::Twine(dead.count()) + " of " +
                     llvm::Twine(region.channels) +
                     " channels are zero and pruned");
    shrink(layer, region, dead);
  }

  static std::string findObstacle(Operation *layer, const Region &region,
                                  const llvm::BitVector &dead) {
    if (!region.obstacle.empty())
      return region.obstacle;
    auto conv = dyn_cast<ConvOp>(layer);
    auto transposed = dyn_cast<ConvTransposeOp>(layer);
    if ((conv && conv.getGroups() != 1) ||
        (transposed && transposed.getGroups() != 1))
      return "belong to a grouped convolution";
    for (Value parameter : layer->getOperands().drop_front())
      if (!isConstant(parameter))
        return "come of weights or a bias that are not constant";
    for (OpOperand *reader : region.readers) {
      Value weights = reader->getOwner()->getOperand(1);
      Place place{1, region.values.lookup(reader->get()).repeat};
      if (!isFiniteIn(dead, *getConstantValues(weights), typeOf(weights),
                      place))
        return "are read with weights that are not finite";
    }
    return "";
  }

  static void shrink(Operation *layer, Region &region,
                     const llvm::BitVector &dead) {
    for (OpOperand &operand : layer->getOpOperands().drop_front())
      ::shrink(operand, {0, 1}, dead);
    for (Parameter &parameter : region.parameters)
      ::shrink(*parameter.operand, parameter.place, dead);
    for (OpOperand *reader : region.readers) {
      int64_t repeat = region.values.lookup(reader->get()).repeat;
      ::shrink(reader->getOwner()->getOpOperand(1), {1, repeat}, dead);
    }
    int64_t kept = region.channels - dead.count();
    for (auto [value, place] : region.values)
      value.setType(resize(typeOf(value), place, kept));
  }
};

} // namespace
