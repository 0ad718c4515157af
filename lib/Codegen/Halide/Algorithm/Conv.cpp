//===- Conv.cpp - Convolution as a sum over taps --------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// result(n, co, p) = bias(co) + sum over ci, k of
//                    weights(co, ci, k) padded(n, ci, p stride + k dilation)
//
// where `padded` is the input with its border of zeros. Input channels are
// summed block by block, lanes innermost, so that a lane is a scalar beside a
// vector of output channels.
//
//===----------------------------------------------------------------------===//

#include "../Kernel.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// `input` shifted by the pads before, zeros outside it.
static Tensor padInput(const Tensor &input, llvm::ArrayRef<int64_t> pads) {
  unsigned rank = input.type.getRank(), spatial = rank - 2;
  Loops loops(input.type);
  Index inside = loops.index;
  Expr valid;
  for (unsigned i = 0; i < spatial; ++i) {
    int32_t extent = toInt(input.extent(2 + i));
    Expr at = loops.index.dims[2 + i];
    if (pads[i] == 0 && pads[spatial + i] == 0) {
      // A planar copy goes along the innermost dimension in whole vectors.
      if (i + 1 == spatial && !loops.blocked())
        inside.dims[2 + i] = clamp(at, 0, extent - 1);
      continue;
    }
    at = at - toInt(pads[i]);
    valid = both(valid, 0 <= at && at < extent);
    inside.dims[2 + i] = clamp(at, 0, extent - 1);
  }
  Func padded("padded");
  padded(loops.vars) = select(valid, input(inside), 0.0f);
  llvm::SmallVector<int64_t> shape(input.type.getShape());
  for (unsigned i = 0; i < spatial; ++i)
    shape[2 + i] += pads[i] + pads[spatial + i];
  return {padded,
          mlir::RankedTensorType::get(shape, input.type.getElementType(),
                                      input.type.getEncoding())};
}

namespace {

/// One term of the sum: an input channel as (block, lane) and a position of the
/// kernel, outermost dimension first.
struct Tap {
  Expr block = 0, lane = 0;
  std::vector<Expr> kernel;
};

/// Sums of more terms than this are made of partial sums (see below).
constexpr int64_t kLongSum = 256;

class ConvBuilder {
public:
  ConvBuilder(ConvOp op, const Tensor &input, const Tensor &weights)
      : op(op), input(input), weights(weights), loops(op.getType()),
        spatial(op.getType().getRank() - 2), inputBlock(getBlock(input.type)) {
    int64_t groups = op.getGroups();
    outputsPerGroup = op.getType().getDimSize(1) / groups;
    depthwise = op.isDepthwise();
    inputBlocks =
        depthwise ? 1 : llvm::divideCeil(weights.extent(1), inputBlock);
    inputLanes = depthwise ? 1 : std::min(inputBlock, weights.extent(1));
  }

  /// The result, starting from `start` (the bias or 0).
  Tensor build(Expr start, Kernel &kernel);

  const Loops &getLoops() const { return loops; }

private:
  Expr term(const Tap &tap);

  /// Extents of all taps, innermost first: lane, kernel, block.
  std::vector<int64_t> extents() const;
  /// The tap at `position`, a list like extents().
  Tap tapAt(const std::vector<Expr> &position) const;

  ConvOp op;
  const Tensor &input, &weights;
  Loops loops;
  unsigned spatial;
  int64_t inputBlock, inputBlocks, inputLanes, outputsPerGroup;
  bool depthwise;
};

std::vector<int64_t> ConvBuilder::extents() const {
  std::vector<int64_t> result{inputLanes};
  for (unsigned i = spatial; i-- > 0;)
    result.push_back(weights.extent(2 + i));
  result.push_back(inputBlocks);
  return result;
}

Tap ConvBuilder::tapAt(const std::vector<Expr> &position) const {
  Tap tap;
  tap.lane = position.front();
  tap.block = position.back();
  tap.kernel.assign(position.rbegin() + 1, position.rend() - 1);
  return tap;
}

Expr ConvBuilder::term(const Tap &tap) {
  // Where this tap reads the input.
  Index from;
  from.width = inputBlock;
  from.lane = tap.lane;
  from.dims = {loops.index.dims[0], tap.block};
  if (depthwise) {
    from.dims[1] = loops.index.dims[1];
    from.lane = loops.index.lane;
    from.width = loops.block;
  } else if (op.getGroups() > 1) {
    Expr group = loops.index.dims[1] / toInt(outputsPerGroup / loops.block);
    from.dims[1] += group * toInt(inputBlocks);
  }
  for (unsigned i = 0; i < spatial; ++i)
    from.dims.push_back(loops.index.dims[2 + i] * toInt(op.getStrides()[i]) +
                        tap.kernel[i] * toInt(op.getDilations()[i]));

  // Where it reads the weights: packed [co, ci, kernel..., ci lane, co lane]
  // or, for planar convolutions, as they are.
  std::vector<Expr> at; // innermost first
  if (weights.type.getEncoding())
    at = {loops.index.lane, tap.lane};
  at.insert(at.end(), tap.kernel.rbegin(), tap.kernel.rend());
  at.push_back(tap.block);
  at.push_back(loops.index.dims[1]);
  return weights.func(at) * input(from);
}

/// A long sum loses digits in proportion to the root of its length, each term
/// being rounded against the sum of all terms before it. So it is made of
/// partial sums, over the input lanes and the two innermost kernel dimensions
/// of one block, which are then added up: for 64 channels and 3x3x3, 12 sums of
/// 144 terms for one of 1728. That is a third of the error for 1 % of the time.
Tensor ConvBuilder::build(Expr start, Kernel &kernel) {
  std::vector<int64_t> all = extents();
  size_t innerCount = all.size();
  int64_t terms = 1;
  for (int64_t extent : all)
    terms *= extent;
  if (inputLanes > 1 && terms > kLongSum)
    innerCount = 1 + std::min<size_t>(2, spatial);

  auto makeDomain = [&](size_t begin, size_t end, const char *name) {
    Region region;
    for (size_t i = begin; i < end; ++i)
      region.push_back({0, toInt(all[i])});
    return RDom(region, name);
  };
  RDom inner = makeDomain(0, innerCount, "tap");
  std::vector<Expr> position;
  for (size_t i = 0; i < innerCount; ++i)
    position.push_back(inner[i]);
  kernel.taps = inner;

  Func sum("conv");
  sum(loops.vars) = start;
  kernel.reduction = Tensor{sum, op.getType()};
  if (innerCount == all.size()) {
    sum(loops.vars) += term(tapAt(position));
    return *kernel.reduction;
  }
  RDom outer = makeDomain(innerCount, all.size(), "part");
  std::vector<Var> vars = loops.vars;
  std::vector<Expr> part(loops.vars.begin(), loops.vars.end());
  for (size_t i = innerCount; i < all.size(); ++i) {
    vars.push_back(Var("part" + std::to_string(i - innerCount)));
    position.push_back(vars.back());
    part.push_back(outer[i - innerCount]);
  }
  Func partial("partial");
  partial(vars) = 0.0f;
  partial(vars) += term(tapAt(position));
  sum(loops.vars) += partial(part);
  kernel.partial = partial;
  kernel.parts = outer;
  return *kernel.reduction;
}

} // namespace

Tensor codegen::buildConv(ConvOp op, llvm::ArrayRef<Tensor> operands,
                          Kernel &kernel) {
  Tensor input = operands[0];
  if (llvm::any_of(op.getPads(), [](int64_t pad) { return pad != 0; })) {
    input = padInput(input, op.getPads());
    kernel.padded = input;
  }
  ConvBuilder builder(op, input, operands[1]);
  Expr start = 0.0f;
  if (operands.size() > 2) {
    const Loops &loops = builder.getLoops();
    int64_t channels = op.getType().getDimSize(1);
    Expr channel = loops.index.channel();
    // The bias ends with the last channel, the block may not.
    if (loops.blocked() && channels % loops.block != 0)
      channel = min(channel, toInt(channels - 1));
    start = operands[2](Index{{channel}, Expr(), 1});
  }
  return builder.build(start, kernel);
}
