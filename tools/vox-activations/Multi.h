//===- Multi.h - The functions that activations are made of, in 200 bits --===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Real.h on the numbers of MPFR: the same functions, which judge where float64
// and float32 differ most. MPFR's exponents go far beyond float64's, so that
// nothing overflows here, and 200 bits leave what cancels accurate.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOX_ACTIVATIONS_MULTI_H
#define VOX_TOOLS_VOX_ACTIVATIONS_MULTI_H

#include <mpfr.h>

namespace vox {

class Multi {
public:
  static constexpr mpfr_prec_t kBits = 200;

  /// NaN.
  Multi() { mpfr_init2(number, kBits); }
  explicit Multi(double value) : Multi() {
    mpfr_set_d(number, value, MPFR_RNDN);
  }
  Multi(const Multi &other) : Multi() {
    mpfr_set(number, other.number, MPFR_RNDN);
  }
  Multi &operator=(Multi other) {
    mpfr_swap(number, other.number);
    return *this;
  }
  ~Multi() { mpfr_clear(number); }

  /// The nearest float64.
  double toDouble() const { return mpfr_get_d(number, MPFR_RNDN); }

  mpfr_ptr get() { return number; }
  mpfr_srcptr get() const { return number; }

private:
  mpfr_t number;
};

/// A function of MPFR on one and on two numbers.
template <typename Function> Multi compute(Function function, const Multi &x) {
  Multi result;
  function(result.get(), x.get(), MPFR_RNDN);
  return result;
}
template <typename Function>
Multi compute(Function function, const Multi &a, const Multi &b) {
  Multi result;
  function(result.get(), a.get(), b.get(), MPFR_RNDN);
  return result;
}

inline Multi operator+(const Multi &a, const Multi &b) {
  return compute(mpfr_add, a, b);
}
inline Multi operator-(const Multi &a, const Multi &b) {
  return compute(mpfr_sub, a, b);
}
inline Multi operator*(const Multi &a, const Multi &b) {
  return compute(mpfr_mul, a, b);
}
inline Multi operator/(const Multi &a, const Multi &b) {
  return compute(mpfr_div, a, b);
}
inline Multi operator-(const Multi &a) { return compute(mpfr_neg, a); }
// False where one is NaN.
inline bool operator<(const Multi &a, const Multi &b) {
  return mpfr_less_p(a.get(), b.get());
}
inline bool operator<=(const Multi &a, const Multi &b) {
  return mpfr_lessequal_p(a.get(), b.get());
}
inline bool operator==(const Multi &a, const Multi &b) {
  return mpfr_equal_p(a.get(), b.get());
}

// As in Real.h.
inline Multi select(bool condition, const Multi &a, const Multi &b) {
  return condition ? a : b;
}
inline Multi atLeast(const Multi &x, const Multi &bound) {
  return x < bound ? bound : x;
}
inline Multi atMost(const Multi &x, const Multi &bound) {
  return bound < x ? bound : x;
}
inline Multi abs(const Multi &x) { return compute(mpfr_abs, x); }
inline Multi copySign(const Multi &magnitude, const Multi &sign) {
  return compute(mpfr_copysign, magnitude, sign);
}
inline Multi exp(const Multi &x) { return compute(mpfr_exp, x); }
inline Multi expm1(const Multi &x) { return compute(mpfr_expm1, x); }
inline Multi tanh(const Multi &x) { return compute(mpfr_tanh, x); }

inline Multi sigmoid(const Multi &x) { return Multi(1) / (Multi(1) + exp(-x)); }

inline Multi softplus(const Multi &x) {
  // From 2^62 on even these exponents overflow.
  return atLeast(x, Multi(0)) + compute(mpfr_log1p, exp(-abs(x)));
}

/// x gate, and its limit 0 where that would be inf * 0.
inline Multi gated(const Multi &x, const Multi &gate) {
  return gate == Multi(0) ? gate : x * gate;
}

inline Multi swish(const Multi &x, const Multi &beta) {
  return gated(x, sigmoid(beta * x));
}

inline Multi mish(const Multi &x) { return gated(x, tanh(softplus(x))); }

inline Multi gelu(const Multi &x) {
  Multi root;
  mpfr_sqrt_ui(root.get(), 2, MPFR_RNDN);
  return gated(x, Multi(0.5) * compute(mpfr_erfc, -x / root));
}

inline Multi geluTanh(const Multi &x) {
  // sqrt(2 / pi)
  Multi root;
  mpfr_const_pi(root.get(), MPFR_RNDN);
  root = compute(mpfr_sqrt, Multi(2) / root);
  Multi cubic = x * (Multi(1) + Multi(0.044715) * x * x);
  return gated(x, sigmoid(Multi(2) * root * cubic));
}

} // namespace vox

#endif // VOX_TOOLS_VOX_ACTIVATIONS_MULTI_H
