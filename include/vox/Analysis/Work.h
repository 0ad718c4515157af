//===- Work.h - What each launch of a network does ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The figures and names that profiles show, from the IR alone: what is to be
// computed, not how a kernel does it.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_ANALYSIS_WORK_H
#define VOX_ANALYSIS_WORK_H

#include "vox/Dialect/Vox/IR/Vox.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace vox {

/// Floating-point operations that the definition of `op` asks for. A
/// multiply-add counts as two, padding as if it were input, a bias not at all;
/// each other result element of arithmetic, an activation or a comparison as
/// one; moving data as none.
double countFlops(mlir::Operation *op);

struct LaunchWork {
  LaunchOp launch;
  KernelOp kernel;
  /// The ONNX nodes that it computes, separated by " + "; "pack of Conv_1" for
  /// a change of layout. Names of ops where the nodes have none.
  std::string layers;
  double flops = 0;
  /// Inputs, weights and result, each once, padding lanes included.
  double bytes = 0;
};

/// The launches of a network in Phase::Kernels, in order.
llvm::SmallVector<LaunchWork> listLaunches(mlir::func::FuncOp network);

} // namespace vox

#endif // VOX_ANALYSIS_WORK_H
