//===- ExternalData.h - Weights stored beside a model ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_EXTERNAL_DATA_H
#define VOX_LIB_FRONTEND_ONNX_EXTERNAL_DATA_H

#include "Diagnostics.h"

#include "onnx/onnx_pb.h"

namespace vox::frontend {

/// Brings the data of external initializers into the model. Refused if
/// `folder` is empty; otherwise only plain files below `folder` are read, and
/// no link is followed.
bool loadExternalData(onnx::GraphProto &graph, llvm::StringRef folder,
                      Report &report);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_EXTERNAL_DATA_H
