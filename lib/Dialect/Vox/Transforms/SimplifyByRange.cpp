//===- SimplifyByRange.cpp - Clamps that clamp nothing --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pays where exporters and people stack clamps: a removed op that no layer
// would have fused reads and writes a whole tensor less.
//
//     f(x) = x               where x lies where f is the identity
//     clip(x, lo, hi)        loses the bound that x keeps by itself
//     clip(clip(x, a, b), c, d) = clip(x, a', b')
//                            a' and b' being a and b clipped to [c, d]
//     f(x) = c               where f(x) can have one value only
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "Remarks.h"
#include "vox/Analysis/Ranges.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/OpenExtents.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"

namespace vox {
#define GEN_PASS_DEF_SIMPLIFYBYRANGE
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"
} // namespace vox

using namespace mlir;
using namespace vox;

namespace {

constexpr StringLiteral kPass = "vox-simplify-by-range";

/// Constants become part of the product: beyond this many elements computing is
/// better than storing.
constexpr int64_t kMostElements = 1 << 16;

/// What to do with an op.
struct Decision {
  /// The rule's name in remarks and in words; none: nothing is to be done.
  StringRef rule, words;
  /// The value that takes the result's place ...
  Value forwarded;
  /// ... or the constant ...
  std::optional<double> constant;
  /// ... or an activation, of this input.
  ActivationAttr function = nullptr;
  Value input;

  explicit operator bool() const { return !rule.empty(); }
  bool operator!=(const Decision &other) const {
    return rule != other.rule || function != other.function;
  }
};

/// The least and greatest result of a clamp; nothing for other functions and
/// where the bounds are inverted.
std::optional<Interval> getClamp(ActivationAttr function) {
  if (isa<ReluAttr>(function))
    return Interval{0, kInfinity};
  auto clip = dyn_cast<ClipAttr>(function);
  if (!clip)
    return std::nullopt;
  Interval bounds{clip.getMin().convertToDouble(),
                  clip.getMax().convertToDouble()};
  if (bounds.lower > bounds.upper)
    return std::nullopt;
  return bounds;
}

ActivationAttr makeClamp(MLIRContext *context, Interval bounds) {
  if (bounds.lower == 0 && bounds.upper == kInfinity)
    return ReluAttr::get(context);
  return ClipAttr::get(context, APFloat(bounds.lower), APFloat(bounds.upper));
}

/// Of a bound and the float32 that kernels use for it, x must keep both.
bool isAtLeast(Interval x, double bound) {
  return x.lower >= bound && x.lower >= double(float(bound));
}
bool isAtMost(Interval x, double bound) {
  return x.upper <= bound && x.upper <= double(float(bound));
}

/// Whether `function` gives every element of `input` back.
bool isIdentityOn(ActivationAttr function, const Range &input) {
  Interval x = input.overall();
  if (auto clamp = getClamp(function))
    return isAtLeast(x, clamp->lower) && isAtMost(x, clamp->upper);
  if (auto threshold = dyn_cast<ThresholdedReluAttr>(function)) {
    // Of NaN it makes 0.
    double alpha = threshold.getAlpha().convertToDouble();
    return input.finite && x.lower > alpha && x.lower > double(float(alpha));
  }
  return isa<LeakyReluAttr, PReluAttr, EluAttr, CeluAttr>(function) &&
         x.lower >= 0;
}

/// The clamp before `op` that can be computed together with it.
ActivationOp getClampBefore(ActivationOp op) {
  auto before = op.getInput().getDefiningOp<ActivationOp>();
  bool both =
      before && getClamp(op.getFunction()) && getClamp(before.getFunction());
  return both ? before : nullptr;
}

Decision decideClamp(ActivationOp op, Interval x) {
  Decision decision;
  std::optional<Interval> clamp = getClamp(op.getFunction());
  if (!clamp)
    return decision;
  ActivationOp before = getClampBefore(op);
  if (before && before->hasOneUse()) {
    Interval inner = *getClamp(before.getFunction());
    inner.lower = std::clamp(inner.lower, clamp->lower, clamp->upper);
    inner.upper = std::clamp(inner.upper, clamp->lower, clamp->upper);
    decision.rule = "ClampsMerged";
    decision.words = "a clamp after another one";
    decision.function = makeClamp(op.getContext(), inner);
    decision.input = before.getInput();
    return decision;
  }
  bool low = clamp->lower > -kInfinity && isAtLeast(x, clamp->lower);
  bool high = clamp->upper < kInfinity && isAtMost(x, clamp->upper);
  if (!low && !high)
    return decision;
  if (low)
    clamp->lower = -kInfinity;
  if (high)
    clamp->upper = kInfinity;
  decision.rule = "ClipLosesBound";
  decision.words = "a clip one of whose bounds is kept anyway";
  decision.function = makeClamp(op.getContext(), *clamp);
  decision.input = op.getInput();
  return decision;
}

Decision decide(ActivationOp op, Ranges &ranges) {
  Decision decision;
  Range input = ranges.get(op.getInput()), result = ranges.get(op.getResult());
  if (result.finite && result.overall().isPoint()) {
    decision.rule = "ConstantActivation";
    decision.words = "an activation that has one value only";
    decision.constant = result.overall().lower;
    return decision;
  }
  ActivationAttr function = op.getFunction();
  if (!isIdentityOn(function, input))
    return decideClamp(op, input.overall());
  decision.forwarded = op.getInput();
  if (isa<ReluAttr>(function)) {
    decision.rule = "ReluOfNonNegative";
    decision.words = "a relu of what is not negative";
  } else if (isa<ClipAttr>(function)) {
    decision.rule = "ClipContainsRange";
    decision.words = "a clip of what is inside its bounds";
  } else {
    decision.rule = "RectifierOfNonNegative";
    decision.words = "a rectifier of what is on its positive side";
  }
  return decision;
}

Decision decide(UnaryOp op, Ranges &ranges) {
  Decision decision;
  if (op.getKind() != UnaryKind::Abs ||
      ranges.get(op.getInput()).overall().lower < 0)
    return decision;
  decision.rule = "AbsOfNonNegative";
  decision.words = "an absolute value of what is not negative";
  decision.forwarded = op.getInput();
  return decision;
}

/// The greater or lesser of two that don't overlap.
Decision decideExtremum(Operation *op, Ranges &ranges) {
  Decision decision;
  for (unsigned i : {0, 1}) {
    Value taken = op->getOperand(i), other = op->getOperand(1 - i);
    Range dropped = ranges.get(other);
    Interval a = ranges.get(taken).overall(), b = dropped.overall();
    bool wins = isa<MaxOp>(op) ? a.lower >= b.upper : a.upper <= b.lower;
    // A NaN in the other one would win.
    if (!wins || !dropped.finite ||
        taken.getType() != op->getResult(0).getType())
      continue;
    decision.rule = "ExtremumDecided";
    decision.words = "a maximum or minimum whose winner is known";
    decision.forwarded = taken;
    break;
  }
  return decision;
}

Decision decide(Operation *op, Ranges &ranges) {
  if (auto activation = dyn_cast<ActivationOp>(op))
    return decide(activation, ranges);
  if (auto unary = dyn_cast<UnaryOp>(op))
    return decide(unary, ranges);
  if (isa<MaxOp, MinOp>(op))
    return decideExtremum(op, ranges);
  return {};
}

struct SimplifyByRange
    : public vox::impl::SimplifyByRangeBase<SimplifyByRange> {
  using Base::Base;

  void runOnOperation() override {
    func::FuncOp network = getOperation();
    if (network.isDeclaration())
      return;
    if (network->hasAttr(kOpen))
      return remarkMissed(network, kPass, "OpenExtents",
                          "positions and numbers of terms differ from run to "
                          "run");
    auto inputs = readInputRanges(network, inputRanges);
    if (failed(inputs))
      return signalPassFailure();
    Ranges all(network, *inputs, Ranges::DirectSums);
    Ranges sure(network, *inputs, Ranges::Definitions);
    for (Operation &op :
         llvm::make_early_inc_range(network.getBody().front())) {
      all.visit(&op);
      sure.visit(&op);
      if (Operation *changed = simplify(&op, all, sure)) {
        all.visit(changed);
        sure.visit(changed);
      }
    }
  }

private:
  /// The op that stands for `op` now, or null where there is no new one.
  Operation *simplify(Operation *op, Ranges &all, Ranges &sure) {
    Decision decision = decide(op, all);
    if (decision && decision != decide(op, sure) &&
        reachesOutput(op, hasWeights)) {
      remarkMissed(op, kPass, "OutputClampKept",
                   decision.words + " leads to an output, and that " +
                       describe(op, all) +
                       " is known only by adding up a layer's terms");
      decision = decide(op, sure);
      if (!decision)
        return nullptr;
    }
    if (!decision) {
      explain(op, all);
      return nullptr;
    }
    RankedTensorType type = typeOf(op->getResult(0));
    if (decision.constant && type.getNumElements() > kMostElements) {
      remarkMissed(op, kPass, "ConstantKept",
                   decision.words + " would be a constant of more than " +
                       llvm::Twine(kMostElements) + " elements");
      return nullptr;
    }
    remarkPassed(op, kPass, decision.rule,
                 decision.words + ": " + describe(op, all));
    return apply(op, decision);
  }

  Operation *apply(Operation *op, const Decision &decision) {
    OpBuilder builder(op);
    RankedTensorType type = typeOf(op->getResult(0));
    Value value = decision.forwarded;
    // The clamp that becomes part of this one.
    Operation *before = nullptr;
    if (decision.constant) {
      value = ConstantOp::create(
          builder, op->getLoc(), type,
          DenseElementsAttr::get(type, float(*decision.constant)));
    } else if (decision.function) {
      Location loc = op->getLoc();
      if (decision.input != op->getOperand(0)) {
        before = op->getOperand(0).getDefiningOp();
        loc = builder.getFusedLoc({before->getLoc(), loc});
      }
      value = ActivationOp::create(builder, loc, type, decision.function,
                                   decision.input,
                                   cast<ActivationOp>(op).getLayerAttr());
    }
    op->getResult(0).replaceAllUsesWith(value);
    op->erase();
    if (before)
      before->erase();
    return decision.forwarded ? nullptr : value.getDefiningOp();
  }

  /// "x lies in [0, 1]", or what is known of both operands.
  static std::string describe(Operation *op, Ranges &ranges) {
    auto interval = [&](Value value) {
      return formatInterval(ranges.get(value).overall());
    };
    if (isa<MaxOp, MinOp>(op))
      return "the operands lie in " + interval(op->getOperand(0)) + " and " +
             interval(op->getOperand(1));
    return "the input lies in " + interval(op->getOperand(0));
  }

  /// Says why a clamp stays that something is known of.
  static void explain(Operation *op, Ranges &ranges) {
    auto activation = dyn_cast<ActivationOp>(op);
    if (!activation)
      return;
    if (getClampBefore(activation))
      remarkMissed(op, kPass, "ClampsNotMerged",
                   "the clamp before it has other users");
    bool clamps = isa<ReluAttr, ClipAttr, LeakyReluAttr, PReluAttr, EluAttr,
                      CeluAttr, ThresholdedReluAttr>(activation.getFunction());
    if (clamps && ranges.get(activation.getInput()).overall().isBounded())
      remarkMissed(op, kPass, "ClampKept",
                   "it changes something: " + describe(op, ranges));
  }
};

} // namespace
