//===- Sizes.cpp - Extents that are known when a kernel runs --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Sizes.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

Sizes::Sizes(OpenExtents known) : extents(std::move(known)) {
  OpenSizesAttr open = extents.getSizes();
  if (!open)
    return;
  for (auto [least, greatest] : llvm::zip(open.getLeast(), open.getGreatest()))
    sizes.emplace_back("size" + std::to_string(sizes.size()), 0,
                       static_cast<int32_t>(least),
                       static_cast<int32_t>(greatest));
}

/// Of both, divisors are positive, and division rounds down.
Expr Sizes::translate(mlir::AffineExpr extent) const {
  if (auto constant = mlir::dyn_cast<mlir::AffineConstantExpr>(extent))
    return static_cast<int32_t>(constant.getValue());
  if (auto symbol = mlir::dyn_cast<mlir::AffineSymbolExpr>(extent))
    return sizes[symbol.getPosition()];
  auto binary = mlir::cast<mlir::AffineBinaryOpExpr>(extent);
  Expr lhs = translate(binary.getLHS()), rhs = translate(binary.getRHS());
  switch (binary.getKind()) {
  case mlir::AffineExprKind::Add:
    return lhs + rhs;
  case mlir::AffineExprKind::Mul:
    return lhs * rhs;
  case mlir::AffineExprKind::Mod:
    return lhs % rhs;
  case mlir::AffineExprKind::FloorDiv:
    return lhs / rhs;
  case mlir::AffineExprKind::CeilDiv:
    return (lhs + rhs - 1) / rhs;
  default:
    llvm_unreachable("kinds of one operand are done");
  }
}

std::vector<Expr> Sizes::of(mlir::Value value) const {
  std::vector<Expr> result;
  if (extents.isOpen(value))
    for (mlir::AffineExpr extent : extents.get(value))
      result.push_back(Internal::simplify(translate(extent)));
  return result;
}
