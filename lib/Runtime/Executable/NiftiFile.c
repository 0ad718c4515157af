//===- NiftiFile.c - NIfTI-1 volumes --------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Headers, byte order and type names are niftilib's; opening and reading are
// done here, because niftilib's own reader trusts what a header claims and
// prints. Elements of any real type up to 32 bits and float64 are converted as
// the format says: scl_slope * element + scl_inter.
//
//===----------------------------------------------------------------------===//

#include "../ShapeText.h"
#include "Files.h"

#include <errno.h>
#include <math.h>
#include <nifti1_io.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum {
  DATA_OFFSET = 352,     /* the header and four bytes "no extensions" */
  MAX_OFFSET = 64 << 20, /* room for extensions; more is not believed */
  CHUNK_ELEMENTS = 8192,
  MAX_DIMENSIONS = 7,
  NIFTI2_HEADER = 540,
};

static int fail_truncated(const char *path, vox_file_message *message,
                          const char *part, int64_t got, int64_t expected) {
  return vox_file_fail(message, path,
                       "ends after %lld bytes of %s; expected %lld",
                       (long long)got, part, (long long)expected);
}

static int fail_stream(gzFile file, const char *path,
                       vox_file_message *message) {
  int code;
  const char *text = gzerror(file, &code);
  return vox_file_fail(message, path, "cannot read: %s",
                       code == Z_ERRNO ? strerror(errno) : text);
}

/* Reads the header into the machine's byte order. */
static int read_header(gzFile file, const char *path, nifti_1_header *header,
                       int *swapped, vox_file_message *message) {
  int got = gzread(file, header, sizeof *header);
  if (got < 0)
    return fail_stream(file, path, message);
  if (got < (int)sizeof *header)
    return fail_truncated(path, message, "NIfTI header", got, sizeof *header);
  int size = header->sizeof_hdr, size_swapped = size;
  nifti_swap_4bytes(1, &size_swapped);
  if (size == NIFTI2_HEADER || size_swapped == NIFTI2_HEADER)
    return vox_file_fail(message, path, "is NIfTI-2; expected NIfTI-1");
  *swapped = size != (int)sizeof *header;
  if ((*swapped && size_swapped != (int)sizeof *header) ||
      memcmp(header->magic, "n+1", 4) != 0)
    return vox_file_fail(message, path,
                         "not a NIfTI-1 file; expected sizeof_hdr 348 and "
                         "magic \"n+1\" (header and data in one file)");
  if (*swapped)
    swap_nifti_header(header, 1);
  return 0;
}

/* Appends the extents other than 1, outermost first. */
static int other_than_1(const int64_t *shape, int32_t rank, int64_t *out,
                        int capacity) {
  int count = 0;
  for (int32_t i = 0; i < rank; ++i)
    if (shape[i] != 1) {
      if (count == capacity)
        return capacity + 1;
      out[count++] = shape[i];
    }
  return count;
}

static int check_header(const char *path, const nifti_1_header *header,
                        const vox_tensor_info *tensor,
                        vox_file_message *message) {
  int rank = header->dim[0];
  if (rank < 1 || rank > MAX_DIMENSIONS)
    return vox_file_fail(message, path, "dim[0] is %d; expected 1 to %d", rank,
                         MAX_DIMENSIONS);
  int64_t shape[MAX_DIMENSIONS];
  for (int i = 0; i < rank; ++i) {
    shape[i] = header->dim[rank - i];
    if (shape[i] < 1)
      return vox_file_fail(message, path,
                           "dim[%d] is %d; expected a positive number",
                           rank - i, header->dim[rank - i]);
  }
  /* Extents of 1 do not move any element, so (D, H, W) fits 1x1xDxHxW. */
  int64_t got[MAX_DIMENSIONS], expected[MAX_DIMENSIONS];
  int got_rank = other_than_1(shape, rank, got, MAX_DIMENSIONS);
  int expected_rank =
      other_than_1(tensor->shape, tensor->rank, expected, MAX_DIMENSIONS);
  if (got_rank != expected_rank ||
      memcmp(got, expected, got_rank * sizeof *got) != 0)
    return vox_file_fail(message, path,
                         "shape is %s (NIfTI's dimensions, last first); "
                         "expected %s for \"%.100s\"",
                         vox_print_shape(shape, rank).text,
                         vox_print_shape(tensor->shape, tensor->rank).text,
                         tensor->name);
  float offset = header->vox_offset;
  if (!(offset >= DATA_OFFSET && offset <= MAX_OFFSET) ||
      offset != floorf(offset))
    return vox_file_fail(message, path,
                         "vox_offset is %g; expected a whole number from %d "
                         "to %d",
                         offset, DATA_OFFSET, MAX_OFFSET);
  if (!isfinite(header->scl_slope) || !isfinite(header->scl_inter))
    return vox_file_fail(message, path,
                         "scl_slope is %g and scl_inter %g; expected finite "
                         "numbers",
                         header->scl_slope, header->scl_inter);
  return 0;
}

/* Bytes of an element; 0 for types that are not converted. */
static int element_bytes(int type) {
  switch (type) {
  case NIFTI_TYPE_UINT8:
  case NIFTI_TYPE_INT8:
    return 1;
  case NIFTI_TYPE_INT16:
  case NIFTI_TYPE_UINT16:
    return 2;
  case NIFTI_TYPE_INT32:
  case NIFTI_TYPE_UINT32:
  case NIFTI_TYPE_FLOAT32:
    return 4;
  case NIFTI_TYPE_FLOAT64:
    return 8;
  }
  return 0;
}

typedef union chunk {
  uint8_t u8[CHUNK_ELEMENTS];
  int8_t i8[CHUNK_ELEMENTS];
  int16_t i16[CHUNK_ELEMENTS];
  uint16_t u16[CHUNK_ELEMENTS];
  int32_t i32[CHUNK_ELEMENTS];
  uint32_t u32[CHUNK_ELEMENTS];
  float f32[CHUNK_ELEMENTS];
  double f64[CHUNK_ELEMENTS];
} chunk;

static double element(const chunk *c, int type, int i) {
  switch (type) {
  case NIFTI_TYPE_UINT8:
    return c->u8[i];
  case NIFTI_TYPE_INT8:
    return c->i8[i];
  case NIFTI_TYPE_INT16:
    return c->i16[i];
  case NIFTI_TYPE_UINT16:
    return c->u16[i];
  case NIFTI_TYPE_INT32:
    return c->i32[i];
  case NIFTI_TYPE_UINT32:
    return c->u32[i];
  case NIFTI_TYPE_FLOAT32:
    return c->f32[i];
  default:
    return c->f64[i];
  }
}

static int skip(gzFile file, const char *path, int64_t count,
                vox_file_message *message) {
  char ignored[4096];
  for (int64_t left = count; left > 0;) {
    int got = gzread(file, ignored,
                     left < (int64_t)sizeof ignored ? left : sizeof ignored);
    if (got < 0)
      return fail_stream(file, path, message);
    if (got == 0)
      return fail_truncated(path, message, "extensions", count - left, count);
    left -= got;
  }
  return 0;
}

static int read_elements(gzFile file, const char *path,
                         const nifti_1_header *header, int swapped,
                         const vox_tensor_info *tensor, float *data,
                         vox_file_message *message) {
  int bytes = element_bytes(header->datatype);
  if (!bytes)
    return vox_file_fail(message, path,
                         "element type is %s; expected UINT8, INT8, UINT16, "
                         "INT16, UINT32, INT32, FLOAT32 or FLOAT64",
                         nifti_datatype_string(header->datatype));
  /* The format: a slope of 0 means that elements are not scaled. */
  double slope = header->scl_slope == 0 ? 1 : header->scl_slope;
  double intercept = header->scl_slope == 0 ? 0 : header->scl_inter;
  int64_t count = vox_tensor_elements(tensor);
  chunk c;
  for (int64_t done = 0; done < count;) {
    int part = count - done < CHUNK_ELEMENTS ? count - done : CHUNK_ELEMENTS;
    int got = gzread(file, &c, part * bytes);
    if (got < 0)
      return fail_stream(file, path, message);
    if (got < part * bytes)
      return fail_truncated(path, message, "data", done * bytes + got,
                            count * bytes);
    if (swapped)
      nifti_swap_Nbytes(part, bytes, &c);
    for (int i = 0; i < part; ++i)
      data[done + i] =
          (float)(slope * element(&c, header->datatype, i) + intercept);
    done += part;
  }
  /* Reading on makes zlib compare the checksum at the end; a file that ends
   * before it is told by the code alone. */
  int code, more = gzread(file, &c, 1);
  gzerror(file, &code);
  return more < 0 || code == Z_BUF_ERROR ? fail_stream(file, path, message) : 0;
}

int vox_read_nifti(const char *path, const vox_tensor_info *tensor, float *data,
                   vox_file_message *message) {
  errno = 0;
  gzFile file = gzopen(path, "rb"); /* reads uncompressed files as they are */
  if (!file)
    return vox_file_fail(message, path, "cannot read: %s",
                         strerror(errno ? errno : ENOMEM));
  nifti_1_header header;
  int swapped;
  int failed =
      read_header(file, path, &header, &swapped, message) ||
      check_header(path, &header, tensor, message) ||
      skip(file, path, (int64_t)header.vox_offset - sizeof header, message) ||
      read_elements(file, path, &header, swapped, tensor, data, message);
  gzclose(file);
  return failed;
}

int vox_check_nifti(const char *path, const vox_tensor_info *tensor,
                    vox_file_message *message) {
  int64_t shape[MAX_DIMENSIONS];
  int rank = other_than_1(tensor->shape, tensor->rank, shape, MAX_DIMENSIONS);
  int fits = rank <= MAX_DIMENSIONS;
  for (int32_t i = 0; i < tensor->rank; ++i)
    fits &= tensor->shape[i] >= 1 && tensor->shape[i] <= INT16_MAX;
  if (fits)
    return 0;
  return vox_file_fail(message, path,
                       "shape is %s for \"%.100s\"; expected at most %d "
                       "dimensions of 1 to %d, which NIfTI can hold",
                       vox_print_shape(tensor->shape, tensor->rank).text,
                       tensor->name, MAX_DIMENSIONS, INT16_MAX);
}

static int write_compressed(gzFile stream, const void *data, size_t size) {
  const char *next = data;
  for (size_t left = size; left > 0;) {
    unsigned part = left < (1u << 30) ? left : 1u << 30;
    if (gzwrite(stream, next, part) != (int)part)
      return 1;
    next += part;
    left -= part;
  }
  return 0;
}

int vox_write_nifti(vox_output_file *file, const vox_tensor_info *tensor,
                    const float *data, int compress) {
  /* Leading extents of 1 are dropped, so 1x1xDxHxW becomes a plain volume; if
   * that is still too much, so are the others. */
  const int64_t *shape = tensor->shape;
  int32_t rank = tensor->rank;
  for (; rank > 0 && *shape == 1; ++shape)
    --rank;
  int64_t squeezed[MAX_DIMENSIONS];
  if (rank > MAX_DIMENSIONS) {
    rank = other_than_1(shape, rank, squeezed, MAX_DIMENSIONS);
    shape = squeezed;
  }
  int dimensions[8] = {rank < 3 ? 3 : rank, 1, 1, 1, 1, 1, 1, 1};
  for (int32_t i = 0; i < rank; ++i)
    dimensions[rank - i] = (int)shape[i];
  nifti_1_header *made = nifti_make_new_header(dimensions, NIFTI_TYPE_FLOAT32);
  if (!made) {
    errno = ENOMEM;
    return 1;
  }
  char header[DATA_OFFSET] = {0};
  made->vox_offset = DATA_OFFSET;
  made->scl_slope = 1;
  memcpy(made->magic, "n+1", 4);
  memcpy(header, made, sizeof *made);
  free(made);

  size_t bytes = vox_tensor_elements(tensor) * sizeof *data;
  if (!compress)
    return vox_output_write(file, header, sizeof header) ||
           vox_output_write(file, data, bytes);
  errno = 0;
  int copy = dup(file->descriptor); /* gzclose closes it */
  gzFile stream = copy < 0 ? NULL : gzdopen(copy, "wb");
  if (!stream) {
    if (copy >= 0)
      close(copy);
    errno = errno ? errno : ENOMEM;
    return 1;
  }
  int failed = write_compressed(stream, header, sizeof header) ||
               write_compressed(stream, data, bytes);
  int error = errno;
  if (gzclose(stream) != Z_OK && !failed) {
    failed = 1;
    error = errno;
  }
  errno = error ? error : EIO;
  return failed;
}
