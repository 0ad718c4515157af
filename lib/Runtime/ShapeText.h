//===- ShapeText.h - A shape as people write it ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Shared by the messages of the runtime and of the file readers, which end up
// in different objects: hence a static function.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_RUNTIME_SHAPETEXT_H
#define VOX_LIB_RUNTIME_SHAPETEXT_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct vox_shape_text {
  char text[96];
} vox_shape_text;

/* "1x3x16x112x112"; a shape too long for the text ends in "...". */
static inline vox_shape_text vox_print_shape(const int64_t *shape,
                                             int32_t rank) {
  vox_shape_text out = {"scalar"};
  size_t length = 0;
  for (int32_t i = 0; i < rank; ++i) {
    char extent[32];
    int digits = snprintf(extent, sizeof extent, "%s%lld", i ? "x" : "",
                          (long long)shape[i]);
    if (length + digits + sizeof "..." > sizeof out.text) {
      memcpy(out.text + length, "...", sizeof "...");
      break;
    }
    memcpy(out.text + length, extent, digits + 1);
    length += digits;
  }
  return out;
}

#endif /* VOX_LIB_RUNTIME_SHAPETEXT_H */
