//===- CompareActivations.h - How far two activations are apart -----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_ANALYSIS_COMPAREACTIVATIONS_H
#define VOX_ANALYSIS_COMPAREACTIVATIONS_H

#include "vox/Dialect/Vox/IR/Vox.h"

#include <optional>
#include <string>

namespace vox {

/// How much a replacement changes.
enum class ReplacementKind {
  Exact,       ///< The same function.
  Approximate, ///< Within 1e-3 everywhere.
  Semantic     ///< Another function.
};
llvm::StringRef getName(ReplacementKind kind);

/// The greatest |from(x) - to(x)| over all x, infinity where it is unbounded,
/// and the kind that follows. Found by sampling: see CompareActivations.cpp.
struct Difference {
  double bound;
  ReplacementKind kind;
};
/// A learned parameter that is not given may be anything, so the difference is
/// unbounded.
Difference compareActivations(ActivationAttr from, ActivationAttr to,
                              std::optional<double> fromParameter = {},
                              std::optional<double> toParameter = {});

/// "exact", "approximate, off by up to 0.000473", "semantic, off without
/// bound".
std::string describe(const Difference &difference);

} // namespace vox

#endif // VOX_ANALYSIS_COMPAREACTIVATIONS_H
