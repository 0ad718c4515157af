//===- AdviceFacts.h - What advice rules ask about a network --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_ANALYSIS_ADVICEFACTS_H
#define VOX_LIB_ANALYSIS_ADVICEFACTS_H

#include "vox/Analysis/ActivationRoles.h"
#include "vox/Analysis/Advice.h"
#include "vox/Analysis/Ranges.h"

namespace vox {

/// What to look through; each goes further than the one before.
enum class Through {
  Moves,     ///< Ops that move elements or give them another shape.
  Constants, ///< Padding; constants that are added or multiplied.
  BatchNorms
};

/// What `value` was before that.
mlir::Value getOrigin(mlir::Value value, Through through);

class AdviceFacts {
public:
  AdviceFacts(mlir::func::FuncOp network, const AdviceInputs &inputs);

  const AdviceInputs &inputs;
  mlir::func::FuncOp network;
  /// In the network's order, with their roles.
  llvm::SmallVector<ActivationOp> activations;
  llvm::SmallVector<ActivationRole> roles;
  /// What statistics call them.
  llvm::SmallVector<std::string> names;
  /// Convolutions and dense layers.
  llvm::SmallVector<mlir::Operation *> layers;

  /// The statistics of an activation; null without samples.
  const LayerStatistics *getStatistics(ActivationOp op) const;
  /// Calls `visit` with all activations of a role.
  void forEach(ActivationRole role,
               llvm::function_ref<void(ActivationOp)> visit) const;

  /// The layer with weights whose result, perhaps normalised, `op` gets.
  mlir::Operation *getLayerBefore(ActivationOp op) const;
  /// The activation that gives the first output, or null. What is done to its
  /// values afterwards is in `through`: with constants they are others.
  ActivationOp getLast(Through through = Through::Moves) const;
  /// What the first output's elements can be.
  Interval getOutputBounds() const;
  /// The first activation, where the data reaches it through one layer with
  /// weights and nothing else: not normalised, for one.
  ActivationOp getFirstOnData() const;

  template <typename Op> bool contains() const {
    bool found = false;
    mlir::func::FuncOp(network).walk([&](Op) { found = true; });
    return found;
  }
  bool hasDepthwise() const;
  /// Two computed values are added or concatenated.
  bool hasResiduals() const;
  /// A vector becomes an image by transposed convolutions.
  bool isGenerator() const;
  /// Strided convolutions alone make an image one number.
  bool isDiscriminator() const;
};

/// `FROM[name~"LAYER"]=TO`: this layer alone. Empty for a layer without name.
std::string makePolicy(ActivationOp op, llvm::StringRef to);

} // namespace vox

#endif // VOX_LIB_ANALYSIS_ADVICEFACTS_H
