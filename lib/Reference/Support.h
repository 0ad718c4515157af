//===- Support.h - Indices, integers and threads for the evaluator --------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_REFERENCE_SUPPORT_H
#define VOX_LIB_REFERENCE_SUPPORT_H

#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <array>

namespace vox::reference {

/// Distance in memory between neighbours along each dimension, row-major.
llvm::SmallVector<int64_t> rowMajorStrides(llvm::ArrayRef<int64_t> shape);

/// Strides with which an operand of `shape` is read along the dimensions of
/// `result`: 0 where the operand is repeated.
llvm::SmallVector<int64_t> broadcastStrides(llvm::ArrayRef<int64_t> shape,
                                            llvm::ArrayRef<int64_t> result);

int64_t product(llvm::ArrayRef<int64_t> extents);

/// The integer that an element is. Those beyond 2^53 are rounded, as all
/// elements are float64 here.
int64_t toInteger(double element);

/// An integer modulo 2 to the power of the bits of `type`, in its range.
double wrapInteger(int64_t value, const ElementType &type);

/// Calls `visit(i, offset)` for the elements of a row-major tensor of `shape`
/// in order, `offset` being the sum of index times `strides`.
void forEachElement(llvm::ArrayRef<int64_t> shape,
                    llvm::ArrayRef<int64_t> strides,
                    llvm::function_ref<void(int64_t, int64_t)> visit);

/// Spatial parameters of 1 to 3 dimensions as three, missing ones in front, so
/// that one loop nest serves all ranks.
std::array<int64_t, 3> asThree(llvm::ArrayRef<int64_t> list, int64_t missing);

/// Runs `body(i)` for 0 <= i < count on all processors. Iterations must be
/// independent; then the result does not depend on the number of threads.
void parallelFor(int64_t count, llvm::function_ref<void(int64_t)> body);

} // namespace vox::reference

#endif // VOX_LIB_REFERENCE_SUPPORT_H
