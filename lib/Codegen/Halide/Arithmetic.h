//===- Arithmetic.h - Sums to remainders of floats and integers -----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What vox.add and its like compute, for every element type. Halide leaves open
// what 32-bit and 64-bit integers overflow to, and rounds their quotients to
// other sides than ONNX: here integers wrap around, quotients are rounded
// towards zero, and what is divided by an integer 0 is 0.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HALIDE_ARITHMETIC_H
#define VOX_LIB_CODEGEN_HALIDE_ARITHMETIC_H

#include "Halide.h"
#include "vox/Dialect/Vox/IR/Vox.h"

namespace vox::codegen {

Halide::Expr add(Halide::Expr a, Halide::Expr b);
Halide::Expr subtract(Halide::Expr a, Halide::Expr b);
Halide::Expr multiply(Halide::Expr a, Halide::Expr b);
Halide::Expr divide(Halide::Expr a, Halide::Expr b);

/// What remains of the quotient rounded down (modulo, with the sign of `b`) or
/// towards zero (remainder, with that of `a`).
Halide::Expr modulo(Halide::Expr a, Halide::Expr b);
Halide::Expr remainder(Halide::Expr a, Halide::Expr b);

/// The absolute value, the negated one or the sign of an integer.
Halide::Expr applyToInteger(UnaryKind kind, Halide::Expr x);

/// Whether the relation holds; never if either is NaN.
Halide::Expr compare(Relation relation, Halide::Expr a, Halide::Expr b);

} // namespace vox::codegen

#endif // VOX_LIB_CODEGEN_HALIDE_ARITHMETIC_H
