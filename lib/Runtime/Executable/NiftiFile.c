//===- NiftiFile.c - NIfTI-1 volumes --------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Headers, byte order and type names are niftilib's; opening and reading are
// done here, because niftilib's own reader trusts what a header claims and
// prints. Elements of any type that is one number, float128 aside, become
// float32 as the format says: scl_slope * element + scl_inter. They become
// integers only where nothing is lost.
//
//===----------------------------------------------------------------------===//

#include "../ShapeText.h"
#include "Files.h"
#include "vox/Runtime/Elements.h"

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

/* Whether a volume whose extents other than 1 are `got` can be `tensor`, and
 * the shape that it then has. Extents of 1 do not move any element, so (D, H,
 * W) fits 1x1xDxHxW. */
static int match_shape(const int64_t *got, int got_rank,
                       const vox_tensor_info *tensor, int64_t *shape) {
  int left_out = -got_rank;
  for (int32_t i = 0; i < tensor->rank; ++i)
    left_out += tensor->shape[i] != 1;
  for (int32_t i = 0; i < tensor->rank; ++i) {
    int64_t least = tensor->shape[i], greatest = least, extent = 1;
    if (least < 0) {
      least = tensor->least[i];
      greatest = tensor->greatest[i];
    }
    if (greatest > 1 && least <= 1 && left_out > 0) {
      --left_out;
    } else if (greatest != 1) {
      if (got_rank == 0)
        return 0;
      extent = *got++;
      --got_rank;
    }
    if (extent < least || extent > greatest)
      return 0;
    if (shape)
      shape[i] = extent;
  }
  return got_rank == 0;
}

/* Fills `matched` unless that is NULL. */
static int check_shape(const char *path, const nifti_1_header *header,
                       const vox_tensor_info *tensor, int64_t *matched,
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
  int64_t got[MAX_DIMENSIONS];
  int got_rank = other_than_1(shape, rank, got, MAX_DIMENSIONS);
  if (!match_shape(got, got_rank, tensor, matched))
    return vox_file_fail(message, path,
                         "shape is %s (NIfTI's dimensions, last first); "
                         "expected %s for \"%.100s\"",
                         vox_print_shape(shape, rank).text,
                         vox_print_bounds(tensor).text, tensor->name);
  return 0;
}

static int check_scale(const char *path, const nifti_1_header *header,
                       vox_file_message *message) {
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

static int all_finite(const float *numbers, int count) {
  for (int i = 0; i < count; ++i)
    if (!isfinite(numbers[i]))
      return 0;
  return 1;
}

/* An unknown place in the world is no reason to refuse a volume, a senseless
 * one is: it would be handed on to the outputs. */
static int read_geometry(const char *path, const nifti_1_header *header,
                         vox_geometry *geometry, vox_file_message *message) {
  for (int i = 1; i <= 3 && i <= header->dim[0]; ++i)
    if (!(header->pixdim[i] > 0) || !isfinite(header->pixdim[i]))
      return vox_file_fail(message, path,
                           "pixdim[%d] is %g; expected a positive number", i,
                           header->pixdim[i]);
  vox_geometry read = {.is_known = 1,
                       .qform_code = header->qform_code,
                       .sform_code = header->sform_code,
                       .units = header->xyzt_units};
  for (int i = 0; i < 3; ++i)
    read.extents[i] = i < header->dim[0] ? header->dim[i + 1] : 1;
  memcpy(read.pixdim, header->pixdim, sizeof read.pixdim);
  for (int i = header->dim[0] + 1; i <= 3; ++i)
    read.pixdim[i] = 1;
  memcpy(read.qform, &header->quatern_b, sizeof read.qform);
  memcpy(read.sform, header->srow_x, sizeof read.sform);
  /* pixdim[0] is the qform's handedness. */
  if (read.qform_code > 0 &&
      (!all_finite(read.qform, 6) || !isfinite(read.pixdim[0])))
    return vox_file_fail(message, path,
                         "the qform holds a number that is not finite; "
                         "expected a place in the world, or qform_code 0");
  if (read.sform_code > 0 && !all_finite(read.sform, 12))
    return vox_file_fail(message, path,
                         "the sform holds a number that is not finite; "
                         "expected a place in the world, or sform_code 0");
  if (geometry)
    *geometry = read;
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
  case NIFTI_TYPE_INT64:
  case NIFTI_TYPE_UINT64:
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
  int64_t i64[CHUNK_ELEMENTS];
  uint64_t u64[CHUNK_ELEMENTS];
  float f32[CHUNK_ELEMENTS];
  double f64[CHUNK_ELEMENTS];
} chunk;

/* A long double holds every 64-bit integer. */
static long double element(const chunk *c, int type, int i) {
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
  case NIFTI_TYPE_INT64:
    return c->i64[i];
  case NIFTI_TYPE_UINT64:
    return c->u64[i];
  case NIFTI_TYPE_FLOAT32:
    return c->f32[i];
  default:
    return c->f64[i];
  }
}

/* How the elements of a file become those of a tensor. */
typedef struct conversion {
  int from;   /* NIFTI_TYPE_* */
  int32_t to; /* VOX_* */
  double slope, intercept;
} conversion;

static int plan_conversion(const char *path, const nifti_1_header *header,
                           const vox_tensor_info *tensor, conversion *plan,
                           vox_file_message *message) {
  if (!element_bytes(header->datatype))
    return vox_file_fail(message, path,
                         "element type is %s; expected UINT8, INT8, UINT16, "
                         "INT16, UINT32, INT32, UINT64, INT64, FLOAT32 or "
                         "FLOAT64",
                         nifti_datatype_string(header->datatype));
  /* The format: a slope of 0 means that elements are not scaled. */
  int scaled = header->scl_slope != 0;
  plan->from = header->datatype;
  plan->to = tensor->type;
  plan->slope = scaled ? header->scl_slope : 1;
  plan->intercept = scaled ? header->scl_inter : 0;
  if (plan->to != VOX_FLOAT32 && (plan->slope != 1 || plan->intercept != 0))
    return vox_file_fail(message, path,
                         "scl_slope is %g and scl_inter %g; expected elements "
                         "that are not scaled for \"%.100s\", which is %s",
                         header->scl_slope, header->scl_inter, tensor->name,
                         vox_element_name(tensor->type));
  return 0;
}

/* Converts `count` elements to those of `data` from number `first` on. Returns
 * how many could be. */
static int convert(const conversion *plan, const chunk *c, int count,
                   void *data, int64_t first) {
  if (plan->to == VOX_FLOAT32) {
    float *to = (float *)data + first;
    for (int i = 0; i < count; ++i)
      to[i] = (float)(plan->slope * (double)element(c, plan->from, i) +
                      plan->intercept);
    return count;
  }
  long double min = vox_element_min(plan->to), max = vox_element_max(plan->to);
  for (int i = 0; i < count; ++i) {
    long double value = element(c, plan->from, i);
    if (!(value >= min && value <= max) || value != truncl(value))
      return i;
    vox_set_integer(plan->to, data, first + i, (int64_t)value);
  }
  return count;
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
                         const vox_tensor_info *tensor, void *data,
                         vox_file_message *message) {
  conversion plan;
  if (plan_conversion(path, header, tensor, &plan, message))
    return 1;
  int bytes = element_bytes(plan.from);
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
    int good = convert(&plan, &c, part, data, done);
    if (good < part)
      return vox_file_fail(message, path,
                           "element %lld is %.9Lg; expected a number that %s "
                           "can hold, for \"%.100s\"",
                           (long long)(done + good),
                           element(&c, plan.from, good),
                           vox_element_name(plan.to), tensor->name);
    done += part;
  }
  /* Reading on makes zlib compare the checksum at the end; a file that ends
   * before it is told by the code alone. */
  int code, more = gzread(file, &c, 1);
  gzerror(file, &code);
  return more < 0 || code == Z_BUF_ERROR ? fail_stream(file, path, message) : 0;
}

int vox_read_nifti(const char *path, const vox_tensor_info *tensor, void *data,
                   vox_geometry *geometry, vox_file_message *message) {
  errno = 0;
  gzFile file = gzopen(path, "rb"); /* reads uncompressed files as they are */
  if (!file)
    return vox_file_fail(message, path, "cannot read: %s",
                         strerror(errno ? errno : ENOMEM));
  nifti_1_header header;
  int swapped;
  int failed =
      read_header(file, path, &header, &swapped, message) ||
      check_shape(path, &header, tensor, NULL, message) ||
      check_scale(path, &header, message) ||
      read_geometry(path, &header, geometry, message) ||
      skip(file, path, (int64_t)header.vox_offset - sizeof header, message) ||
      read_elements(file, path, &header, swapped, tensor, data, message);
  gzclose(file);
  return failed;
}

int vox_read_nifti_shape(const char *path, const vox_tensor_info *tensor,
                         int64_t *shape, vox_file_message *message) {
  errno = 0;
  gzFile file = gzopen(path, "rb");
  if (!file)
    return vox_file_fail(message, path, "cannot read: %s",
                         strerror(errno ? errno : ENOMEM));
  nifti_1_header header;
  int swapped;
  int failed = read_header(file, path, &header, &swapped, message) ||
               check_shape(path, &header, tensor, shape, message);
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

static int nifti_type(int32_t type) {
  switch (type) {
  case VOX_UINT8:
  case VOX_BOOL:
    return NIFTI_TYPE_UINT8;
  case VOX_INT8:
    return NIFTI_TYPE_INT8;
  case VOX_UINT16:
    return NIFTI_TYPE_UINT16;
  case VOX_INT16:
    return NIFTI_TYPE_INT16;
  case VOX_INT32:
    return NIFTI_TYPE_INT32;
  case VOX_INT64:
    return NIFTI_TYPE_INT64;
  }
  return NIFTI_TYPE_FLOAT32;
}

static void place(nifti_1_header *header, const vox_geometry *geometry) {
  header->qform_code = geometry->qform_code;
  header->sform_code = geometry->sform_code;
  header->xyzt_units = geometry->units;
  memcpy(header->pixdim, geometry->pixdim, sizeof geometry->pixdim);
  memcpy(&header->quatern_b, geometry->qform, sizeof geometry->qform);
  memcpy(header->srow_x, geometry->sform, sizeof geometry->sform);
}

/* The header and the bytes after it, up to the data. 0, or 1 with errno set. */
static int make_header(const vox_tensor_info *tensor,
                       const vox_geometry *geometries, int32_t count,
                       char *header) {
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
  nifti_1_header *made =
      nifti_make_new_header(dimensions, nifti_type(tensor->type));
  if (!made) {
    errno = ENOMEM;
    return 1;
  }
  for (int i = made->dim[0] + 1; i <= MAX_DIMENSIONS; ++i) {
    made->dim[i] = 1;
    made->pixdim[i] = 1;
  }
  made->vox_offset = DATA_OFFSET;
  made->scl_slope = 1;
  memcpy(made->magic, "n+1", 4);
  for (int32_t i = 0; i < count; ++i)
    if (geometries[i].is_known && memcmp(geometries[i].extents, &made->dim[1],
                                         sizeof geometries[i].extents) == 0) {
      place(made, &geometries[i]);
      break;
    }
  memset(header, 0, DATA_OFFSET);
  memcpy(header, made, sizeof *made);
  free(made);
  return 0;
}

int vox_write_nifti(vox_output_file *file, const vox_tensor_info *tensor,
                    const void *data, const vox_geometry *geometries,
                    int32_t count, int compress) {
  char header[DATA_OFFSET];
  if (make_header(tensor, geometries, count, header))
    return 1;
  size_t bytes = vox_tensor_bytes(tensor);
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
