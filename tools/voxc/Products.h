//===- Products.h - What the command line asks to make --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Decides by suffixes and --emit which files are made, and how those that show
// the module are written.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOXC_PRODUCTS_H
#define VOX_TOOLS_VOXC_PRODUCTS_H

#include "vox/Pipelines/Pipelines.h"

#include <optional>

/// Where the model comes from and where what is made of it goes, as the command
/// line has it.
struct Paths {
  std::string input, output;

  /// The input's or output's name without folder and suffix.
  llvm::StringRef stem() const;
  /// The output's name without folder, suffix and, for libraries, "lib".
  std::string defaultName() const;
};

/// Reads --emit, or what the suffix of the output says where `emit` is empty:
/// the output itself for a single kind, else the output with each kind's
/// suffix. Returns what is wrong.
std::optional<std::string> parseProducts(const Paths &paths,
                                         llvm::StringRef emit,
                                         llvm::StringRef target,
                                         std::vector<vox::Product> &products);

/// Sets how products that are made from a module are written: `module` itself,
/// with weights up to `elideWeights` characters (-1: all), and `onnx`.
void setPrinters(std::vector<vox::Product> &products, mlir::ModuleOp module,
                 const std::string &onnx, int64_t elideWeights);

#endif // VOX_TOOLS_VOXC_PRODUCTS_H
