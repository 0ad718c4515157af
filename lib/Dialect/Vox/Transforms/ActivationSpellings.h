//===- ActivationSpellings.h - How exporters write activations ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_DIALECT_VOX_TRANSFORMS_ACTIVATIONSPELLINGS_H
#define VOX_LIB_DIALECT_VOX_TRANSFORMS_ACTIVATIONSPELLINGS_H

#include "Expression.h"

namespace vox::formula {

/// One way to write an activation, or softmax.
struct Spelling {
  /// As the table of activations, or the dialect, calls it.
  llvm::StringRef name;
  Expression pattern;
  /// The activation's parameters, or softmax's dimension, made from the
  /// pattern's unknowns.
  std::vector<Expression> parameters;
  /// What the pattern equals the activation for.
  struct Domain {
    Expression value;
    double least = -kInf, greatest = kInf;
  };
  std::optional<Domain> domain;
};

/// All of them; the first that matches counts.
llvm::ArrayRef<Spelling> getActivationSpellings();

} // namespace vox::formula

#endif // VOX_LIB_DIALECT_VOX_TRANSFORMS_ACTIVATIONSPELLINGS_H
