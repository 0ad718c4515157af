//===- RangeRules.h - One rule per op family ------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each function tells what is known of an op's result from what is known of its
// operands. Intervals are computed in double precision and then moved outward
// by what float32 may have rounded.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_ANALYSIS_RANGERULES_H
#define VOX_LIB_ANALYSIS_RANGERULES_H

#include "vox/Analysis/Ranges.h"

namespace vox::ranges {

/// What is known of each operand.
using Operands = llvm::ArrayRef<Range>;

/// Roundings that one op, computed by a polynomial or not, is charged with.
inline constexpr double kRoundings = 8;

/// A bound from below of a float32 sum that is `exact` in real numbers, whose
/// terms' sizes add up to `size`, after `roundings` of them. Where no term is
/// negative, neither is the sum, however it is rounded.
double below(double exact, double size, double roundings = kRoundings);
/// From above.
double above(double exact, double size, double roundings = kRoundings);
/// The bounds of one op's result, each rounded by itself.
Interval widen(Interval exact);

/// Nothing is known.
Range unknown();

Interval hull(Interval a, Interval b);
Interval multiply(Interval a, Interval b);

/// `function` of each interval.
template <typename Function> Range mapEach(Range range, Function function) {
  for (Interval &interval : range.intervals)
    interval = function(interval);
  return range;
}

// Activations and arithmetic.
Interval applyActivation(ActivationAttr function, Interval x,
                         Interval parameter);
Range compute(ActivationOp op, Operands operands);
Range compute(UnaryOp op, Operands operands);
Range compute(SoftmaxOp op, Operands operands);
/// `vox.add`, `vox.mul` and other ops of two operands that are broadcast.
Range computeBinary(mlir::Operation *op, Operands operands);
Range compute(SelectOp op, Operands operands);
Range compute(CastOp op, Operands operands);

// Layers. Of those with weights, `directSums` says whether to add up terms.
Range compute(ConvOp op, Operands operands, bool directSums);
Range compute(ConvTransposeOp op, Operands operands, bool directSums);
Range compute(DenseOp op, Operands operands, bool directSums);
Range compute(BatchNormOp op, Operands operands);
Range compute(PoolOp op, Operands operands);
Range compute(GlobalPoolOp op, Operands operands);
Range compute(ReduceOp op, Operands operands);
Range compute(ResizeOp op, Operands operands);

// Ops that move elements.
Range compute(ConcatOp op, Operands operands);
Range compute(PadOp op, Operands operands);
Range compute(SliceOp op, Operands operands);
Range compute(TileOp op, Operands operands);
Range compute(ReshapeOp op, Operands operands);
Range compute(TransposeOp op, Operands operands);

} // namespace vox::ranges

#endif // VOX_LIB_ANALYSIS_RANGERULES_H
