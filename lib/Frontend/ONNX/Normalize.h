//===- Normalize.h - One operator set for all models ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_NORMALIZE_H
#define VOX_LIB_FRONTEND_ONNX_NORMALIZE_H

#include "Diagnostics.h"

#include "llvm/ADT/StringMap.h"

#include "onnx/onnx_pb.h"

namespace vox::frontend {

struct NormalizedModel {
  /// Checked, without local functions, in the newest operator set. Only its
  /// nodes and small initializers are of interest.
  onnx::ModelProto model;
  /// All constant initializers. Large ones are taken out of `model`, since
  /// each step of the onnx library would copy them.
  llvm::StringMap<onnx::TensorProto> constants;
  /// Inputs and outputs as the file has them.
  std::vector<onnx::ValueInfoProto> inputs, outputs;
  /// The operator set that the file was written for.
  int64_t opset;
};

/// Inlines, checks and converts `model`, whose inputs have static shapes.
/// Nodes of unsupported ops are reported and left out, their results being
/// undefined, so that import can go on to find other errors. Nothing if that
/// would make no sense.
std::optional<NormalizedModel> normalize(onnx::ModelProto model,
                                         Report &report);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_NORMALIZE_H
