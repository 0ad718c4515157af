//===- Kernel.h - A kernel as Funcs ---------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Algorithms fill a Kernel with Funcs; schedules then arrange their loops.
// Neither knows the other: what they share is this list of stages.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HALIDE_KERNEL_H
#define VOX_LIB_CODEGEN_HALIDE_KERNEL_H

#include "Sizes.h"
#include "Tensor.h"

#include <optional>

namespace vox::codegen {

/// A kernel's stages, in the order of the computation. Those that a kernel's
/// anchor does not need are undefined.
struct Kernel {
  KernelOp op;
  Sizes sizes;
  std::vector<Halide::ImageParam> inputs;

  /// The anchor's input with its border of zeros, if it has one.
  std::optional<Tensor> padded;
  /// The anchor's sum or maximum: a Func with one update, over `taps` or, where
  /// `partial` exists, over `parts`.
  std::optional<Tensor> reduction;
  /// What one step takes in. Convolutions: input lane, kernel (innermost
  /// first), input block. Pools: the window. Dense layers: k.
  std::optional<Halide::RDom> taps;
  /// Long sums: a sum over the first of the taps for each of `parts`, the
  /// others. Its arguments are the reduction's, then the parts.
  std::optional<Halide::Func> partial;
  std::optional<Halide::RDom> parts;
  /// Matrix products: the second operand, to be copied where that pays.
  std::optional<Halide::Func> panel;
  /// Stages before the output: softmax's maxima, powers and sums; what some
  /// dimensions have been reduced to; a dense layer's rows; a transposed
  /// convolution's phases where the result's extents are no multiples of the
  /// strides; what is known of parts of an activation.
  std::vector<Halide::Func> tables;
  /// Statistics of activations: extents of the arguments of tables[2].
  llvm::SmallVector<int64_t> chunkExtents;

  /// What is written: the epilogue, element by element.
  Halide::Func output;
  std::optional<Loops> loops;
  /// The Tensor::strides of the output.
  std::vector<int64_t> phases;
};

//===----------------------------------------------------------------------===//
// Algorithm: op -> Func. One function per family; none schedules.
//===----------------------------------------------------------------------===//

/// The result of `op` on `operands`, as Funcs of `kernel`.
Tensor buildConv(ConvOp op, llvm::ArrayRef<Tensor> operands, Kernel &kernel);
Tensor buildConvTranspose(ConvTransposeOp op, llvm::ArrayRef<Tensor> operands,
                          Kernel &kernel);
/// The phases of each spatial dimension: its stride or, if that is less, the
/// result's extent.
std::vector<int64_t> phasesOf(ConvTransposeOp op);
Tensor buildDense(DenseOp op, llvm::ArrayRef<Tensor> operands, Kernel &kernel);
Tensor buildMatMul(MatMulOp op, llvm::ArrayRef<Tensor> operands,
                   Kernel &kernel);
Tensor buildPool(PoolOp op, llvm::ArrayRef<Tensor> operands, Kernel &kernel);
Tensor buildPoolIndices(PoolIndicesOp op, llvm::ArrayRef<Tensor> operands,
                        Kernel &kernel);
Tensor buildGlobalPool(GlobalPoolOp op, llvm::ArrayRef<Tensor> operands,
                       Kernel &kernel);
Tensor buildSoftmax(SoftmaxOp op, llvm::ArrayRef<Tensor> operands,
                    Kernel &kernel);
Tensor buildSoftmax(LogSoftmaxOp op, llvm::ArrayRef<Tensor> operands,
                    Kernel &kernel);
Tensor buildReduce(ReduceOp op, llvm::ArrayRef<Tensor> operands,
                   Kernel &kernel);
Tensor buildArgMax(ArgMaxOp op, llvm::ArrayRef<Tensor> operands,
                   Kernel &kernel);
Tensor buildResize(ResizeOp op, const Tensor &input);
Tensor buildResample(ResampleOp op, llvm::ArrayRef<Tensor> operands,
                     Kernel &kernel);
/// vox.gather, vox.gather_elements and vox.gather_nd.
Tensor buildGather(mlir::Operation *op, llvm::ArrayRef<Tensor> operands);
Tensor buildScatterElements(ScatterElementsOp op,
                            llvm::ArrayRef<Tensor> operands, Kernel &kernel);
Tensor buildScatterND(ScatterNDOp op, llvm::ArrayRef<Tensor> operands,
                      Kernel &kernel);
Tensor buildTopK(TopKOp op, llvm::ArrayRef<Tensor> operands, Kernel &kernel);
Tensor buildElementWise(mlir::Operation *op, llvm::ArrayRef<Tensor> operands);
Tensor buildStructure(mlir::Operation *op, llvm::ArrayRef<Tensor> operands);

/// The input of `op` as its kernel sees it: [outer, units, inner].
mlir::RankedTensorType viewForStatistics(ActivationStatisticsOp op);
Tensor buildActivationStatistics(ActivationStatisticsOp op,
                                 llvm::ArrayRef<Tensor> operands,
                                 Kernel &kernel);

/// The activation's value, NaN kept. `parameter` is the learned one, if any.
Halide::Expr applyActivation(ActivationAttr function, Halide::Expr x,
                             Halide::Expr parameter);

/// `value` in another type, as vox.cast defines it.
Halide::Expr castElement(Halide::Expr value, mlir::Type to);

//===----------------------------------------------------------------------===//
// Schedule: #vox.schedule -> directives. One function per template.
//===----------------------------------------------------------------------===//

void schedulePlain(Kernel &kernel, ScheduleAttr schedule);
void scheduleDirect(Kernel &kernel, ScheduleAttr schedule);
void scheduleFewChannels(Kernel &kernel, ScheduleAttr schedule);
void scheduleDepthwise(Kernel &kernel, ScheduleAttr schedule);
void schedulePlanar(Kernel &kernel, ScheduleAttr schedule);
void scheduleWindow(Kernel &kernel, ScheduleAttr schedule);
void scheduleDense(Kernel &kernel, ScheduleAttr schedule);
void scheduleMatMul(Kernel &kernel, ScheduleAttr schedule);
void scheduleSoftmax(Kernel &kernel, ScheduleAttr schedule);
void scheduleReduction(Kernel &kernel, ScheduleAttr schedule);
void scheduleScatter(Kernel &kernel, ScheduleAttr schedule);
void scheduleTopK(Kernel &kernel, ScheduleAttr schedule);
void scheduleStatistics(Kernel &kernel, ScheduleAttr schedule);
void scheduleTransposed(Kernel &kernel, ScheduleAttr schedule);
void scheduleElementWise(Kernel &kernel, ScheduleAttr schedule);

} // namespace vox::codegen

#endif // VOX_LIB_CODEGEN_HALIDE_KERNEL_H
