//===- NetworkOutputs.h - Copies with other outputs -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_EXECUTION_NETWORKOUTPUTS_H
#define VOX_LIB_EXECUTION_NETWORKOUTPUTS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace vox::execution {

/// A network holds one block, which ends with its return.
inline mlir::func::FuncOp getNetwork(mlir::ModuleOp module) {
  return *module.getOps<mlir::func::FuncOp>().begin();
}

/// Gives `network` the outputs `values` in place of its own, without names.
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
