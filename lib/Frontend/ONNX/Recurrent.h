//===- Recurrent.h - The cells of recurrent nets --------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_RECURRENT_H
#define VOX_LIB_FRONTEND_ONNX_RECURRENT_H

#include "NodeContext.h"

namespace vox::frontend {

/// A function of a cell, with the threshold that its argument is clipped at.
class CellFunction {
public:
  /// Null `activation`: outer * tanh(inner * x) where `isTanh`, else
  /// outer * x + inner, which are no activations of Activations.td.
  CellFunction(ActivationAttr activation, bool isTanh, float outer, float inner,
               float threshold)
      : activation(activation), isTanh(isTanh), outer(outer), inner(inner),
        threshold(threshold) {}

  mlir::Value apply(NodeContext &node, mlir::Value input) const;

private:
  ActivationAttr activation;
  bool isTanh;
  float outer, inner;
  /// Infinite where nothing is clipped.
  float threshold;
};

/// ONNX names the functions of all directions in one list, and their parameters
/// in two more.
///
/// The functions of attributes `activations`, `activation_alpha`,
/// `activation_beta` and `clip` for so many directions, those of `defaults` in
/// each if there are none; nothing after an error.
std::optional<std::vector<CellFunction>>
readCellFunctions(NodeContext &node, llvm::ArrayRef<llvm::StringRef> defaults,
                  int64_t directions);

struct State {
  mlir::Value hidden, cell;
};

/// One direction of a net: what all its steps read.
struct Cell {
  NodeContext &node;
  int64_t hidden;
  llvm::ArrayRef<CellFunction> functions;
  /// [gates x hidden, hidden], or of a GRU the parts of its first two gates and
  /// of the third.
  llvm::SmallVector<mlir::Value, 2> recurrence;
  /// [hidden] each, for gates i, o and f; or none.
  llvm::SmallVector<mlir::Value, 3> peepholes;
  /// [gates x hidden], or null.
  mlir::Value recurrenceBias;
  /// Whether what is not let in is what is kept.
  bool forgetsByInput;
};

/// Makes a state of what the input contributes, [batch, gates x hidden], and
/// the state before.
using Step = State (*)(const Cell &cell, mlir::Value fromInput, State before);

State stepRNN(const Cell &cell, mlir::Value fromInput, State before);
/// Gates i, o, f and c.
State stepLSTM(const Cell &cell, mlir::Value fromInput, State before);
/// Gates z, r and h, the reset of the state before its product.
State stepGRU(const Cell &cell, mlir::Value fromInput, State before);
/// The same, the reset after the product.
State stepLinearGRU(const Cell &cell, mlir::Value fromInput, State before);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_RECURRENT_H
