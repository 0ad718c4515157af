//===- ActivationRules.h - A policy, parsed -------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What ActivationPolicy.cpp reads and ReplaceActivations.cpp applies.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_DIALECT_VOX_TRANSFORMS_ACTIVATION_RULES_H
#define VOX_LIB_DIALECT_VOX_TRANSFORMS_ACTIVATION_RULES_H

#include "vox/Dialect/Vox/Transforms/ActivationPolicy.h"

#include "llvm/Support/GlobPattern.h"

namespace vox {

/// A number that conditions compare.
struct Figure {
  llvm::StringLiteral name;
  /// Null for `position`, which needs no samples.
  double (LayerStatistics::*measure)() const;
};

/// One of: a name, a role, a figure.
struct Condition {
  /// Where it stands in the policy, and how it reads there.
  size_t at;
  std::string text;
  std::optional<llvm::GlobPattern> name;
  std::optional<ActivationRole> role;
  const Figure *figure = nullptr;
  /// The figure may equal `limit`, or must be less or greater than it.
  bool orEqual = false, greater = false;
  double limit = 0;

  bool needsStatistics() const { return figure && figure->measure; }
  bool fits(double value) const {
    return (orEqual && value == limit) ||
           (greater ? value > limit : value < limit);
  }
};

struct Rule {
  size_t at;
  std::string text;
  /// Null for `*`.
  const ActivationKind *fromKind = nullptr;
  /// Null unless the rule names parameters.
  ActivationAttr from;
  std::vector<Condition> conditions;
  ActivationAttr to;
  /// What the learned parameter of `to` begins as, and whether the rule says
  /// so.
  double initial = 0;
  bool givesInitial = false;
};

/// An error that shows the policy with a caret below each fault, and `hint`
/// where it is not empty.
llvm::Error reportFault(llvm::StringRef policy, llvm::ArrayRef<size_t> faults,
                        const llvm::Twine &message, llvm::StringRef hint = "");

llvm::Expected<std::vector<Rule>> parseRules(llvm::StringRef policy,
                                             mlir::MLIRContext *context);

} // namespace vox

#endif // VOX_LIB_DIALECT_VOX_TRANSFORMS_ACTIVATION_RULES_H
