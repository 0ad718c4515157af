//===- ExportNodes.h - What ops are exported by ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_EXPORT_NODES_H
#define VOX_LIB_FRONTEND_ONNX_EXPORT_NODES_H

#include "GraphWriter.h"

namespace vox::frontend {

/// "conv_1_weights": what an initializer that `op` alone needs is called.
std::string nameFor(mlir::Operation *op, llvm::StringRef role);

/// An enumerator as ONNX spells it: "less_or_equal" is LessOrEqual.
std::string capitalize(llvm::StringRef name);

/// The names of all operands in their order.
llvm::SmallVector<std::string> getNames(mlir::Operation *op,
                                        GraphWriter &writer);

/// A node that has the operands and the result of `op` and no attributes but
/// those that are added.
onnx::NodeProto &exportAs(llvm::StringRef type, mlir::Operation *op,
                          GraphWriter &writer);

/// The attributes that convolutions and pools share.
template <typename Op>
void setWindow(onnx::NodeProto &node, Op op, ShapeRef kernel) {
  setInts(node, "kernel_shape", kernel);
  setInts(node, "strides", op.getStrides());
  setInts(node, "dilations", op.getDilations());
  setInts(node, "pads", op.getPads());
}

// ExportPool.cpp
llvm::LogicalResult exportPool(PoolOp op, GraphWriter &writer);
llvm::LogicalResult exportPoolIndices(PoolIndicesOp op, GraphWriter &writer);
// ExportGather.cpp
llvm::LogicalResult exportGatherElements(GatherElementsOp op,
                                         GraphWriter &writer);
llvm::LogicalResult exportScatterElements(ScatterElementsOp op,
                                          GraphWriter &writer);
llvm::LogicalResult exportScatterND(ScatterNDOp op, GraphWriter &writer);
llvm::LogicalResult exportTopK(TopKOp op, GraphWriter &writer);
// ExportResize.cpp
llvm::LogicalResult exportResize(ResizeOp op, GraphWriter &writer);
llvm::LogicalResult exportResample(ResampleOp op, GraphWriter &writer);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_EXPORT_NODES_H
