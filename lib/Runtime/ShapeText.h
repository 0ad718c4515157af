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

#include "vox/Runtime/Model.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct vox_shape_text {
  char text[96];
} vox_shape_text;

static inline int vox_is_open(const vox_tensor_info *info) {
  for (int32_t i = 0; i < info->rank; ++i)
    if (info->shape[i] < 0)
      return 1;
  return 0;
}

/* Appends an extent to a text of `length`; 0 when there is no room for it. */
static inline int vox_append_extent(vox_shape_text *out, size_t *length,
                                    const char *extent) {
  size_t digits = strlen(extent);
  if (*length + digits + sizeof "..." > sizeof out->text) {
    memcpy(out->text + *length, "...", sizeof "...");
    return 0;
  }
  memcpy(out->text + *length, extent, digits + 1);
  *length += digits;
  return 1;
}

/* "1x3x16x112x112"; a shape too long for the text ends in "...". */
static inline vox_shape_text vox_print_shape(const int64_t *shape,
                                             int32_t rank) {
  vox_shape_text out = {"scalar"};
  size_t length = 0;
  for (int32_t i = 0; i < rank; ++i) {
    char extent[32];
    snprintf(extent, sizeof extent, "%s%lld", i ? "x" : "",
             (long long)shape[i]);
    if (!vox_append_extent(&out, &length, extent))
      break;
  }
  return out;
}

/* "1x1x32..256x32..256": what shapes an input or output can have. */
static inline vox_shape_text vox_print_bounds(const vox_tensor_info *info) {
  vox_shape_text out = {"scalar"};
  size_t length = 0;
  for (int32_t i = 0; i < info->rank; ++i) {
    char extent[64];
    if (info->shape[i] < 0)
      snprintf(extent, sizeof extent, "%s%lld..%lld", i ? "x" : "",
               (long long)info->least[i], (long long)info->greatest[i]);
    else
      snprintf(extent, sizeof extent, "%s%lld", i ? "x" : "",
               (long long)info->shape[i]);
    if (!vox_append_extent(&out, &length, extent))
      break;
  }
  return out;
}

#endif /* VOX_LIB_RUNTIME_SHAPETEXT_H */
