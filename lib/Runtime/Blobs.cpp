//===- Blobs.cpp - The runtime as the compiler carries it -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Blobs.S marks where each file begins and ends.
//
//===----------------------------------------------------------------------===//

#include "vox/Runtime/Blobs.h"

extern "C" {
extern const char vox_blob_runtime[], vox_blob_runtime_end[];
extern const char vox_blob_main[], vox_blob_main_end[];
extern const char vox_blob_header[], vox_blob_header_end[];
}

llvm::StringRef vox::runtimeObject() {
  return {vox_blob_runtime, size_t(vox_blob_runtime_end - vox_blob_runtime)};
}

llvm::StringRef vox::executableMainObject() {
  return {vox_blob_main, size_t(vox_blob_main_end - vox_blob_main)};
}

llvm::StringRef vox::modelHeaderText() {
  return {vox_blob_header, size_t(vox_blob_header_end - vox_blob_header)};
}
