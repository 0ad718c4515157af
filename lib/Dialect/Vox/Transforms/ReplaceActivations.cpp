//===- ReplaceActivations.cpp - One activation by another, as asked -------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Applies a policy: all rules choose their layers first, so that nothing has
// been changed where one of them is at fault. An activation is an attribute;
// replacing it keeps the op with its name and location.
//
//===----------------------------------------------------------------------===//

#include "ActivationRules.h"
#include "Remarks.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>
#include <set>

namespace vox {
#define GEN_PASS_DEF_REPLACEACTIVATIONS
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"
} // namespace vox

using namespace mlir;
using namespace vox;

static constexpr StringLiteral kPass = "vox-replace-activations";

static std::string formatFigure(double value) {
  return llvm::formatv("{0}", llvm::format("%.3g", value));
}

namespace {

/// An activation of the network, and what conditions ask about it.
struct Candidate {
  ActivationOp op;
  unsigned number;
  std::string name;
  double position;
  /// The rule that changes it, if one does.
  const Rule *rule = nullptr;

  std::string quotedName() const { return "\"" + name + "\""; }
};

class Replacer {
public:
  Replacer(func::FuncOp network, StringRef policy, const PolicyOptions &options)
      : policy(policy), options(options) {
    llvm::StringSet<> taken;
    network.walk([&](ActivationOp op) {
      unsigned number = candidates.size();
      candidates.push_back({op, number, nameLayer(op, taken), 0});
    });
    for (Candidate &candidate : candidates)
      if (candidates.size() > 1)
        candidate.position = candidate.number / (candidates.size() - 1.0);
  }

  llvm::Error choose(ArrayRef<Rule> rules);
  std::vector<Replacement> replace();

private:
  llvm::Error choose(const Rule &rule);
  llvm::Error filter(const Condition &condition,
                     std::vector<Candidate *> &fitting);
  llvm::Expected<double> measure(const Condition &condition,
                                 const Candidate &candidate);
  llvm::Error reportKinds(const Rule &rule);
  llvm::Error reportCondition(const Condition &condition,
                              ArrayRef<Candidate *> tried);
  std::optional<Replacement> describeReplacement(const Candidate &candidate);

  StringRef policy;
  const PolicyOptions &options;
  std::vector<Candidate> candidates;
};

} // namespace

//===----------------------------------------------------------------------===//
// Choosing layers
//===----------------------------------------------------------------------===//

/// Whether two activations are the same, their parameters being float32s.
static bool isSame(ActivationAttr a, ActivationAttr b) {
  return &a.getKind() == &b.getKind() &&
         llvm::all_of(
             llvm::zip_equal(a.getParameterValues(), b.getParameterValues()),
             [](auto pair) {
               return float(std::get<0>(pair)) == float(std::get<1>(pair));
             });
}

static bool fits(const Rule &rule, ActivationAttr function) {
  return (!rule.fromKind || rule.fromKind == &function.getKind()) &&
         (!rule.from || isSame(rule.from, function));
}

static bool hasSameResult(const Rule &a, const Rule &b) {
  return isSame(a.to, b.to) && a.initial == b.initial &&
         a.givesInitial == b.givesInitial;
}

/// "12 relu, 1 sigmoid".
static std::string countKinds(ArrayRef<Candidate> candidates) {
  SmallVector<std::pair<std::string, unsigned>> counts;
  for (const Candidate &candidate : candidates) {
    ActivationOp op = candidate.op;
    std::string name = formatActivation(op.getFunction());
    auto *known = llvm::find_if(
        counts, [&](const auto &count) { return count.first == name; });
    if (known == counts.end())
      counts.push_back({name, 1});
    else
      ++known->second;
  }
  return llvm::join(llvm::map_range(counts,
                                    [](const auto &count) {
                                      return std::to_string(count.second) +
                                             " " + count.first;
                                    }),
                    ", ");
}

llvm::Error Replacer::reportKinds(const Rule &rule) {
  if (candidates.empty())
    return reportFault(policy, {rule.at},
                       "the rule fits no layer: the network has no "
                       "activations");
  return reportFault(policy, {rule.at},
                     "the rule fits no layer; the network has " +
                         countKinds(candidates));
}

llvm::Error Replacer::reportCondition(const Condition &condition,
                                      ArrayRef<Candidate *> tried) {
  // A few are enough to see what values are like.
  constexpr size_t shown = 8;
  SmallVector<std::string> values;
  for (const Candidate *candidate : tried.take_front(shown)) {
    std::string value;
    if (condition.role)
      value = getName(getRole(candidate->op)).str();
    else if (condition.figure)
      value = formatFigure(llvm::cantFail(measure(condition, *candidate)));
    values.push_back(candidate->quotedName() + (value.empty() ? "" : " ") +
                     value);
  }
  if (tried.size() > shown)
    values.push_back("and " + std::to_string(tried.size() - shown) + " more");
  return reportFault(policy, {condition.at},
                     "the rule fits no layer: " + condition.text +
                         " holds for none of " + llvm::join(values, ", "));
}

llvm::Expected<double> Replacer::measure(const Condition &condition,
                                         const Candidate &candidate) {
  const Figure &figure = *condition.figure;
  if (!figure.measure)
    return candidate.position;
  if (!options.statistics)
    return reportFault(policy, {condition.at},
                       figure.name +
                           " is measured and needs samples: --samples=DIR or "
                           "--activation-statistics=FILE");
  const LayerStatistics *layer = findLayer(*options.statistics, candidate.name);
  if (!layer)
    return reportFault(policy, {condition.at},
                       "there are no statistics of " + candidate.quotedName() +
                           "; expected those of this network");
  return (layer->*figure.measure)();
}

/// Leaves those in `fitting` for which `condition` holds; one, at least.
llvm::Error Replacer::filter(const Condition &condition,
                             std::vector<Candidate *> &fitting) {
  std::vector<Candidate *> left;
  for (Candidate *candidate : fitting) {
    bool holds = true;
    if (condition.name) {
      holds = condition.name->match(candidate->op.getLayer().value_or(""));
    } else if (condition.role) {
      holds = getRole(candidate->op) == condition.role;
    } else {
      llvm::Expected<double> value = measure(condition, *candidate);
      if (!value)
        return value.takeError();
      holds = condition.fits(*value);
    }
    if (holds)
      left.push_back(candidate);
  }
  if (left.empty())
    return reportCondition(condition, fitting);
  fitting = std::move(left);
  return llvm::Error::success();
}

llvm::Error Replacer::choose(const Rule &rule) {
  std::vector<Candidate *> fitting;
  for (Candidate &candidate : candidates)
    if (fits(rule, candidate.op.getFunction()))
      fitting.push_back(&candidate);
  if (fitting.empty())
    return reportKinds(rule);
  // What needs no samples first: they may be missing for other layers.
  for (bool measured : {false, true})
    for (const Condition &condition : rule.conditions)
      if (condition.needsStatistics() == measured)
        if (llvm::Error failed = filter(condition, fitting))
          return failed;
  for (Candidate *candidate : fitting) {
    const Rule *&chosen = candidate->rule;
    if (chosen && !hasSameResult(*chosen, rule))
      return reportFault(policy, {chosen->at, rule.at},
                         "two rules give " + candidate->quotedName() +
                             " different activations: " + chosen->text +
                             " and " + rule.text);
    if (!chosen)
      chosen = &rule;
  }
  return llvm::Error::success();
}

llvm::Error Replacer::choose(ArrayRef<Rule> rules) {
  for (const Rule &rule : rules)
    if (llvm::Error failed = choose(rule))
      return failed;
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Replacing
//===----------------------------------------------------------------------===//

/// The difference, over all values of the parameter that `op` has learned, or
/// over all numbers where these are too many to go through: each takes about a
/// millisecond.
static Difference compare(ActivationOp op, const Rule &rule) {
  auto to =
      rule.to.takesParameter() ? std::optional(rule.initial) : std::nullopt;
  std::optional<std::vector<float>> learned;
  if (op.getParameter())
    learned = getConstantValues(op.getParameter());
  constexpr size_t mostParameters = 4096;
  std::set<float> parameters;
  if (learned &&
      llvm::all_of(*learned, [](float x) { return std::isfinite(x); }))
    for (float x : *learned)
      if (parameters.size() <= mostParameters)
        parameters.insert(x);
  if (parameters.empty() || parameters.size() > mostParameters)
    return compareActivations(op.getFunction(), rule.to, std::nullopt, to);
  Difference greatest{0, ReplacementKind::Exact};
  for (float parameter : parameters) {
    Difference one =
        compareActivations(op.getFunction(), rule.to, parameter, to);
    if (one.bound >= greatest.bound)
      greatest = one;
  }
  return greatest;
}

/// A constant with one element per unit of `op`.
static Value makeParameter(ActivationOp op, double initial) {
  ArrayRef<int64_t> shape = op.getType().getShape();
  SmallVector<int64_t> units;
  if (std::optional<int64_t> axis = getUnitAxis(op)) {
    units.assign(shape.size() - *axis, 1);
    units.front() = shape[*axis];
  }
  auto type = RankedTensorType::get(units, op.getType().getElementType());
  OpBuilder builder(op);
  std::string name =
      (op.getLayer().value_or("activation") + "_parameter").str();
  std::vector<float> values(type.getNumElements(), float(initial));
  return ConstantOp::create(builder, NameLoc::get(builder.getStringAttr(name)),
                            type, makeConstant(type, values, name));
}

/// Nothing where the activation is already what the rule asks for.
std::optional<Replacement>
Replacer::describeReplacement(const Candidate &candidate) {
  ActivationOp op = candidate.op;
  const Rule &rule = *candidate.rule;
  if (isSame(op.getFunction(), rule.to) && !rule.givesInitial)
    return std::nullopt;
  Replacement replacement{candidate.number,
                          op.getLayer().value_or("").str(),
                          getRole(op),
                          op.getFunction(),
                          rule.to,
                          rule.initial,
                          compare(op, rule),
                          rule.text,
                          "",
                          ""};
  SmallVector<std::string> figures;
  for (const Condition &condition : rule.conditions)
    if (condition.needsStatistics())
      figures.push_back(
          (condition.figure->name + " " +
           formatFigure(llvm::cantFail(measure(condition, candidate))))
              .str());
  replacement.figures = llvm::join(figures, ", ");
  if (options.tolerance &&
      !(replacement.difference.bound <= *options.tolerance))
    replacement.declined =
        "the tolerance is " + formatFigure(*options.tolerance);
  return replacement;
}

std::string vox::explain(const Replacement &replacement) {
  std::string text = "rule " + replacement.rule;
  if (!replacement.figures.empty())
    text += " (" + replacement.figures + ")";
  if (!replacement.declined.empty())
    text += "; kept: " + replacement.declined;
  return text;
}

/// Does what `replacement` says, or not if it is declined.
static void apply(ActivationOp op, const Replacement &replacement) {
  std::string text = formatActivation(replacement.from) + " to " +
                     formatActivation(replacement.to) + ": " +
                     describe(replacement.difference) + "; " +
                     explain(replacement);
  if (!replacement.declined.empty())
    return remarkMissed(op, kPass, "ActivationKept", text);
  remarkPassed(op, kPass, "ActivationReplaced", text);
  op.setFunctionAttr(replacement.to);
  op.getParameterMutable().clear();
  if (replacement.to.takesParameter())
    op.getParameterMutable().assign(makeParameter(op, replacement.initial));
}

std::vector<Replacement> Replacer::replace() {
  // The roles of all before the first one changes: they depend on kinds.
  std::vector<Replacement> replacements;
  SmallVector<ActivationOp> ops;
  for (const Candidate &candidate : candidates)
    if (candidate.rule)
      if (auto replacement = describeReplacement(candidate)) {
        replacements.push_back(std::move(*replacement));
        ops.push_back(candidate.op);
      }
  for (auto [op, replacement] : llvm::zip_equal(ops, replacements))
    apply(op, replacement);
  return replacements;
}

llvm::Expected<std::vector<Replacement>>
vox::replaceActivations(func::FuncOp network, StringRef policy,
                        const PolicyOptions &options) {
  llvm::Expected<std::vector<Rule>> rules =
      parseRules(policy, network.getContext());
  if (!rules)
    return rules.takeError();
  Replacer replacer(network, policy, options);
  if (llvm::Error failed = replacer.choose(*rules))
    return std::move(failed);
  return replacer.replace();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct ReplaceActivations
    : public vox::impl::ReplaceActivationsBase<ReplaceActivations> {
  using Base::Base;

  void runOnOperation() override {
    if (failed(run()))
      signalPassFailure();
  }

  LogicalResult run() {
    Location loc = UnknownLoc::get(&getContext());
    if (!(tolerance >= 0))
      return emitError(loc)
             << "option tolerance is " << tolerance << "; expected 0 or more";
    PolicyOptions policyOptions;
    policyOptions.tolerance = tolerance;
    NetworkStatistics read;
    if (!statistics.empty()) {
      llvm::Expected<NetworkStatistics> measured = readStatistics(statistics);
      if (!measured)
        return emitError(loc) << "option statistics: " << statistics << " "
                              << llvm::toString(measured.takeError());
      read = std::move(*measured);
      policyOptions.statistics = &read;
    }
    llvm::Expected<std::vector<Replacement>> replacements =
        replaceActivations(getOperation(), policy, policyOptions);
    if (!replacements)
      return emitError(loc) << llvm::toString(replacements.takeError());
    return success();
  }
};
} // namespace
