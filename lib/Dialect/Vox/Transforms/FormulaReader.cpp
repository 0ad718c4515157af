//===- FormulaReader.cpp - What ops compute, as a formula -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Activations that others are written with (sigmoid in swish, ReLU in ReLU6,
// softmax under a logarithm) are read as their formulas.
//
//===----------------------------------------------------------------------===//

#include "FormulaReader.h"
#include "vox/Dialect/Vox/IR/Constants.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace vox;
using namespace vox::formula;

bool formula::isReadable(Operation *op) {
  return isa<AddOp, SubOp, MulOp, DivOp, MaxOp, MinOp, PowOp, UnaryOp,
             CompareOp, SelectOp, CastOp, ReduceOp, GlobalPoolOp, SoftmaxOp,
             ActivationOp>(op);
}

Expression FormulaReader::readConstant(Value value) {
  if (std::optional<float> number = getSplatValue(value))
    return *number;
  tensors.insert(value);
  auto index = llvm::find(tensors, value) - tensors.begin();
  return Expression::make(Function::Tensor, {}, index);
}

Expression FormulaReader::read(Value value) {
  // Activations are functions of floats, and integers wrap around.
  if (!cast<RankedTensorType>(value.getType()).getElementType().isF32())
    return Expression::inexact();
  if (value == input)
    return Expression::make(Function::Input);
  Operation *op = value.getDefiningOp();
  if (!op)
    return Expression::inexact();
  if (isa<ConstantOp>(op))
    return readConstant(value);
  if (auto found = known.find(value); found != known.end())
    return found->second;
  if (!isReadable(op) || op->getBlock() != input.getParentBlock() ||
      ops.size() >= kMaxOps)
    return Expression::inexact();
  ops.insert(op);
  Expression result = readOp(op);
  // Constants may broadcast to more elements than the input has, and a
  // reduction would count them all.
  auto shape = cast<RankedTensorType>(value.getType()).getShape();
  auto inputShape = input.getType().getShape();
  if (!result.getNumber() &&
      (shape.size() != inputShape.size() ||
       llvm::any_of(llvm::zip(shape, inputShape), [](auto extents) {
         auto [extent, inputExtent] = extents;
         return extent != inputExtent && extent != 1;
       })))
    result = Expression::inexact();
  known.insert({value, result});
  return result;
}

Expression FormulaReader::readOp(Operation *op) {
  using Result = Expression;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](AddOp op) { return read(op.getLhs()) + read(op.getRhs()); })
      .Case([&](SubOp op) { return read(op.getLhs()) - read(op.getRhs()); })
      .Case([&](MulOp op) { return read(op.getLhs()) * read(op.getRhs()); })
      .Case([&](DivOp op) { return read(op.getLhs()) / read(op.getRhs()); })
      .Case([&](MaxOp op) { return max(read(op.getLhs()), read(op.getRhs())); })
      .Case([&](MinOp op) { return min(read(op.getLhs()), read(op.getRhs())); })
      .Case([&](PowOp op) { return readPower(op); })
      .Case([&](UnaryOp op) { return readUnary(op); })
      .Case([&](ReduceOp op) { return readReduction(op); })
      .Case([&](ActivationOp op) { return readActivation(op); })
      .Case([&](SelectOp op) {
        return readChoice(op.getCondition(), read(op.getLhs()),
                          read(op.getRhs()));
      })
      .Case([&](CastOp op) {
        return op.getType().getElementType().isF32()
                   ? readChoice(op.getInput(), 1, 0)
                   : Expression::inexact();
      })
      .Case([&](GlobalPoolOp op) {
        // Some exporters write a maximum over one dimension like this.
        return op.getKind() == PoolKind::Max && op.getType().getRank() == 3
                   ? greatest(read(op.getInput()), 2)
                   : Expression::inexact();
      })
      .Case([&](SoftmaxOp op) {
        Expression u = read(op.getInput()), axis(op.getAxis());
        Expression e = exp(u - greatest(u, axis));
        return e / sum(e, axis);
      })
      .Default([](Operation *) { return Expression::inexact(); });
}

Expression FormulaReader::readUnary(UnaryOp op) {
  Expression u = read(op.getInput());
  switch (op.getKind()) {
  case UnaryKind::Abs:
    return abs(u);
  case UnaryKind::Neg:
    return -u;
  case UnaryKind::Exp:
    return exp(u);
  case UnaryKind::Log:
    return log(u);
  case UnaryKind::Reciprocal:
    return inverse(u);
  case UnaryKind::Erf:
    return erf(u);
  default:
    return Expression::inexact();
  }
}

/// x^n as a product.
Expression FormulaReader::readPower(PowOp op) {
  Expression base = read(op.getLhs());
  std::optional<double> exponent = read(op.getRhs()).getNumber();
  if (exponent == 2.0)
    return base * base;
  if (exponent == 3.0)
    return base * base * base;
  return Expression::inexact();
}

Expression FormulaReader::readReduction(ReduceOp op) {
  if (op.getAxes().size() != 1)
    return Expression::inexact();
  Expression u = read(op.getInput()), axis(op.getAxes().front());
  switch (op.getKind()) {
  case ReduceKind::Sum:
    return sum(u, axis);
  case ReduceKind::Max:
    return greatest(u, axis);
  default:
    return Expression::inexact();
  }
}

/// condition ? a : b
Expression FormulaReader::readChoice(Value condition, const Expression &a,
                                     const Expression &b) {
  auto compare = condition.getDefiningOp<CompareOp>();
  if (!compare || ops.size() >= kMaxOps)
    return Expression::inexact();
  ops.insert(compare);
  // Not c, as a number, is 0.
  if (auto cast = compare.getLhs().getDefiningOp<CastOp>();
      cast && compare.getRelation() == Relation::Equal &&
      getSplatValue(compare.getRhs()) == 0.0f) {
    ops.insert(cast);
    return readChoice(cast.getInput(), b, a);
  }
  Expression lhs = read(compare.getLhs()), rhs = read(compare.getRhs());
  switch (compare.getRelation()) {
  case Relation::Greater:
    return choose(lhs - rhs, a, b);
  case Relation::Less:
    return choose(rhs - lhs, a, b);
  // l >= r where not r > l
  case Relation::GreaterOrEqual:
    return choose(rhs - lhs, b, a);
  case Relation::LessOrEqual:
    return choose(lhs - rhs, b, a);
  case Relation::Equal:
    return Expression::inexact();
  }
  llvm_unreachable("a relation");
}

Expression FormulaReader::readActivation(ActivationOp op) {
  Expression u = read(op.getInput());
  auto number = [](const APFloat &value) {
    return Expression(value.convertToDouble());
  };
  return llvm::TypeSwitch<Attribute, Expression>(op.getFunction())
      .Case([&](IdentityAttr) { return u; })
      .Case([&](ReluAttr) { return relu(u); })
      .Case([&](ClipAttr clip) {
        return clamp(u, number(clip.getMin()), number(clip.getMax()));
      })
      .Case([&](HardSigmoidAttr gate) {
        return clamp(number(gate.getAlpha()) * u + number(gate.getBeta()), 0,
                     1);
      })
      .Case([&](EluAttr elu) {
        return choose(u, u, number(elu.getAlpha()) * (exp(u) - 1));
      })
      .Case([&](SigmoidAttr) { return sigmoid(u); })
      .Case([&](TanhAttr) { return tanh(u); })
      .Case([&](SoftplusAttr) { return softplus(u); })
      .Default([](Attribute) { return Expression::inexact(); });
}
