//===- Monitor.h - What activations did on samples ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOX_RUN_MONITOR_H
#define VOX_TOOLS_VOX_RUN_MONITOR_H

#include "vox/Analysis/ActivationStatistics.h"

namespace vox::run {

/// A table, one line per layer in the network's order.
void printMonitor(llvm::raw_ostream &os, const NetworkStatistics &statistics,
                  mlir::MLIRContext &context);

/// The same with a histogram and the units' states per layer: one HTML file
/// that needs no other. `model` and `samples` say what was run on what.
void writeMonitorPage(llvm::raw_ostream &os,
                      const NetworkStatistics &statistics,
                      llvm::StringRef model, llvm::StringRef samples,
                      mlir::MLIRContext &context);

/// Whether the layer's function has a bound to be near to.
bool canSaturate(const LayerStatistics &layer, mlir::MLIRContext &context);

} // namespace vox::run

#endif // VOX_TOOLS_VOX_RUN_MONITOR_H
