//===- Handlers.h - One function per imported ONNX op ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_HANDLERS_H
#define VOX_LIB_FRONTEND_ONNX_HANDLERS_H

#include "NodeContext.h"

namespace vox::frontend {

using Handler = mlir::LogicalResult (*)(NodeContext &);

/// Nothing where these integers are left to the import of the op.
using Folded = std::optional<mlir::LogicalResult>;
using FoldHandler = Folded (*)(NodeContext &);

/// One row of docs/SupportedOps.md and of the importer's table.
struct OpEntry {
  llvm::StringRef name;
  Handler import;
  /// Computes the op on integers that are known at import; null if it has no
  /// use in shape arithmetic.
  FoldHandler fold;
  std::string limits;
};

llvm::ArrayRef<OpEntry> getOpTable();
/// Null if the op is not supported.
const OpEntry *lookupOp(llvm::StringRef name);

// Conv.cpp
mlir::LogicalResult importConv(NodeContext &node);
mlir::LogicalResult importConvTranspose(NodeContext &node);
// Norm.cpp
mlir::LogicalResult importBatchNormalization(NodeContext &node);
mlir::LogicalResult importInstanceNormalization(NodeContext &node);
mlir::LogicalResult importGroupNormalization(NodeContext &node);
mlir::LogicalResult importLayerNormalization(NodeContext &node);
mlir::LogicalResult importRMSNormalization(NodeContext &node);
mlir::LogicalResult importMeanVarianceNormalization(NodeContext &node);
mlir::LogicalResult importLpNormalization(NodeContext &node);
mlir::LogicalResult importLRN(NodeContext &node);
// Pool.cpp
mlir::LogicalResult importMaxPool(NodeContext &node);
mlir::LogicalResult importAveragePool(NodeContext &node);
mlir::LogicalResult importLpPool(NodeContext &node);
mlir::LogicalResult importGlobalLpPool(NodeContext &node);
mlir::LogicalResult importGlobalMaxPool(NodeContext &node);
mlir::LogicalResult importGlobalAveragePool(NodeContext &node);
// Activation.cpp
/// All activations of Activations.td that ONNX has, but PRelu.
mlir::LogicalResult importActivation(NodeContext &node);
mlir::LogicalResult importPRelu(NodeContext &node);
mlir::LogicalResult importSoftmax(NodeContext &node);
mlir::LogicalResult importLogSoftmax(NodeContext &node);
// Dense.cpp
mlir::LogicalResult importGemm(NodeContext &node);
mlir::LogicalResult importMatMul(NodeContext &node);
// ElementWise.cpp
mlir::LogicalResult importAdd(NodeContext &node);
mlir::LogicalResult importSub(NodeContext &node);
mlir::LogicalResult importMul(NodeContext &node);
mlir::LogicalResult importDiv(NodeContext &node);
mlir::LogicalResult importSum(NodeContext &node);
mlir::LogicalResult importMod(NodeContext &node);
mlir::LogicalResult importMean(NodeContext &node);
mlir::LogicalResult importMax(NodeContext &node);
mlir::LogicalResult importMin(NodeContext &node);
mlir::LogicalResult importPow(NodeContext &node);
/// Ops that vox.unary's kinds are named after.
mlir::LogicalResult importUnary(NodeContext &node);
mlir::LogicalResult importRelu(NodeContext &node);
mlir::LogicalResult importClip(NodeContext &node);
mlir::LogicalResult importCast(NodeContext &node);
mlir::LogicalResult importCastLike(NodeContext &node);
// Logic.cpp
mlir::LogicalResult importCompare(NodeContext &node);
mlir::LogicalResult importIsNaN(NodeContext &node);
mlir::LogicalResult importIsInf(NodeContext &node);
mlir::LogicalResult importNot(NodeContext &node);
/// And, Or and Xor.
mlir::LogicalResult importLogical(NodeContext &node);
mlir::LogicalResult importWhere(NodeContext &node);
// Recurrent.cpp
mlir::LogicalResult importRNN(NodeContext &node);
mlir::LogicalResult importGRU(NodeContext &node);
mlir::LogicalResult importLSTM(NodeContext &node);
// Gather.cpp
mlir::LogicalResult importGather(NodeContext &node);
mlir::LogicalResult importGatherElements(NodeContext &node);
mlir::LogicalResult importGatherND(NodeContext &node);
mlir::LogicalResult importTopK(NodeContext &node);
// Scatter.cpp
mlir::LogicalResult importScatterElements(NodeContext &node);
Folded foldScatterElements(NodeContext &node);
mlir::LogicalResult importScatterND(NodeContext &node);
// Positions.cpp
mlir::LogicalResult importOneHot(NodeContext &node);
mlir::LogicalResult importHardmax(NodeContext &node);
mlir::LogicalResult importEyeLike(NodeContext &node);
mlir::LogicalResult importTrilu(NodeContext &node);
// Cumulative.cpp
mlir::LogicalResult importCumSum(NodeContext &node);
// Reduce.cpp
/// ArgMax and ArgMin.
mlir::LogicalResult importArgMax(NodeContext &node);
/// ReduceSum, ReduceMean, ReduceMax, ReduceMin and ReduceProd.
mlir::LogicalResult importReduce(NodeContext &node);
/// ReduceL1, ReduceL2, ReduceLogSum, ReduceLogSumExp and ReduceSumSquare.
mlir::LogicalResult importReduceOfFunction(NodeContext &node);
// Rearrange.cpp
mlir::LogicalResult importDepthToSpace(NodeContext &node);
mlir::LogicalResult importSpaceToDepth(NodeContext &node);
mlir::LogicalResult importSplit(NodeContext &node);
// Resize.cpp
mlir::LogicalResult importResize(NodeContext &node);
// Structure.cpp
mlir::LogicalResult importIdentity(NodeContext &node);
mlir::LogicalResult importDropout(NodeContext &node);
mlir::LogicalResult importConstant(NodeContext &node);
mlir::LogicalResult importConcat(NodeContext &node);
mlir::LogicalResult importSlice(NodeContext &node);
mlir::LogicalResult importReshape(NodeContext &node);
mlir::LogicalResult importFlatten(NodeContext &node);
mlir::LogicalResult importSqueeze(NodeContext &node);
mlir::LogicalResult importUnsqueeze(NodeContext &node);
mlir::LogicalResult importTranspose(NodeContext &node);
// Extend.cpp
mlir::LogicalResult importPad(NodeContext &node);
mlir::LogicalResult importTile(NodeContext &node);
mlir::LogicalResult importExpand(NodeContext &node);
// ShapeArithmetic.cpp
mlir::LogicalResult importShape(NodeContext &node);
mlir::LogicalResult importSize(NodeContext &node);
mlir::LogicalResult importConstantOfShape(NodeContext &node);
mlir::LogicalResult importRange(NodeContext &node);
Folded foldIdentity(NodeContext &node);
Folded foldCast(NodeContext &node);
Folded foldGather(NodeContext &node);
Folded foldSlice(NodeContext &node);
Folded foldConcat(NodeContext &node);
Folded foldReshape(NodeContext &node);
Folded foldSqueeze(NodeContext &node);
Folded foldUnsqueeze(NodeContext &node);
// FoldIntegers.cpp
Folded foldAdd(NodeContext &node);
Folded foldSub(NodeContext &node);
Folded foldMul(NodeContext &node);
Folded foldDiv(NodeContext &node);
Folded foldMod(NodeContext &node);
/// Max and Min.
Folded foldExtreme(NodeContext &node);
Folded foldCompare(NodeContext &node);
Folded foldLogical(NodeContext &node);
Folded foldNot(NodeContext &node);
/// Abs, Neg and Sign.
Folded foldUnary(NodeContext &node);
Folded foldWhere(NodeContext &node);
Folded foldExpand(NodeContext &node);
/// ReduceProd and ReduceSum.
Folded foldReduce(NodeContext &node);

// Result shapes that float and integer handlers share; nothing after an error.
std::optional<Shape> inferReshape(NodeContext &node, ShapeRef input);
std::optional<Shape> inferSqueeze(NodeContext &node, ShapeRef input);
std::optional<Shape> inferUnsqueeze(NodeContext &node, ShapeRef input);
std::optional<Shape> inferExpand(NodeContext &node, ShapeRef input);
/// What Slice takes of a tensor: `shape` elements from `starts` on.
struct SlicedPart {
  Shape starts, steps, shape;
};
std::optional<SlicedPart> inferSlice(NodeContext &node, ShapeRef input);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_HANDLERS_H
