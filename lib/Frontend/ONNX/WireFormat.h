//===- WireFormat.h - A look at protobuf data before it is parsed ---------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_WIRE_FORMAT_H
#define VOX_LIB_FRONTEND_ONNX_WIRE_FORMAT_H

#include "llvm/ADT/StringRef.h"

namespace vox::frontend {

/// The number of bytes that a model lacks at its end; 0 if its top-level fields
/// are complete or are no protobuf data.
uint64_t countMissingBytes(llvm::StringRef bytes);

/// Whether parsing a model would make so many objects that they take far more
/// memory than the file does: an empty node has two bytes there.
bool hasTooManyObjects(llvm::StringRef bytes);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_WIRE_FORMAT_H
