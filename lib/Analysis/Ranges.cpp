//===- Ranges.cpp - What is known of the values of a network --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Analysis/Ranges.h"

#include "RangeRules.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"
#include "vox/Dialect/Vox/IR/Layout.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/Format.h"

#include <cfloat>

using namespace mlir;
using namespace vox;
using namespace vox::ranges;

//===----------------------------------------------------------------------===//
// Intervals
//===----------------------------------------------------------------------===//

std::string vox::formatInterval(Interval interval) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << (interval.lower == -kInfinity ? "(" : "[")
     // Zero has no sign here.
     << llvm::format("%g, %g", interval.lower + 0.0, interval.upper + 0.0)
     << (interval.upper == kInfinity ? ")" : "]");
  return text;
}

Interval ranges::hull(Interval a, Interval b) {
  return {std::min(a.lower, b.lower), std::max(a.upper, b.upper)};
}

/// Each rounding moves a partial sum, which is at most `size` (1 + 2^-24)^n, by
/// 2^-24 of itself, or by less than the least normal number. 2^-23 leaves room
/// for the growth of partial sums and for the double precision used here.
double ranges::below(double exact, double size, double roundings) {
  if (std::isnan(exact) || std::isnan(size))
    return -kInfinity;
  if (size == 0 || exact == -kInfinity)
    return exact;
  double lower = exact - roundings * (0x1p-23 * size + FLT_MIN);
  if (exact == size)
    lower = std::max(lower, 0.0);
  // Where it may overflow, and at sizes that are infinite.
  if (!(lower >= -FLT_MAX))
    return -kInfinity;
  return std::min(lower, double(FLT_MAX));
}

double ranges::above(double exact, double size, double roundings) {
  return -below(-exact, size, roundings);
}

Interval ranges::widen(Interval exact) {
  return {below(exact.lower, std::fabs(exact.lower)),
          above(exact.upper, std::fabs(exact.upper))};
}

/// 0 times an unbounded value is 0: it is unbounded, not infinite.
static double multiply(double a, double b) {
  return a == 0 || b == 0 ? 0 : a * b;
}

Interval ranges::multiply(Interval a, Interval b) {
  double products[] = {
      ::multiply(a.lower, b.lower), ::multiply(a.lower, b.upper),
      ::multiply(a.upper, b.lower), ::multiply(a.upper, b.upper)};
  auto [least, most] =
      std::minmax_element(std::begin(products), std::end(products));
  return {*least, *most};
}

Interval Range::overall() const {
  Interval all = intervals.front();
  for (Interval interval : intervals)
    all = hull(all, interval);
  return all;
}

Range ranges::unknown() {
  Range range;
  range.finite = false;
  return range;
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

/// A bound as a caller's float32 nearest to it may be, too.
static Interval includeFloats(double lower, double upper) {
  return {std::min(lower, double(float(lower))),
          std::max(upper, double(float(upper)))};
}

llvm::Expected<InputRanges> vox::parseInputRanges(func::FuncOp network,
                                                  ArrayRef<std::string> texts) {
  SmallVector<std::string> names;
  for (unsigned i = 0; i < network.getNumArguments(); ++i)
    names.push_back(getInputName(network, i));
  InputRanges ranges(names.size());
  for (const std::string &text : texts) {
    // A name may hold colons.
    auto [rest, upperText] = StringRef(text).rsplit(':');
    auto [name, lowerText] = rest.rsplit(':');
    double lower, upper;
    if (name.empty() || lowerText.getAsDouble(lower) ||
        upperText.getAsDouble(upper) || std::isnan(lower) || std::isnan(upper))
      return llvm::createStringError(
          "input range '%s' is not a range; expected NAME:LO:HI, two numbers",
          text.c_str());
    if (lower > upper)
      return llvm::createStringError(
          "input range '%s' is empty; expected LO to be at most HI",
          text.c_str());
    auto *found = llvm::find(names, name);
    if (found == names.end())
      return llvm::createStringError(
          "input range '%s': there is no such input; expected one of %s",
          text.c_str(), llvm::join(names, ", ").c_str());
    std::optional<Interval> &range = ranges[found - names.begin()];
    if (range)
      return llvm::createStringError(
          "input range '%s': the input has a range already; expected one range "
          "per input",
          text.c_str());
    range = includeFloats(lower, upper);
  }
  return ranges;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// What a value's type allows: all floats, or an integer's range.
static Interval typeLimits(Value value) {
  std::optional<ElementType> type =
      getElementType(typeOf(value).getElementType());
  return type ? Interval{type->least(), type->greatest()} : Interval();
}

Ranges::Ranges(func::FuncOp network, InputRanges inputs, Trust trust)
    : trust(trust) {
  for (auto [argument, declared] :
       llvm::zip_equal(network.getArguments(), inputs)) {
    Range range;
    range.intervals = {typeLimits(argument)};
    if (declared)
      range.intervals = {*declared};
    known[argument] = range;
  }
}

/// The intervals of a float32 constant, per position where just one dimension
/// has several. NaN tells nothing.
static Range describe(ConstantOp op, ArrayRef<float> values) {
  ArrayRef<int64_t> shape = typeOf(op).getShape();
  Range range;
  auto wide = [](int64_t extent) { return extent != 1; };
  if (llvm::count_if(shape, wide) == 1) {
    range.axis = llvm::find_if(shape, wide) - shape.begin();
    range.intervals.clear();
    for (float value : values)
      range.intervals.push_back(Interval::point(value));
  } else if (!values.empty()) {
    auto [least, most] = std::minmax_element(values.begin(), values.end());
    range.intervals = {{*least, *most}};
  }
  if (!llvm::all_of(values, [](float x) { return std::isfinite(x); }))
    return unknown();
  return range;
}

Range Ranges::get(Value value) {
  auto found = known.find(value);
  if (found != known.end())
    return found->second;
  Range range = unknown();
  if (auto constant = value.getDefiningOp<ConstantOp>())
    if (auto values = getConstantValues(value); values && !values->empty())
      range = known[value] = describe(constant, *values);
  if (!typeOf(value).getElementType().isF32()) {
    range.intervals = {typeLimits(value)};
    range.finite = true;
  }
  return range;
}

void Ranges::visit(Operation *op) {
  if (op->getNumResults() != 1)
    return;
  Value result = op->getResult(0);
  // Of an op that is gone and lay in the same place.
  known.erase(result);
  auto type = dyn_cast<RankedTensorType>(result.getType());
  if (isa<ConstantOp>(op) || !type || !type.getElementType().isF32() ||
      type.getNumElements() == 0)
    return;
  SmallVector<Range> operands;
  for (OpOperand &operand : op->getOpOperands())
    // Constant weights are looked at one by one, not as a whole.
    operands.push_back(hasWeights(op) && operand.getOperandNumber() > 0 &&
                               isConstant(operand.get())
                           ? Range()
                           : get(operand.get()));
  known[result] =
      llvm::TypeSwitch<Operation *, Range>(op)
          .Case<ConvOp, ConvTransposeOp, DenseOp>([&](auto op) {
            return compute(op, operands, trust == DirectSums);
          })
          .Case<ActivationOp, UnaryOp, SoftmaxOp, SelectOp, CastOp, BatchNormOp,
                PoolOp, GlobalPoolOp, ReduceOp, ResizeOp, ConcatOp, PadOp,
                SliceOp, TileOp, ReshapeOp, TransposeOp>(
              [&](auto op) { return compute(op, operands); })
          .Case<AddOp, SubOp, MulOp, DivOp, MaxOp, MinOp, PowOp>(
              [&](auto op) { return computeBinary(op, operands); })
          .Default([](Operation *) { return unknown(); });
}
