//===- Lanes.cpp - The functions that activations are made of, in float32 -===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Operators, comparisons and what needs no exponential; LanesExp.cpp has the
// rest.
//
//===----------------------------------------------------------------------===//

#include "Lanes.h"

#include <limits>

using namespace Halide;
using namespace Halide::Internal;
using namespace vox::codegen;

namespace vox::codegen {

/// One operation that may not be simplified. Halide's strict_float() also takes
/// the freedom of all operations that its argument is computed by, and with it
/// their fused multiply-adds.
static Expr strict(Call::IntrinsicOp operation, Type type, Expr a, Expr b) {
  return Call::make(type, operation, {std::move(a), std::move(b)},
                    Call::PureIntrinsic);
}

Expr strictAdd(Expr a, Expr b) {
  return strict(Call::strict_add, Float(32), std::move(a), std::move(b));
}
Expr strictSub(Expr a, Expr b) {
  return strict(Call::strict_sub, Float(32), std::move(a), std::move(b));
}
Expr strictMul(Expr a, Expr b) {
  return strict(Call::strict_mul, Float(32), std::move(a), std::move(b));
}

Lanes operator+(Lanes a, Lanes b) { return Lanes(a.value + b.value); }
Lanes operator-(Lanes a, Lanes b) { return Lanes(a.value - b.value); }
Lanes operator*(Lanes a, Lanes b) { return Lanes(a.value * b.value); }
Lanes operator/(Lanes a, Lanes b) { return Lanes(a.value / b.value); }
Lanes operator-(Lanes a) { return Lanes(-a.value); }
Mask operator<(Lanes a, Lanes b) {
  return {strict(Call::strict_lt, Bool(), a.value, b.value)};
}
// Halide makes !(b < a) of strict_le(a, b), which holds where one is NaN.
Mask operator<=(Lanes a, Lanes b) { return {(a < b).value || (a == b).value}; }
Mask operator==(Lanes a, Lanes b) {
  return {strict(Call::strict_eq, Bool(), a.value, b.value)};
}

Lanes select(Mask condition, Lanes a, Lanes b) {
  return Lanes(Halide::select(condition.value, a.value, b.value));
}

// The bound comes first, which keeps NaN in x: see docs/Rationale.md.
Lanes atLeast(Lanes x, Lanes bound) {
  auto constant = as_const_float(bound.value);
  if (constant && *constant == -std::numeric_limits<double>::infinity())
    return x;
  return Lanes(strict(Call::strict_max, Float(32), bound.value, x.value));
}

Lanes atMost(Lanes x, Lanes bound) {
  auto constant = as_const_float(bound.value);
  if (constant && *constant == std::numeric_limits<double>::infinity())
    return x;
  return Lanes(strict(Call::strict_min, Float(32), bound.value, x.value));
}

Lanes abs(Lanes x) { return Lanes(Halide::abs(x.value)); }

Lanes copySign(Lanes magnitude, Lanes sign) {
  Expr signBit = std::numeric_limits<int32_t>::min();
  Expr bits = reinterpret<int32_t>(magnitude.value) & ~signBit;
  signBit = reinterpret<int32_t>(sign.value) & signBit;
  return Lanes(reinterpret<float>(bits | signBit));
}

} // namespace vox::codegen
