//===- TensorFile.h - Tensors in files ------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reading and writing one tensor as .npy, .raw (bare little-endian elements),
// .nii or .nii.gz (NIfTI-1; D, H, W are its k, j, i). Compiled executables and
// vox-run share this. Files are taken for hostile: nothing is allocated or read
// by what a header claims before it was compared with the tensor that the
// caller expects.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_RUNTIME_TENSORFILE_H
#define VOX_RUNTIME_TENSORFILE_H

#include "vox/Runtime/Model.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One line, "FILE: error: what is wrong; expected what", without a newline. */
typedef struct vox_file_message {
  char text[1024];
} vox_file_message;

/* Where the voxels of a NIfTI volume lie in the world: what its header says,
 * kept from an input for outputs of the same extents. */
typedef struct vox_geometry {
  int is_known;
  int16_t extents[3]; /* i, j, k */
  int16_t qform_code, sform_code;
  char units;
  float pixdim[4], qform[6], sform[12];
} vox_geometry;

/* Both return 0, or 1 with a message. `data` holds the elements of `tensor`,
 * which has no open extent; the format follows the path's suffix. After a
 * failed read its content is undefined. An output file is written beside and
 * renamed, so it is whole or not there.
 *
 * read fills `geometry` unless that is NULL. write gives a NIfTI file the first
 * of `count` known geometries whose extents are those of the volume. */
int vox_tensor_file_read(const char *path, const vox_tensor_info *tensor,
                         void *data, vox_geometry *geometry,
                         vox_file_message *message);
int vox_tensor_file_write(const char *path, const vox_tensor_info *tensor,
                          const void *data, const vox_geometry *geometries,
                          int32_t count, vox_file_message *message);

/* The shape of a tensor that a file holds, into `shape`: that of `tensor` where
 * no extent is open, else what the file's header says, within the bounds. In a
 * NIfTI file, which need not mention extents of 1, the first open extents that
 * may be 1 are. 0, or 1 with a message. */
int vox_tensor_file_shape(const char *path, const vox_tensor_info *tensor,
                          int64_t *shape, vox_file_message *message);

/* Elements, and their bytes, of a tensor without open extents. */
int64_t vox_tensor_elements(const vox_tensor_info *tensor);
size_t vox_tensor_bytes(const vox_tensor_info *tensor);

enum vox_fill { VOX_FILL_RANDOM, VOX_FILL_ZEROS, VOX_FILL_ONES };

/* VOX_FILL_RANDOM: the same numbers on every machine; float32 are uniform in
 * [-1, 1), integers 8 random bits, with a sign if their type has one. */
void vox_tensor_fill(enum vox_fill fill, uint64_t seed, int32_t type,
                     void *data, int64_t count);

#ifdef __cplusplus
}
#endif

#endif /* VOX_RUNTIME_TENSORFILE_H */
