//===- Taps.h - What a convolution sums up --------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What convolutions and transposed convolutions share.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HALIDE_ALGORITHM_TAPS_H
#define VOX_LIB_CODEGEN_HALIDE_ALGORITHM_TAPS_H

#include "../Kernel.h"

namespace vox::codegen {

/// `input` shifted by the pads before, zeros outside it.
Tensor padInput(const Tensor &input, llvm::ArrayRef<int64_t> pads);

/// The bias (operand 2) at `at`, or 0 where there is none.
Halide::Expr startOfSum(llvm::ArrayRef<Tensor> operands,
                        mlir::RankedTensorType result, const Index &at);

/// How many dimensions of a box of taps (innermost first: input lane, kernel,
/// input block) a partial sum takes in: of a long sum the lanes and the two
/// innermost kernel dimensions of one block. For 64 channels and 3x3x3 that is
/// 12 sums of 144 terms for one of 1728: a third of the error for 1 % of the
/// time.
size_t countInnerTaps(llvm::ArrayRef<int64_t> extents);

} // namespace vox::codegen

#endif // VOX_LIB_CODEGEN_HALIDE_ALGORITHM_TAPS_H
