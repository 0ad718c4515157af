//===- Empty.h - Nodes that compute no element ----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_EMPTY_H
#define VOX_LIB_FRONTEND_ONNX_EMPTY_H

#include "NodeContext.h"

namespace vox::frontend {

/// The results of a node, in the order of its outputs, if an operand has no
/// elements and ONNX's shape inference finds that no result has any. Otherwise
/// nothing, and no error either. Operands are null where they are absent.
std::optional<llvm::SmallVector<Operand>>
inferEmptyResults(const onnx::NodeProto &node,
                  llvm::ArrayRef<Operand *> operands, mlir::OpBuilder &builder,
                  mlir::Location loc);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_EMPTY_H
