//===- TensorFile.c - Tensors in files: by suffix, and bare elements ------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The formats with a header have files of their own.
//
//===----------------------------------------------------------------------===//

#include "vox/Runtime/TensorFile.h"
#include "../ShapeText.h"
#include "Files.h"
#include "vox/Runtime/Elements.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum format { NPY, RAW, NIFTI, NIFTI_GZ, UNKNOWN };

static enum format format_of(const char *path) {
  static const char *const suffixes[] = {".npy", ".raw", ".nii", ".nii.gz"};
  size_t length = strlen(path);
  for (int format = NPY; format != UNKNOWN; ++format) {
    size_t suffix = strlen(suffixes[format]);
    if (length > suffix &&
        strcmp(path + length - suffix, suffixes[format]) == 0)
      return format;
  }
  return UNKNOWN;
}

static int fail_suffix(const char *path, vox_file_message *message) {
  return vox_file_fail(
      message, path,
      "unknown kind of file; expected a name in .npy, .raw, .nii or .nii.gz");
}

int vox_file_fail(vox_file_message *message, const char *path,
                  const char *format, ...) {
  int length =
      snprintf(message->text, sizeof message->text, "%.512s: error: ", path);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message->text + length, sizeof message->text - length, format,
            arguments);
  va_end(arguments);
  for (char *c = message->text; *c; ++c)
    if ((unsigned char)*c < ' ' || *c == 127)
      *c = '?';
  return 1;
}

int64_t vox_tensor_elements(const vox_tensor_info *tensor) {
  int64_t count = 1;
  for (int32_t i = 0; i < tensor->rank; ++i)
    count *= tensor->shape[i];
  return count;
}

size_t vox_tensor_bytes(const vox_tensor_info *tensor) {
  return (size_t)vox_tensor_elements(tensor) * vox_element_bytes(tensor->type);
}

static int read_raw(const char *path, const vox_tensor_info *tensor, void *data,
                    vox_file_message *message) {
  FILE *file = fopen(path, "rb");
  if (!file)
    return vox_file_fail(message, path, "cannot read: %s", strerror(errno));
  size_t expected = vox_tensor_bytes(tensor);
  size_t got = fread(data, 1, expected, file);
  int more = got == expected && fgetc(file) != EOF;
  int error = ferror(file) ? errno : 0;
  fclose(file);
  if (error)
    return vox_file_fail(message, path, "cannot read: %s", strerror(error));
  if (got < expected)
    return vox_file_fail(message, path,
                         "holds %zu bytes; expected %zu for \"%.100s\"", got,
                         expected, tensor->name);
  if (more)
    return vox_file_fail(
        message, path, "holds more than %zu bytes; expected %zu for \"%.100s\"",
        expected, expected, tensor->name);
  return 0;
}

/* Kernels rely on it that a bool is 0 or 1. */
static int check_bools(const char *path, const vox_tensor_info *tensor,
                       const uint8_t *data, vox_file_message *message) {
  int64_t count = vox_tensor_elements(tensor);
  for (int64_t i = 0; i < count; ++i)
    if (data[i] > 1)
      return vox_file_fail(message, path,
                           "element %lld is %d; expected 0 or 1 for the bools "
                           "of \"%.100s\"",
                           (long long)i, data[i], tensor->name);
  return 0;
}

static int read_by_suffix(const char *path, const vox_tensor_info *tensor,
                          void *data, vox_geometry *geometry,
                          vox_file_message *message) {
  switch (format_of(path)) {
  case NPY:
    return vox_read_npy(path, tensor, data, message);
  case RAW:
    return read_raw(path, tensor, data, message);
  case NIFTI:
  case NIFTI_GZ:
    return vox_read_nifti(path, tensor, data, geometry, message);
  case UNKNOWN:
    break;
  }
  return fail_suffix(path, message);
}

int vox_tensor_file_read(const char *path, const vox_tensor_info *tensor,
                         void *data, vox_geometry *geometry,
                         vox_file_message *message) {
  if (geometry)
    geometry->is_known = 0;
  if (read_by_suffix(path, tensor, data, geometry, message))
    return 1;
  return tensor->type == VOX_BOOL && check_bools(path, tensor, data, message);
}

int vox_tensor_file_shape(const char *path, const vox_tensor_info *tensor,
                          int64_t *shape, vox_file_message *message) {
  if (!vox_is_open(tensor)) {
    if (tensor->rank > 0)
      memcpy(shape, tensor->shape, tensor->rank * sizeof *shape);
    return 0;
  }
  switch (format_of(path)) {
  case NPY:
    return vox_read_npy_shape(path, tensor, shape, message);
  case RAW:
    return vox_file_fail(message, path,
                         "tells no shape; expected .npy, .nii or .nii.gz for "
                         "\"%.100s\", which is %s",
                         tensor->name, vox_print_bounds(tensor).text);
  case NIFTI:
  case NIFTI_GZ:
    return vox_read_nifti_shape(path, tensor, shape, message);
  case UNKNOWN:
    break;
  }
  return fail_suffix(path, message);
}

int vox_tensor_file_write(const char *path, const vox_tensor_info *tensor,
                          const void *data, const vox_geometry *geometries,
                          int32_t count, vox_file_message *message) {
  enum format format = format_of(path);
  if (format == UNKNOWN)
    return fail_suffix(path, message);
  if ((format == NIFTI || format == NIFTI_GZ) &&
      vox_check_nifti(path, tensor, message))
    return 1;
  vox_output_file file;
  if (vox_output_open(&file, path, message))
    return 1;
  int failed = format == NPY ? vox_write_npy(&file, tensor, data)
               : format == RAW
                   ? vox_output_write(&file, data, vox_tensor_bytes(tensor))
                   : vox_write_nifti(&file, tensor, data, geometries, count,
                                     format == NIFTI_GZ);
  return vox_output_close(&file, failed, message);
}

/* SplitMix64 (Steele, Lea, Flood 2014): any seed, also 0, is a good one. */
static uint64_t draw(uint64_t *state) {
  uint64_t mixed = *state += 0x9e3779b97f4a7c15u;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
  return mixed ^ (mixed >> 31);
}

static void fill_random(uint64_t state, int32_t type, void *data,
                        int64_t count) {
  for (int64_t i = 0; i < count; ++i) {
    uint64_t bits = draw(&state);
    if (type == VOX_FLOAT32)
      ((float *)data)[i] = (float)(int32_t)(bits >> 40) * 0x1p-23f - 1.0f;
    else if (type == VOX_BOOL)
      vox_set_integer(type, data, i, (int64_t)(bits >> 63));
    else
      vox_set_integer(type, data, i,
                      (int64_t)(bits >> 56) +
                          (vox_element_min(type) < 0 ? INT8_MIN : 0));
  }
}

void vox_tensor_fill(enum vox_fill fill, uint64_t seed, int32_t type,
                     void *data, int64_t count) {
  if (fill == VOX_FILL_RANDOM) {
    fill_random(seed, type, data, count);
    return;
  }
  for (int64_t i = 0; i < count; ++i)
    if (type == VOX_FLOAT32)
      ((float *)data)[i] = fill == VOX_FILL_ONES;
    else
      vox_set_integer(type, data, i, fill == VOX_FILL_ONES);
}
