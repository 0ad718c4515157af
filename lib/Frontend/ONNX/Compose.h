//===- Compose.h - Ops that several nodes are made of ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX has nodes that are formulas of others. They become those others here,
// so that no later layer needs to know them.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_COMPOSE_H
#define VOX_LIB_FRONTEND_ONNX_COMPOSE_H

#include "NodeContext.h"
#include "vox/Dialect/Vox/IR/Shapes.h"

namespace vox::frontend {

/// Operand `i`, of a type that arithmetic takes; null after an error.
mlir::Value readNumbers(NodeContext &node, unsigned i);

/// Operand `i`, which must have the element type of operand `first`, `like`;
/// null after an error.
mlir::Value readAlike(NodeContext &node, unsigned i, unsigned first,
                      mlir::Value like);

/// `lhs` Op `rhs`, broadcast; null after an error.
template <typename Op>
mlir::Value createBinary(NodeContext &node, mlir::Value lhs, mlir::Value rhs) {
  auto shape = inferBroadcastShape(node.shape(lhs), node.shape(rhs));
  if (!shape)
    return node.error(shape.takeError());
  mlir::RankedTensorType type = node.type(*shape, lhs);
  if (!type)
    return nullptr;
  return Op::create(node.builder, node.loc, type, lhs, rhs);
}

/// A float scalar, named after the node.
mlir::Value createScalar(NodeContext &node, float value);

/// A scalar of the element type of `like`, named after the node.
mlir::Value createScalarLike(NodeContext &node, mlir::Value like,
                             int64_t value);

/// What a comparison of this type asks of its operands.
Relation getRelation(llvm::StringRef opType);

/// Whether the relation holds, broadcast; null after an error.
mlir::Value createCompare(NodeContext &node, Relation relation, mlir::Value lhs,
                          mlir::Value rhs);

/// Where a truth value is false.
mlir::Value createNot(NodeContext &node, mlir::Value condition);

mlir::Value createUnary(NodeContext &node, UnaryKind kind, mlir::Value input);

/// `kind` over the dimensions `axes`, ascending, which have extent 1 in the
/// result. The mean over all spatial dimensions, 1 to 3, becomes a pool, which
/// is fast on channels in blocks.
mlir::Value createReduce(NodeContext &node, ReduceKind kind, mlir::Value input,
                         ShapeRef axes);

/// The same elements under another shape; a constant of a constant.
mlir::Value createReshape(NodeContext &node, mlir::Value input, ShapeRef shape);

/// Dimension i of the result is dimension `permutation[i]` of the input; a
/// constant of a constant.
mlir::Value createTranspose(NodeContext &node, mlir::Value input,
                            llvm::ArrayRef<int64_t> permutation);

/// Elements of another type.
mlir::Value createCast(NodeContext &node, mlir::Value input, mlir::Type to);

/// `count` positions of dimension `dim` from `first` on.
mlir::Value createSlice(NodeContext &node, mlir::Value value, int64_t dim,
                        int64_t first, int64_t count);

/// The same in the first dimension; at once where `value` is constant.
mlir::Value takeRows(NodeContext &node, mlir::Value value, int64_t first,
                     int64_t count);

/// Position `i` of the first dimension, which goes; null of null.
mlir::Value takeRow(NodeContext &node, mlir::Value value, int64_t i);

/// A dense layer, without a bias where that is null; null after an error.
mlir::Value createDense(NodeContext &node, mlir::Value input,
                        mlir::Value weights, mlir::Value bias);

/// Tensors one after the other along `axis`; null after an error.
mlir::Value createConcat(NodeContext &node, llvm::ArrayRef<mlir::Value> parts,
                         int64_t axis);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_COMPOSE_H
