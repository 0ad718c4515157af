//===- Model.c - Handles: making, running, freeing them -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A workspace is, in this order, the arena (values between kernels), the
// scratch shared by all, and one scratch region per thread.
//
//===----------------------------------------------------------------------===//

#define _DEFAULT_SOURCE /* clock_gettime, madvise */
#include "Handle.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

/* Generated code builds these as data. */
_Static_assert(sizeof(vox_tensor) == 40, "C ABI");
_Static_assert(sizeof(vox_options) == 40, "C ABI");
_Static_assert(sizeof(vox_tensor_info) == 40, "C ABI");
_Static_assert(offsetof(vox_description, inputs) == 24, "C ABI");
_Static_assert(offsetof(vox_description, launches) == 48, "C ABI");
_Static_assert(sizeof(vox_description) == 72, "C ABI");
_Static_assert(offsetof(vox_launch_info, shape) == 40, "C ABI");
_Static_assert(sizeof(vox_launch_info) == 56, "C ABI");
_Static_assert(offsetof(vox_program, arena_bytes) == 16, "program layout");
_Static_assert(offsetof(vox_program, execute) == 40, "program layout");
_Static_assert(offsetof(vox_program, open) == 48, "program layout");
_Static_assert(sizeof(vox_open_extent) == 12, "program layout");
_Static_assert(offsetof(vox_open_program, layers) == 24, "program layout");
_Static_assert(sizeof(vox_open_program) == 40, "program layout");
_Static_assert(sizeof(vox_program) == 88, "program layout");

enum { VOX_HUGE_PAGE = 2 << 20 };

static uint64_t align_up(uint64_t bytes) {
  return (bytes + VOX_WORKSPACE_ALIGNMENT - 1) &
         ~(uint64_t)(VOX_WORKSPACE_ALIGNMENT - 1);
}

/* The arena has a tail for vector loads that end behind the last value. */
static size_t arena_region(const vox_program *program) {
  return align_up(program->arena_bytes) + VOX_WORKSPACE_ALIGNMENT;
}

/* Any alignment of the caller's memory will do: one unit is for rounding up. */
size_t vox_model_workspace_size(const vox_model *model) {
  if (!model)
    return 0;
  const vox_program *program = model->program;
  return VOX_WORKSPACE_ALIGNMENT + arena_region(program) +
         vox_scratch_region(program->scratch_shared_bytes) +
         model->pool.threads * vox_scratch_region(program->scratch_task_bytes);
}

/* Lays the regions out; returns the arena. */
static char *divide_workspace(vox_model *model, void *workspace) {
  const vox_program *program = model->program;
  char *arena = (char *)align_up((uintptr_t)workspace);
  char *next = arena + arena_region(program);
  size_t region = vox_scratch_region(program->scratch_shared_bytes);
  vox_scratch_reset(&model->shared, next, region);
  next += region;
  region = vox_scratch_region(program->scratch_task_bytes);
  for (int i = 0; i < model->pool.threads; ++i, next += region)
    vox_scratch_reset(&model->tasks[i], next, region);
  return arena;
}

/* Arenas are large and walked from end to end: with small pages a good part of
 * the time goes into address translation. */
static char *allocate_workspace(size_t size) {
  if (size < VOX_HUGE_PAGE)
    return malloc(size);
  void *memory = NULL;
  if (posix_memalign(&memory, VOX_HUGE_PAGE, size) != 0)
    return NULL;
  madvise(memory, size, MADV_HUGEPAGE); /* advice: may be declined */
  return memory;
}

/* How much of the caller's struct to read: all fields that it has whole. After
 * `threads` and `device` there are pointers only. */
static size_t known_size(const vox_options *given) {
  if (given->size >= sizeof *given)
    return sizeof *given;
  size_t field = given->size < offsetof(vox_options, stream) ? sizeof(int32_t)
                                                             : sizeof(void *);
  return given->size - given->size % field;
}

/* Fields that the caller's version of the struct lacks are zero. */
static vox_status read_options(vox_error *error, const vox_options *given,
                               vox_options *options) {
  *options = (vox_options)VOX_OPTIONS_INIT;
  if (given) {
    if (given->size < offsetof(vox_options, threads)) {
      vox_error_set(error, "options: size is %u; expected sizeof(vox_options)",
                    (unsigned)given->size);
      return VOX_ERROR_INVALID_ARGUMENT;
    }
    memcpy(options, given, known_size(given));
  }
  if (options->abi_version != VOX_MODEL_ABI) {
    vox_error_set(error, "options: abi_version is %u; expected %u",
                  (unsigned)options->abi_version, VOX_MODEL_ABI);
    return VOX_ERROR_ABI;
  }
  if (options->threads < 0 || options->threads > VOX_MAX_THREADS) {
    vox_error_set(error, "options: threads is %d; expected 0 to %d",
                  (int)options->threads, VOX_MAX_THREADS);
    return VOX_ERROR_INVALID_ARGUMENT;
  }
  if (options->device != VOX_DEVICE_CPU) {
    vox_error_set(error, "options: device is %d; expected %d (CPU)",
                  (int)options->device, VOX_DEVICE_CPU);
    return VOX_ERROR_UNSUPPORTED;
  }
  if (options->stream) {
    vox_error_set(error, "options: stream is set; expected null on the CPU");
    return VOX_ERROR_INVALID_ARGUMENT;
  }
  if (options->threads == 0)
    options->threads = vox_pool_processors();
  return VOX_OK;
}

static vox_status check_program(vox_error *error, const vox_program *program) {
  if (program->abi_version != VOX_PROGRAM_ABI) {
    vox_error_set(error, "program: abi_version is %u; expected %u",
                  (unsigned)program->abi_version, VOX_PROGRAM_ABI);
    return VOX_ERROR_ABI;
  }
  int lacks = vox_processor_lacks(program->cpu_features);
  if (lacks < 0)
    return VOX_OK;
  const char *name = vox_processor_feature_name(lacks);
  char number[32];
  snprintf(number, sizeof number, "feature number %d", lacks);
  vox_error_set(error,
                "this processor has no %s; expected one like the target the "
                "model was compiled for",
                name ? name : number);
  return VOX_ERROR_UNSUPPORTED;
}

static void free_handle(vox_model *model) {
  free(model->workspace);
  free(model->tasks);
  free(model->inputs);
  free(model->outputs);
  vox_sizes_free(&model->sizes);
  free(model);
}

static vox_status set_threads_error(vox_error *error, int threads, int code) {
  vox_error_set(error, "cannot start %d threads: %s", threads, strerror(code));
  return code == ENOMEM ? VOX_ERROR_OUT_OF_MEMORY : VOX_ERROR_THREADS;
}

vox_status vox_model_create(const vox_program *program,
                            const vox_options *given, vox_model **result) {
  vox_error *error = vox_error_of_thread();
  vox_error_clear(error);
  if (!result) {
    vox_error_set(error, "model is null; expected the address of a pointer");
    return VOX_ERROR_INVALID_ARGUMENT;
  }
  *result = NULL;
  vox_options options;
  vox_status status = check_program(error, program);
  if (status == VOX_OK)
    status = read_options(error, given, &options);
  if (status != VOX_OK)
    return status;

  const vox_description *description = program->description;
  vox_model *model = calloc(1, sizeof *model);
  if (model) {
    model->program = program;
    model->observer = options.observer;
    model->observer_data = options.observer_data;
    /* calloc(0) may return null: one pointer more than needed. */
    model->tasks = calloc(options.threads, sizeof *model->tasks);
    model->inputs = calloc(description->num_inputs + 1, sizeof(void *));
    model->outputs = calloc(description->num_outputs + 1, sizeof(void *));
  }
  if (!model || !model->tasks || !model->inputs || !model->outputs ||
      vox_sizes_init(&model->sizes, program)) {
    if (model)
      free_handle(model);
    vox_error_set(error, "out of memory for a handle");
    return VOX_ERROR_OUT_OF_MEMORY;
  }
  int code = vox_pool_start(&model->pool, options.threads);
  if (code) {
    free_handle(model);
    return set_threads_error(error, options.threads, code);
  }
  *result = model;
  return VOX_OK;
}

const vox_description *vox_model_describe(const vox_program *program) {
  return program->description;
}

/* Claims the handle for one call; vox_model_run and vox_model_output_shapes
 * release it by clearing `busy`. */
static vox_status claim(vox_model *model) {
  if (!model) {
    vox_error *error = vox_error_of_thread();
    vox_error_clear(error);
    vox_error_set(error, "model is null; expected a handle from create");
    return VOX_ERROR_INVALID_ARGUMENT;
  }
  /* The parent may have been in the middle of a run when it forked. */
  int orphaned = vox_pool_is_orphaned(&model->pool);
  if (orphaned)
    atomic_store(&model->busy, 0);
  if (atomic_exchange(&model->busy, 1))
    return VOX_ERROR_BUSY;
  vox_error_clear(&model->error);
  if (!orphaned)
    return VOX_OK;
  int code = vox_pool_restart(&model->pool);
  if (!code)
    return VOX_OK;
  atomic_store(&model->busy, 0);
  return set_threads_error(&model->error, model->pool.threads, code);
}

/* The description without open extents, as `inputs` decide them. */
static vox_status describe_run(vox_model *model, const vox_tensor *inputs,
                               vox_description *run) {
  vox_status status =
      vox_check_inputs(&model->error, model->program->description, inputs);
  if (status != VOX_OK)
    return status;
  return vox_sizes_find(&model->sizes, &model->error, model->program, inputs,
                        run);
}

vox_status vox_model_output_shapes(vox_model *model, const vox_tensor *inputs,
                                   int64_t *const *shapes) {
  vox_status status = claim(model);
  if (status != VOX_OK)
    return status;
  vox_description run = *model->program->description;
  if (inputs || model->program->open.num_sizes > 0)
    status = describe_run(model, inputs, &run);
  if (status == VOX_OK && !shapes && run.num_outputs > 0) {
    vox_error_set(&model->error, "shapes is null; expected %d of them",
                  (int)run.num_outputs);
    status = VOX_ERROR_INVALID_ARGUMENT;
  }
  for (int32_t i = 0; status == VOX_OK && i < run.num_outputs; ++i) {
    const vox_tensor_info *info = &run.outputs[i];
    if (info->rank == 0)
      continue;
    if (shapes[i]) {
      memcpy(shapes[i], info->shape, info->rank * sizeof *info->shape);
    } else {
      vox_error_set(&model->error,
                    "shapes[%d] is null; expected room for %d extents", (int)i,
                    (int)info->rank);
      status = VOX_ERROR_INVALID_ARGUMENT;
    }
  }
  atomic_store(&model->busy, 0);
  return status;
}

static int64_t now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* What lies between two kernels, a few stores, counts for the second one; the
 * observer's own time for none. */
void vox_model_observe(void *context, int32_t launch, const void *result) {
  vox_model *model = context;
  if (!model->observer)
    return;
  model->observer(model->observer_data, launch, model->launch_begin_ns,
                  now_ns(), result);
  model->launch_begin_ns = now_ns();
}

static vox_status run_claimed(vox_model *model, const vox_tensor *inputs,
                              const vox_tensor *outputs, void *workspace) {
  const vox_program *program = model->program;
  vox_description run;
  vox_status status = describe_run(model, inputs, &run);
  if (status == VOX_OK)
    status = vox_check_run(&model->error, &run, inputs, outputs);
  if (status != VOX_OK)
    return status;
  if (!workspace) {
    size_t size = vox_model_workspace_size(model);
    if (!model->workspace)
      model->workspace = allocate_workspace(size);
    if (!model->workspace) {
      vox_error_set(&model->error, "out of memory for a workspace of %zu bytes",
                    size);
      return VOX_ERROR_OUT_OF_MEMORY;
    }
    workspace = model->workspace;
  }
  char *arena = divide_workspace(model, workspace);
  for (int32_t i = 0; i < run.num_inputs; ++i)
    model->inputs[i] = inputs[i].data;
  for (int32_t i = 0; i < run.num_outputs; ++i)
    model->outputs[i] = outputs[i].data;
  if (model->observer)
    model->launch_begin_ns = now_ns();
  int32_t code = program->execute(model, model->inputs, model->outputs, arena,
                                  model->sizes.sizes);
  if (code == 0)
    return VOX_OK;
  /* Keeps halide_error's message if the kernel left one. */
  vox_error_set(&model->error, "a kernel failed with code %d", (int)code);
  return VOX_ERROR_KERNEL;
}

vox_status vox_model_run(vox_model *model, const vox_tensor *inputs,
                         const vox_tensor *outputs, void *workspace) {
  vox_status status = claim(model);
  if (status != VOX_OK)
    return status;
  status = run_claimed(model, inputs, outputs, workspace);
  atomic_store(&model->busy, 0);
  return status;
}

const char *vox_model_last_error(const vox_model *model) {
  return model ? model->error.text : vox_error_of_thread()->text;
}

void vox_model_destroy(vox_model *model) {
  if (!model)
    return;
  vox_pool_stop(&model->pool);
  free_handle(model);
}
