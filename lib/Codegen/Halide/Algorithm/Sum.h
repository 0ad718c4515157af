//===- Sum.h - Sums of many terms -----------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A long sum loses digits in proportion to the root of its length, each term
// being rounded against the sum of all terms before it. So convolutions and
// products of matrices make it of partial sums, which are then added up.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HALIDE_ALGORITHM_SUM_H
#define VOX_LIB_CODEGEN_HALIDE_ALGORITHM_SUM_H

#include "../Kernel.h"

#include <functional>

namespace vox::codegen {

/// A sum over the positions of a box.
struct BoxSum {
  const char *name;
  /// Arguments of the sum's Func.
  std::vector<Halide::Var> vars;
  Halide::Expr start = 0.0f;
  /// Of the box, innermost first.
  std::vector<int64_t> extents;
  /// How many dimensions, the innermost ones, each partial sum takes in.
  size_t innerCount = 0;
  /// The term at a position, a list like `extents`.
  std::function<Halide::Expr(const std::vector<Halide::Expr> &)> term;
  /// Conditions on a coordinate of the box under which a position counts;
  /// undefined: always. May be null.
  std::function<Halide::Expr(unsigned dim, Halide::Expr coordinate)> condition;
};

/// The sum as the kernel's reduction, of one value of `type` per position.
Halide::Func buildSum(const BoxSum &sum, mlir::RankedTensorType type,
                      Kernel &kernel);

/// Small parts round less, large ones take less time.
enum class PartSize { Small, Large };

/// Sums `term(k)` over `terms` values of k, from sum.start; the box and its
/// term are made here.
Halide::Func buildSum(BoxSum sum, int64_t terms, PartSize size,
                      const std::function<Halide::Expr(Halide::Expr)> &term,
                      mlir::RankedTensorType type, Kernel &kernel);

} // namespace vox::codegen

#endif // VOX_LIB_CODEGEN_HALIDE_ALGORITHM_SUM_H
