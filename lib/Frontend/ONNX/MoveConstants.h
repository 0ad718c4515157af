//===- MoveConstants.h - Constants that nodes only rearrange --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Exporters slice and join weights by nodes: PyTorch brings the gates of an
// LSTM into ONNX's order so. Slices, parts, joins and matrices of constants
// become constants, as transposed and reshaped ones do (Compose.h), or every
// run would do it again and no layer see its weights.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_MOVECONSTANTS_H
#define VOX_LIB_FRONTEND_ONNX_MOVECONSTANTS_H

#include "mlir/IR/Builders.h"

namespace vox::frontend {

/// The constant that `value` is where it comes from an op that moves the
/// elements of float constants; otherwise null.
mlir::Value moveConstants(mlir::OpBuilder &builder, mlir::Value value);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_MOVECONSTANTS_H
