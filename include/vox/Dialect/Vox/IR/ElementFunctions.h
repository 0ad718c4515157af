//===- ElementFunctions.h - What element-wise ops do to one element -------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In float64, for the reference and for folding constants.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_DIALECT_VOX_IR_ELEMENTFUNCTIONS_H
#define VOX_DIALECT_VOX_IR_ELEMENTFUNCTIONS_H

#include "vox/Dialect/Vox/IR/Vox.h"

namespace vox {

double evaluateUnary(UnaryKind kind, double x);

/// The greater and the lesser one; NaN if either is. Among zeros of both signs
/// ONNX leaves the choice open; it is `a`.
double evaluateMax(double a, double b);
double evaluateMin(double a, double b);

/// What remains of `a` / `b` rounded down; it has the sign of `b`.
double evaluateMod(double a, double b);

/// Integers, modulo 2^64. Quotients are rounded towards zero; those by 0, and
/// what remains of them, are 0. `modulo` has the sign of `b`, `remainder` that
/// of `a`.
namespace integers {
int64_t add(int64_t a, int64_t b);
int64_t subtract(int64_t a, int64_t b);
int64_t multiply(int64_t a, int64_t b);
int64_t divide(int64_t a, int64_t b);
int64_t modulo(int64_t a, int64_t b);
int64_t remainder(int64_t a, int64_t b);
} // namespace integers

/// Whether `a` is so related to `b`; never if either is NaN.
bool holds(Relation relation, double a, double b);

} // namespace vox

#endif // VOX_DIALECT_VOX_IR_ELEMENTFUNCTIONS_H
