//===- Definitions.h - Ops that ONNX defines by others --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_DEFINITIONS_H
#define VOX_LIB_FRONTEND_ONNX_DEFINITIONS_H

#include "Diagnostics.h"

#include "llvm/ADT/StringMap.h"

#include "onnx/defs/schema.h"

namespace vox::frontend {

/// The nodes of the file, as messages describe them, by the names of the nodes
/// that their definitions consist of.
using Origins = llvm::StringMap<std::string>;

/// Whether an op of the default domain has no handler, but a definition by
/// other ops in operator set `opset` or the newest.
bool hasDefinition(const onnx::NodeProto &node, int64_t opset);

/// Gives the node all attributes that its op has a default for.
void addDefaults(onnx::NodeProto &node, const onnx::OpSchema &schema);

/// Replaces nodes by the definitions that they have in operator set `opset`,
/// again and again, and enters the new ones into `origins`. All nodes must have
/// passed ONNX's checker. Nodes whose definition is newer stay until the model
/// is converted. Fails after an error: no definition fits to the node, or there
/// are too many nodes.
bool expandDefinitions(onnx::ModelProto &model, int64_t opset, Origins &origins,
                       Report &report);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_DEFINITIONS_H
