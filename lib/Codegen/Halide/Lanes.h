//===- Lanes.h - The functions that activations are made of, in float32 ---===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Real.h for vectors: the same functions, as Halide expressions. Their errors
// are bounded over all floats by `vox-activations --exhaustive`; the bounds
// stand in docs/Activations.md.
//
// Halide tells LLVM that there are no NaNs and that sums may be reordered.
// Comparisons and bounds here are strict, so that NaN goes through.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HALIDE_LANES_H
#define VOX_LIB_CODEGEN_HALIDE_LANES_H

#include "Halide.h"

namespace vox::codegen {

struct Lanes {
  Halide::Expr value;

  Lanes() = default;
  explicit Lanes(double constant) : value(static_cast<float>(constant)) {}
  explicit Lanes(Halide::Expr value) : value(std::move(value)) {}
};

/// What a comparison gives.
struct Mask {
  Halide::Expr value;
};

// Operations that are done as they stand: neither reordered nor fused.
Halide::Expr strictAdd(Halide::Expr a, Halide::Expr b);
Halide::Expr strictSub(Halide::Expr a, Halide::Expr b);
Halide::Expr strictMul(Halide::Expr a, Halide::Expr b);

Lanes operator+(Lanes a, Lanes b);
Lanes operator-(Lanes a, Lanes b);
Lanes operator*(Lanes a, Lanes b);
Lanes operator/(Lanes a, Lanes b);
Lanes operator-(Lanes a);
Mask operator<(Lanes a, Lanes b);
Mask operator<=(Lanes a, Lanes b);
Mask operator==(Lanes a, Lanes b);

// As in Real.h.
Lanes select(Mask condition, Lanes a, Lanes b);
Lanes atLeast(Lanes x, Lanes bound);
Lanes atMost(Lanes x, Lanes bound);
Lanes abs(Lanes x);
Lanes copySign(Lanes magnitude, Lanes sign);
Lanes exp(Lanes x);
Lanes expm1(Lanes x);
Lanes tanh(Lanes x);
Lanes sigmoid(Lanes x);
Lanes softplus(Lanes x);
Lanes swish(Lanes x, Lanes beta);
Lanes mish(Lanes x);
Lanes gelu(Lanes x);
Lanes geluTanh(Lanes x);

} // namespace vox::codegen

#endif // VOX_LIB_CODEGEN_HALIDE_LANES_H
