//===- Files.h - What the file formats share ------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Messages, whole-or-nothing output files, and the formats' entry points.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_RUNTIME_EXECUTABLE_FILES_H
#define VOX_LIB_RUNTIME_EXECUTABLE_FILES_H

#include "vox/Runtime/TensorFile.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "elements are read and written as they lie in memory"
#endif

/* Returns 1, so that a function can end with it. */
int vox_file_fail(vox_file_message *message, const char *path,
                  const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A file that appears under its name only when it is complete. */
typedef struct vox_output_file {
  int descriptor;
  const char *path;
  char beside[4096]; /* "" when written in place: a device or a pipe */
} vox_output_file;

int vox_output_open(vox_output_file *file, const char *path,
                    vox_file_message *message);
/* 0, or 1 with errno set. */
int vox_output_write(vox_output_file *file, const void *data, size_t size);
/* Ends the file: puts it in place if `failed` is 0, else removes it. Returns 1
 * with a message when either failed. */
int vox_output_close(vox_output_file *file, int failed,
                     vox_file_message *message);

int vox_read_npy(const char *path, const vox_tensor_info *tensor, void *data,
                 vox_file_message *message);
int vox_read_npy_shape(const char *path, const vox_tensor_info *tensor,
                       int64_t *shape, vox_file_message *message);
int vox_write_npy(vox_output_file *file, const vox_tensor_info *tensor,
                  const void *data);
int vox_read_nifti(const char *path, const vox_tensor_info *tensor, void *data,
                   vox_geometry *geometry, vox_file_message *message);
int vox_read_nifti_shape(const char *path, const vox_tensor_info *tensor,
                         int64_t *shape, vox_file_message *message);
/* Whether NIfTI can hold the tensor; 1 with a message if not. */
int vox_check_nifti(const char *path, const vox_tensor_info *tensor,
                    vox_file_message *message);
int vox_write_nifti(vox_output_file *file, const vox_tensor_info *tensor,
                    const void *data, const vox_geometry *geometries,
                    int32_t count, int compress);

#endif /* VOX_LIB_RUNTIME_EXECUTABLE_FILES_H */
