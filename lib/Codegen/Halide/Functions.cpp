//===- Functions.cpp - log, pow, erf and their like in float32 ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Logarithms go through float64: they cancel near 1, and a power multiplies
// their error by the exponent. Networks take few of them, so what counts is
// that vectors of them work, not how long they take.
//
//===----------------------------------------------------------------------===//

#include "Functions.h"

#include "Lanes.h"

#include <cmath>
#include <limits>

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

static constexpr float kInfinity = std::numeric_limits<float>::infinity();
static constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

static Expr magnitudeBits(Expr x) {
  return reinterpret<int32_t>(x) & 0x7fffffff;
}

static Expr isInfinite(Expr x) { return magnitudeBits(x) == 0x7f800000; }

static Expr isNegative(Expr x) { return reinterpret<int32_t>(x) < 0; }

Expr codegen::isNaN(Expr x) { return magnitudeBits(x) > 0x7f800000; }

Expr codegen::maximum(Expr a, Expr b) {
  if (!a.type().is_float())
    return max(a, b);
  return strict_float(select(b > a || isNaN(b), b, a));
}

Expr codegen::minimum(Expr a, Expr b) {
  if (!a.type().is_float())
    return min(a, b);
  return strict_float(select(b < a || isNaN(b), b, a));
}

Expr codegen::negate(Expr x) {
  return reinterpret<float>(reinterpret<int32_t>(x) ^
                            std::numeric_limits<int32_t>::min());
}

/// c[0] + c[1] x + ...
template <typename Number, size_t size>
static Expr polynomial(Expr x, const Number (&coefficients)[size]) {
  Expr sum = Expr(coefficients[size - 1]);
  for (size_t i = size - 1; i-- > 0;)
    sum = sum * x + Expr(coefficients[i]);
  return sum;
}

/// log(x) of a float64 that is positive, finite and not subnormal; relative
/// error below 1e-14. x = 2^e m with m in [1/sqrt(2), sqrt(2)), and log(m) is
/// 2 artanh(s), s = (m - 1) / (m + 1), whose series ends after s^17.
static Expr logarithm64(Expr x) {
  // The bits of sqrt(1/2), taken off, carry into the exponent at sqrt(2).
  constexpr int64_t root = 0x3fe6a09e667f3bcd;
  Expr exponent = (reinterpret<int64_t>(x) - Expr(root)) >> 52;
  Expr m = reinterpret<double>(reinterpret<int64_t>(x) - (exponent << 52));
  Expr s = (m - Expr(1.0)) / (m + Expr(1.0));
  constexpr double series[] = {2.0,      2.0 / 3,  2.0 / 5,  2.0 / 7, 2.0 / 9,
                               2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17};
  return cast<double>(cast<int32_t>(exponent)) * Expr(M_LN2) +
         s * polynomial(s * s, series);
}

/// e^x of a float64 between -200 and 200, relative error below 1e-11: 2^n e^r
/// with |r| <= log(2) / 2, by the series of e^r.
static Expr exponential64(Expr x) {
  Expr n = floor(x * Expr(M_LOG2E) + Expr(0.5));
  Expr r = x - n * Expr(M_LN2);
  constexpr double series[] = {
      1.0,       1.0,        1.0 / 2,     1.0 / 6,      1.0 / 24,     1.0 / 120,
      1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880, 1.0 / 3628800};
  Expr scale = (cast<int64_t>(cast<int32_t>(n)) + 1023) << 52;
  return polynomial(r, series) * reinterpret<double>(scale);
}

/// What log says where logarithm64 does not hold.
static Expr withSpecialLogarithms(Expr x, Expr value) {
  value = select(isInfinite(x), kInfinity, value);
  value = select(isNegative(x), kNaN, value);
  value = select(magnitudeBits(x) == 0, -kInfinity, value);
  return select(isNaN(x), x, value);
}

Expr codegen::logarithm(Expr x) {
  Expr value = cast<float>(logarithm64(cast<double>(x)));
  return strict_float(withSpecialLogarithms(x, value));
}

/// e^(y log|x|), as C's pow: of a negative x the odd powers are negative, the
/// even ones positive, those between NaN.
Expr codegen::power(Expr x, Expr y) {
  Expr size = reinterpret<float>(magnitudeBits(x));
  Expr isExtreme = size == 0.0f || isInfinite(x);
  // Huge instead of infinite, so that the product with log(1) is 0. What is
  // clamped overflows or vanishes in float32.
  Expr exponent = clamp(y, -1e30f, 1e30f);
  Expr product = clamp(cast<double>(exponent) * logarithm64(cast<double>(size)),
                       Expr(-200.0), Expr(200.0));
  Expr extreme = select(isNegative(y) == (size == 0.0f), kInfinity, 0.0f);
  Expr value = select(isExtreme, extreme, cast<float>(exponential64(product)));
  // From 2^24 on all floats are even.
  Expr half = y * 0.5f;
  Expr isSmall = abs(y) < 16777216.0f;
  Expr isInteger = !isSmall || y == floor(y);
  Expr isOdd = isSmall && y == floor(y) && half != floor(half);
  value = select(isNegative(x) && isOdd, negate(value), value);
  value = select(isNegative(x) && !isExtreme && !isInteger, kNaN, value);
  value = select(isNaN(x), x, isNaN(y), y, value);
  Expr isOne = reinterpret<int32_t>(x) == 0x3f800000;
  return strict_float(select(y == 0.0f || isOne, 1.0f, value));
}

/// Near 0 x + x P(x^2); from 1 on 1 - e^-Q(|x| - 1), Q being -log(erfc): its
/// error is made small by the factor erfc. Both minimax, weighted so. From 4 on
/// the value is 1 to all digits.
Expr codegen::errorFunction(Expr x) {
  Expr size = reinterpret<float>(magnitudeBits(x));
  constexpr float nearSeries[] = {
      0.128379166f,   -0.37612626f,     0.112835854f,   -0.0268538129f,
      0.00518832775f, -0.000801019371f, 7.85386146e-05f};
  constexpr float farSeries[] = {
      1.84960556f,    2.63896751f,    0.843107104f,     0.0415634811f,
      -0.0100464523f, 0.00201196643f, -0.000289527874f, 2.16867502e-05f};
  Expr near = size * polynomial(size * size, nearSeries) + size;
  Expr distance = clamp(size, 1.0f, 4.0f) - 1.0f;
  Expr far = 1.0f - exp(Lanes(-polynomial(distance, farSeries))).value;
  Expr value = select(size < 1.0f, near, far);
  value = select(isNegative(x), negate(value), value);
  return strict_float(select(isNaN(x), x, value));
}
