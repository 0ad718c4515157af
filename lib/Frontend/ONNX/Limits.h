//===- Limits.h - The wall before the onnx library ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_LIMITS_H
#define VOX_LIB_FRONTEND_ONNX_LIMITS_H

#include "Diagnostics.h"

#include "onnx/onnx_pb.h"

namespace vox::frontend {

/// Versions, opset imports, and how large the model grows when its local
/// functions are inlined.
bool checkHeader(const onnx::ModelProto &model, Report &report);

/// Sizes, names and order of everything in the graph.
bool checkGraph(const onnx::GraphProto &graph, Report &report);

/// Names nodes that have none by op and position: "Conv#3".
void nameNodes(onnx::GraphProto &graph);

/// The opset that models are converted to: the newest one of the onnx library.
int getTargetOpset();

/// The version of the default domain that the model imports; 0 if none.
int64_t getOpset(const onnx::ModelProto &model);

bool isDefaultDomain(llvm::StringRef domain);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_LIMITS_H
