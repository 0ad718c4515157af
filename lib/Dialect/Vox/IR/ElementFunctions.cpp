//===- ElementFunctions.cpp - What element-wise ops do to one element -----===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/ElementFunctions.h"

#include <cmath>

using namespace vox;

double vox::evaluateUnary(UnaryKind kind, double x) {
  switch (kind) {
  case UnaryKind::Abs:
    return std::fabs(x);
  case UnaryKind::Neg:
    return -x;
  case UnaryKind::Exp:
    return std::exp(x);
  case UnaryKind::Log:
    return std::log(x);
  case UnaryKind::Sqrt:
    return std::sqrt(x);
  case UnaryKind::Reciprocal:
    return 1 / x;
  case UnaryKind::Erf:
    return std::erf(x);
  case UnaryKind::Floor:
    return std::floor(x);
  case UnaryKind::Ceil:
    return std::ceil(x);
  case UnaryKind::Round:
    return std::nearbyint(x);
  case UnaryKind::Sin:
    return std::sin(x);
  case UnaryKind::Cos:
    return std::cos(x);
  case UnaryKind::Tan:
    return std::tan(x);
  case UnaryKind::Asin:
    return std::asin(x);
  case UnaryKind::Acos:
    return std::acos(x);
  case UnaryKind::Atan:
    return std::atan(x);
  case UnaryKind::Sinh:
    return std::sinh(x);
  case UnaryKind::Cosh:
    return std::cosh(x);
  case UnaryKind::Asinh:
    return std::asinh(x);
  case UnaryKind::Acosh:
    return std::acosh(x);
  case UnaryKind::Atanh:
    return std::atanh(x);
  case UnaryKind::Sign:
    return x > 0 ? 1 : x < 0 ? -1 : x;
  }
  llvm_unreachable("unknown kind");
}

double vox::evaluateMax(double a, double b) {
  return b > a || std::isnan(b) ? b : a;
}

double vox::evaluateMin(double a, double b) {
  return b < a || std::isnan(b) ? b : a;
}

double vox::evaluateMod(double a, double b) {
  double rest = std::fmod(a, b);
  if (rest == 0)
    return std::copysign(rest, b);
  return std::signbit(rest) != std::signbit(b) ? rest + b : rest;
}

int64_t integers::add(int64_t a, int64_t b) { return uint64_t(a) + b; }

int64_t integers::subtract(int64_t a, int64_t b) { return uint64_t(a) - b; }

int64_t integers::multiply(int64_t a, int64_t b) { return uint64_t(a) * b; }

/// -1 would overflow the least integer's quotient.
int64_t integers::divide(int64_t a, int64_t b) {
  return b == 0 ? 0 : b == -1 ? subtract(0, a) : a / b;
}

int64_t integers::remainder(int64_t a, int64_t b) {
  return b == 0 || b == -1 ? 0 : a % b;
}

int64_t integers::modulo(int64_t a, int64_t b) {
  int64_t rest = remainder(a, b);
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

bool vox::holds(Relation relation, double a, double b) {
  switch (relation) {
  case Relation::Equal:
    return a == b;
  case Relation::Less:
    return a < b;
  case Relation::LessOrEqual:
    return a <= b;
  case Relation::Greater:
    return a > b;
  case Relation::GreaterOrEqual:
    return a >= b;
  }
  llvm_unreachable("unknown relation");
}
