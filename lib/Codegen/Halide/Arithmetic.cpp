//===- Arithmetic.cpp - Sums to remainders of floats and integers ---------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Arithmetic.h"

#include "Functions.h"
#include "Tensor.h"

#include <functional>
#include <limits>

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

static Expr asUnsigned(Expr x) {
  return cast(x.type().with_code(Type::UInt), x);
}

/// Unsigned integers wrap around.
template <typename Function>
static Expr compute(Expr a, Expr b, Function function) {
  if (a.type().is_float())
    return function(a, b);
  return cast(a.type(), function(asUnsigned(a), asUnsigned(b)));
}

Expr codegen::add(Expr a, Expr b) { return compute(a, b, std::plus<Expr>()); }

/// What follows from equal operands, x - x = 0 and x / x = 1, is wrong for NaN
/// and infinities: nothing is to be cancelled.
static Expr asWritten(Expr x) {
  return x.type().is_float() ? strict_float(x) : x;
}

Expr codegen::subtract(Expr a, Expr b) {
  return asWritten(compute(a, b, std::minus<Expr>()));
}

Expr codegen::multiply(Expr a, Expr b) {
  return compute(a, b, std::multiplies<Expr>());
}

static Expr isNegative(Expr x) { return x < zero(x.type()); }

/// |x|, which the unsigned type has for the least integer, too.
static Expr sizeOf(Expr x) {
  Expr bits = asUnsigned(x);
  return select(isNegative(x), zero(bits.type()) - bits, bits);
}

/// `size` with the sign that `negative` tells.
static Expr withSign(Expr size, Expr negative, Type type) {
  return cast(type, select(negative, zero(size.type()) - size, size));
}

Expr codegen::divide(Expr a, Expr b) {
  if (a.type().is_float())
    return asWritten(a / b);
  // Unsigned quotients by 0 are 0.
  return withSign(sizeOf(a) / sizeOf(b), isNegative(a) != isNegative(b),
                  a.type());
}

Expr codegen::remainder(Expr a, Expr b) {
  if (a.type().is_float())
    return Internal::Call::make(a.type(), "fmodf", {a, b},
                                Internal::Call::PureExtern);
  return withSign(sizeOf(a) % sizeOf(b), isNegative(a), a.type());
}

Expr codegen::modulo(Expr a, Expr b) {
  Expr rest = remainder(a, b), none = zero(a.type());
  Expr value = select(rest != none && isNegative(rest) != isNegative(b),
                      add(rest, b), rest);
  if (!a.type().is_float())
    return value;
  // A zero has the sign of b, too.
  Expr sign = reinterpret<int32_t>(b) & std::numeric_limits<int32_t>::min();
  return strict_float(select(rest == none, reinterpret<float>(sign), value));
}

Expr codegen::applyToInteger(UnaryKind kind, Expr x) {
  Type type = x.type();
  switch (kind) {
  case UnaryKind::Abs:
    return cast(type, sizeOf(x));
  case UnaryKind::Neg:
    return subtract(zero(type), x);
  case UnaryKind::Sign:
    return select(isNegative(x), cast(type, -1), cast(type, x > zero(type)));
  default:
    llvm_unreachable("the verifier lets no other function take integers");
  }
}

/// The number that stands where the float `x` stands among all floats but NaN.
static Expr placeOf(Expr x) {
  Expr bits = reinterpret<int32_t>(x), size = bits & 0x7fffffff;
  return select(bits < 0, -size, size);
}

Expr codegen::compare(Relation relation, Expr a, Expr b) {
  // By their bits: what is computed in the same kernel is promised to LLVM to
  // be neither NaN nor infinite, so it would drop comparisons of floats.
  Expr areNumbers = Internal::const_true();
  if (a.type().is_float()) {
    areNumbers = !isNaN(a) && !isNaN(b);
    a = placeOf(a);
    b = placeOf(b);
  }
  switch (relation) {
  case Relation::Equal:
    return areNumbers && a == b;
  case Relation::Less:
    return areNumbers && a < b;
  case Relation::LessOrEqual:
    return areNumbers && a <= b;
  case Relation::Greater:
    return areNumbers && a > b;
  case Relation::GreaterOrEqual:
    return areNumbers && a >= b;
  }
  llvm_unreachable("unknown relation");
}
