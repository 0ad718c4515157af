//===- WeightsFile.h - Text of a module, its weights in a file beside -----===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Text that holds megabytes of weights is not for people. A dump's text names a
// file beside it instead, and says where in it each resource lies:
//
//     {-#
//       external_resources: {
//         voxc_weights_file: {
//           name: "net.0123456789abcdef.weights",
//           size: "6912",
//           sha256: "0123456789abcdef..."
//         },
//         voxc_weights: {
//           conv1_weights: "0,6912"
//         }
//       }
//     #-}
//
// Dumps with the same weights share one file.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_PIPELINES_WEIGHTSFILE_H
#define VOX_PIPELINES_WEIGHTSFILE_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"

namespace vox {

/// Writes dumps of one network into one folder.
class DumpWriter {
public:
  /// Makes the folder if it is missing, and learns whether files can be made in
  /// it. Weights files are called `stem`.HASH.weights.
  llvm::Error open(llvm::StringRef folder, llvm::StringRef stem);

  /// Writes `module` to `name`.mlir; fails after a diagnostic.
  mlir::LogicalResult write(mlir::ModuleOp module, llvm::StringRef name);

private:
  std::string folder, stem;
  llvm::StringSet<> weights; // files that are there
};

/// Reads text or bytecode, with the weights file that it may name: a plain
/// name in the folder of `path`, no link, of the size and hash that are said.
/// Null after diagnostics.
mlir::OwningOpRef<mlir::ModuleOp> parseMLIR(llvm::StringRef path,
                                            mlir::MLIRContext &context);

/// Whether a text names a weights file.
bool hasWeightsFile(llvm::StringRef text);

} // namespace vox

#endif // VOX_PIPELINES_WEIGHTSFILE_H
