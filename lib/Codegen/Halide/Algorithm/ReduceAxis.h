//===- ReduceAxis.h - One dimension to one element ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reductions go dimension by dimension and along a long one in two steps: as
// many partial sums as each of them has terms, then their sum. A sum of n terms
// is then rounded about 2 sqrt(n) times instead of n times, and along the
// innermost dimension partial sums are what fills a vector.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HALIDE_ALGORITHM_REDUCEAXIS_H
#define VOX_LIB_CODEGEN_HALIDE_ALGORITHM_REDUCEAXIS_H

#include "../Kernel.h"

namespace vox::codegen {

/// What some dimensions have been reduced to, and its arguments, innermost
/// first; of a blocked tensor they begin with the lane.
struct Level {
  Halide::Func func;
  std::vector<Halide::Var> vars;
  bool blocked = false;
};

/// Reduces the dimension along `axis`, of which there are `size` elements, at
/// most `extent`. Each stage that this takes goes to the kernel's tables.
Level reduceAxis(ReduceKind kind, const Level &level, const Halide::Var &axis,
                 int64_t extent, Halide::Expr size, Kernel &kernel);

} // namespace vox::codegen

#endif // VOX_LIB_CODEGEN_HALIDE_ALGORITHM_REDUCEAXIS_H
