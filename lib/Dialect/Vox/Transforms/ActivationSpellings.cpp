//===- ActivationSpellings.cpp - How exporters write activations ----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One line per formula. The normal form makes the order of operands, the
// association of products and sums, and how constants are split up the same;
// max, min, ReLU and clips with constant bounds are all `clamp`. Each line is
// an identity of real numbers: left of it the activation, right of it what
// equals it for every x, under the domain given.
//
//===----------------------------------------------------------------------===//

#include "ActivationSpellings.h"

#include <cmath>

using namespace vox;
using namespace vox::formula;

namespace {

struct Spellings {
  Expression x = Expression::make(Function::Input);
  /// Numbers that are parameters.
  Expression a = Expression::make(Function::Unknown, {}, 0);
  Expression b = Expression::make(Function::Unknown, {}, 1);
  Expression c = Expression::make(Function::Unknown, {}, 2);
  /// A learned parameter.
  Expression p = Expression::make(Function::Tensor, {}, 0);
  /// Masks: 1 where they hold, else 0.
  Expression isPositive = choose(x, 1, 0), isNotPositive = choose(x, 0, 1);
  Expression isNegative = choose(-x, 1, 0), isNotNegative = choose(-x, 0, 1);
  std::vector<Spelling> list;

  using Domain = Spelling::Domain;

  void add(llvm::StringRef name, Expression pattern,
           std::vector<Expression> parameters = {},
           std::optional<Domain> domain = std::nullopt) {
    list.push_back({name, std::move(pattern), std::move(parameters), domain});
  }

  /// `scale` times: `positive` for x > 0, else `negative`. Both are 0 at x = 0,
  /// so that either side may have it. The last two are by masks of 0 and 1.
  void addBranches(llvm::StringRef name, const Expression &positive,
                   const Expression &negative,
                   std::vector<Expression> parameters = {},
                   Expression scale = 1) {
    add(name, scale * choose(x, positive, negative), parameters);
    add(name, scale * choose(-x, negative, positive), parameters);
    add(name, scale * positive * isPositive + scale * negative * isNotPositive,
        parameters);
    add(name, scale * positive * isNotNegative + scale * negative * isNegative,
        parameters);
  }

  void addPiecewiseLinear() {
    Expression zeroOrLess = clamp(x, -kInf, 0);
    // x [x > 0] = x [x >= 0] = (x + |x|) / 2
    add("relu", relu(x));
    add("relu", x * isPositive);
    add("relu", x * isNotNegative);
    add("relu", 0.5 * x + 0.5 * abs(x));

    add("clip", clamp(x, a, b), {a, b});

    // max(a x, x) takes the steeper side right of 0 only for a in [0, 1].
    addBranches("leaky_relu", x, a * x, {a});
    add("leaky_relu", max(a * x, x), {a}, Domain{a, 0, 1});
    add("leaky_relu", min(a * x, x), {a}, Domain{a, 1});
    add("leaky_relu", relu(x) + a * zeroOrLess, {a});
    add("leaky_relu", relu(x) + a * 0.5 * (x - abs(x)), {a});
    addBranches("prelu", x, p * x);
    add("prelu", relu(x) + p * zeroOrLess);
    add("prelu", relu(x) + p * 0.5 * (x - abs(x)));

    // Not with x >= a: it differs at a.
    add("thresholded_relu", choose(x - a, x, 0), {a});
    add("thresholded_relu", x * choose(x - a, 1, 0), {a});

    // min(max(a x + b, 0), c) / c = min(max(a/c x + b/c, 0), 1)
    add("hard_sigmoid", clamp(a * x + b, 0, c) / c, {a / c, b / c});
    add("hard_swish", x * clamp(x + 3, 0, 6) / 6);
    add("hard_swish", x * clamp(x / 6 + 0.5, 0, 1));
  }

  void addExponentialUnits() {
    Expression zeroOrLess = clamp(x, -kInf, 0);
    // The second keeps e^x from overflowing where it is not chosen.
    for (const Expression &e : {exp(x), exp(zeroOrLess)}) {
      addBranches("elu", x, a * (e - 1), {a});
      addBranches("selu", b * x, a * (e - 1), {a / b, b});
      addBranches("selu", x, a * (e - 1), {a, b}, b);
    }
    for (const Expression &e : {exp(x / a), exp(zeroOrLess / a)})
      addBranches("celu", x, a * (e - 1), {a});

    // For a >= 0, min(0, a (e^x - 1)) is the negative side, and 0 right of it.
    auto below = [](const Expression &side) { return clamp(side, -kInf, 0); };
    for (const Expression &side :
         {below(a * (exp(x) - 1)), a * below(exp(x) - 1),
          a * (exp(zeroOrLess) - 1)}) {
      add("elu", relu(x) + side, {a}, Domain{a, 0});
      add("selu", b * relu(x) + side, {a / b, b}, Domain{a, 0});
    }
    add("selu", b * (relu(x) + below(a * (exp(x) - 1))), {a, b}, Domain{a, 0});
    for (const Expression &side :
         {below(a * (exp(x / a) - 1)), a * below(exp(x / a) - 1),
          a * (exp(zeroOrLess / a) - 1)})
      add("celu", relu(x) + side, {a}, Domain{a, 0});
  }

  void addSigmoids() {
    Expression e = exp(x);
    // 2 / (1 + e^-x) is another function.
    add("sigmoid", sigmoid(x));
    add("sigmoid", 1 - sigmoid(-x));
    add("sigmoid", e / (1 + e));
    add("sigmoid", 0.5 + 0.5 * tanh(x / 2));

    add("tanh", 2 * sigmoid(2 * x) - 1);
    add("tanh", 1 - 2 * sigmoid(-2 * x));
    add("tanh", (e - exp(-x)) / (e + exp(-x)));
    add("tanh", (1 - exp(-2 * x)) / (1 + exp(-2 * x)));
    add("tanh", (exp(2 * x) - 1) / (exp(2 * x) + 1));

    add("softplus", softplus(x));
    add("softplus", relu(x) + softplus(-abs(x)));
    add("softplus", -log(sigmoid(-x)));
    // From 17 on it is x to all digits of a float.
    add("softplus", choose(x - a, x, softplus(x)), {}, Domain{a, 17});

    // |x| = max(x, -x)
    add("softsign", x / (1 + abs(x)));
  }

  void addGated() {
    Expression e = exp(x);
    add("swish", x * sigmoid(a * x), {a});
    add("swish", x * e / (1 + e), {1});
    add("swish", x * (0.5 + 0.5 * tanh(a * x)), {2 * a});
    add("learned_swish", x * sigmoid(p * x));

    for (const Expression &s : {softplus(x), relu(x) + softplus(-abs(x))})
      add("mish", x * tanh(s));
    // There tanh(x) is 1 to all digits, too.
    add("mish", x * tanh(choose(x - a, x, softplus(x))), {}, Domain{a, 17});
    // tanh(log(1 + e)) = (e^2 + 2 e) / (e^2 + 2 e + 2)
    add("mish", x * (e * e + 2 * e) / (e * e + 2 * e + 2));

    add("gelu", 0.5 * x * (1 + erf(x * std::sqrt(0.5))));
    // (1 + tanh(u)) / 2 = sigmoid(2 u)
    Expression u = std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x);
    add("gelu_tanh", 0.5 * x * (1 + tanh(u)));
    add("gelu_tanh", x * sigmoid(2 * u));
  }

  void addSoftmax() {
    // The dimension is a parameter.
    Expression shifted = x - greatest(x, a);
    for (const Expression &y : {x, shifted}) {
      Expression total = sum(exp(y), a);
      add("softmax", exp(y) / total, {a});
      add("log_softmax", y - log(total), {a});
      add("log_softmax", log(exp(y) / total), {a});
    }
  }
};

} // namespace

llvm::ArrayRef<Spelling> formula::getActivationSpellings() {
  static const std::vector<Spelling> list = [] {
    Spellings spellings;
    spellings.addPiecewiseLinear();
    spellings.addExponentialUnits();
    spellings.addSigmoids();
    spellings.addGated();
    spellings.addSoftmax();
    return std::move(spellings.list);
  }();
  return list;
}
