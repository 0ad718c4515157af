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
    if (pads[i] == 0 && pads[spatial + i] == 0)
      continue;
    int32_t extent = toInt(input.extent(2 + i));
    Expr at = loops.index.dims[2 + i] - toInt(pads[i]);
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

Tensor codegen::buildConv(ConvOp op, llvm::ArrayRef<Tensor> operands,
                          Kernel &kernel) {
  const Tensor &weights = operands[1];
  Tensor input = operands[0];
  if (llvm::any_of(op.getPads(), [](int64_t pad) { return pad != 0; })) {
    input = padInput(input, op.getPads());
    kernel.padded = input;
  }

  mlir::RankedTensorType type = op.getType();
  Loops loops(type);
  int64_t groups = op.getGroups();
  int64_t inputsPerGroup = weights.extent(1);
  int64_t outputsPerGroup = type.getDimSize(1) / groups;
  int64_t inputBlock = getBlock(input.type);
  bool depthwise = groups > 1 && inputsPerGroup == 1 && outputsPerGroup == 1;

  // The taps: [input lane, kernel (innermost first), input block].
  bool lanes = inputBlock > 1 && !depthwise;
  Region region;
  if (lanes)
    region.push_back({0, toInt(std::min(inputBlock, inputsPerGroup))});
  unsigned spatial = type.getRank() - 2;
  for (unsigned i = spatial; i-- > 0;)
    region.push_back({0, toInt(weights.extent(2 + i))});
  if (!depthwise)
    region.push_back({0, toInt(llvm::divideCeil(inputsPerGroup, inputBlock))});
  RDom taps(region, "tap");
  kernel.domain = taps;
  auto tapOf = [&](unsigned dim) -> RVar {
    return taps[(lanes ? 1 : 0) + (spatial - 1 - dim)];
  };
  Expr inputBlockTap =
      depthwise ? Expr(0) : Expr(taps[taps.dimensions() - 1]);
  Expr inputLaneTap = lanes ? Expr(taps[0]) : Expr(0);

  // Where this tap reads the input.
  Index from;
  from.width = inputBlock;
  from.lane = inputLaneTap;
  from.dims = {loops.index.dims[0], inputBlockTap};
  if (depthwise) {
    from.dims[1] = loops.index.dims[1];
    from.lane = loops.index.lane;
    from.width = loops.block;
  } else if (groups > 1) {
    Expr group = loops.index.dims[1] /
                 toInt(outputsPerGroup / (loops.blocked() ? loops.block : 1));
    from.dims[1] +=
        group * toInt(llvm::divideCeil(inputsPerGroup, inputBlock));
  }
  for (unsigned i = 0; i < spatial; ++i)
    from.dims.push_back(loops.index.dims[2 + i] * toInt(op.getStrides()[i]) +
                        tapOf(i) * toInt(op.getDilations()[i]));

  // Where it reads the weights: packed [co, ci, kernel..., ci lane, co lane]
  // or, for planar convolutions, as they are.
  std::vector<Expr> at; // innermost first
  bool packed = bool(weights.type.getEncoding());
  if (packed) {
    at.push_back(loops.index.lane);
    at.push_back(inputLaneTap);
  }
  for (unsigned i = spatial; i-- > 0;)
    at.push_back(tapOf(i));
  at.push_back(inputBlockTap);
  at.push_back(loops.index.dims[1]);

  Func sum("conv");
  if (operands.size() > 2) {
    Index channel{{loops.index.channel()}, Expr(), 1};
    if (loops.blocked() && type.getDimSize(1) % loops.block != 0)
      channel.dims[0] = min(channel.dims[0], toInt(type.getDimSize(1) - 1));
    sum(loops.vars) = operands[2](channel);
  } else {
    sum(loops.vars) = 0.0f;
  }
  sum(loops.vars) += weights.func(at) * input(from);
  kernel.reduction = Tensor{sum, type};
  return *kernel.reduction;
}
