//===- Exporter.h - From the vox dialect back to an ONNX model ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The way back through the door of Importer.h: no onnx:: type and no exception
// passes through it.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_FRONTEND_ONNX_EXPORTER_H
#define VOX_FRONTEND_ONNX_EXPORTER_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/raw_ostream.h"

namespace vox {

/// Writes the network of `module`, in phase `import` or `graph`, to `os` as a
/// binary ONNX model of the operator set that the importer converts to. Names
/// of inputs, outputs and layers are kept; importing the model gives the same
/// ops, except that weights in another order than ONNX's are turned around at
/// run time if they are computed there, and that numbers are rounded to
/// float32. What can't be said in ONNX, such as a group, is an error at its op.
/// ONNX's checker has seen what is written, and nothing is written after an
/// error.
llvm::LogicalResult exportONNX(mlir::ModuleOp module, llvm::raw_ostream &os);

} // namespace vox

#endif // VOX_FRONTEND_ONNX_EXPORTER_H
