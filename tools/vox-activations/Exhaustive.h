//===- Exhaustive.h - A compiled activation on every float ----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOX_ACTIVATIONS_EXHAUSTIVE_H
#define VOX_TOOLS_VOX_ACTIVATIONS_EXHAUSTIVE_H

#include "Errors.h"

#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Pipelines/Pipelines.h"

namespace vox::activations {

/// What a learned parameter is while nobody has learned it: PReLU's usual start
/// and, for a steepness, a number that is not 1.
double getExampleParameter(ActivationAttr function);

struct ExhaustiveOptions {
  CompileOptions compile;
  /// One float of this many is an input, at a random place among them.
  uint64_t step = 1;
  unsigned threads = 1;
};

/// What a float32 kernel makes of its inputs.
struct Accuracy {
  Errors errors;
  /// Over the worst inputs: the greatest error by MPFR, and how far the float64
  /// value is off, both in ulp of float32.
  Case worstByMulti;
  double referenceError = 0;
  /// -inf, ..., NaN.
  std::vector<Case> specials;
  double seconds = 0;
};

/// Compiles the activation and runs it. Fails after a diagnostic or message;
/// `internalFault` tells a failure that is no user's.
llvm::FailureOr<Accuracy> measureAccuracy(ActivationAttr function,
                                          const ExhaustiveOptions &options,
                                          bool &internalFault);

} // namespace vox::activations

#endif // VOX_TOOLS_VOX_ACTIVATIONS_EXHAUSTIVE_H
