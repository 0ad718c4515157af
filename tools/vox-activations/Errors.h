//===- Errors.h - How far float32 results are off -------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOX_ACTIVATIONS_ERRORS_H
#define VOX_TOOLS_VOX_ACTIVATIONS_ERRORS_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <vector>

namespace vox::activations {

/// Least normal float32. Below it results lose bits, so that an error in ulp
/// says little: there the absolute error counts.
inline constexpr double kLeastNormal = 0x1p-126;

/// |got - expected| in units of the spacing of float32 at `expected`; infinite
/// where one overflows and the other does not.
double getUlpError(double got, double expected);

/// One input, what came of it and what was expected.
struct Case {
  float input = 0, got = 0;
  double expected = 0;
  /// In ulp, or absolute where the result is subnormal.
  double error = 0;
};

/// The errors of many inputs.
class Errors {
public:
  /// Inputs that are kept for another judge.
  static constexpr size_t kKept = 1000;

  void add(llvm::ArrayRef<float> inputs, llvm::ArrayRef<float> got,
           llvm::ArrayRef<double> expected);
  void merge(const Errors &other);

  uint64_t inputs = 0;
  /// Inputs whose results are normal numbers, how many of these are correctly
  /// rounded, the sum of the others' errors in ulp and the greatest one.
  uint64_t normal = 0, correct = 0;
  double sum = 0;
  Case worst;
  /// Inputs whose results are below kLeastNormal, and the one that is furthest
  /// off.
  uint64_t subnormal = 0;
  Case worstSubnormal;
  /// Inputs that gave NaN in place of a number or a number in place of NaN, and
  /// one of them.
  uint64_t wrongNaNs = 0;
  Case wrongNaN;

  /// The kKept inputs of the greatest errors in ulp, in no order.
  llvm::ArrayRef<Case> kept() const { return heap; }

private:
  void keep(const Case &found);

  /// The least error on top.
  std::vector<Case> heap;
};

} // namespace vox::activations

#endif // VOX_TOOLS_VOX_ACTIVATIONS_ERRORS_H
