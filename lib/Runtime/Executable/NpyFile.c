//===- NpyFile.c - NumPy's .npy -------------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A magic number, a version, and a Python dictionary as text, of which exactly
// the three known keys are understood: nothing is evaluated.
//
//===----------------------------------------------------------------------===//

#include "../ShapeText.h"
#include "Files.h"
#include "vox/Runtime/Elements.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
  PREFIX_BYTES = 8,      /* magic and version */
  MAX_HEADER = 65535,    /* what version 1 can say */
  MAX_RANK = 64,         /* NumPy's own limit */
  HEADER_ALIGNMENT = 64, /* of the data, when written */
};

static const char magic[] = "\x93NUMPY";

typedef struct header {
  char type[32]; /* "" when it is no simple type */
  int fortran_order;
  int rank;
  int64_t shape[MAX_RANK];
} header;

/* The parser's place in the text. The functions below return 0 when what
 * stands there is not what they are named after. */
typedef struct cursor {
  const char *at, *end;
} cursor;

static void skip_blanks(cursor *c) {
  while (c->at < c->end && (*c->at == ' ' || *c->at == '\n'))
    ++c->at;
}

static int character(cursor *c, char wanted) {
  skip_blanks(c);
  if (c->at == c->end || *c->at != wanted)
    return 0;
  ++c->at;
  return 1;
}

static int word(cursor *c, const char *wanted) {
  size_t length = strlen(wanted);
  skip_blanks(c);
  if ((size_t)(c->end - c->at) < length || memcmp(c->at, wanted, length) != 0)
    return 0;
  c->at += length;
  return 1;
}

static int string(cursor *c, char *text, size_t capacity) {
  char quote = character(c, '\'') ? '\'' : character(c, '"') ? '"' : 0;
  if (!quote)
    return 0;
  size_t length = 0;
  for (; c->at < c->end && *c->at != quote; ++c->at) {
    if (length + 1 == capacity)
      return 0;
    text[length++] = *c->at;
  }
  text[length] = 0;
  return character(c, quote);
}

/* A structured type is a list; all that matters is that it is none of ours. */
static int type(cursor *c, header *h) {
  if (string(c, h->type, sizeof h->type))
    return 1;
  if (!character(c, '['))
    return 0;
  h->type[0] = 0;
  for (int depth = 1; depth > 0; ++c->at) {
    if (c->at == c->end)
      return 0;
    depth += (*c->at == '[') - (*c->at == ']');
  }
  return 1;
}

static int shape(cursor *c, header *h) {
  if (!character(c, '('))
    return 0;
  for (h->rank = 0; !character(c, ')');) {
    if (h->rank == MAX_RANK)
      return 0;
    int64_t extent = 0;
    const char *first = c->at;
    for (; c->at < c->end && *c->at >= '0' && *c->at <= '9'; ++c->at) {
      if (c->at - first == 18) /* more would not fit 63 bits */
        return 0;
      extent = extent * 10 + (*c->at - '0');
    }
    if (c->at == first)
      return 0;
    h->shape[h->rank++] = extent;
    if (!character(c, ',') && (c->at == c->end || *c->at != ')'))
      return 0;
  }
  return 1;
}

static int dictionary(cursor *c, header *h) {
  int types = 0, orders = 0, shapes = 0;
  if (!character(c, '{'))
    return 0;
  while (!character(c, '}')) {
    char key[32];
    if (!string(c, key, sizeof key) || !character(c, ':'))
      return 0;
    if (strcmp(key, "descr") == 0) {
      ++types;
      if (!type(c, h))
        return 0;
    } else if (strcmp(key, "fortran_order") == 0) {
      ++orders;
      h->fortran_order = word(c, "True");
      if (!h->fortran_order && !word(c, "False"))
        return 0;
    } else if (strcmp(key, "shape") == 0) {
      ++shapes;
      if (!shape(c, h))
        return 0;
    } else {
      return 0;
    }
    if (!character(c, ',') && (c->at == c->end || *c->at != '}'))
      return 0;
  }
  skip_blanks(c);
  return types == 1 && orders == 1 && shapes == 1 && c->at == c->end;
}

/* "float64" for "<f8". */
static const char *type_name(const char *type) {
  static const char *const names[][2] = {
      {"f2", "float16"},   {"f4", "float32"},    {"f8", "float64"},
      {"i1", "int8"},      {"i2", "int16"},      {"i4", "int32"},
      {"i8", "int64"},     {"u1", "uint8"},      {"u2", "uint16"},
      {"u4", "uint32"},    {"u8", "uint64"},     {"b1", "bool"},
      {"c8", "complex64"}, {"c16", "complex128"}};
  if (type[0] == '>')
    return "big-endian";
  for (size_t i = 0; type[0] && i < sizeof names / sizeof *names; ++i)
    if (strcmp(type + 1, names[i][0]) == 0)
      return names[i][1];
  return type[0] ? "unknown" : "a structure";
}

/* "<f4" for float32. */
static const char *descr_of(int32_t type) {
  switch (type) {
  case VOX_UINT8:
    return "|u1";
  case VOX_INT8:
    return "|i1";
  case VOX_UINT16:
    return "<u2";
  case VOX_INT16:
    return "<i2";
  case VOX_INT32:
    return "<i4";
  case VOX_INT64:
    return "<i8";
  case VOX_BOOL:
    return "|b1";
  }
  return "<f4";
}

static int read_header(FILE *file, const char *path, const char *descr,
                       header *h, vox_file_message *message) {
  unsigned char prefix[PREFIX_BYTES + 4];
  if (fread(prefix, 1, PREFIX_BYTES, file) != PREFIX_BYTES ||
      memcmp(prefix, magic, sizeof magic - 1) != 0)
    return ferror(file) ? vox_file_fail(message, path, "cannot read: %s",
                                        strerror(errno))
                        : vox_file_fail(message, path,
                                        "not a .npy file; expected the bytes "
                                        "\\x93NUMPY at its start");
  unsigned major = prefix[6];
  if (major != 1 && major != 2)
    return vox_file_fail(message, path,
                         ".npy version is %u.%u; expected 1.0 or 2.0", major,
                         prefix[7]);
  size_t count = major == 1 ? 2 : 4;
  const unsigned char *size = prefix + PREFIX_BYTES;
  if (fread(prefix + PREFIX_BYTES, 1, count, file) != count)
    return vox_file_fail(message, path,
                         "ends inside the .npy header; expected %zu bytes",
                         PREFIX_BYTES + count);
  uint32_t length = size[0] | (uint32_t)size[1] << 8;
  if (major == 2)
    length |= (uint32_t)size[2] << 16 | (uint32_t)size[3] << 24;
  if (length > MAX_HEADER)
    return vox_file_fail(message, path,
                         ".npy header is %u bytes long; expected at most %d",
                         length, MAX_HEADER);
  char text[MAX_HEADER];
  size_t got = fread(text, 1, length, file);
  if (got != length)
    return vox_file_fail(message, path,
                         "ends inside the .npy header after %zu of its bytes; "
                         "expected %u",
                         got, length);
  cursor c = {text, text + length};
  if (!dictionary(&c, h))
    return vox_file_fail(message, path,
                         "malformed .npy header; expected {'descr': '%s', "
                         "'fortran_order': False, 'shape': (...)}",
                         descr);
  return 0;
}

static int fits(const header *h, const vox_tensor_info *tensor) {
  if (h->rank != tensor->rank)
    return 0;
  for (int i = 0; i < h->rank; ++i)
    if (tensor->shape[i] < 0 ? h->shape[i] < tensor->least[i] ||
                                   h->shape[i] > tensor->greatest[i]
                             : h->shape[i] != tensor->shape[i])
      return 0;
  return 1;
}

static int check_header(const char *path, const header *h,
                        const vox_tensor_info *tensor,
                        vox_file_message *message) {
  const char *descr = descr_of(tensor->type);
  if (strcmp(h->type, descr) != 0)
    return vox_file_fail(
        message, path,
        "element type is %s ('%s'); expected %s ('%s') for \"%.100s\"",
        type_name(h->type), h->type, vox_element_name(tensor->type), descr,
        tensor->name);
  if (!fits(h, tensor))
    return vox_file_fail(message, path,
                         "shape is %s; expected %s for \"%.100s\"",
                         vox_print_shape(h->shape, h->rank).text,
                         vox_print_bounds(tensor).text, tensor->name);
  if (h->fortran_order)
    return vox_file_fail(message, path,
                         "elements are in Fortran order; expected C order "
                         "(numpy.ascontiguousarray)");
  return 0;
}

static int read_elements(FILE *file, const char *path,
                         const vox_tensor_info *tensor, void *data,
                         vox_file_message *message) {
  size_t expected = vox_tensor_bytes(tensor);
  size_t got = fread(data, 1, expected, file);
  if (ferror(file))
    return vox_file_fail(message, path, "cannot read: %s", strerror(errno));
  if (got < expected)
    return vox_file_fail(message, path,
                         "ends after %zu bytes of data; expected %zu", got,
                         expected);
  if (fgetc(file) != EOF)
    return vox_file_fail(message, path,
                         "goes on after its data; expected %zu bytes of it",
                         expected);
  return 0;
}

int vox_read_npy(const char *path, const vox_tensor_info *tensor, void *data,
                 vox_file_message *message) {
  FILE *file = fopen(path, "rb");
  if (!file)
    return vox_file_fail(message, path, "cannot read: %s", strerror(errno));
  header h;
  int failed = read_header(file, path, descr_of(tensor->type), &h, message) ||
               check_header(path, &h, tensor, message) ||
               read_elements(file, path, tensor, data, message);
  fclose(file);
  return failed;
}

int vox_read_npy_shape(const char *path, const vox_tensor_info *tensor,
                       int64_t *shape, vox_file_message *message) {
  FILE *file = fopen(path, "rb");
  if (!file)
    return vox_file_fail(message, path, "cannot read: %s", strerror(errno));
  header h;
  int failed = read_header(file, path, descr_of(tensor->type), &h, message) ||
               check_header(path, &h, tensor, message);
  fclose(file);
  if (!failed)
    memcpy(shape, h.shape, h.rank * sizeof *shape);
  return failed;
}

int vox_write_npy(vox_output_file *file, const vox_tensor_info *tensor,
                  const void *data) {
  char text[PREFIX_BYTES + 2 + 64 + 21 * MAX_RANK + HEADER_ALIGNMENT];
  if (tensor->rank > MAX_RANK) {
    errno = EINVAL;
    return 1;
  }
  memcpy(text, magic, sizeof magic - 1);
  text[6] = 1;
  text[7] = 0;
  size_t length = PREFIX_BYTES + 2;
  length += sprintf(text + length,
                    "{'descr': '%s', 'fortran_order': False, 'shape': (",
                    descr_of(tensor->type));
  for (int32_t i = 0; i < tensor->rank; ++i)
    length += sprintf(text + length, "%s%lld%s", i ? " " : "",
                      (long long)tensor->shape[i],
                      i + 1 < tensor->rank || i == 0 ? "," : "");
  length += sprintf(text + length, "), }");
  while ((length + 1) % HEADER_ALIGNMENT != 0)
    text[length++] = ' ';
  text[length++] = '\n';
  size_t header_bytes = length - PREFIX_BYTES - 2;
  text[8] = (char)(header_bytes & 0xff);
  text[9] = (char)(header_bytes >> 8);
  return vox_output_write(file, text, length) ||
         vox_output_write(file, data, vox_tensor_bytes(tensor));
}
