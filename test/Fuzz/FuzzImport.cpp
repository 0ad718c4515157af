//===- FuzzImport.cpp - Any bytes as a binary ONNX model ------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FuzzModel.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  importBytes("fuzz.onnx",
              llvm::StringRef(reinterpret_cast<const char *>(data), size));
  return 0;
}
