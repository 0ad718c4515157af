//===- ActivationKind.h - The table of activations ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Activations.td as data, for whoever walks over all activations: the importer
// and exporter, policies, reports, and the page of the documentation.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_DIALECT_VOX_IR_ACTIVATIONKIND_H
#define VOX_DIALECT_VOX_IR_ACTIVATIONKIND_H

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cmath>
#include <limits>
#include <optional>
#include <string>

namespace vox {

class ActivationAttr;

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct ActivationParameter {
  llvm::StringRef name;
  double defaultValue;
  llvm::StringRef meaning;
  /// What it must be, in words.
  llvm::StringRef expected;
  /// The ONNX attribute, or the role of Clip's operand.
  llvm::StringRef onnxName;
  bool (*accepts)(double value);
};

struct ActivationKind {
  /// As in `#vox.leaky_relu`.
  llvm::StringRef name;
  llvm::StringRef formula;
  /// The ONNX op, "" where there is none, and what its attribute `approximate`
  /// is, "" where it has none.
  llvm::StringRef onnxOp, onnxMode;
  llvm::StringRef use, source;
  llvm::ArrayRef<ActivationParameter> parameters;
  /// Whether the op has the operand `parameter`, and what it begins as where
  /// the activation is put into a trained network.
  bool learned;
  double initial;
  /// Vector instructions per element, about.
  unsigned cost;
  /// The activation with these parameters, which must be acceptable.
  ActivationAttr (*get)(mlir::MLIRContext *context,
                        llvm::ArrayRef<double> parameters);
};

/// All activations, in the table's order.
llvm::ArrayRef<const ActivationKind *> activationKinds();

/// By `name`; null if there is none.
const ActivationKind *lookupActivation(llvm::StringRef name);

/// Every name that `parseActivation` reads: those of the table, and "relu6" and
/// its like, which stand for an activation with particular parameters.
llvm::SmallVector<llvm::StringRef> activationNames();

/// Whether `c` may stand in a word. Letters beyond ASCII are in no name, but
/// messages show the whole word.
bool isWordChar(char c);

/// "alpha is nan; expected a real number", or nothing if all is well. There is
/// one value per parameter of `kind`.
std::optional<std::string> checkParameters(const ActivationKind &kind,
                                           llvm::ArrayRef<double> values);

/// "leaky_relu(0.2)": the name with the parameters that differ from their
/// defaults, as policies and reports write it. ReLU6 is "relu6".
std::string formatActivation(ActivationAttr function);

/// Reads what `formatActivation` writes: NAME, NAME(VALUE, ...) or
/// NAME(PARAMETER: VALUE, ...). An error says what is wrong and what was
/// expected; `at`, if given, gets the offset of the fault in `text`.
llvm::Expected<ActivationAttr> parseActivation(llvm::StringRef text,
                                               mlir::MLIRContext *context,
                                               size_t *at = nullptr);

/// `checkParameters` as a verifier.
mlir::LogicalResult
verifyParameters(llvm::function_ref<mlir::InFlightDiagnostic()> emitError,
                 const ActivationKind &kind, llvm::ArrayRef<double> values);

} // namespace vox

#endif // VOX_DIALECT_VOX_IR_ACTIVATIONKIND_H
