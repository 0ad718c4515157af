//===- Inspector.h - What to look at between phases -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOXC_INSPECTOR_H
#define VOX_TOOLS_VOXC_INSPECTOR_H

#include "vox/Pipelines/Pipelines.h"
#include "vox/Pipelines/WeightsFile.h"

/// Takes from a module on its way what the command line asks for: dumps of
/// phases, and the ONNX model.
class Inspector {
public:
  /// The ONNX model of the last phase that can be one, or as `takeOnnx` found
  /// it.
  std::string onnx;

  /// Dumps go to `folder`, if it has a name, as files `name`.1.import.mlir...
  llvm::Error open(llvm::StringRef folder, llvm::StringRef name,
                   llvm::ArrayRef<vox::Product> products, vox::Phase to);

  /// Null where there is nothing to look at.
  vox::Inspection inspection();

  /// Takes the ONNX model, if one is asked for, from `module` as it is now.
  mlir::LogicalResult takeOnnx(mlir::ModuleOp module);

private:
  mlir::LogicalResult inspect(mlir::ModuleOp module, vox::Phase phase);

  std::string folder, name;
  vox::Phase onnxPhase;
  bool wantsOnnx = false;
  vox::DumpWriter dumps;
};

#endif // VOX_TOOLS_VOXC_INSPECTOR_H
