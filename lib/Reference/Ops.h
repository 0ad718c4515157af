//===- Ops.h - The evaluator's functions, by op family --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One function per op; each family's file defines its own. Shapes were checked
// by the op's verifier and by the caller, so nothing here can fail but the
// memory for the result, which the caller has made: `result` arrives with the
// op's result shape and all elements zero.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_REFERENCE_OPS_H
#define VOX_LIB_REFERENCE_OPS_H

#include "vox/Reference/Evaluator.h"

namespace vox::reference {

using Operands = llvm::ArrayRef<const ReferenceTensor *>;

// Conv
void compute(ConvOp op, Operands operands, ReferenceTensor &result);
void compute(ConvTransposeOp op, Operands operands, ReferenceTensor &result);
// Norm
void compute(BatchNormOp op, Operands operands, ReferenceTensor &result);
// Pool
void compute(PoolOp op, Operands operands, ReferenceTensor &result);
void compute(PoolIndicesOp op, Operands operands, ReferenceTensor &result);
void compute(GlobalPoolOp op, Operands operands, ReferenceTensor &result);
// Activation
void compute(ActivationOp op, Operands operands, ReferenceTensor &result);
void compute(SoftmaxOp op, Operands operands, ReferenceTensor &result);
void compute(LogSoftmaxOp op, Operands operands, ReferenceTensor &result);
// Dense
void compute(DenseOp op, Operands operands, ReferenceTensor &result);
void compute(MatMulOp op, Operands operands, ReferenceTensor &result);
// ElementWise
void compute(AddOp op, Operands operands, ReferenceTensor &result);
void compute(SubOp op, Operands operands, ReferenceTensor &result);
void compute(MulOp op, Operands operands, ReferenceTensor &result);
void compute(DivOp op, Operands operands, ReferenceTensor &result);
void compute(ModOp op, Operands operands, ReferenceTensor &result);
void compute(RemOp op, Operands operands, ReferenceTensor &result);
void compute(MaxOp op, Operands operands, ReferenceTensor &result);
void compute(MinOp op, Operands operands, ReferenceTensor &result);
void compute(PowOp op, Operands operands, ReferenceTensor &result);
void compute(UnaryOp op, Operands operands, ReferenceTensor &result);
void compute(CompareOp op, Operands operands, ReferenceTensor &result);
void compute(SelectOp op, Operands operands, ReferenceTensor &result);
void compute(CastOp op, Operands operands, ReferenceTensor &result);
// Reduce
void compute(ArgMaxOp op, Operands operands, ReferenceTensor &result);
void compute(ReduceOp op, Operands operands, ReferenceTensor &result);
void compute(ActivationStatisticsOp op, Operands operands,
             ReferenceTensor &result);
// Resize
void compute(ResizeOp op, Operands operands, ReferenceTensor &result);
void compute(ResampleOp op, Operands operands, ReferenceTensor &result);
// Gather
void compute(GatherOp op, Operands operands, ReferenceTensor &result);
void compute(GatherElementsOp op, Operands operands, ReferenceTensor &result);
void compute(GatherNDOp op, Operands operands, ReferenceTensor &result);
void compute(ScatterElementsOp op, Operands operands, ReferenceTensor &result);
void compute(ScatterNDOp op, Operands operands, ReferenceTensor &result);
void compute(TopKOp op, Operands operands, ReferenceTensor &result);
// Structure
void compute(ConstantOp op, Operands operands, ReferenceTensor &result);
void compute(ConcatOp op, Operands operands, ReferenceTensor &result);
void compute(JoinOp op, Operands operands, ReferenceTensor &result);
void compute(PadOp op, Operands operands, ReferenceTensor &result);
void compute(SliceOp op, Operands operands, ReferenceTensor &result);
void compute(TileOp op, Operands operands, ReferenceTensor &result);
void compute(TransposeOp op, Operands operands, ReferenceTensor &result);

} // namespace vox::reference

#endif // VOX_LIB_REFERENCE_OPS_H
