//===- Program.h - Between generated host code and the runtime ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The compiler writes one constant vox_program per model and, for each public
// function NAME_x, a function that calls vox_model_x below. Program and runtime
// are linked into one relocatable object whose other symbols become local, so
// nothing here is visible to users and it may change with every version.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_RUNTIME_PROGRAM_H
#define VOX_RUNTIME_PROGRAM_H

#include "vox/Runtime/Model.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Raised when vox_program changes: program and runtime must agree. */
#define VOX_PROGRAM_ABI 2

/* Processor features that a program's kernels use. Checked by create, so that
 * a model on the wrong machine gives a message and not an illegal instruction.
 * VOX_CPU_AVX512 stands for F, CD, BW, DQ and VL together. */
enum {
  VOX_CPU_AVX = 1 << 0,
  VOX_CPU_AVX2 = 1 << 1,
  VOX_CPU_FMA = 1 << 2,
  VOX_CPU_F16C = 1 << 3,
  VOX_CPU_AVX512 = 1 << 4
};

/* The arena and every scratch region start at a multiple of this. */
#define VOX_WORKSPACE_ALIGNMENT 128

/* What one halide_malloc of `size` bytes takes from its scratch region. A block
 * is reused once it and all blocks allocated after it are free (Halide frees
 * early, not in reverse order), so a region that holds the sum over the
 * allocations that are nested in each other's scopes always suffices. */
#define VOX_SCRATCH_BLOCK(size)                                                \
  (VOX_WORKSPACE_ALIGNMENT +                                                   \
   (((uint64_t)(size) + VOX_WORKSPACE_ALIGNMENT - 1) &                         \
    ~(uint64_t)(VOX_WORKSPACE_ALIGNMENT - 1)))

/* An open extent of an input, which is one of the program's sizes. */
typedef struct vox_open_extent {
  int32_t input, dimension, size;
} vox_open_extent;

/* What follows from open extents; all zero where none is open. */
typedef struct vox_open_program {
  int32_t num_sizes;
  int32_t num_extents;
  /* Of each size there is at least one; they are equal in a run. */
  const vox_open_extent *extents;
  /* Pairs of extents that must be equal, and the layers that need it. */
  int32_t num_pairs;
  const char *const *layers;
  /* Computes the outputs' extents, of one after the other, and then both of
   * each pair. */
  void (*infer)(const int64_t *sizes, int64_t *extents);
} vox_open_program;

typedef struct vox_program {
  uint32_t abi_version;  /* VOX_PROGRAM_ABI */
  uint32_t cpu_features; /* VOX_CPU_* that the kernels need */
  const vox_description *description;
  uint64_t arena_bytes;          /* values between kernels */
  uint64_t scratch_shared_bytes; /* allocations outside of parallel tasks */
  uint64_t scratch_task_bytes;   /* inside of them, for one thread; a parallel
                                    loop inside a task counts as inside */
  /* Runs all kernels; nonzero is failure. context goes to every kernel as
   * Halide's user_context, and to vox_model_observe after it. */
  int32_t (*execute)(void *context, const void *const *inputs,
                     void *const *outputs, char *arena, const int64_t *sizes);
  vox_open_program open;
} vox_program;

typedef struct vox_model vox_model;

/* What each NAME_ function forwards to; Model.h documents them. */
vox_status vox_model_create(const vox_program *program,
                            const vox_options *options, vox_model **model);
const vox_description *vox_model_describe(const vox_program *program);
vox_status vox_model_output_shapes(vox_model *model, const vox_tensor *inputs,
                                   int64_t *const *shapes);
size_t vox_model_workspace_size(const vox_model *model);
vox_status vox_model_run(vox_model *model, const vox_tensor *inputs,
                         const vox_tensor *outputs, void *workspace);
const char *vox_model_last_error(const vox_model *model);
void vox_model_destroy(vox_model *model);

/* Tells the observer, if there is one, that the kernel of launch number
 * `launch` is done. */
void vox_model_observe(void *context, int32_t launch, const void *result);

/* What Halide's generated code calls; user_context is the vox_model. */
typedef int (*vox_task)(void *user_context, int index, uint8_t *closure);
int halide_do_par_for(void *user_context, vox_task task, int min, int size,
                      uint8_t *closure);
void *halide_malloc(void *user_context, size_t size);
void halide_free(void *user_context, void *block);
void halide_error(void *user_context, const char *message);

#ifdef __cplusplus
}
#endif

#endif /* VOX_RUNTIME_PROGRAM_H */
