//===- InputShapes.h - Static shapes for a network's inputs ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_INPUT_SHAPES_H
#define VOX_LIB_FRONTEND_ONNX_INPUT_SHAPES_H

#include "Diagnostics.h"
#include "vox/Frontend/ONNX/Importer.h"

#include "llvm/ADT/StringSet.h"

#include "onnx/onnx_pb.h"

namespace vox::frontend {

/// The initializers that no caller can replace. Before IR version 4 every
/// initializer had to be listed as an input; since then, one that is listed is
/// a default value of that input.
llvm::StringSet<> getConstantInitializers(const onnx::ModelProto &model);

/// Puts the shapes of `options` into the inputs, and refuses inputs that are
/// not float tensors of static shape then. A symbolic extent that is fixed for
/// one input is fixed for all.
bool fixInputShapes(onnx::ModelProto &model, const ImportOptions &options,
                    Report &report);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_INPUT_SHAPES_H
