//===- ElementTypes.h - What tensors are made of --------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The element types that tensors may have, with the names and numbers that the
// layers around the dialect know them by.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_DIALECT_VOX_IR_ELEMENTTYPES_H
#define VOX_DIALECT_VOX_IR_ELEMENTTYPES_H

#include "mlir/IR/Types.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace vox {

struct ElementType {
  enum Kind { Float, SignedInt, UnsignedInt, Bool };

  /// As numpy and ONNX spell it: "float32", "uint8", "bool".
  llvm::StringLiteral name;
  /// ONNX's TensorProto.DataType, which vox/Runtime/Model.h uses too.
  int32_t code;
  Kind kind;
  /// In memory; a bool is one byte, 0 or 1.
  unsigned bits;

  unsigned bytes() const { return bits / 8; }

  /// The range of its values; infinite for floats. The greatest 64-bit integer
  /// is rounded up to 2^63, the next float64.
  double least() const;
  double greatest() const;
};

/// The table's row of an MLIR type (f32, ui8, i8, ui16, i16, i32, i64, i1;
/// integers without a sign are signed); nothing for other types.
std::optional<ElementType> getElementType(mlir::Type type);

/// The MLIR type of an ONNX data type, or null.
mlir::Type getElementType(mlir::MLIRContext *context, int32_t code);

} // namespace vox

#endif // VOX_DIALECT_VOX_IR_ELEMENTTYPES_H
