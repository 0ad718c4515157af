//===- LanesExp.cpp - Exponentials and what is made of them, in float32 ---===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every exponential is e^x = 2^n e^r with n = round(x / ln 2), |r| <= ln(2)/2.
// n stays in range by clamps that keep NaN, and NaN then reaches the result
// through r, so nothing asks for it.
//
// Halide promises LLVM that sums may be reordered, which would undo each step
// whose aim is a small error. Those steps are strict (Lanes.h); all others may
// become fused multiply-adds, which every target has.
//
// Results down to the least subnormal are right because 2^(n + 32) is used in
// place of 2^n wherever n may be below -126, and 2^-32 multiplied in last.
//
// Coefficients are minimax fits (weighted least squares, reweighted until the
// errors level), rounded to float32 one by one from the lowest, with a new fit
// of the remaining ones each time; those of gelu's fraction were then searched
// by units in the last place. Stated errors are relative and those of the
// rounded coefficients.
//
//===----------------------------------------------------------------------===//

#include "Lanes.h"

#include <cmath>
#include <vector>

using namespace Halide;
using namespace vox::codegen;

namespace vox::codegen {

// Below this, e^x and x e^x are less than half of the least subnormal.
static constexpr float kLeast = -110;
// From here on 1 + e^-x is 1.
static constexpr float kGreatest = 20;
static const float kTwoTo32 = std::ldexp(1.0f, 32);
static const float kTwoToMinus32 = std::ldexp(1.0f, -32);

static constexpr double kLog2E = 1.4426950408889634;
// ln 2 as two numbers; n times the first, of 12 bits, is exact.
static constexpr float kLn2 = 0x1.62ep-1f;
static constexpr float kLn2Rest = 0x1.0bfbe8p-15f;
// Adding this leaves the nearest integer in a float's last bits.
static constexpr float kRounder = 0x1.8p23f;

/// c[0] + c[1] x + c[2] x^2 + ...
static Expr polynomial(Expr x, const std::vector<float> &c) {
  Expr value = c.back();
  for (size_t k = c.size() - 1; k-- > 0;)
    value = value * x + c[k];
  return value;
}

namespace {
/// x = n ln 2 + r.
struct Reduced {
  Expr n, r;
  /// kRounder + n.
  Expr rounded;

  /// n from `estimate`, kRounder + x / ln 2.
  explicit Reduced(Expr estimate)
      : n(strictSub(estimate, kRounder)), rounded(estimate) {}

  /// 2^(n + offset), which must be a normal number.
  Expr power(int offset = 0) const {
    return reinterpret<float>((reinterpret<int32_t>(rounded) << 23) +
                              ((127 + offset) << 23));
  }
};
} // namespace

static Reduced reduce(Expr x) {
  Reduced result(x * float(kLog2E) + kRounder);
  result.r = strictSub(x - result.n * kLn2, result.n * kLn2Rest);
  return result;
}

/// e^r - 1; error 2^-26.1. Here r / unit is given, and unit is a power of two.
static Expr expm1OfRest(Expr r, float unit = 1) {
  std::vector<float> c = {1.0f,          0.49999997f,    0.166665465f,
                          0.0416674353f, 0.00836626161f, 0.00138706563f};
  for (size_t k = 0; k < c.size(); ++k)
    c[k] *= std::pow(unit, float(k + 1));
  return r * polynomial(r, c);
}

/// e^r; error 2^-27.4. The last sum is strict lest LLVM begins with 1 + r.
static Expr expOfRest(Expr r) { return strictAdd(1.0f, expm1OfRest(r)); }

/// Once, not once per use.
static Lanes share(Expr value) {
  return Lanes(Internal::common_subexpression_elimination(value));
}

static Expr clamp(Expr x, float least, float greatest) {
  return atMost(atLeast(Lanes(x), Lanes(least)), Lanes(greatest)).value;
}

Lanes exp(Lanes x) {
  // n from -159 to 129: half of it first, then the rest.
  Reduced by = reduce(clamp(x.value, kLeast, 89));
  Expr n = reinterpret<int32_t>(by.rounded) << 23;
  Expr half = (n >> 1) & ~((1 << 23) - 1), one = 127 << 23;
  Expr first = reinterpret<float>(half + one);
  Expr second = reinterpret<float>(n - half + one);
  return share(strictMul(strictMul(expOfRest(by.r), first), second));
}

/// 2^n (e^r - 1) + (2^n - 1), all halved because n may be 128.
Lanes expm1(Lanes x) {
  Reduced by = reduce(clamp(x.value, -20, 89));
  Expr half = by.power(-1);
  return share(2.0f * (half * expm1OfRest(by.r) + strictSub(half, 0.5f)));
}

/// -(e^-2a - 1) / (2 + (e^-2a - 1)) with a = |x|.
Lanes tanh(Lanes x) {
  Reduced by = reduce(-2.0f * atMost(abs(x), Lanes(10.0)).value);
  Expr power = by.power();
  Expr m = power * expm1OfRest(by.r) + strictSub(power, 1.0f);
  return share(copySign(Lanes(m / (2.0f + m)), x).value);
}

/// scale + scale' e^x, where `power` is scale' 2^n: with a rounding less than
/// from e^x itself.
static Expr plusExp(Expr scale, Expr power, const Reduced &by) {
  return power * expm1OfRest(by.r) + strictAdd(scale, power);
}

/// 1 / (1 + e^-x), above and below times 2^-32.
Lanes sigmoid(Lanes x) {
  Reduced by = reduce(-clamp(x.value, kLeast, kGreatest));
  return share(kTwoToMinus32 / plusExp(kTwoToMinus32, by.power(-32), by));
}

/// max(x, 0) + log(1 + e^-|x|). Where the logarithm is subnormal, e^-|x| is the
/// same subnormal.
Lanes softplus(Lanes x) {
  Reduced by = reduce(-atMost(abs(x), Lanes(-kLeast)).value);
  Expr e = strictMul(expOfRest(by.r) * by.power(32), kTwoToMinus32);
  // log(1 + e) / e on [0, 1]; error 2^-27.5.
  Expr q = polynomial(e, {1.0f, -0.499999315f, 0.333304644f, -0.24958019f,
                          0.196921021f, -0.153448805f, 0.106611282f,
                          -0.057457231f, 0.0200862419f, -0.00329046859f});
  return share(e * q + atLeast(x, Lanes(0.0)).value);
}

/// x / (1 + e^-y) for y of at least kLeast and x of the same order.
static Expr gate(Expr x, const Reduced &by) {
  Expr sum = plusExp(kTwoToMinus32, by.power(-32), by);
  return strictMul(x / sum, kTwoToMinus32);
}

/// `value`, which may be anything from `open` on: there the gate is wide open
/// and the result is x itself.
static Lanes orOpen(Lanes x, float open, Expr value) {
  return share(select(Lanes(open) < x, x, Lanes(value)).value);
}

Lanes swish(Lanes x, Lanes beta) {
  if (Internal::is_const_one(beta.value)) {
    Expr inside = atLeast(x, Lanes(kLeast)).value;
    return orOpen(x, kGreatest, gate(inside, reduce(-inside)));
  }
  // x and beta may be of very different size. So there is no clamp: selects
  // take away what is out of range, and the factor of 2^-32 becomes 2^-80 for
  // the tail and 1 for the rest. Where multiply-adds are fused, beta x is
  // exact.
  Reduced by(x.value * strictMul(beta.value, float(-kLog2E)) + kRounder);
  Expr rest = strictMul(by.n, kLn2) + beta.value * x.value;
  by.r = strictSub(-rest, by.n * kLn2Rest);
  Lanes n(by.n);
  Expr tail = (Lanes(92.0) < n).value;
  Expr scale = Halide::select(tail, std::ldexp(1.0f, -80), 1.0f);
  Expr power = reinterpret<float>(reinterpret<int32_t>(by.power()) +
                                  Halide::select(tail, -80 * (1 << 23), 0));
  Expr value = strictMul(x.value / plusExp(scale, power, by), scale);
  Lanes open = select(n < Lanes(-29.0), x, Lanes(value));
  return share(select(Lanes(207.0) < n, Lanes(0.0), open).value);
}

/// x n / (n + 2) with n = e^x (e^x + 2). Here e and n are times 2^32.
Lanes mish(Lanes x) {
  Expr inside = atLeast(x, Lanes(kLeast)).value;
  Reduced by = reduce(inside);
  // n = 2 e + e^2, whose greater part is as exact as can be.
  Expr m = expm1OfRest(by.r), twice = by.power(33);
  Expr e = strictAdd(1.0f, m) * by.power(32);
  Expr square = e * strictMul(e, kTwoToMinus32);
  Expr n = strictAdd(twice, twice * m + square);
  Expr value = inside * n / (n * kTwoToMinus32 + 2.0f);
  return orOpen(x, kGreatest, strictMul(value, kTwoToMinus32));
}

/// The upper `bits` bits of x.
static Expr upper(Expr x, int bits) {
  return reinterpret<float>(reinterpret<int32_t>(x) & -(1 << (24 - bits)));
}

/// max(x, 0) - a Phi(-a) with a = |x|. Phi(-a) is e^(-a^2 / 2) times a function
/// that falls from 1/2 like 1 / a.
Lanes gelu(Lanes x) {
  Expr a = atMost(abs(x), Lanes(14.6)).value;
  // a^2 = square + rest, the first of them exact, = -2 (n ln 2 + r).
  Expr head = upper(a, 12);
  Expr square = strictMul(head, head), rest = (a - head) * (a + head);
  Reduced by(square * float(-0.5 * kLog2E) + kRounder);
  by.r = strictAdd(square + by.n * (2 * kLn2), rest + by.n * (2 * kLn2Rest));
  // Phi(-a) e^(a^2 / 2) = p / ((2.5 a + 0.002) p + q) on [0, 14.6]; error
  // 2^-27. In this form most of the rounding of p cancels; and as p and q begin
  // below a power of two, their roundings are small near 0.
  Expr p = polynomial(a, {0.774999976f, 0.679670095f, 0.284246683f,
                          0.0630598143f, 0.00639194064f});
  Expr q = polynomial(a, {kTwoTo32 * 1.54858232f, kTwoTo32 * 0.652203977f,
                          kTwoTo32 * 0.160662711f, kTwoTo32 * 0.0156845767f});
  Expr line =
      polynomial(a, {kTwoTo32 * 0.00182919425f, kTwoTo32 * 2.50659966f});
  Expr product = a * p;
  Expr e = strictAdd(product, product * expm1OfRest(by.r, -0.5f));
  Expr tail = e * by.power(32) / (line * p + q);
  return share(atLeast(x, Lanes(0.0)).value - tail);
}

/// x sigmoid(u) with u = 2 sqrt(2 / pi) x (1 + 0.044715 x^2) = x v.
Lanes geluTanh(Lanes x) {
  constexpr float open = 6;
  Expr y = atLeast(x, Lanes(-10.8)).value;
  // v = c1 + c3 y^2 as a sum of two numbers, of which the first is exact: 8
  // bits of y, squared, times 8 bits of c3.
  constexpr double c1 = 1.5957691216057308, c3 = 0.044715 * c1;
  constexpr float c1Head = 0x1.9884p0f, c3Head = 0x1.24p-4f;
  Expr head = upper(y, 8);
  Expr square = strictMul(head, head), rest = (y - head) * (y + head);
  Expr v = square * c3Head + c1Head;
  Expr vRest =
      rest * float(c3) + (square * float(c3 - c3Head) + float(c1 - c1Head));
  Reduced by(y * strictMul(v + vRest, float(-kLog2E)) + kRounder);
  Expr large = strictMul(by.n, kLn2) + y * v;
  by.r = strictSub(-large, y * vRest + strictMul(by.n, kLn2Rest));
  return orOpen(x, open, gate(y, by));
}

} // namespace vox::codegen
