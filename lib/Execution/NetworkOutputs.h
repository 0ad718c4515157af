//===- NetworkOutputs.h - Copies with other outputs -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_EXECUTION_NETWORKOUTPUTS_H
#define VOX_LIB_EXECUTION_NETWORKOUTPUTS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace vox::execution {

/// Gives `network`, which is one block that ends with its return, the outputs
/// `values` in place of its own, without names.
inline void setOutputs(mlir::func::FuncOp network,
                       llvm::ArrayRef<mlir::Value> values) {
  network.front().getTerminator()->setOperands(values);
  network.removeResAttrsAttr();
  network.setFunctionType(mlir::FunctionType::get(
      network.getContext(), network.getArgumentTypes(),
      llvm::to_vector(mlir::TypeRange(mlir::ValueRange(values)))));
}

} // namespace vox::execution

#endif // VOX_LIB_EXECUTION_NETWORKOUTPUTS_H
