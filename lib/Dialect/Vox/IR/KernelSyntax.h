//===- KernelSyntax.h - Custom syntax of groups and kernels ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The generated parsers and printers call these; Kernel.cpp defines them.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_DIALECT_VOX_IR_KERNELSYNTAX_H
#define VOX_LIB_DIALECT_VOX_IR_KERNELSYNTAX_H

#include "vox/Dialect/Vox/IR/Vox.h"

namespace vox {

mlir::ParseResult parseGroupBody(
    mlir::OpAsmParser &parser,
    llvm::SmallVectorImpl<mlir::OpAsmParser::UnresolvedOperand> &inputs,
    llvm::SmallVectorImpl<mlir::Type> &inputTypes, mlir::Type &resultType,
    mlir::Region &body);
void printGroupBody(mlir::OpAsmPrinter &printer, GroupOp op,
                    mlir::OperandRange inputs, mlir::TypeRange inputTypes,
                    mlir::Type resultType, mlir::Region &body);

mlir::ParseResult parseKernelBody(mlir::OpAsmParser &parser,
                                  mlir::Region &body);
void printKernelBody(mlir::OpAsmPrinter &printer, KernelOp op,
                     mlir::Region &body);

} // namespace vox

#endif // VOX_LIB_DIALECT_VOX_IR_KERNELSYNTAX_H
