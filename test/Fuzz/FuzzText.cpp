//===- FuzzText.cpp - Any bytes as a model in ONNX's text syntax ----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FuzzModel.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  importBytes("fuzz.onnxtxt",
              llvm::StringRef(reinterpret_cast<const char *>(data), size));
  return 0;
}
