//===- Handle.h - What the runtime's files know of each other -------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A handle owns everything a run touches: its threads, its scratch regions and
// its message. Nothing is global but two thread-local records, so that handles,
// and models of other versions, can run side by side in one process.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_RUNTIME_HANDLE_H
#define VOX_LIB_RUNTIME_HANDLE_H

#include "vox/Runtime/Program.h"

#include <pthread.h>
#include <stdatomic.h>

enum { VOX_MAX_THREADS = 1024 };

/*===- Error.c ------------------------------------------------------------===*/

/* Several workers may fail at once; the first message stays. */
typedef struct vox_error {
  atomic_int taken;
  char text[512];
} vox_error;

void vox_error_clear(vox_error *error);
void vox_error_set(vox_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Where the calling thread's failed create leaves its message. */
vox_error *vox_error_of_thread(void);

/*===- ThreadPool.c -------------------------------------------------------===*/

struct vox_pool;
typedef struct vox_worker {
  struct vox_pool *pool;
  pthread_t thread;
  int slot;
} vox_worker;

typedef struct vox_pool {
  int threads;         /* the calling thread included */
  int spins;           /* looks for work before sleeping */
  int started;         /* workers that run */
  atomic_int process;  /* the process they run in; 0 when none */
  vox_worker *workers; /* [threads - 1] */

  pthread_mutex_t mutex;
  pthread_cond_t wake, done;
  atomic_uint generation; /* counts loops; workers sleep until it changes */
  atomic_int sleepers;
  atomic_int stop;
  atomic_int open;   /* the loop below may be joined */
  atomic_int active; /* workers that may be looking at it */
  atomic_int caller_waits;

  /* The current parallel loop. Written by the caller while it is closed and
   * nobody is active. */
  void *context;
  vox_task task;
  uint8_t *closure;
  int64_t end;
  atomic_int result;
  /* The one word all threads fight for has a cache line of its own. */
  char padding_before[64];
  atomic_llong next;
  char padding_after[64];
} vox_pool;

/* Processors the process may run on, at least 1. */
int vox_pool_processors(void);
/* Prepares `threads` threads; 0 or an errno. vox_pool_stop undoes it. */
int vox_pool_start(vox_pool *pool, int threads);
void vox_pool_stop(vox_pool *pool);
/* True in a forked child that has not restarted the pool. */
int vox_pool_is_orphaned(const vox_pool *pool);
/* Starts the workers that are missing, after a fork; 0 or an errno. */
int vox_pool_restart(vox_pool *pool);
/* The calling thread's number within a task of this pool; -1 outside. */
int vox_pool_slot(const vox_pool *pool);
int vox_pool_run(vox_pool *pool, void *context, vox_task task, int min,
                 int size, uint8_t *closure);

/*===- Scratch.c ----------------------------------------------------------===*/

typedef struct vox_scratch {
  char *base;
  size_t size, top, last; /* last: offset of the topmost block, or NONE */
} vox_scratch;

/* Bytes of a region that holds blocks of `bytes` in all. */
size_t vox_scratch_region(uint64_t bytes);
void vox_scratch_reset(vox_scratch *scratch, char *base, size_t size);
/* NULL when the region is full. */
void *vox_scratch_allocate(vox_scratch *scratch, size_t size);
void vox_scratch_free(void *block);

/*===- Check.c ------------------------------------------------------------===*/

/* On failure the message is set. The inputs' types and shapes, which fit a
 * description with open extents or not: */
vox_status vox_check_inputs(vox_error *error,
                            const vox_description *description,
                            const vox_tensor *inputs);
/* All that is left, by a description without open extents: */
vox_status vox_check_run(vox_error *error, const vox_description *description,
                         const vox_tensor *inputs, const vox_tensor *outputs);

/*===- Sizes.c ------------------------------------------------------------===*/

/* What a run with open extents has in place of them. Nothing is allocated for
 * programs without. */
typedef struct vox_sizes {
  int64_t *sizes;         /* [num_sizes] */
  int64_t *extents;       /* the outputs', then pairs that must be equal */
  vox_tensor_info *infos; /* of the inputs, then of the outputs */
} vox_sizes;

/* 0, or 1 where memory ran out; vox_sizes_free is needed after both. */
int vox_sizes_init(vox_sizes *sizes, const vox_program *program);
void vox_sizes_free(vox_sizes *sizes);
/* Finds the sizes and what follows from them, for inputs that
 * vox_check_inputs accepts. `run` becomes the program's description with the
 * extents of these inputs, whose shapes it points to. */
vox_status vox_sizes_find(vox_sizes *sizes, vox_error *error,
                          const vox_program *program, const vox_tensor *inputs,
                          vox_description *run);

/*===- Processor.c --------------------------------------------------------===*/

/* The number of the first feature bit that the processor lacks, or -1. */
int vox_processor_lacks(uint32_t features);
/* NULL for one that this runtime does not know. */
const char *vox_processor_feature_name(int feature);

/*===- Model.c ------------------------------------------------------------===*/

struct vox_model {
  const vox_program *program;
  vox_error error;
  vox_pool pool;
  atomic_int busy;
  vox_scratch shared;
  vox_scratch *tasks; /* [pool.threads] */
  char *workspace;    /* its own, from the first run without a caller's */
  const void **inputs;
  void **outputs;
  vox_sizes sizes;
  vox_observer observer;
  void *observer_data;
  int64_t launch_begin_ns; /* of the kernel that runs, if there is one */
};

#endif /* VOX_LIB_RUNTIME_HANDLE_H */
