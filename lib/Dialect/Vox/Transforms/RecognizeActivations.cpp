//===- RecognizeActivations.cpp - Activations that were taken apart -------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pays always: a chain of operators rounds at each step, overflows where the
// function does not, costs several times the instructions, and no report or
// policy knows its name.
//
// For each op, the last one first, and each value that it is computed from,
// the farthest first: what lies between is read as a formula of that value
// (FormulaReader.cpp) and compared with the known ones
// (ActivationSpellings.cpp).
//
//===----------------------------------------------------------------------===//

#include "ActivationSpellings.h"
#include "FormulaReader.h"
#include "Remarks.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"

#include "llvm/Support/Format.h"

namespace vox {
#define GEN_PASS_DEF_RECOGNIZEACTIVATIONS
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"
} // namespace vox

using namespace mlir;
using namespace vox;
using namespace vox::formula;

namespace {

constexpr StringLiteral kPass = "vox-recognize-activations";

/// A look-alike has a function and two more atoms: anything is like `a x`.
constexpr unsigned kTellingAtoms = 3;
/// Of the numbers in a look-alike, so many may differ.
constexpr unsigned kMaxDifferences = 2;

using Input = TypedValue<RankedTensorType>;

/// A formula between an op and one of the values it is computed from.
struct Candidate {
  Candidate(Operation *root, Input input)
      : root(root), input(input), reader(input),
        formula(reader.read(root->getResult(0))) {}

  /// No activation is a polynomial.
  bool isPromising() const {
    return formula.isExact() && !isPolynomial(formula);
  }

  Operation *root;
  Input input;
  FormulaReader reader;
  Expression formula;
};

/// What `root` may be a function of: the values of its type that it is computed
/// from, operands before what is computed from them.
SmallVector<Input> collectInputs(Operation *root) {
  llvm::SetVector<Value> seen;
  SmallVector<Input> inputs;
  auto visit = [&](auto &visit, Operation *op) -> void {
    for (Value operand : op->getOperands()) {
      Operation *definition = operand.getDefiningOp();
      if (isa_and_nonnull<ConstantOp>(definition) || seen.size() == kMaxOps ||
          !seen.insert(operand))
        continue;
      if (definition && definition->getBlock() == root->getBlock() &&
          isReadable(definition))
        visit(visit, definition);
      if (operand.getType() == root->getResult(0).getType())
        inputs.push_back(cast<Input>(operand));
    }
  };
  visit(visit, root);
  return inputs;
}

/// Whether a value inside the candidate is needed outside of it.
bool hasOtherUsers(const Candidate &candidate) {
  return llvm::any_of(candidate.reader.ops, [&](Operation *op) {
    return op != candidate.root &&
           llvm::any_of(op->getUsers(), [&](Operation *user) {
             return !candidate.reader.ops.contains(user);
           });
  });
}

/// What to call the layer: the name of its last op.
StringAttr getLayer(Operation *op) {
  if (auto layer = op->getAttrOfType<StringAttr>("layer"))
    return layer;
  if (auto name = op->getLoc()->findInstanceOf<NameLoc>())
    return name.getName();
  return nullptr;
}

/// The parameters of the activation, as floats.
SmallVector<double> evaluateParameters(const Spelling &spelling,
                                       const Match &match) {
  SmallVector<double> values;
  for (const Expression &parameter : spelling.parameters)
    values.push_back(static_cast<float>(match.evaluate(parameter)));
  return values;
}

/// The function that the spelling stands for, or null where it is softmax or a
/// parameter is out of its domain.
ActivationAttr getFunction(MLIRContext *context, const Spelling &spelling,
                           const Match &match) {
  const ActivationKind *kind = lookupActivation(spelling.name);
  if (!kind)
    return nullptr;
  SmallVector<double> values = evaluateParameters(spelling, match);
  // Those that the spelling leaves out.
  for (const ActivationParameter &parameter :
       kind->parameters.drop_front(values.size()))
    values.push_back(parameter.defaultValue);
  return checkParameters(*kind, values) ? nullptr : kind->get(context, values);
}

/// Whether the candidate is the activation already.
bool isNamed(const Candidate &candidate, const Spelling &spelling) {
  if (candidate.reader.ops.size() > 1)
    return false;
  if (auto activation = dyn_cast<ActivationOp>(candidate.root))
    return activation.getFunction().getKind().name == spelling.name;
  return isa<SoftmaxOp>(candidate.root);
}

/// The learned parameter: a constant tensor times the match's scale.
Value makeParameter(OpBuilder &builder, const Candidate &candidate,
                    const Match &match) {
  if (!match.tensor)
    return nullptr;
  Value tensor = candidate.reader.tensors[*match.tensor];
  if (match.scale == 1)
    return tensor;
  std::vector<float> values = *getConstantValues(tensor);
  for (float &value : values)
    value = static_cast<float>(value * match.scale);
  auto type = cast<RankedTensorType>(tensor.getType());
  return ConstantOp::create(builder, tensor.getLoc(), type,
                            makeConstant(type, values, "parameter"));
}

/// The op that computes the candidate; null where a parameter is out of its
/// domain.
Operation *makeRecognized(const Candidate &candidate, const Spelling &spelling,
                          const Match &match) {
  OpBuilder builder(candidate.root);
  Location loc = candidate.root->getLoc();
  Type type = candidate.input.getType();
  StringAttr layer = getLayer(candidate.root);
  if (spelling.name == "softmax" || spelling.name == "log_softmax") {
    auto axis = static_cast<int64_t>(match.evaluate(spelling.parameters[0]));
    if (spelling.name == "softmax")
      return SoftmaxOp::create(builder, loc, type, candidate.input, axis,
                               layer);
    return LogSoftmaxOp::create(builder, loc, type, candidate.input, axis,
                                layer);
  }
  ActivationAttr function = getFunction(builder.getContext(), spelling, match);
  if (!function)
    return nullptr;
  return ActivationOp::create(builder, loc, type, function, candidate.input,
                              makeParameter(builder, candidate, match), layer);
}

std::string describe(Operation *recognized) {
  if (auto activation = dyn_cast<ActivationOp>(recognized))
    return formatActivation(activation.getFunction());
  return recognized->getName().stripDialect().str();
}

std::string formatNumber(double number) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.8g", number);
  return text;
}

std::string describeDomain(const Spelling::Domain &domain) {
  std::string least = formatNumber(domain.least);
  return domain.greatest == kInf
             ? least + " or more"
             : least + " to " + formatNumber(domain.greatest);
}

struct RecognizeActivations
    : public vox::impl::RecognizeActivationsBase<RecognizeActivations> {
  using Base::Base;

  void runOnOperation() override {
    if (getOperation().isDeclaration())
      return;
    Block &network = getOperation().getBody().front();
    // The last op first, so that the largest formula counts. What has become
    // one op may be part of a larger one.
    bool changed = true;
    while (std::exchange(changed, false))
      for (Operation *op = network.getTerminator()->getPrevNode(); op;
           op = op->getPrevNode())
        if (Operation *recognized = recognize(op)) {
          op = recognized;
          changed = true;
        }
    explained.clear();
    for (Operation &op : llvm::reverse(network))
      explain(&op);
  }

private:
  /// Ops in a formula of which a remark has told already.
  llvm::DenseSet<Operation *> explained;

  /// Replaces `root` and what it alone needs by an activation, which is
  /// returned; null where it is the end of none.
  Operation *recognize(Operation *root) {
    if (!isRoot(root))
      return nullptr;
    for (Input input : collectInputs(root)) {
      Candidate candidate(root, input);
      if (!candidate.isPromising() || hasOtherUsers(candidate))
        continue;
      for (const Spelling &spelling : getActivationSpellings()) {
        std::optional<Match> found = match(spelling.pattern, candidate.formula);
        if (!found || !isInDomain(spelling, *found))
          continue;
        if (isNamed(candidate, spelling))
          break;
        if (Operation *recognized =
                makeRecognized(candidate, spelling, *found)) {
          replace(candidate, recognized);
          return recognized;
        }
      }
    }
    return nullptr;
  }

  void replace(const Candidate &candidate, Operation *recognized) {
    remarkPassed(candidate.root, kPass, "Recognized",
                 "recognized as " + describe(recognized));
    candidate.root->replaceAllUsesWith(recognized);
    candidate.root->erase();
    // Users before what they use: none of it is needed elsewhere.
    bool erased = true;
    SmallVector<Operation *> inside(candidate.reader.ops.getArrayRef());
    llvm::erase(inside, candidate.root);
    while (std::exchange(erased, false))
      llvm::erase_if(inside, [&](Operation *op) {
        if (!op->use_empty())
          return false;
        op->erase();
        return erased = true;
      });
  }

  static bool isRoot(Operation *op) {
    return isReadable(op) && !isa<CompareOp>(op);
  }

  static bool isInDomain(const Spelling &spelling, const Match &match) {
    if (!spelling.domain)
      return true;
    double value = match.evaluate(spelling.domain->value);
    return value >= spelling.domain->least &&
           value <= spelling.domain->greatest;
  }

  /// Says why `root`, which was not recognized, is no activation where it looks
  /// like one.
  void explain(Operation *root) {
    if (!isRoot(root) || isa<ActivationOp, SoftmaxOp>(root) ||
        explained.contains(root))
      return;
    std::vector<Candidate> candidates;
    for (Input input : collectInputs(root))
      if (Candidate candidate(root, input);
          candidate.isPromising() && candidate.reader.ops.size() > 1)
        candidates.push_back(std::move(candidate));
    for (unsigned allowed = 0; allowed <= kMaxDifferences; ++allowed)
      for (const Candidate &candidate : candidates)
        for (const Spelling &spelling : getActivationSpellings()) {
          std::string reason = getReason(candidate, spelling, allowed);
          if (reason.empty())
            continue;
          remarkMissed(root, kPass, "NotRecognized",
                       "looks like " + spelling.name + ", but " + reason);
          explained.insert(candidate.reader.ops.begin(),
                           candidate.reader.ops.end());
          return;
        }
  }

  /// What keeps the candidate, in which `allowed` numbers differ, from being
  /// this activation; nothing where it is not like it at all.
  static std::string getReason(const Candidate &candidate,
                               const Spelling &spelling, unsigned allowed) {
    if (allowed > 0 && countAtoms(spelling.pattern) < kTellingAtoms)
      return "";
    std::optional<Match> found =
        match(spelling.pattern, candidate.formula, allowed);
    if (!found)
      return "";
    auto differs = [](double actual, const std::string &expected) {
      return "a number is " + formatNumber(actual) + "; expected " + expected;
    };
    if (!found->differences.empty()) {
      auto [actual, expected] = found->differences.front();
      return differs(actual, formatNumber(expected));
    }
    if (!isInDomain(spelling, *found))
      return differs(found->evaluate(spelling.domain->value),
                     describeDomain(*spelling.domain));
    if (hasOtherUsers(candidate))
      return "a value inside it has other users";
    return "its parameters are out of range";
  }
};

} // namespace
