//===- TestModel.c - A model of which everything is known -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In place of generated host code: y = a + 2 b elementwise over a 1x1x2x3x4
// volume in a parallel loop, the sum of y as z, and as label 1 where y is
// positive. An a[0] of 666 makes the kernel fail, as a fault of ours would.
//
//===----------------------------------------------------------------------===//

#include "vox/Runtime/Program.h"

enum { ROWS = 6, COLUMNS = 4 };

static const int64_t volume[] = {1, 1, 2, 3, 4};
#define VOLUME 5, volume, volume, volume
static const vox_tensor_info inputs[] = {{"a", VOX_FLOAT32, VOLUME},
                                         {"b", VOX_FLOAT32, VOLUME}};
static const vox_tensor_info outputs[] = {{"y", VOX_FLOAT32, VOLUME},
                                          {"z", VOX_FLOAT32, 0, 0, 0, 0},
                                          {"label", VOX_UINT8, VOLUME}};
static const vox_launch_info launches[] = {
    {"add_1", "scale + add", 48, 288, VOX_FLOAT32, 5, volume, 1},
    {"sum_2", "odd\nname", 1e6, 196, VOX_FLOAT32, 0, 0, 1}};
static const vox_description description = {
    VOX_MODEL_ABI, "test-model", 2, 3, inputs, outputs, 2, launches, 96, 1234};

typedef struct closure {
  const float *a, *b;
  float *y;
} closure;

static int row(void *context, int index, uint8_t *argument) {
  const closure *c = (const closure *)argument;
  float *doubled = halide_malloc(context, COLUMNS * sizeof(float));
  for (int i = 0; i < COLUMNS; ++i)
    doubled[i] = 2 * c->b[index * COLUMNS + i];
  for (int i = 0; i < COLUMNS; ++i)
    c->y[index * COLUMNS + i] = c->a[index * COLUMNS + i] + doubled[i];
  halide_free(context, doubled);
  return 0;
}

static int32_t execute(void *context, const void *const *in, void *const *out,
                       char *arena, const int64_t *sizes) {
  (void)sizes; /* nothing is open */
  closure c = {in[0], in[1], (float *)arena};
  if (c.a[0] == 666) {
    halide_error(context, "the test asked for it");
    return 1;
  }
  int failed = halide_do_par_for(context, row, 0, ROWS, (uint8_t *)&c);
  if (failed)
    return failed;
  vox_model_observe(context, 0, c.y);
  float sum = 0;
  for (int i = 0; i < ROWS * COLUMNS; ++i) {
    sum += ((float *)out[0])[i] = c.y[i];
    ((uint8_t *)out[2])[i] = c.y[i] > 0;
  }
  *(float *)out[1] = sum;
  vox_model_observe(context, 1, out[1]);
  return 0;
}

const vox_program vox_main_program = {
    .abi_version = VOX_PROGRAM_ABI,
    .description = &description,
    .arena_bytes = ROWS * COLUMNS * sizeof(float),
    .scratch_task_bytes = VOX_SCRATCH_BLOCK(COLUMNS * sizeof(float)),
    .execute = execute};
