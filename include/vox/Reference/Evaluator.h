//===- Evaluator.h - The float64 meaning of the vox dialect ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A naive evaluator, one loop nest per op, in double precision: what
// `vox-run --verify=reference`, the numeric tests and the random graphs compare
// with. It favours being obviously right over being fast.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_REFERENCE_EVALUATOR_H
#define VOX_REFERENCE_EVALUATOR_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "vox/Dialect/Vox/IR/Vox.h"

#include <vector>

namespace vox {

/// A planar tensor of float64 elements, row-major. Integers and booleans (0 and
/// 1) are held as float64 too, exactly up to 2^53.
struct ReferenceTensor {
  llvm::SmallVector<int64_t> shape;
  std::vector<double> data;
};

/// Evaluates one op on the graph level (no group, kernel or launch). Fails,
/// after an error at the op, where the op has no reference meaning.
llvm::FailureOr<ReferenceTensor>
evaluate(mlir::Operation *op, llvm::ArrayRef<const ReferenceTensor *> operands);

/// Evaluates a network at any phase from `import` to `kernels`: groups and
/// launched kernels are evaluated op by op, layouts are ignored. `inputs` have
/// the arguments' shapes. Values are freed after their last use.
///
/// `observer` is called with each op of the network's own block (a group or
/// launch being one) and its result, right after that is computed. Constants
/// and ops whose result nobody uses are not computed.
llvm::FailureOr<std::vector<ReferenceTensor>>
evaluate(mlir::func::FuncOp network, llvm::ArrayRef<ReferenceTensor> inputs,
         llvm::function_ref<void(mlir::Operation *, const ReferenceTensor &)>
             observer = nullptr);

} // namespace vox

#endif // VOX_REFERENCE_EVALUATOR_H
