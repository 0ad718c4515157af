//===- Functions.h - log, pow, erf and their like in float32 --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions that are no activations (those are in Lanes.h), for all floats: NaN
// and infinities as in C, subnormal numbers included. Greatest errors: 0.501
// ulp of logarithm and power, 1.1 ulp of errorFunction, 0.5 ulp of the rest.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HALIDE_FUNCTIONS_H
#define VOX_LIB_CODEGEN_HALIDE_FUNCTIONS_H

#include "Halide.h"

namespace vox::codegen {

/// Whether the float `x` is NaN, by its bits: what is computed in the same
/// kernel is promised to LLVM not to be NaN, so it would drop x != x.
Halide::Expr isNaN(Halide::Expr x);

/// The greater and the lesser one, of any type; NaN if either is.
Halide::Expr maximum(Halide::Expr a, Halide::Expr b);
Halide::Expr minimum(Halide::Expr a, Halide::Expr b);

/// -x, which Halide would compute as 0 - x: 0 instead of -0.
Halide::Expr negate(Halide::Expr x);
Halide::Expr logarithm(Halide::Expr x);
Halide::Expr power(Halide::Expr x, Halide::Expr exponent);
Halide::Expr errorFunction(Halide::Expr x);

} // namespace vox::codegen

#endif // VOX_LIB_CODEGEN_HALIDE_FUNCTIONS_H
