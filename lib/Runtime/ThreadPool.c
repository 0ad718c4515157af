//===- ThreadPool.c - The threads of a handle -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One parallel loop at a time: the caller publishes it, opens it, takes
// iterations from an atomic counter like every worker, closes it, and waits for
// the workers that joined. A worker announces itself (active) before it looks
// whether the loop is open, and the caller closes the loop before it looks who
// is active. Sequential consistency makes one of them see the other, so a late
// worker never touches a loop that is over, and no loop waits for sleepers.
//
//===----------------------------------------------------------------------===//

#define _GNU_SOURCE /* sched_getaffinity */
#include "Handle.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* About 50 us of looking: longer than the serial stretch between two kernels
 * of a network, shorter than anyone notices on an idle machine. */
enum { VOX_SPINS = 2000 };

/* A task's stack: Halide puts small buffers there, each of at most 16 KiB. */
enum { VOX_STACK_BYTES = 4 << 20 };

static _Thread_local struct {
  const vox_pool *pool;
  int slot;
} current;

static void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

int vox_pool_processors(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0)
    return CPU_COUNT(&set);
  /* More processors than cpu_set_t holds. */
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online < 1 ? 1 : online < VOX_MAX_THREADS ? online : VOX_MAX_THREADS;
}

int vox_pool_slot(const vox_pool *pool) {
  return current.pool == pool ? current.slot : -1;
}

/* Takes iterations until none is left or one has failed. */
static void take_part(vox_pool *pool, int slot) {
  const vox_pool *outer_pool = current.pool;
  int outer_slot = current.slot;
  current.pool = pool;
  current.slot = slot;
  while (atomic_load_explicit(&pool->result, memory_order_relaxed) == 0) {
    long long index = atomic_fetch_add(&pool->next, 1);
    if (index >= pool->end)
      break;
    int result = pool->task(pool->context, (int)index, pool->closure);
    int none = 0;
    if (result)
      atomic_compare_exchange_strong(&pool->result, &none, result);
  }
  current.pool = outer_pool;
  current.slot = outer_slot;
}

/* Returns when a loop newer than `seen` was published, or to stop. */
static void wait_for_work(vox_pool *pool, unsigned seen) {
  for (int i = 0; i < pool->spins; ++i) {
    if (atomic_load_explicit(&pool->generation, memory_order_relaxed) != seen)
      return;
    relax();
  }
  pthread_mutex_lock(&pool->mutex);
  atomic_fetch_add(&pool->sleepers, 1);
  while (atomic_load(&pool->generation) == seen)
    pthread_cond_wait(&pool->wake, &pool->mutex);
  atomic_fetch_sub(&pool->sleepers, 1);
  pthread_mutex_unlock(&pool->mutex);
}

static void *work(void *argument) {
  vox_worker *worker = argument;
  vox_pool *pool = worker->pool;
  unsigned seen = 0;
  for (;;) {
    wait_for_work(pool, seen);
    seen = atomic_load(&pool->generation);
    if (atomic_load(&pool->stop))
      return NULL;
    atomic_fetch_add(&pool->active, 1);
    if (atomic_load(&pool->open))
      take_part(pool, worker->slot);
    if (atomic_fetch_sub(&pool->active, 1) == 1 &&
        atomic_load(&pool->caller_waits)) {
      pthread_mutex_lock(&pool->mutex);
      pthread_cond_signal(&pool->done);
      pthread_mutex_unlock(&pool->mutex);
    }
  }
}

static void wake_workers(vox_pool *pool) {
  atomic_fetch_add(&pool->generation, 1);
  if (atomic_load(&pool->sleepers) == 0)
    return;
  pthread_mutex_lock(&pool->mutex);
  pthread_cond_broadcast(&pool->wake);
  pthread_mutex_unlock(&pool->mutex);
}

static void wait_for_workers(vox_pool *pool) {
  for (int i = 0; i < pool->spins; ++i) {
    if (atomic_load(&pool->active) == 0)
      return;
    relax();
  }
  pthread_mutex_lock(&pool->mutex);
  atomic_store(&pool->caller_waits, 1);
  while (atomic_load(&pool->active) != 0)
    pthread_cond_wait(&pool->done, &pool->mutex);
  atomic_store(&pool->caller_waits, 0);
  pthread_mutex_unlock(&pool->mutex);
}

static void stop_workers(vox_pool *pool) {
  atomic_store(&pool->stop, 1);
  wake_workers(pool);
  for (int i = 0; i < pool->started; ++i)
    pthread_join(pool->workers[i].thread, NULL);
  pool->started = 0;
  atomic_store(&pool->process, 0);
}

/* Starts from nothing: after a fork the copied locks and counters may be in
 * the state of some moment in the middle of the parent's run. */
int vox_pool_restart(vox_pool *pool) {
  pthread_mutex_init(&pool->mutex, NULL);
  pthread_cond_init(&pool->wake, NULL);
  pthread_cond_init(&pool->done, NULL);
  atomic_store(&pool->generation, 0);
  atomic_store(&pool->sleepers, 0);
  atomic_store(&pool->stop, 0);
  atomic_store(&pool->open, 0);
  atomic_store(&pool->active, 0);
  atomic_store(&pool->caller_waits, 0);
  pool->started = 0;

  /* The program's signal handlers are not for our threads. */
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, VOX_STACK_BYTES);
  int error = 0;
  for (int i = 0; i < pool->threads - 1 && !error; ++i) {
    vox_worker *worker = &pool->workers[i];
    worker->pool = pool;
    worker->slot = i + 1;
    error = pthread_create(&worker->thread, &attributes, work, worker);
    pool->started += !error;
  }
  pthread_attr_destroy(&attributes);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (error)
    stop_workers(pool);
  else
    atomic_store(&pool->process, getpid());
  return error;
}

int vox_pool_start(vox_pool *pool, int threads) {
  pool->threads = threads;
  /* With more threads than processors a spinning one keeps a working one from
   * its processor. */
  pool->spins = threads <= vox_pool_processors() ? VOX_SPINS : 0;
  pool->started = 0;
  atomic_store(&pool->process, 0);
  pool->workers = NULL;
  if (threads > 1) {
    pool->workers = calloc(threads - 1, sizeof *pool->workers);
    if (!pool->workers)
      return ENOMEM;
  }
  int error = vox_pool_restart(pool);
  if (error) {
    free(pool->workers);
    pool->workers = NULL;
  }
  return error;
}

int vox_pool_is_orphaned(const vox_pool *pool) {
  return atomic_load(&pool->process) != getpid();
}

void vox_pool_stop(vox_pool *pool) {
  if (!vox_pool_is_orphaned(pool)) {
    stop_workers(pool);
    pthread_cond_destroy(&pool->done);
    pthread_cond_destroy(&pool->wake);
    pthread_mutex_destroy(&pool->mutex);
  }
  free(pool->workers);
}

int vox_pool_run(vox_pool *pool, void *context, vox_task task, int min,
                 int size, uint8_t *closure) {
  if (vox_pool_slot(pool) >= 0) { /* nested: all threads are busy already */
    int result = 0;
    for (int i = 0; i < size && !result; ++i)
      result = task(context, min + i, closure);
    return result;
  }
  pool->context = context;
  pool->task = task;
  pool->closure = closure;
  pool->end = (int64_t)min + size;
  atomic_store(&pool->next, min);
  atomic_store(&pool->result, 0);
  if (pool->started == 0 || size <= 1) {
    take_part(pool, 0);
  } else {
    atomic_store(&pool->open, 1);
    wake_workers(pool);
    take_part(pool, 0);
    atomic_store(&pool->open, 0);
    wait_for_workers(pool);
  }
  return atomic_load(&pool->result);
}

int halide_do_par_for(void *user_context, vox_task task, int min, int size,
                      uint8_t *closure) {
  vox_model *model = user_context;
  return vox_pool_run(&model->pool, user_context, task, min, size, closure);
}
