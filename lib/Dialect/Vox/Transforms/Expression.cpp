//===- Expression.cpp - Formulas of one variable, in a normal form --------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expression.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>

using namespace vox;
using namespace vox::formula;
using llvm::ArrayRef;

/// Longer sums are no activation, and products of them would grow.
static constexpr size_t kMaxTerms = 16;
/// Beyond this (and below its inverse) a product of numbers may not come back
/// to what it was: floats overflow, or lose digits.
static constexpr double kMaxFactor = 0x1p40;

//===----------------------------------------------------------------------===//
// Order
//===----------------------------------------------------------------------===//

template <typename T> static int compareNumbers(T a, T b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

template <typename T, typename Compare>
static int compareLists(const T &a, const T &b, Compare compare) {
  for (const auto &[x, y] : llvm::zip(a, b))
    if (int order = compare(x, y))
      return order;
  return compareNumbers(a.size(), b.size());
}

static int compareAtoms(const Atom &a, const Atom &b) {
  if (int order = compareNumbers(a.function, b.function))
    return order;
  if (int order = compareNumbers(a.index, b.index))
    return order;
  return compareLists(a.arguments, b.arguments, formula::compare);
}

static int compareFactors(const Factor &a, const Factor &b) {
  if (a.atom != b.atom)
    if (int order = compareAtoms(*a.atom, *b.atom))
      return order;
  return compareNumbers(a.power, b.power);
}

static int compareProducts(const Term &a, const Term &b) {
  return compareLists(a.factors, b.factors, compareFactors);
}

int formula::compare(const Expression &a, const Expression &b) {
  return compareLists(a.getTerms(), b.getTerms(),
                      [](const Term &x, const Term &y) {
                        if (int order = compareProducts(x, y))
                          return order;
                        return compareNumbers(x.number, y.number);
                      });
}

//===----------------------------------------------------------------------===//
// Sums and products
//===----------------------------------------------------------------------===//

Expression::Expression(double number) {
  if (std::isnan(number))
    exact = false;
  else if (number != 0)
    terms.push_back({number, {}});
}

Expression Expression::make(Function function,
                            std::vector<Expression> arguments, unsigned index) {
  if (!llvm::all_of(arguments, [](const Expression &a) { return a.exact; }))
    return inexact();
  Expression result(0);
  result.terms.push_back(
      {1, {{std::make_shared<Atom>(Atom{function, arguments, index}), 1}}});
  return result;
}

Expression Expression::inexact() {
  return Expression(std::numeric_limits<double>::quiet_NaN());
}

std::optional<double> Expression::getNumber() const {
  if (!exact || terms.size() > 1)
    return std::nullopt;
  if (terms.empty())
    return 0;
  if (!terms.front().factors.empty())
    return std::nullopt;
  return terms.front().number;
}

Expression formula::operator-(const Expression &a) {
  Expression result = a;
  for (Term &term : result.terms)
    term.number = -term.number;
  return result;
}

Expression formula::operator+(const Expression &a, const Expression &b) {
  if (!a.exact || !b.exact)
    return Expression::inexact();
  Expression result(0);
  const auto *x = a.terms.data(), *xEnd = x + a.terms.size();
  const auto *y = b.terms.data(), *yEnd = y + b.terms.size();
  while (x != xEnd || y != yEnd) {
    int order = x == xEnd ? 1 : y == yEnd ? -1 : compareProducts(*x, *y);
    Term term = order <= 0 ? *x : *y;
    if (order == 0) {
      // What is left of a difference may be rounding alone.
      if (std::signbit(x->number) != std::signbit(y->number))
        return Expression::inexact();
      term.number += y->number;
    }
    if (!std::isfinite(term.number))
      return Expression::inexact();
    x += order <= 0;
    y += order >= 0;
    result.terms.push_back(std::move(term));
  }
  return result.terms.size() > kMaxTerms ? Expression::inexact() : result;
}

static Term multiply(const Term &a, const Term &b) {
  Term result{a.number * b.number, a.factors};
  for (const Factor &factor : b.factors) {
    Factor *place = llvm::find_if(result.factors, [&](const Factor &other) {
      return compareAtoms(*factor.atom, *other.atom) <= 0;
    });
    if (place == result.factors.end() ||
        compareAtoms(*factor.atom, *place->atom) != 0)
      result.factors.insert(place, factor);
    else if ((place->power += factor.power) == 0)
      result.factors.erase(place);
  }
  return result;
}

Expression formula::operator*(const Expression &a, const Expression &b) {
  // 0 * x is not 0 where x is infinite or NaN.
  if (!a.exact || !b.exact || a.terms.empty() || b.terms.empty())
    return Expression::inexact();
  Expression result(0);
  for (const Term &x : a.terms)
    for (const Term &y : b.terms) {
      Expression product(0);
      product.terms.push_back(multiply(x, y));
      double size = std::fabs(product.terms.front().number);
      if (!(size <= kMaxFactor && size >= 1 / kMaxFactor))
        return Expression::inexact();
      result = result + product;
    }
  return result;
}

static bool isUnknown(const Factor &factor) {
  return factor.atom->function == Function::Unknown;
}

Expression formula::inverse(const Expression &a) {
  if (!a.exact || a.terms.empty())
    return Expression::inexact();
  const Term &first = a.terms.front();
  double number = 1 / first.number;
  if (!std::isfinite(number) || number == 0)
    return Expression::inexact();
  if (a.terms.size() == 1 && llvm::all_of(first.factors, isUnknown)) {
    Expression result = a;
    result.terms.front().number = number;
    for (Factor &factor : result.terms.front().factors)
      factor.power = -factor.power;
    return result;
  }
  // 1 / (n u + ...) = 1/n * 1 / (u + ...)
  if (llvm::any_of(first.factors, isUnknown))
    return Expression::make(Function::Inverse, {a});
  return Expression(number) * Expression::make(Function::Inverse, {a * number});
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// Whether `-a` is the simpler one of the two. Unknown numbers count as
/// positive.
static bool isNegative(const Expression &a) {
  return !a.getTerms().empty() && a.getTerms().back().number < 0;
}

Expression formula::exp(const Expression &a) {
  return Expression::make(Function::Exp, {a});
}
Expression formula::log(const Expression &a) {
  return Expression::make(Function::Log, {a});
}
Expression formula::erf(const Expression &a) {
  return isNegative(a) ? -erf(-a) : Expression::make(Function::Erf, {a});
}
Expression formula::tanh(const Expression &a) {
  return isNegative(a) ? -tanh(-a) : Expression::make(Function::Tanh, {a});
}
Expression formula::abs(const Expression &a) {
  return Expression::make(Function::Abs, {isNegative(a) ? -a : a});
}
Expression formula::sigmoid(const Expression &a) {
  return inverse(1 + exp(-a));
}
Expression formula::softplus(const Expression &a) { return log(1 + exp(a)); }
Expression formula::sum(const Expression &a, const Expression &dimension) {
  return Expression::make(Function::Sum, {a, dimension});
}
Expression formula::greatest(const Expression &a, const Expression &dimension) {
  return Expression::make(Function::Greatest, {a, dimension});
}

/// The one atom that `a` is, or null.
static const Atom *getAtom(const Expression &a) {
  if (a.getTerms().size() != 1)
    return nullptr;
  const Term &term = a.getTerms().front();
  bool alone = term.number == 1 && term.factors.size() == 1 &&
               term.factors.front().power == 1;
  return alone ? term.factors.front().atom.get() : nullptr;
}

Expression formula::clamp(const Expression &a, const Expression &low,
                          const Expression &high) {
  // min(max(-u, l), h) = -min(max(u, -h), -l)
  if (isNegative(a))
    return -clamp(-a, -high, -low);
  std::optional<double> least = low.getNumber(), most = high.getNumber();
  if (!least || !most)
    return Expression::make(Function::Clamp, {a, low, high});
  Expression inner = a;
  // Bounds taken one after the other are the tighter ones of all, unless they
  // leave nothing: then the last one wins.
  if (const Atom *atom = getAtom(a); atom && atom->function == Function::Clamp)
    if (auto l = atom->arguments[1].getNumber(),
        h = atom->arguments[2].getNumber();
        l && h) {
      inner = atom->arguments[0];
      least = std::max(*least, *l);
      most = std::min(*most, *h);
    }
  if (inner.getNumber() || *least > *most)
    return Expression::inexact();
  if (*least == -kInf && *most == kInf)
    return inner;
  return Expression::make(Function::Clamp, {inner, *least, *most});
}

static Expression makeSorted(Function function, const Expression &a,
                             const Expression &b) {
  return compare(a, b) < 0 ? Expression::make(function, {a, b})
                           : Expression::make(function, {b, a});
}

Expression formula::max(const Expression &a, const Expression &b) {
  if (b.getNumber())
    return clamp(a, b, kInf);
  if (a.getNumber())
    return clamp(b, a, kInf);
  return makeSorted(Function::Max, a, b);
}

Expression formula::min(const Expression &a, const Expression &b) {
  if (b.getNumber())
    return clamp(a, -kInf, b);
  if (a.getNumber())
    return clamp(b, -kInf, a);
  return makeSorted(Function::Min, a, b);
}

Expression formula::choose(const Expression &d, const Expression &a,
                           const Expression &b) {
  if (d.getNumber() || !a.isExact() || !b.isExact())
    return Expression::inexact();
  if (b == 0 && (a == d || a == -d))
    return a == d ? clamp(d, 0, kInf) : clamp(-d, -kInf, 0);
  if (a == 0 && (b == d || b == -d))
    return b == d ? clamp(d, -kInf, 0) : clamp(-d, 0, kInf);
  return Expression::make(Function::Choose, {d, a, b});
}

//===----------------------------------------------------------------------===//
// Matching
//===----------------------------------------------------------------------===//

static bool near(double a, double b) {
  // An infinity is near itself alone.
  if (a == b || std::isinf(a) || std::isinf(b))
    return a == b;
  return std::fabs(a - b) <= 0x1p-22 * std::max(std::fabs(a), std::fabs(b));
}

static double power(double base, int exponent) {
  return exponent < 0 ? 1 / power(base, -exponent) : std::pow(base, exponent);
}

double Match::evaluate(const Expression &expression) const {
  double value = 0;
  for (const Term &term : expression.getTerms()) {
    double product = term.number;
    for (const Factor &factor : term.factors)
      product *= power(*unknowns[factor.atom->index], factor.power);
    value += product;
  }
  return value;
}

namespace {

/// Matches by trying out. Each function leaves `match` as it was where it
/// returns false.
struct Matcher {
  Match match;

  bool equal(double found, double expected) {
    if (near(found, expected))
      return true;
    if (match.differences.size() == match.allowed)
      return false;
    match.differences.push_back({found, expected});
    return true;
  }

  template <typename Body> bool attempt(Body body) {
    Match before = match;
    if (body())
      return true;
    match = std::move(before);
    return false;
  }

  /// Gives each element of `patterns` one of `actuals`, in any order.
  template <typename T, typename MatchOne>
  bool assign(ArrayRef<T> patterns, ArrayRef<T> actuals, MatchOne matchOne) {
    if (patterns.size() != actuals.size())
      return false;
    if (patterns.empty())
      return true;
    for (size_t i = 0; i < actuals.size(); ++i) {
      std::vector<T> others(actuals);
      others.erase(others.begin() + i);
      if (attempt([&] {
            return matchOne(patterns.front(), actuals[i]) &&
                   assign(patterns.drop_front(), ArrayRef<T>(others), matchOne);
          }))
        return true;
    }
    return false;
  }

  bool matchExpressions(const Expression &pattern, const Expression &actual) {
    // Zero, too, is a number, if one without a term.
    if (std::optional<double> number = actual.getNumber()) {
      if (auto expected = pattern.getNumber())
        return equal(*number, *expected);
      const Term &term = pattern.getTerms().front();
      return pattern.getTerms().size() == 1 &&
             llvm::all_of(term.factors, isUnknown) &&
             matchNumbers(term, term.factors, {*number, {}});
    }
    return assign(
        pattern.getTerms(), actual.getTerms(),
        [&](const Term &p, const Term &a) { return matchTerms(p, a); });
  }

  bool matchTerms(const Term &pattern, const Term &actual) {
    std::vector<Factor> known, unknown;
    for (const Factor &factor : pattern.factors)
      (isUnknown(factor) ? unknown : known).push_back(factor);
    return assign(ArrayRef<Factor>(known), ArrayRef<Factor>(actual.factors),
                  [&](const Factor &p, const Factor &a) {
                    return p.power == a.power && matchAtoms(*p.atom, *a.atom);
                  }) &&
           matchNumbers(pattern, unknown, actual);
  }

  /// number * unknowns * scale of the tensor = the actual number
  bool matchNumbers(const Term &pattern, ArrayRef<Factor> unknowns,
                    const Term &actual) {
    double expected = pattern.number;
    const Factor *open = nullptr;
    for (const Factor &factor : unknowns) {
      if (const auto &value = match.unknowns[factor.atom->index])
        expected *= power(*value, factor.power);
      else if (std::exchange(open, &factor))
        return false;
    }
    if (llvm::any_of(pattern.factors, [](const Factor &factor) {
          return factor.atom->function == Function::Tensor;
        })) {
      match.scale = actual.number / expected;
      return true;
    }
    if (!open)
      return equal(actual.number, expected);
    match.unknowns[open->atom->index] =
        power(actual.number / expected, open->power);
    return true;
  }

  bool matchAtoms(const Atom &pattern, const Atom &actual) {
    if (pattern.function != actual.function)
      return false;
    if (pattern.function == Function::Tensor) {
      match.tensor = actual.index;
      return true;
    }
    const auto &p = pattern.arguments, &a = actual.arguments;
    auto inOrder = [&](unsigned i, unsigned j) {
      return attempt([&] {
        return matchExpressions(p[0], a[i]) && matchExpressions(p[1], a[j]);
      });
    };
    if (pattern.function == Function::Max || pattern.function == Function::Min)
      return inOrder(0, 1) || inOrder(1, 0);
    return llvm::all_of(llvm::zip_equal(p, a), [&](auto pair) {
      return matchExpressions(std::get<0>(pair), std::get<1>(pair));
    });
  }
};

} // namespace

std::optional<Match> formula::match(const Expression &pattern,
                                    const Expression &actual,
                                    unsigned allowed) {
  Matcher matcher;
  matcher.match.allowed = allowed;
  matcher.match.unknowns.resize(kMaxUnknowns);
  if (!actual.isExact() || !matcher.matchExpressions(pattern, actual))
    return std::nullopt;
  return std::move(matcher.match);
}

bool formula::isPolynomial(const Expression &expression) {
  return llvm::all_of(expression.getTerms(), [](const Term &term) {
    return llvm::all_of(term.factors, [](const Factor &factor) {
      return factor.atom->arguments.empty();
    });
  });
}

unsigned formula::countAtoms(const Expression &expression) {
  unsigned count = 0;
  for (const Term &term : expression.getTerms())
    for (const Factor &factor : term.factors) {
      count += !isUnknown(factor);
      for (const Expression &argument : factor.atom->arguments)
        count += countAtoms(argument);
    }
  return count;
}
