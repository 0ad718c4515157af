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

/// Nodes once functions are replaced by their bodies.
inline constexpr int64_t kMaxNodes = 100000;

/// A node becomes few ops, but that of a recurrent net some for each step, and
/// any number of such nodes fits in a small file.
inline constexpr int64_t kMaxOps = 250000;

/// Each step of a recurrent net is some ops of its own, which every later phase
/// walks over.
inline constexpr int64_t kMaxSteps = 4096;

/// A constant of 32 MiB: more than vocabularies need, and less than a shape in
/// a file could ask for.
inline constexpr int64_t kMaxPositions = 1 << 22;

/// Of one dimension of Resize: a model of a few bytes can ask for any number.
inline constexpr int64_t kMaxResizeWeights = 1 << 22;

/// One number repeated more often is left to ops at run time.
inline constexpr int64_t kMaxRepeated = 1 << 20;

/// Constants that import makes may take as many bytes, and some copies of the
/// weights beyond them.
inline constexpr int64_t kMaxMadeBytes = int64_t(1) << 28;
inline constexpr int64_t kMaxCopies = 8;

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
