//===- Constants.h - Reading and making constant tensors ------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_DIALECT_VOX_IR_CONSTANTS_H
#define VOX_DIALECT_VOX_IR_CONSTANTS_H

#include "vox/Dialect/Vox/IR/Vox.h"

#include <optional>
#include <vector>

namespace vox {

/// Whether `value` is the result of a `vox.constant`.
bool isConstant(mlir::Value value);

/// The elements of a float32 constant in row-major order, or nothing where
/// `value` is not the result of a `vox.constant` or has other elements. Splats
/// are expanded.
std::optional<std::vector<float>> getConstantValues(mlir::Value value);

/// The same without a copy where they lie in a resource; `storage` owns what
/// had to be expanded or moved.
std::optional<llvm::ArrayRef<float>>
viewConstantValues(mlir::Value value, std::vector<char> &storage);

/// The elements of a constant of any type as they lie in memory (a bool is one
/// byte), without a copy where they lie in a resource; `storage` owns what had
/// to be expanded.
llvm::ArrayRef<char> viewConstantBytes(mlir::ElementsAttr attr,
                                       std::vector<char> &storage);

/// The one value of all elements of a float32 constant, or nothing.
std::optional<float> getSplatValue(mlir::Value value);

/// A `dense_resource` attribute (small ones are inline) holding `values`.
mlir::ElementsAttr makeConstant(mlir::RankedTensorType type,
                                llvm::ArrayRef<float> values,
                                llvm::StringRef name);

} // namespace vox

#endif // VOX_DIALECT_VOX_IR_CONSTANTS_H
