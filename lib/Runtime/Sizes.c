//===- Sizes.c - Extents that inputs decide -------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A program with open extents computes with sizes, each an extent of an input.
// All else follows from them, by a function that the compiler has written.
//
//===----------------------------------------------------------------------===//

#include "Handle.h"

#include <stdlib.h>
#include <string.h>

static size_t count_output_extents(const vox_description *description) {
  size_t count = 0;
  for (int32_t i = 0; i < description->num_outputs; ++i)
    count += description->outputs[i].rank;
  return count;
}

int vox_sizes_init(vox_sizes *sizes, const vox_program *program) {
  const vox_description *d = program->description;
  if (program->open.num_sizes == 0)
    return 0;
  sizes->sizes = calloc(program->open.num_sizes, sizeof *sizes->sizes);
  /* calloc(0) may return null: one more than needed. */
  sizes->extents =
      calloc(count_output_extents(d) + 2 * (size_t)program->open.num_pairs + 1,
             sizeof *sizes->extents);
  sizes->infos =
      calloc((size_t)d->num_inputs + d->num_outputs + 1, sizeof *sizes->infos);
  return !sizes->sizes || !sizes->extents || !sizes->infos;
}

void vox_sizes_free(vox_sizes *sizes) {
  free(sizes->sizes);
  free(sizes->extents);
  free(sizes->infos);
}

/* Takes each size from the first extent that has it. */
static int read_sizes(vox_sizes *sizes, vox_error *error,
                      const vox_program *program, const vox_tensor *inputs) {
  const vox_open_program *open = &program->open;
  const vox_tensor_info *infos = program->description->inputs;
  for (int32_t i = 0; i < open->num_sizes; ++i)
    sizes->sizes[i] = -1;
  for (int32_t i = 0; i < open->num_extents; ++i) {
    const vox_open_extent *at = &open->extents[i];
    int64_t extent = inputs[at->input].shape[at->dimension];
    int64_t *size = &sizes->sizes[at->size];
    if (*size < 0)
      *size = extent;
    if (*size == extent)
      continue;
    const vox_open_extent *first = open->extents;
    while (first->size != at->size)
      ++first;
    vox_error_set(error,
                  "input \"%.100s\": extent %d is %lld; expected %lld, as "
                  "extent %d of input \"%.100s\"",
                  infos[at->input].name, (int)at->dimension, (long long)extent,
                  (long long)*size, (int)first->dimension,
                  infos[first->input].name);
    return 0;
  }
  return 1;
}

static int check_pairs(vox_error *error, const vox_open_program *open,
                       const int64_t *pairs) {
  for (int32_t i = 0; i < open->num_pairs; ++i)
    if (pairs[2 * i] != pairs[2 * i + 1]) {
      vox_error_set(error,
                    "input sizes do not fit the network: at \"%.200s\" extents "
                    "%lld and %lld should be equal",
                    open->layers[i], (long long)pairs[2 * i],
                    (long long)pairs[2 * i + 1]);
      return 0;
    }
  return 1;
}

vox_status vox_sizes_find(vox_sizes *sizes, vox_error *error,
                          const vox_program *program, const vox_tensor *inputs,
                          vox_description *run) {
  const vox_description *d = program->description;
  *run = *d;
  if (program->open.num_sizes == 0)
    return VOX_OK;
  if (!read_sizes(sizes, error, program, inputs))
    return VOX_ERROR_INVALID_ARGUMENT;
  program->open.infer(sizes->sizes, sizes->extents);
  if (!check_pairs(error, &program->open,
                   sizes->extents + count_output_extents(d)))
    return VOX_ERROR_INVALID_ARGUMENT;
  run->inputs = sizes->infos;
  run->outputs = sizes->infos + d->num_inputs;
  for (int32_t i = 0; i < d->num_inputs; ++i) {
    sizes->infos[i] = d->inputs[i];
    sizes->infos[i].shape = inputs[i].shape;
  }
  int64_t *extents = sizes->extents;
  for (int32_t i = 0; i < d->num_outputs; ++i) {
    vox_tensor_info *info = &sizes->infos[d->num_inputs + i];
    *info = d->outputs[i];
    info->shape = extents;
    extents += info->rank;
  }
  return VOX_OK;
}
