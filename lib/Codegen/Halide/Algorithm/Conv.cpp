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

#include "Sum.h"
#include "Taps.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

namespace {

/// One term of the sum: an input channel as (block, lane) and a position of the
/// kernel, outermost dimension first.
struct Tap {
  Expr block = 0, lane = 0;
  std::vector<Expr> kernel;
};

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

Tensor ConvBuilder::build(Expr start, Kernel &kernel) {
  BoxSum sum;
  sum.name = "conv";
  sum.vars = loops.vars;
  sum.start = start;
  sum.extents = extents();
  sum.innerCount = countInnerTaps(sum.extents);
  sum.term = [this](const std::vector<Expr> &position) {
    return term(tapAt(position));
  };
  buildSum(sum, op.getType(), kernel);
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
  Expr start = startOfSum(operands, op.getType(), builder.getLoops().index);
  return builder.build(start, kernel);
}
