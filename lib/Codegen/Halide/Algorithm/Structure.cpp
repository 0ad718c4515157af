//===- Structure.cpp - Ops that move data ---------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each is a function of the result's index that says where the element comes
// from, so a layout change and a copy cost one pass over memory.
//
//===----------------------------------------------------------------------===//

#include "../Kernel.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

static Expr concat(ConcatOp op, const Index &at,
                   llvm::ArrayRef<Tensor> operands) {
  unsigned axis = op.getAxis();
  // Along blocked channels positions count blocks; parts are whole blocks.
  int32_t unit = axis == 1 && at.width > 1 ? toInt(at.width) : 1;
  std::vector<Expr> begins{0};
  for (const Tensor &part : operands)
    begins.push_back(
        Internal::simplify(begins.back() + part.size(axis) / unit));
  Expr value;
  // From the last part to the first: each select adds the part before it.
  for (size_t i = operands.size(); i-- > 0;) {
    const Tensor &part = operands[i];
    Index from = at;
    from.dims[axis] = at.dims[axis] - begins[i];
    // A part is read outside its range when another one is chosen.
    Expr last = Internal::simplify(part.size(axis) / unit - 1);
    from.dims[axis] = clamp(from.dims[axis], 0, last);
    Expr here = part(from);
    value = value.defined() ? select(at.dims[axis] < begins[i + 1], here, value)
                            : here;
  }
  return value;
}

/// Which of `extent` elements stands at position `at`, which may lie outside.
static Expr findRepeated(PadMode mode, Expr at, Expr extent) {
  Expr last = Internal::simplify(extent - 1);
  if (mode == PadMode::Edge || Internal::is_const_zero(last))
    return clamp(at, 0, last);
  if (mode == PadMode::Wrap)
    return at % extent;
  // Mirrored at the last element, then at the first one, and so on: every other
  // stretch between the two goes backwards.
  Expr rest = at % last;
  return select((at / last) % 2 == 0, rest, last - rest);
}

static Expr pad(PadOp op, const Index &at, const Tensor &input) {
  Index from = at;
  Expr valid;
  for (unsigned dim = 0; dim < at.dims.size(); ++dim) {
    int64_t before = op.getPads()[dim];
    int64_t after = op.getPads()[at.dims.size() + dim];
    Expr extent = input.size(dim);
    Expr shifted = at.dims[dim] - toInt(before);
    if (op.getMode() != PadMode::Constant) {
      int32_t removed = toInt(std::max<int64_t>(-before, 0));
      Expr left = Internal::simplify(extent - removed +
                                     toInt(std::min<int64_t>(after, 0)));
      if (before > 0 || after > 0)
        shifted = findRepeated(op.getMode(), shifted - removed, left) + removed;
    } else if (before > 0 || after > 0) {
      valid = both(valid, 0 <= shifted && shifted < extent);
      shifted = clamp(shifted, 0, extent - 1);
    }
    from.dims[dim] = shifted;
  }
  Expr value =
      castElement(op.getValue().convertToFloat(), input.type.getElementType());
  return valid.defined() ? select(valid, input(from), value) : input(from);
}

static Expr slice(SliceOp op, const Index &at, const Tensor &input) {
  Index from = at;
  for (unsigned dim = 0; dim < at.dims.size(); ++dim) {
    int64_t start = op.getStarts()[dim], step = op.getSteps()[dim];
    // Of blocked channels a slice takes whole blocks, one after the other.
    if (dim == 1 && at.width > 1)
      from.dims[dim] = at.dims[dim] + toInt(start / at.width);
    else if (op.getType().getDimSize(dim) == 1)
      from.dims[dim] = toInt(start); // a step that leads nowhere may be huge
    else
      from.dims[dim] = at.dims[dim] * toInt(step) + toInt(start);
  }
  return input(from);
}

static Expr tile(TileOp op, const Index &at, const Tensor &input) {
  Index from = at;
  for (unsigned dim = 0; dim < at.dims.size(); ++dim)
    if (op.getType().getDimSize(dim) != input.extent(dim))
      from.dims[dim] = at.dims[dim] % input.size(dim);
  return input(from);
}

/// Weights that are computed at run time, in the order a kernel reads them.
static Tensor packWeights(PackWeightsOp op, const Tensor &weights) {
  mlir::RankedTensorType type = op.getType();
  auto layout = mlir::cast<WeightLayoutAttr>(type.getEncoding());
  unsigned rank = type.getRank();
  Var outputLane("output_lane"), inputLane("input_lane");
  std::vector<Var> vars{outputLane, inputLane};
  Index from;
  from.dims.resize(rank);
  for (unsigned dim = rank; dim-- > 0;) {
    vars.push_back(Var("d" + std::to_string(dim)));
    from.dims[dim] = vars.back();
  }
  Expr valid;
  std::pair<Var, int64_t> blocks[] = {{outputLane, layout.getOutputBlock()},
                                      {inputLane, layout.getInputBlock()}};
  for (auto [dim, block] : llvm::enumerate(blocks)) {
    Expr channel = from.dims[dim] * toInt(block.second) + block.first;
    valid = both(valid, channel < toInt(weights.extent(dim)));
    from.dims[dim] = min(channel, toInt(weights.extent(dim) - 1));
  }
  Func packed("pack_weights");
  Expr value = weights(from);
  packed(vars) = select(valid, value, zero(value.type()));
  return {packed, type};
}

Tensor codegen::buildStructure(mlir::Operation *op,
                               llvm::ArrayRef<Tensor> operands) {
  if (auto pack = mlir::dyn_cast<PackWeightsOp>(op))
    return packWeights(pack, operands[0]);
  auto type = mlir::cast<mlir::RankedTensorType>(op->getResult(0).getType());
  Loops loops(type);
  const Index &at = loops.index;
  Expr value =
      llvm::TypeSwitch<mlir::Operation *, Expr>(op)
          .Case<PackOp, UnpackOp>([&](auto) { return operands[0](at); })
          .Case<ConcatOp>(
              [&](ConcatOp concatOp) { return concat(concatOp, at, operands); })
          .Case<PadOp>([&](PadOp padOp) { return pad(padOp, at, operands[0]); })
          .Case<SliceOp>([&](SliceOp op) { return slice(op, at, operands[0]); })
          .Case<TileOp>([&](TileOp op) { return tile(op, at, operands[0]); })
          .Case<TransposeOp>([&](TransposeOp transpose) {
            Index from = at;
            for (auto [i, dim] : llvm::enumerate(transpose.getPermutation()))
              from.dims[dim] = at.dims[i];
            return operands[0](from);
          });
  Func result(op->getName().stripDialect().str());
  result(loops.vars) = value;
  return {result, type};
}
