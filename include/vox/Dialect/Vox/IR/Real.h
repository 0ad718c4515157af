//===- Real.h - The functions that activations are made of, in float64 ----===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Activations.td writes each formula once, in the functions below. The same
// text is compiled for
//
// - Real, here: the reference, with the functions of libm;
// - Lanes, in lib/Codegen/Halide/Lanes.h: the vector code of kernels;
// - Multi, in tools/vox-activations: any precision, to judge the other two.
//
// A type T of this kind has T(double), + - * /, unary -, comparisons whose
// result `select` takes, and what follows Real here. Functions are found by
// their argument's type, so a formula calls them without a namespace.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_DIALECT_VOX_IR_REAL_H
#define VOX_DIALECT_VOX_IR_REAL_H

#include <cmath>

namespace vox {

struct Real {
  double value;

  Real() = default;
  explicit Real(double value) : value(value) {}
};

inline Real operator+(Real a, Real b) { return Real(a.value + b.value); }
inline Real operator-(Real a, Real b) { return Real(a.value - b.value); }
inline Real operator*(Real a, Real b) { return Real(a.value * b.value); }
inline Real operator/(Real a, Real b) { return Real(a.value / b.value); }
inline Real operator-(Real a) { return Real(-a.value); }
inline bool operator<(Real a, Real b) { return a.value < b.value; }
inline bool operator<=(Real a, Real b) { return a.value <= b.value; }
inline bool operator==(Real a, Real b) { return a.value == b.value; }

/// `a` where the condition holds, else `b`. Both are computed.
inline Real select(bool condition, Real a, Real b) { return condition ? a : b; }

/// max(x, bound) and min(x, bound), where a NaN in x stays NaN.
inline Real atLeast(Real x, Real bound) { return x < bound ? bound : x; }
inline Real atMost(Real x, Real bound) { return bound < x ? bound : x; }

inline Real abs(Real x) { return Real(std::fabs(x.value)); }
/// |magnitude| with the sign of `sign`.
inline Real copySign(Real magnitude, Real sign) {
  return Real(std::copysign(magnitude.value, sign.value));
}

inline Real exp(Real x) { return Real(std::exp(x.value)); }
/// e^x - 1, without cancellation near 0.
inline Real expm1(Real x) { return Real(std::expm1(x.value)); }
inline Real tanh(Real x) { return Real(std::tanh(x.value)); }

/// 1 / (1 + e^-x). With e^-|x| <= 1 neither side overflows.
inline Real sigmoid(Real x) {
  Real e = exp(-abs(x));
  return select(x < Real(0), e, Real(1)) / (Real(1) + e);
}

/// log(1 + e^x), without overflow or cancellation.
inline Real softplus(Real x) {
  return atLeast(x, Real(0)) + Real(std::log1p(exp(-abs(x)).value));
}

/// x sigmoid(beta x), and its limit 0 where that would be inf * 0.
inline Real swish(Real x, Real beta) {
  Real gate = sigmoid(beta * x);
  return select(gate == Real(0), Real(0), x * gate);
}

/// x tanh(log(1 + e^x)) = x n / (n + 2) with n = e^x (e^x + 2), which needs no
/// logarithm; from 40 on that is x to all digits.
inline Real mish(Real x) {
  Real e = exp(atMost(x, Real(40)));
  Real n = e * (e + Real(2));
  Real gate = n / (n + Real(2));
  return select(gate == Real(0), Real(0), x * gate);
}

/// x Phi(x), and its limit 0 where that would be inf * 0.
inline Real gelu(Real x) {
  Real phi(0.5 * std::erfc(-x.value * M_SQRT1_2));
  return select(phi == Real(0), Real(0), x * phi);
}

/// x sigmoid(2 sqrt(2 / pi) (x + 0.044715 x^3)), the same as with tanh.
inline Real geluTanh(Real x) {
  constexpr double twice = 1.5957691216057307117597842397375;
  Real u = Real(twice) * x * (Real(1) + Real(0.044715) * x * x);
  Real gate = sigmoid(u);
  return select(gate == Real(0), Real(0), x * gate);
}

} // namespace vox

#endif // VOX_DIALECT_VOX_IR_REAL_H
