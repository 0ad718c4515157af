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

#include "vox/Analysis/ActivationStatistics.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringSet.h"

#include <optional>

namespace vox {

/// An activation's place in the network.
enum class ActivationRole {
  Hidden, ///< Everything else.
  Output, ///< Reaches an output of the network without another convolution,
          ///< dense layer, activation or softmax.
  Gate    ///< Multiplied with another value that is computed and is no better
          ///< gate: relu(x) sigmoid(y) has one gate, the sigmoid. A function
          ///< of its own argument, as in x sigmoid(x), gates nothing.
};
ActivationRole getRole(ActivationOp op);
llvm::StringRef getName(ActivationRole role);

/// The dimension of the units of `op`: the channels where a convolution or
/// batch norm, or nothing that tells, comes before it, the last dimension where
/// a dense layer does. Nothing for a scalar.
std::optional<int64_t> getUnitAxis(ActivationOp op);

/// What statistics and messages call `op`: its layer's name, or "activation",
/// with a number where that is taken. Goes over the network in order.
std::string nameLayer(ActivationOp op, llvm::StringSet<> &taken);

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

/// One activation that a policy changes.
struct Replacement {
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
  /// Why nothing was done (beyond the tolerance); empty if it was.
  std::string declined;
};

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
