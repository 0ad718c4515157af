//===- Affine.cpp - Affine expressions as code ----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Extents are not negative, but parts of their expressions may be: (s0 - 3)
// floordiv 2. LLVM's division rounds towards zero and has to be mended.
//
//===----------------------------------------------------------------------===//

#include "Affine.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace vox;

namespace {

class Expander {
public:
  Expander(OpBuilder &builder, Location loc, ValueRange symbols)
      : builder(builder), loc(loc), symbols(symbols) {}

  Value expand(AffineExpr expression);

private:
  Value constant(int64_t value) {
    return LLVM::ConstantOp::create(builder, loc,
                                    builder.getI64IntegerAttr(value));
  }
  template <typename Op> Value make(Value lhs, Value rhs) {
    return Op::create(builder, loc, lhs, rhs);
  }
  /// From 0 to rhs - 1.
  Value modulo(Value lhs, Value rhs) {
    Value rest = make<LLVM::SRemOp>(lhs, rhs);
    Value isNegative = LLVM::ICmpOp::create(
        builder, loc, LLVM::ICmpPredicate::slt, rest, constant(0));
    return LLVM::SelectOp::create(builder, loc, isNegative,
                                  make<LLVM::AddOp>(rest, rhs), rest);
  }
  Value floorDivide(Value lhs, Value rhs) {
    return make<LLVM::SDivOp>(make<LLVM::SubOp>(lhs, modulo(lhs, rhs)), rhs);
  }

  OpBuilder &builder;
  Location loc;
  ValueRange symbols;
};

Value Expander::expand(AffineExpr expression) {
  if (auto known = dyn_cast<AffineConstantExpr>(expression))
    return constant(known.getValue());
  if (auto symbol = dyn_cast<AffineSymbolExpr>(expression))
    return symbols[symbol.getPosition()];
  auto binary = cast<AffineBinaryOpExpr>(expression);
  Value lhs = expand(binary.getLHS()), rhs = expand(binary.getRHS());
  switch (binary.getKind()) {
  case AffineExprKind::Add:
    return make<LLVM::AddOp>(lhs, rhs);
  case AffineExprKind::Mul:
    return make<LLVM::MulOp>(lhs, rhs);
  case AffineExprKind::Mod:
    return modulo(lhs, rhs);
  case AffineExprKind::FloorDiv:
    return floorDivide(lhs, rhs);
  case AffineExprKind::CeilDiv: {
    Value zero = constant(0);
    return make<LLVM::SubOp>(zero,
                             floorDivide(make<LLVM::SubOp>(zero, lhs), rhs));
  }
  default:
    llvm_unreachable("no dimensions in extents");
  }
}

} // namespace

Value vox::expandAffine(OpBuilder &builder, Location loc, AffineExpr expression,
                        ValueRange symbols) {
  return Expander(builder, loc, symbols).expand(expression);
}
