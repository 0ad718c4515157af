//===- Tensors.h - Reading ONNX tensors safely ----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_TENSORS_H
#define VOX_LIB_FRONTEND_ONNX_TENSORS_H

#include "vox/Dialect/Vox/IR/Shapes.h"

#include "onnx/onnx_pb.h"

#include <string>
#include <vector>

namespace vox::frontend {

/// More dimensions are refused everywhere.
inline constexpr int kMaxRank = 8;

/// The element types of ElementTypes.h, for messages.
inline constexpr llvm::StringLiteral kElementTypeNames =
    "float, uint8, int8, uint16, int16, int32, int64 or bool";

/// Integers known at import: shapes, axes, pads. Booleans count as integers.
struct IntTensor {
  Shape shape;
  llvm::SmallVector<int64_t> values;
  int32_t dataType = onnx::TensorProto::INT64;
};

/// "float16", as ONNX's text syntax spells it.
std::string getTypeName(int32_t dataType);

/// Whether a tensor of the type becomes an IntTensor.
bool isInteger(int32_t dataType);

/// Bytes of an element in `raw_data`; 0 for types that are never read.
int64_t getElementSize(int32_t dataType);

/// `value` as Cast makes it one of an integer type: modulo 2 to the power of
/// its bits, and for bool whether it is not zero.
int64_t wrapInteger(int64_t value, int32_t dataType);

/// What is wrong with a tensor's dimensions or with the amount of its data;
/// empty if nothing is. External data is not looked at.
std::string checkTensor(const onnx::TensorProto &tensor);

/// The following expect a tensor that passed checkTensor.
Shape getShape(const onnx::TensorProto &tensor);
std::vector<float> readFloats(const onnx::TensorProto &tensor);
IntTensor readInts(const onnx::TensorProto &tensor);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_TENSORS_H
