//===- Blobs.h - The runtime as the compiler carries it -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The compiler links these into what it makes, so that it needs no files beside
// itself.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_RUNTIME_BLOBS_H
#define VOX_RUNTIME_BLOBS_H

#include "llvm/ADT/StringRef.h"

namespace vox {

/// A relocatable object with vox_model_* and halide_*, for every product.
llvm::StringRef runtimeObject();

/// A relocatable object with main(), for executables. It wants
/// vox_main_program and vox_model_* from the object it is linked with.
llvm::StringRef executableMainObject();

/// The text of Model.h, with which every NAME.h begins.
llvm::StringRef modelHeaderText();

} // namespace vox

#endif // VOX_RUNTIME_BLOBS_H
