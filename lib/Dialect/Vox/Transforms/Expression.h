//===- Expression.h - Formulas of one variable, in a normal form ----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Exporters write the same activation in dozens of ways: operands swapped,
// factors associated differently, a division or a product with the
// reciprocal, constants folded together or not. All of them are one formula in
// the normal form here: a sum of products, with one number before each.
//
//     x * 0.5 * (1 + erf(x / 1.414))  =  0.5 x + 0.5 x erf(0.707 x)
//
// Only identities of real numbers lead there. Where numbers cancel, overflow
// or multiply by zero, floats differ from real numbers in more than rounding:
// then there is no normal form, and the expression is not `exact`.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_DIALECT_VOX_TRANSFORMS_EXPRESSION_H
#define VOX_LIB_DIALECT_VOX_TRANSFORMS_EXPRESSION_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace vox::formula {

inline constexpr double kInf = std::numeric_limits<double>::infinity();
/// Unknowns of a pattern are numbered from 0.
inline constexpr unsigned kMaxUnknowns = 4;

/// What the factors of a product are.
enum class Function {
  /// The variable.
  Input,
  /// A number that a pattern leaves open. Patterns alone have it.
  Unknown,
  /// A constant tensor, by its number: a learned parameter.
  Tensor,
  Inverse,
  Exp,
  Log,
  Erf,
  Tanh,
  Abs,
  /// min(max(u, low), high), whatever it was made of.
  Clamp,
  Max,
  Min,
  /// d > 0 ? a : b
  Choose,
  /// Along a dimension, the second argument.
  Sum,
  Greatest
};

struct Atom;

struct Factor {
  std::shared_ptr<const Atom> atom;
  /// Positive, but for unknowns.
  int power;
};

/// A product. Factors are sorted, each is there once.
struct Term {
  double number = 0;
  llvm::SmallVector<Factor, 2> factors;
};

class Expression {
public:
  Expression(double number);
  static Expression make(Function function,
                         std::vector<Expression> arguments = {},
                         unsigned index = 0);
  static Expression inexact();

  bool isExact() const { return exact; }
  /// The number that this is, if it is one.
  std::optional<double> getNumber() const;
  /// Sorted by their factors, a number coming first.
  llvm::ArrayRef<Term> getTerms() const { return terms; }

  friend Expression operator+(const Expression &a, const Expression &b);
  friend Expression operator*(const Expression &a, const Expression &b);
  friend Expression operator-(const Expression &a);
  /// 1 / a
  friend Expression inverse(const Expression &a);

private:
  std::vector<Term> terms;
  bool exact = true;
};

struct Atom {
  Function function;
  std::vector<Expression> arguments;
  /// Which of several unknowns or tensors this is.
  unsigned index = 0;
};

/// Less, equal or greater than 0, in the order of the normal form.
int compare(const Expression &a, const Expression &b);
inline bool operator==(const Expression &a, const Expression &b) {
  return compare(a, b) == 0;
}

Expression operator+(const Expression &a, const Expression &b);
Expression operator*(const Expression &a, const Expression &b);
Expression operator-(const Expression &a);
Expression inverse(const Expression &a);
inline Expression operator-(const Expression &a, const Expression &b) {
  return a + -b;
}
inline Expression operator/(const Expression &a, const Expression &b) {
  return a * inverse(b);
}

Expression exp(const Expression &a);
Expression log(const Expression &a);
Expression erf(const Expression &a);
Expression tanh(const Expression &a);
Expression abs(const Expression &a);
/// 1 / (1 + e^-a)
Expression sigmoid(const Expression &a);
/// log(1 + e^a)
Expression softplus(const Expression &a);
/// min(max(a, low), high), for bounds in order.
Expression clamp(const Expression &a, const Expression &low,
                 const Expression &high);
inline Expression relu(const Expression &a) { return clamp(a, 0, kInf); }
Expression max(const Expression &a, const Expression &b);
Expression min(const Expression &a, const Expression &b);
/// d > 0 ? a : b
Expression choose(const Expression &d, const Expression &a,
                  const Expression &b);
Expression sum(const Expression &a, const Expression &dimension);
Expression greatest(const Expression &a, const Expression &dimension);

/// What a pattern's unknowns are, and where a formula differs from it.
struct Match {
  /// How many numbers may differ.
  unsigned allowed = 0;
  llvm::SmallVector<std::optional<double>, 4> unknowns;
  /// The tensor of the pattern, where it occurs at most once, is `scale` times
  /// tensor number `tensor`.
  std::optional<unsigned> tensor;
  double scale = 1;
  struct Difference {
    double found, expected;
  };
  llvm::SmallVector<Difference, 2> differences;

  /// The value of an expression of unknowns that are all known now.
  double evaluate(const Expression &expression) const;
};

/// Matches `actual`, a formula without unknowns, against `pattern`. Numbers are
/// equal within 2^-22 of their size, two units in the last place of a float.
/// Nothing if it does not match with at most `allowed` numbers differing.
std::optional<Match> match(const Expression &pattern, const Expression &actual,
                           unsigned allowed = 0);

/// Whether the expression has no functions.
bool isPolynomial(const Expression &expression);

/// How many functions and variables the expression has.
unsigned countAtoms(const Expression &expression);

} // namespace vox::formula

#endif // VOX_LIB_DIALECT_VOX_TRANSFORMS_EXPRESSION_H
