//===- ActivationPolicy.h - Which activations to replace by which ---------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The language of --replace-activations:
//
//   policy    ::= rule (',' rule)*
//   rule      ::= from conditions? '=' to
//   from      ::= '*' | activation        a kind alone fits all its parameters
//   to        ::= activation              as parseActivation reads it; prelu
//                                         and learned_swish take what their
//                                         parameter begins as: prelu(0.1)
//   conditions::= '[' condition ('and' condition)* ']'
//   condition ::= 'name' '~' '"'? GLOB '"'?
//               | 'role' '=' ('hidden' | 'output' | 'gate')
//               | 'position' '=' ('shallow' | 'deep')
//               | figure ('<' | '<=' | '>' | '>=') number
//   figure    ::= 'position' (0, the first activation, to 1, the last one)
//               | 'dead_units' | 'zero_share' | 'saturated_share' | 'mean'
//               | 'variance' | 'least' | 'greatest'     measured on samples
//
//   relu=leaky_relu(0.01), swish=hard_swish
//   relu[position=deep]=gelu, relu[dead_units>0.5]=leaky_relu
//   *[name~"/block3/*" and role=hidden]=prelu
//
// Shallow is the first half of the activations in the network's order: position
// < 0.5. A policy in which two rules with different results fit one layer, or a
// rule fits none, is refused.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_DIALECT_VOX_TRANSFORMS_ACTIVATIONPOLICY_H
#define VOX_DIALECT_VOX_TRANSFORMS_ACTIVATIONPOLICY_H

#include "vox/Analysis/ActivationRoles.h"
#include "vox/Analysis/ActivationStatistics.h"
#include "vox/Analysis/CompareActivations.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <optional>

namespace vox {

/// One activation that a policy changes.
struct Replacement {
  /// Among the network's activations, in its order.
  unsigned number;
  /// The op's `layer`.
  std::string layer;
  ActivationRole role;
  ActivationAttr from, to;
  /// What the learned parameter of `to` begins as, where it has one.
  double initial;
  Difference difference;
  /// The rule's text, and, for measured conditions, the figures that fitted:
  /// "dead_units 0.75".
  std::string rule, figures;
  /// Why nothing was done: "the tolerance is 0.1"; empty if it was.
  std::string declined;
};

/// "rule relu[dead_units>0.5]=elu (dead_units 0.75); kept: the tolerance is
/// 0.1".
std::string explain(const Replacement &replacement);

struct PolicyOptions {
  /// For conditions on figures; null: such a condition is an error.
  const NetworkStatistics *statistics = nullptr;
  /// Greatest Difference::bound that is allowed.
  std::optional<double> tolerance;
};

/// Applies `policy` to the network's activations. An error shows the policy's
/// text with a caret below the fault; nothing has been changed then.
llvm::Expected<std::vector<Replacement>>
replaceActivations(mlir::func::FuncOp network, llvm::StringRef policy,
                   const PolicyOptions &options);

/// Whether `policy` has conditions that need samples, or an error in its
/// syntax, shown with a caret.
llvm::Expected<bool> needsStatistics(llvm::StringRef policy,
                                     mlir::MLIRContext *context);

} // namespace vox

#endif // VOX_DIALECT_VOX_TRANSFORMS_ACTIVATIONPOLICY_H
