//===- CompareActivations.cpp - How far two activations are apart ---------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The supremum of |f - g| over the real numbers, by sampling in float64: points
// at equal ratios on both sides, as far as float32 parameters may move a bend,
// and densely from 1e-12 to 1e12; at equal distances around 0, where the curves
// bend; on both sides of each parameter, where they may jump, and at twice the
// parameter; then a search around every maximum that comes near the greatest
// one. Farther out every activation follows a straight line or its limit, so
// two points there tell whether the difference grows for ever.
//
//===----------------------------------------------------------------------===//

#include "vox/Analysis/CompareActivations.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cmath>

using namespace vox;

namespace {

/// An activation with its learned parameter.
struct Curve {
  ActivationAttr function;
  double parameter;

  double operator()(double x) const { return function.evaluate(x, parameter); }
};

class Comparison {
public:
  Comparison(Curve from, Curve to) : from(from), to(to) {}

  double run();

private:
  double at(double x) const;
  void addPoints();
  void addJumps(const Curve &curve);
  double refine(double left, double right) const;

  Curve from, to;
  std::vector<double> points;
};

} // namespace

/// What only float64's rounding sets apart counts as equal.
double Comparison::at(double x) const {
  double f = from(x), g = to(x);
  if (f == g)
    return 0;
  double difference = std::fabs(f - g);
  if (std::isnan(difference))
    return kInfinity;
  constexpr double rounding = 8 * std::numeric_limits<double>::epsilon();
  return difference <= rounding * std::max(std::fabs(f), std::fabs(g))
             ? 0
             : difference;
}

void Comparison::addJumps(const Curve &curve) {
  llvm::SmallVector<double, 4> places = curve.function.getParameterValues();
  // Where a line through two parameters reaches 0 or 1.
  if (places.size() == 2 && places[0] != 0) {
    places.push_back(-places[1] / places[0]);
    places.push_back((1 - places[1]) / places[0]);
  }
  for (double place : places)
    if (std::isfinite(place))
      for (double x : {place, std::nextafter(place, -kInfinity),
                       std::nextafter(place, kInfinity), 2 * place})
        points.push_back(x);
}

void Comparison::addPoints() {
  points.push_back(0);
  for (double x = 1e-45; x < 1e45; x *= x < 1e-12 || x > 1e12 ? 1.5 : 1.02)
    points.insert(points.end(), {x, -x});
  for (int i = -2000; i <= 2000; ++i)
    points.push_back(i * 0.01);
  addJumps(from);
  addJumps(to);
  llvm::sort(points);
  points.erase(std::unique(points.begin(), points.end()), points.end());
}

/// The greatest difference between two points that enclose one maximum.
double Comparison::refine(double left, double right) const {
  double best = 0;
  for (int i = 0; i < 100 && left < right; ++i) {
    double a = left + (right - left) / 3, b = right - (right - left) / 3;
    double atA = at(a), atB = at(b);
    best = std::max({best, atA, atB});
    (atA < atB ? left : right) = atA < atB ? a : b;
  }
  return best;
}

double Comparison::run() {
  double bound = 0;
  for (double sign : {-1.0, 1.0}) {
    double far = at(sign * 1e60), farther = at(sign * 1e80);
    if (farther > 2 * far)
      return kInfinity;
    bound = std::max({bound, far, farther});
  }
  addPoints();
  auto differences =
      llvm::map_to_vector(points, [&](double x) { return at(x); });
  double sampled = *llvm::max_element(differences);
  bound = std::max(bound, sampled);
  for (size_t i = 1; i + 1 < points.size(); ++i)
    if (differences[i] > differences[i - 1] &&
        differences[i] >= differences[i + 1] && differences[i] >= sampled / 2)
      bound = std::max(bound, refine(points[i - 1], points[i + 1]));
  return bound;
}

Difference vox::compareActivations(ActivationAttr from, ActivationAttr to,
                                   std::optional<double> fromParameter,
                                   std::optional<double> toParameter) {
  if ((from.takesParameter() && !fromParameter) ||
      (to.takesParameter() && !toParameter))
    return {kInfinity, ReplacementKind::Semantic};
  double bound = Comparison({from, fromParameter.value_or(0)},
                            {to, toParameter.value_or(0)})
                     .run();
  constexpr double approximate = 1e-3;
  return {bound, bound == 0             ? ReplacementKind::Exact
                 : bound <= approximate ? ReplacementKind::Approximate
                                        : ReplacementKind::Semantic};
}

llvm::StringRef vox::getName(ReplacementKind kind) {
  switch (kind) {
  case ReplacementKind::Exact:
    return "exact";
  case ReplacementKind::Approximate:
    return "approximate";
  case ReplacementKind::Semantic:
    return "semantic";
  }
  llvm_unreachable("all kinds are handled");
}

std::string vox::describe(const Difference &difference) {
  std::string text = getName(difference.kind).str();
  llvm::raw_string_ostream os(text);
  if (std::isinf(difference.bound))
    os << ", off without bound";
  else if (difference.bound > 0)
    os << ", off by up to " << llvm::format("%.3g", difference.bound);
  return text;
}
