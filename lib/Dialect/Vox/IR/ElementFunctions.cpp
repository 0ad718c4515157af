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
  }
  llvm_unreachable("unknown kind");
}

double vox::evaluateMax(double a, double b) {
  return b > a || std::isnan(b) ? b : a;
}

double vox::evaluateMin(double a, double b) {
  return b < a || std::isnan(b) ? b : a;
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
