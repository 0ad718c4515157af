//===- OldOps.h - What ONNX's version converter lacks ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_OLD_OPS_H
#define VOX_LIB_FRONTEND_ONNX_OLD_OPS_H

#include "Diagnostics.h"

#include "onnx/onnx_pb.h"

namespace vox::frontend {

/// Reports nodes that the converter can't convert from operator set `opset`,
/// and rewrites those that it would convert wrongly. False after an error.
bool prepareConversion(onnx::ModelProto &model, int64_t opset, Report &report);

/// Makes up, in the converted model, for what the converter has left out.
void completeConversion(onnx::ModelProto &model, int64_t opset);

/// "before 2 LpPool, Pad; before 6 Cast": the ops that are not converted.
std::string listUnconvertedOps();

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_OLD_OPS_H
