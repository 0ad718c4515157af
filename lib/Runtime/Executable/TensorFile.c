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
#include "Files.h"

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

static int read_raw(const char *path, const vox_tensor_info *tensor,
                    float *data, vox_file_message *message) {
  FILE *file = fopen(path, "rb");
  if (!file)
    return vox_file_fail(message, path, "cannot read: %s", strerror(errno));
  size_t expected = vox_tensor_elements(tensor) * sizeof *data;
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

int vox_tensor_file_read(const char *path, const vox_tensor_info *tensor,
                         float *data, vox_file_message *message) {
  switch (format_of(path)) {
  case NPY:
    return vox_read_npy(path, tensor, data, message);
  case RAW:
    return read_raw(path, tensor, data, message);
  case NIFTI:
  case NIFTI_GZ:
    return vox_read_nifti(path, tensor, data, message);
  case UNKNOWN:
    break;
  }
  return fail_suffix(path, message);
}

int vox_tensor_file_write(const char *path, const vox_tensor_info *tensor,
                          const float *data, vox_file_message *message) {
  enum format format = format_of(path);
  if (format == UNKNOWN)
    return fail_suffix(path, message);
  if ((format == NIFTI || format == NIFTI_GZ) &&
      vox_check_nifti(path, tensor, message))
    return 1;
  vox_output_file file;
  if (vox_output_open(&file, path, message))
    return 1;
  int failed =
      format == NPY ? vox_write_npy(&file, tensor, data)
      : format == RAW
          ? vox_output_write(&file, data,
                             vox_tensor_elements(tensor) * sizeof *data)
          : vox_write_nifti(&file, tensor, data, format == NIFTI_GZ);
  return vox_output_close(&file, failed, message);
}

void vox_tensor_fill(enum vox_fill fill, uint64_t seed, float *data,
                     int64_t count) {
  uint64_t state = seed;
  for (int64_t i = 0; i < count; ++i) {
    if (fill != VOX_FILL_RANDOM) {
      data[i] = fill == VOX_FILL_ONES;
      continue;
    }
    /* SplitMix64 (Steele, Lea, Flood 2014): any seed, also 0, is a good one. */
    uint64_t mixed = state += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    mixed ^= mixed >> 31;
    data[i] = (float)(int32_t)(mixed >> 40) * 0x1p-23f - 1.0f;
  }
}
