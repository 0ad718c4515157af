//===- ModelFile.h - From a file to an ONNX model in memory ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_MODEL_FILE_H
#define VOX_LIB_FRONTEND_ONNX_MODEL_FILE_H

#include "Diagnostics.h"

#include "onnx/onnx_pb.h"

namespace vox::frontend {

/// Reads a binary model, or ONNX's text syntax if `path` ends in ".onnxtxt".
/// `content`, where given, is what the file holds. False after an error that
/// says what the file is instead.
bool readModel(llvm::StringRef path, std::optional<llvm::StringRef> content,
               onnx::ModelProto &model, Report &report);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_MODEL_FILE_H
