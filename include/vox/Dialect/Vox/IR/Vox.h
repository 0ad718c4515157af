//===- Vox.h - The vox dialect: ops, attributes, interfaces ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_DIALECT_VOX_IR_VOX_H
#define VOX_DIALECT_VOX_IR_VOX_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/TensorEncoding.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "vox/Dialect/Vox/IR/ActivationKind.h"
#include "vox/Dialect/Vox/IR/Real.h"

#include "vox/Dialect/Vox/IR/VoxDialect.h.inc"
#include "vox/Dialect/Vox/IR/VoxEnums.h.inc"

#include "vox/Dialect/Vox/IR/ActivationInterface.h.inc"

#define GET_ATTRDEF_CLASSES
#include "vox/Dialect/Vox/IR/VoxAttrs.h.inc"

namespace vox {
class YieldOp;
} // namespace vox

#define GET_OP_CLASSES
#include "vox/Dialect/Vox/IR/VoxOps.h.inc"

namespace vox {

/// Names of attributes on the network's function and its arguments.
inline constexpr llvm::StringLiteral kTensorName = "vox.name";
inline constexpr llvm::StringLiteral kArenaSize = "vox.arena_size";

/// What vox.activation_statistics tells of a unit, in order, before its samples
/// (at most kMaxSamples).
struct Statistic {
  enum : int64_t { Zeros, AtLow, AtHigh, Mean, Variance, Least, Greatest };
};
inline constexpr int64_t kStatistics = Statistic::Greatest + 1;
inline constexpr int64_t kMaxSamples = 4096;

/// Multiples of this, modulo `count`, lie evenly in it: Knuth, "The Art of
/// Computer Programming", volume 3, section 6.4. An odd step visits all
/// positions of a dimension whose extent is a power of two.
constexpr int64_t goldenStep(int64_t count) {
  return int64_t((uint64_t(count) * 2654435769) >> 32) | 1;
}

/// The name of an input or output, or "input0", "output0", ... where it has
/// none.
std::string getInputName(mlir::FunctionOpInterface network, unsigned index);
std::string getOutputName(mlir::FunctionOpInterface network, unsigned index);

/// Whether `op` computes each result element from the operands' elements at
/// the same (broadcast) position: an activation, arithmetic, a batch norm.
bool isElementWise(mlir::Operation *op);

/// Whether `op` is a layer with weights. Null is none.
bool hasWeights(mlir::Operation *op);

/// Whether an output of the network is computed of `op` by ops of which `stops`
/// holds for none.
bool reachesOutput(mlir::Operation *op,
                   llvm::function_ref<bool(mlir::Operation *)> stops);

/// Whether `op` is the first of a group or kernel. Folding it away would leave
/// a kernel that computes nothing where a copy was asked for.
bool isAnchor(mlir::Operation *op);

/// Whether `op`, a pad, slice or resize of a tensor in blocks of `block`
/// channels, only moves whole blocks.
bool keepsBlocks(mlir::Operation *op, int64_t block);

} // namespace vox

#endif // VOX_DIALECT_VOX_IR_VOX_H
