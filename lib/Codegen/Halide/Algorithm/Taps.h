//===- Taps.h - Sums over the taps of a kernel ----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What convolutions and transposed convolutions share.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HALIDE_ALGORITHM_TAPS_H
#define VOX_LIB_CODEGEN_HALIDE_ALGORITHM_TAPS_H

#include "../Kernel.h"

#include <functional>

namespace vox::codegen {

/// `input` shifted by the pads before, zeros outside it.
Tensor padInput(const Tensor &input, llvm::ArrayRef<int64_t> pads);

/// The bias (operand 2) at `at`, or 0 where there is none.
Halide::Expr startOfSum(llvm::ArrayRef<Tensor> operands,
                        mlir::RankedTensorType result, const Index &at);

/// A sum over the positions of a box.
struct TapSum {
  const char *name;
  /// Arguments of the sum's Func.
  std::vector<Halide::Var> vars;
  Halide::Expr start;
  /// Of the box, innermost first: input lane, kernel, input block.
  std::vector<int64_t> extents;
  /// The term at a position, a list like `extents`.
  std::function<Halide::Expr(const std::vector<Halide::Expr> &)> term;
  /// Conditions on a coordinate of the box under which a position counts;
  /// undefined: always. May be null.
  std::function<Halide::Expr(unsigned dim, Halide::Expr coordinate)> condition;
};

/// Adds the sum to `kernel`, in partial sums where it is long.
Tensor buildSum(const TapSum &sum, mlir::RankedTensorType type, Kernel &kernel);

} // namespace vox::codegen

#endif // VOX_LIB_CODEGEN_HALIDE_ALGORITHM_TAPS_H
