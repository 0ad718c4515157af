//===- Diagnostics.h - Errors about an ONNX model -------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Import goes on after an error, so that a user learns everything that is
// wrong with a model in one go; this counts the errors and ends the flood.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_DIAGNOSTICS_H
#define VOX_LIB_FRONTEND_ONNX_DIAGNOSTICS_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Location.h"
#include "llvm/ADT/Twine.h"

#include <exception>
#include <string>

namespace vox::frontend {

/// `name` in double quotes for a message: escaped, and shortened if very long.
std::string quote(llvm::StringRef name);

/// The text of an exception of the onnx library on one line, without source
/// positions and context that our own message gives better.
std::string cleanMessage(const std::exception &exception);

class Report {
public:
  Report(mlir::MLIRContext &context, llvm::StringRef path)
      : context(context), path(path) {}

  mlir::MLIRContext &getContext() { return context; }

  /// The file, or a position in it.
  mlir::Location locate(unsigned line = 0, unsigned column = 0) const;
  /// A node or tensor of the file.
  mlir::Location locate(llvm::StringRef name) const;

  /// Emits an error, and a note with `hint` unless that is empty.
  void error(mlir::Location loc, const llvm::Twine &message,
             const llvm::Twine &hint = "");
  void error(const llvm::Twine &message, const llvm::Twine &hint = "") {
    error(locate(), message, hint);
  }

  bool hasErrors() const { return errors != 0; }
  unsigned numErrors() const { return errors; }

  /// Says how many errors were not shown.
  void finish();

private:
  mlir::MLIRContext &context;
  std::string path;
  unsigned errors = 0;
};

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_DIAGNOSTICS_H
