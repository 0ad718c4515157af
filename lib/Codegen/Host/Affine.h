//===- Affine.h - Affine expressions as code ------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HOST_AFFINE_H
#define VOX_LIB_CODEGEN_HOST_AFFINE_H

#include "mlir/IR/AffineExpr.h"
#include "mlir/IR/Builders.h"

namespace vox {

/// The value of `expression`, an i64, where its symbols are the i64 `symbols`.
/// Divisors are positive.
mlir::Value expandAffine(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::AffineExpr expression, mlir::ValueRange symbols);

} // namespace vox

#endif // VOX_LIB_CODEGEN_HOST_AFFINE_H
