//===- OpenRules.cpp - An op's open extents from its operands' ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One rule per family, beside the shape rules in Shapes.cpp, which compute
// with numbers. What no rule follows is refused, as is what the kernels can't
// do with open extents.
//
// Reshapes and slices have no words for extents that change: a dimension whose
// greatest extent allows two readings is taken by the more usual one. The
// importer compares with what the model's own arithmetic on shapes gives at
// other sizes.
//
//===----------------------------------------------------------------------===//

#include "OpenRules.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace vox;

namespace {

bool isFixed(AffineExpr extent) { return isa<AffineConstantExpr>(extent); }

bool isOne(AffineExpr extent) {
  auto constant = dyn_cast<AffineConstantExpr>(extent);
  return constant && constant.getValue() == 1;
}

/// How long an expression is; of two equal ones the shorter is kept.
int64_t length(AffineExpr expression) {
  int64_t count = 0;
  expression.walk([&](AffineExpr) { ++count; });
  return count;
}

class Rules {
public:
  Rules(Operation *op, ArrayRef<Extents> operands, OpenSizesAttr open,
        Require require)
      : op(op), operands(operands), open(open), least(open.getLeast()),
        require(require),
        result(cast<RankedTensorType>(op->getResult(0).getType())) {}

  FailureOr<Extents> infer();

private:
  AffineExpr constant(int64_t value) {
    return getAffineConstantExpr(value, op->getContext());
  }
  InFlightDiagnostic refuse(const Twine &reason) {
    return op->emitOpError() << reason;
  }
  /// Refuses open extents of operand `i` along `dim`.
  LogicalResult needFixed(unsigned i, int64_t dim) {
    if (isFixed(operands[i][dim]))
      return success();
    return refuse("dimension " + Twine(dim) + " of input " + Twine(i) +
                  " has an open extent; expected a fixed one");
  }
  /// Refuses windows that the least extent has no room for. `room` is what is
  /// left of it beside the first.
  LogicalResult needRoom(AffineExpr room, unsigned i) {
    if (evaluate(room, least) >= 0)
      return success();
    return refuse("the window covers more than the padded input along spatial "
                  "dimension " +
                  Twine(i) + " at the least shapes");
  }
  /// Either of two extents that the network needs to be equal.
  AffineExpr equal(AffineExpr lhs, AffineExpr rhs);
  Extents broadcast(ArrayRef<Extents> shapes);

  /// What both have in common. `inferSpatial` gets an extent, the kernel's last
  /// minus first position without the pads, and the number of the dimension.
  template <typename Conv>
  FailureOr<Extents>
  inferConvolved(Conv conv,
                 llvm::function_ref<AffineExpr(AffineExpr, int64_t, unsigned)>
                     inferSpatial);
  FailureOr<Extents> inferConv(ConvOp conv);
  FailureOr<Extents> inferConvTranspose(ConvTransposeOp conv);
  FailureOr<Extents> inferPool(PoolOp pool);
  FailureOr<Extents> inferGlobalPool();
  FailureOr<Extents> inferDense(DenseOp dense);
  FailureOr<Extents> inferMatMul();
  FailureOr<Extents> inferReduced(ArrayRef<int64_t> axes);
  FailureOr<Extents> inferResize(ResizeOp resize);
  FailureOr<Extents> inferResample(ResampleOp resample);
  FailureOr<Extents> inferConcat(int64_t axis);
  FailureOr<Extents> inferPad(PadOp pad);
  FailureOr<Extents> inferSlice(SliceOp slice);
  FailureOr<AffineExpr> inferSliced(AffineExpr extent, int64_t greatest,
                                    int64_t start, int64_t step, int64_t count);
  FailureOr<Extents> inferTile(TileOp tile);
  FailureOr<Extents> inferReshape();
  FailureOr<Extents> splitOpen(ArrayRef<AffineExpr> from, ArrayRef<int64_t> to);
  FailureOr<Extents> inferGather(GatherOp gather);

  Operation *op;
  ArrayRef<Extents> operands;
  OpenSizesAttr open;
  ArrayRef<int64_t> least;
  Require require;
  RankedTensorType result;
};

AffineExpr Rules::equal(AffineExpr lhs, AffineExpr rhs) {
  if (lhs == rhs)
    return lhs;
  require(lhs, rhs);
  return length(rhs) < length(lhs) ? rhs : lhs;
}

/// numpy's broadcasting. An open extent is one of its own, even in a run where
/// it is 1.
Extents Rules::broadcast(ArrayRef<Extents> shapes) {
  size_t rank = 0;
  for (const Extents &shape : shapes)
    rank = std::max(rank, shape.size());
  Extents common(rank, constant(1));
  for (const Extents &shape : shapes)
    for (auto [dim, extent] : llvm::enumerate(shape)) {
      AffineExpr &known = common[rank - shape.size() + dim];
      if (isOne(known))
        known = extent;
      else if (!isOne(extent))
        known = equal(known, extent);
    }
  return common;
}

template <typename Conv>
FailureOr<Extents> Rules::inferConvolved(
    Conv conv, llvm::function_ref<AffineExpr(AffineExpr, int64_t, unsigned)>
                   inferSpatial) {
  if (failed(needFixed(0, 1)))
    return failure();
  Extents extents = operands[0];
  extents[1] = constant(result.getDimSize(1));
  ArrayRef<int64_t> pads = conv.getPads();
  unsigned spatial = pads.size() / 2;
  for (unsigned i = 0; i < spatial; ++i) {
    int64_t kernel = conv.getWeights().getType().getDimSize(2 + i);
    int64_t reach = conv.getDilations()[i] * (kernel - 1);
    extents[2 + i] =
        inferSpatial(extents[2 + i], reach - pads[i] - pads[spatial + i], i);
    if (!extents[2 + i])
      return failure();
  }
  return extents;
}

FailureOr<Extents> Rules::inferConv(ConvOp conv) {
  return inferConvolved(
      conv, [&](AffineExpr extent, int64_t reach, unsigned i) -> AffineExpr {
        AffineExpr room = extent - (reach + 1);
        if (failed(needRoom(room, i)))
          return nullptr;
        return room.floorDiv(conv.getStrides()[i]) + 1;
      });
}

FailureOr<Extents> Rules::inferConvTranspose(ConvTransposeOp conv) {
  return inferConvolved(
      conv, [&](AffineExpr extent, int64_t reach, unsigned i) {
        int64_t stride = conv.getStrides()[i];
        return extent * stride + (reach + 1 - stride + conv.getOutputPads()[i]);
      });
}

FailureOr<Extents> Rules::inferPool(PoolOp pool) {
  if (failed(needFixed(0, 1)))
    return failure();
  Extents extents = operands[0];
  ArrayRef<int64_t> pads = pool.getPads();
  unsigned spatial = pads.size() / 2;
  for (unsigned i = 0; i < spatial; ++i) {
    int64_t reach = pool.getDilations()[i] * (pool.getKernel()[i] - 1);
    int64_t stride = pool.getStrides()[i], after = pads[spatial + i];
    AffineExpr before = extents[2 + i] + pads[i];
    AffineExpr room = before + (after - reach - 1);
    if (failed(needRoom(room, i)))
      return failure();
    if ((pads[i] > 0 || after > 0) &&
        evaluate(extents[2 + i], least) < pool.getDilations()[i])
      return refuse("the holes of the dilated window cover the whole input "
                    "along spatial dimension " +
                    Twine(i) + " at the least shapes");
    if (!pool.getCeilMode())
      extents[2 + i] = room.floorDiv(stride) + 1;
    else if (after + stride <= reach + 1)
      extents[2 + i] = room.ceilDiv(stride) + 1;
    else // the last window would start in the padding after the input
      extents[2 + i] = before.ceilDiv(stride);
  }
  return extents;
}

FailureOr<Extents> Rules::inferGlobalPool() {
  if (failed(needFixed(0, 1)))
    return failure();
  Extents extents = operands[0];
  for (AffineExpr &extent : llvm::drop_begin(extents, 2))
    extent = constant(1);
  return extents;
}

FailureOr<Extents> Rules::inferDense(DenseOp dense) {
  Extents extents = operands[0];
  if (failed(needFixed(0, extents.size() - 1)))
    return failure();
  extents.back() = constant(dense.getWeights().getType().getDimSize(0));
  return extents;
}

FailureOr<Extents> Rules::inferMatMul() {
  const Extents &lhs = operands[0], &rhs = operands[1];
  if (failed(needFixed(0, lhs.size() - 2)) ||
      failed(needFixed(0, lhs.size() - 1)) ||
      failed(needFixed(1, rhs.size() - 1)))
    return failure();
  Extents extents = broadcast(
      {Extents(llvm::drop_end(lhs, 2)), Extents(llvm::drop_end(rhs, 2))});
  extents.append({lhs[lhs.size() - 2], rhs.back()});
  return extents;
}

FailureOr<Extents> Rules::inferReduced(ArrayRef<int64_t> axes) {
  Extents extents = operands[0];
  for (int64_t axis : axes)
    extents[axis] = constant(1);
  return extents;
}

FailureOr<Extents> Rules::inferResize(ResizeOp resize) {
  Extents extents = operands[0];
  for (auto [i, scale] : llvm::enumerate(resize.getScales())) {
    if (isFixed(extents[i])) {
      extents[i] = constant(result.getDimSize(i));
      continue;
    }
    // Only these are the same for all extents.
    double inverse = 1 / scale;
    if (resize.getCoordinates() == Coordinates::AlignCorners && scale != 1)
      return refuse("aligns the corners of an open extent, dimension " +
                    Twine(i) + "; expected other coordinates");
    // One position is read elsewhere than the first of many.
    if (resize.getCoordinates() == Coordinates::PytorchHalfPixel && scale < 1 &&
        evaluate(extents[i], least) * scale <= 1)
      return LogicalResult(
          op->emitOpError()
          << "leaves one position of an open extent, dimension " << i
          << ", at the least size; expected more in pytorch_half_pixel "
             "coordinates");
    if (scale == std::floor(scale))
      extents[i] = extents[i] * int64_t(scale);
    else if (inverse == std::floor(inverse))
      extents[i] = extents[i].floorDiv(int64_t(inverse));
    else
      return LogicalResult(
          op->emitOpError()
          << "scales an open extent, dimension " << i << ", by " << scale
          << "; expected a whole number or the inverse of one");
  }
  return extents;
}

FailureOr<Extents> Rules::inferResample(ResampleOp resample) {
  int64_t axis = resample.getAxis();
  if (failed(needFixed(0, axis)))
    return failure();
  Extents extents = operands[0];
  extents[axis] = constant(result.getDimSize(axis));
  return extents;
}

FailureOr<Extents> Rules::inferConcat(int64_t axis) {
  Extents extents = operands[0];
  for (const Extents &part : operands.drop_front())
    for (auto [dim, extent] : llvm::enumerate(part))
      extents[dim] = int64_t(dim) == axis ? extents[dim] + extent
                                          : equal(extents[dim], extent);
  return extents;
}

FailureOr<Extents> Rules::inferPad(PadOp pad) {
  Extents extents = operands[0];
  for (auto [i, extent] : llvm::enumerate(extents)) {
    int64_t before = pad.getPads()[i],
            after = pad.getPads()[extents.size() + i];
    if (before == 0 && after == 0)
      continue;
    if (pad.getMode() != PadMode::Constant && pad.getMode() != PadMode::Edge &&
        failed(needFixed(0, i)))
      return failure();
    extent = extent + (before + after);
  }
  return extents;
}

/// Of one dimension: to the end of the input, where the greatest extents say
/// so, or of a fixed length.
FailureOr<AffineExpr> Rules::inferSliced(AffineExpr extent, int64_t greatest,
                                         int64_t start, int64_t step,
                                         int64_t count) {
  if (isFixed(extent))
    return constant(count);
  if (step > 0 && start + count * step >= greatest)
    return (extent - start).ceilDiv(step);
  if (step > 0 && evaluate(extent, least) > start + (count - 1) * step)
    return constant(count);
  return refuse("takes positions of an open extent that it need not have; "
                "expected a slice that goes to the end, or whose positions "
                "exist at the least size");
}

FailureOr<Extents> Rules::inferSlice(SliceOp slice) {
  Extents extents = operands[0];
  for (auto [i, extent] : llvm::enumerate(extents)) {
    FailureOr<AffineExpr> sliced = inferSliced(
        extent, slice.getInput().getType().getDimSize(i), slice.getStarts()[i],
        slice.getSteps()[i], result.getDimSize(i));
    if (failed(sliced))
      return failure();
    extent = *sliced;
  }
  return extents;
}

FailureOr<Extents> Rules::inferTile(TileOp tile) {
  Extents extents = operands[0];
  RankedTensorType input = tile.getInput().getType();
  for (auto [i, extent] : llvm::enumerate(extents))
    extent = extent * (result.getDimSize(i) / input.getDimSize(i));
  return extents;
}

/// The open factors of a product, in order.
void collectFactors(AffineExpr extent, SmallVectorImpl<AffineExpr> &factors) {
  auto product = dyn_cast<AffineBinaryOpExpr>(extent);
  if (product && product.getKind() == AffineExprKind::Mul) {
    collectFactors(product.getLHS(), factors);
    collectFactors(product.getRHS(), factors);
  } else if (!isFixed(extent)) {
    factors.push_back(extent);
  }
}

/// Gives each dimension of a reshape's result a run of the input's open factors
/// and a number, whose product is its greatest extent.
class Split {
public:
  Split(ArrayRef<AffineExpr> factors, ArrayRef<int64_t> to,
        ArrayRef<int64_t> greatest)
      : factors(factors), to(to) {
    for (AffineExpr factor : factors)
      values.push_back(evaluate(factor, greatest));
  }

  /// The extents, or nothing unless there is exactly one way.
  std::optional<Extents> find(MLIRContext *context) {
    Extents extents;
    search(extents, 0, context);
    if (count != 1)
      return std::nullopt;
    return found;
  }

private:
  void search(Extents &extents, size_t next, MLIRContext *context) {
    if (extents.size() == to.size()) {
      if (next == factors.size() && ++count == 1)
        found = extents;
      return;
    }
    int64_t rest = to[extents.size()];
    AffineExpr run = getAffineConstantExpr(1, context);
    for (;; ++next) {
      extents.push_back(run * rest);
      search(extents, next, context);
      extents.pop_back();
      if (count > 1 || next == factors.size() || rest % values[next] != 0)
        return;
      rest /= values[next];
      run = run * factors[next];
    }
  }

  ArrayRef<AffineExpr> factors;
  ArrayRef<int64_t> to;
  SmallVector<int64_t> values; // of the factors, at the greatest sizes
  Extents found;
  unsigned count = 0;
};

/// The dimensions `to`, whose greatest extents have the same product as those
/// of `from`.
FailureOr<Extents> Rules::splitOpen(ArrayRef<AffineExpr> from,
                                    ArrayRef<int64_t> to) {
  SmallVector<AffineExpr> factors;
  for (AffineExpr extent : from)
    collectFactors(extent, factors);
  std::optional<Extents> split =
      Split(factors, to, open.getGreatest()).find(op->getContext());
  if (split)
    return std::move(*split);
  return refuse("its result's open extents can't be told; expected one that "
                "follows from those of its input");
}

FailureOr<Extents> Rules::inferReshape() {
  auto input = cast<RankedTensorType>(op->getOperand(0).getType());
  ArrayRef<int64_t> from = input.getShape(), to = result.getShape();
  Extents extents;
  size_t i = 0, j = 0;
  while (i < from.size() || j < to.size()) {
    // The fewest dimensions of both that hold as many elements.
    size_t firstFrom = i, firstTo = j;
    int64_t left = i < from.size() ? from[i++] : 1;
    int64_t right = j < to.size() ? to[j++] : 1;
    while (left != right)
      left < right ? left *= from[i++] : right *= to[j++];
    FailureOr<Extents> split =
        splitOpen(ArrayRef(operands[0]).slice(firstFrom, i - firstFrom),
                  to.slice(firstTo, j - firstTo));
    if (failed(split))
      return failure();
    extents.append(*split);
  }
  return extents;
}

FailureOr<Extents> Rules::inferGather(GatherOp gather) {
  int64_t axis = gather.getAxis();
  if (failed(needFixed(0, axis)))
    return failure();
  Extents extents(operands[0].begin(), operands[0].begin() + axis);
  extents.append(operands[1].begin(), operands[1].end());
  extents.append(operands[0].begin() + axis + 1, operands[0].end());
  return extents;
}

FailureOr<Extents> Rules::infer() {
  using Result = FailureOr<Extents>;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](ConvOp conv) { return inferConv(conv); })
      .Case([&](ConvTransposeOp conv) { return inferConvTranspose(conv); })
      .Case([&](PoolOp pool) { return inferPool(pool); })
      .Case([&](GlobalPoolOp) { return inferGlobalPool(); })
      .Case([&](DenseOp dense) { return inferDense(dense); })
      .Case([&](MatMulOp) { return inferMatMul(); })
      .Case([&](ReduceOp reduce) { return inferReduced(reduce.getAxes()); })
      .Case([&](ArgMaxOp argmax) { return inferReduced(argmax.getAxis()); })
      .Case([&](ResizeOp resize) { return inferResize(resize); })
      .Case([&](ResampleOp resample) { return inferResample(resample); })
      .Case([&](ConcatOp concat) { return inferConcat(concat.getAxis()); })
      .Case([&](PadOp pad) { return inferPad(pad); })
      .Case([&](SliceOp slice) { return inferSlice(slice); })
      .Case([&](TileOp tile) { return inferTile(tile); })
      .Case<ReshapeOp, FlattenOp>([&](auto) { return inferReshape(); })
      .Case([&](GatherOp gather) { return inferGather(gather); })
      .Case([&](TransposeOp transpose) {
        Extents extents;
        for (int64_t dim : transpose.getPermutation())
          extents.push_back(operands[0][dim]);
        return Result(extents);
      })
      // Parameters of these lie along the channels.
      .Case<BatchNormOp, PackOp, UnpackOp, SoftmaxOp, LogSoftmaxOp>(
          [&](auto) { return Result(operands[0]); })
      .Default([&](Operation *) {
        if (isElementWise(op))
          return Result(broadcast(operands));
        return Result(refuse("is not supported on open extents; fix its "
                             "input's by --shapes"));
      });
}

} // namespace

FailureOr<Extents> vox::inferOpenExtents(Operation *op,
                                         ArrayRef<Extents> operands,
                                         OpenSizesAttr open, Require require) {
  return Rules(op, operands, open, require).infer();
}
