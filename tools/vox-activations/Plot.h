//===- Plot.h - A picture of an activation --------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOX_ACTIVATIONS_PLOT_H
#define VOX_TOOLS_VOX_ACTIVATIONS_PLOT_H

#include "vox/Dialect/Vox/IR/Vox.h"

namespace vox::activations {

/// Draws the function and its derivative over [-6, 6], as SVG.
void printPlot(llvm::raw_ostream &os, ActivationAttr function);

} // namespace vox::activations

#endif // VOX_TOOLS_VOX_ACTIVATIONS_PLOT_H
