//===- Elements.h - Element types by number -------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Names, sizes and values of what tensors hold, for the runtime, for programs
// and for the host tools, which end up in different objects: hence static
// functions.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_RUNTIME_ELEMENTS_H
#define VOX_RUNTIME_ELEMENTS_H

#include "vox/Runtime/Model.h"

/* As numpy spells it; "unknown" for numbers that ONNX does not define. */
static inline const char *vox_element_name(int32_t type) {
  static const char *const names[] = {
      "undefined", "float32", "uint8",  "int8",   "uint16",
      "int16",     "int32",   "int64",  "string", "bool",
      "float16",   "float64", "uint32", "uint64"};
  return type >= 0 && type < (int32_t)(sizeof names / sizeof *names)
             ? names[type]
             : "unknown";
}

/* Bytes of one element; 0 for types that no tensor has. */
static inline size_t vox_element_bytes(int32_t type) {
  switch (type) {
  case VOX_UINT8:
  case VOX_INT8:
  case VOX_BOOL:
    return 1;
  case VOX_UINT16:
  case VOX_INT16:
    return 2;
  case VOX_FLOAT32:
  case VOX_INT32:
    return 4;
  case VOX_INT64:
    return 8;
  }
  return 0;
}

/* The least and the greatest element of an integer type. */
static inline int64_t vox_element_min(int32_t type) {
  switch (type) {
  case VOX_INT8:
    return INT8_MIN;
  case VOX_INT16:
    return INT16_MIN;
  case VOX_INT32:
    return INT32_MIN;
  case VOX_INT64:
    return INT64_MIN;
  }
  return 0;
}
static inline int64_t vox_element_max(int32_t type) {
  switch (type) {
  case VOX_UINT8:
    return UINT8_MAX;
  case VOX_INT8:
    return INT8_MAX;
  case VOX_UINT16:
    return UINT16_MAX;
  case VOX_INT16:
    return INT16_MAX;
  case VOX_INT32:
    return INT32_MAX;
  case VOX_INT64:
    return INT64_MAX;
  }
  return 1; /* a bool's */
}

/* Element i of an integer tensor. */
static inline int64_t vox_get_integer(int32_t type, const void *data,
                                      int64_t i) {
  switch (type) {
  case VOX_INT8:
    return ((const int8_t *)data)[i];
  case VOX_UINT16:
    return ((const uint16_t *)data)[i];
  case VOX_INT16:
    return ((const int16_t *)data)[i];
  case VOX_INT32:
    return ((const int32_t *)data)[i];
  case VOX_INT64:
    return ((const int64_t *)data)[i];
  }
  return ((const uint8_t *)data)[i];
}
static inline void vox_set_integer(int32_t type, void *data, int64_t i,
                                   int64_t value) {
  switch (type) {
  case VOX_INT8:
    ((int8_t *)data)[i] = (int8_t)value;
    return;
  case VOX_UINT16:
    ((uint16_t *)data)[i] = (uint16_t)value;
    return;
  case VOX_INT16:
    ((int16_t *)data)[i] = (int16_t)value;
    return;
  case VOX_INT32:
    ((int32_t *)data)[i] = (int32_t)value;
    return;
  case VOX_INT64:
    ((int64_t *)data)[i] = value;
    return;
  }
  ((uint8_t *)data)[i] = (uint8_t)value;
}

/* Element i of any tensor; an int64 beyond 2^53 is rounded. */
static inline double vox_get_number(int32_t type, const void *data, int64_t i) {
  return type == VOX_FLOAT32 ? (double)((const float *)data)[i]
                             : (double)vox_get_integer(type, data, i);
}

#endif /* VOX_RUNTIME_ELEMENTS_H */
