//===- Verify.h - Comparing results with a reference ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOX_RUN_VERIFY_H
#define VOX_TOOLS_VOX_RUN_VERIFY_H

#include "vox/Execution/Tensor.h"

namespace vox::run {

using namespace execution;

struct Tolerance {
  /// Share of the output's root mean square. A float32 sum of K products errs
  /// by about sqrt(K) 2^-24 of its terms' RMS, and layers add up likewise;
  /// 2e-5 covers networks with K in the ten thousands and dozens of layers.
  double relative = 2e-5;
  double absolute = 0.0;
};

struct Comparison {
  /// Largest |result - reference| over the reference's RMS, or, where that is
  /// 0, the largest |result - reference| itself. Infinite where an element is
  /// NaN or infinite on one side only.
  double error = 0.0;
  double limit = 0.0;
  bool ofRMS = true;
  size_t worst = 0;
  /// Of integers: how many elements differ, none of which may.
  bool isExact = false;
  size_t numDiffering = 0;

  bool isWithinLimit() const { return error <= limit; }
};

/// Compares tensors of equal shape and of element type `type`. Elements of the
/// reference that float32 can't hold count as the infinities they become.
/// Integers must be equal.
Comparison compare(const Tensor &result, const Tensor &reference, int32_t type,
                   const Tolerance &tolerance);

/// `max error 1.23e-06 of RMS (limit 2.00e-05)`, or `3 of 1024 elements
/// differ`.
std::string describe(const Comparison &comparison, const Tensor &reference);

/// Prints `verify: output "NAME": `, the comparison and ok, or FAILED and the
/// worst element. Returns whether it was within limits.
bool printComparison(llvm::raw_ostream &os, const TensorInfo &info,
                     const Tensor &result, const Tensor &reference,
                     const Tolerance &tolerance);

} // namespace vox::run

#endif // VOX_TOOLS_VOX_RUN_VERIFY_H
