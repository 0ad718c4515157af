//===- ActivationRoles.h - What an activation is for ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_ANALYSIS_ACTIVATIONROLES_H
#define VOX_ANALYSIS_ACTIVATIONROLES_H

#include "vox/Dialect/Vox/IR/Vox.h"

#include "llvm/ADT/StringSet.h"

#include <optional>
#include <string>

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

} // namespace vox

#endif // VOX_ANALYSIS_ACTIVATIONROLES_H
