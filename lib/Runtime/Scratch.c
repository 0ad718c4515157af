//===- Scratch.c - Kernels' allocations, out of the workspace -------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A region is a stack of blocks. Halide frees a buffer after its last use, not
// in reverse order, so a freed block below a live one is only marked, and goes
// when it comes to the top. Each thread has a region for the tasks it runs, and
// what is allocated outside of tasks has one, so nothing needs a lock.
//
//===----------------------------------------------------------------------===//

#include "Handle.h"

#include <stdio.h>
#include <stdlib.h>

#define NONE SIZE_MAX

/* Stands in the VOX_WORKSPACE_ALIGNMENT bytes before a block. */
typedef struct block_header {
  vox_scratch *owner;
  size_t below; /* offset of the block underneath, or NONE */
  int is_free;
} block_header;

static block_header *header_at(vox_scratch *scratch, size_t offset) {
  return (block_header *)(scratch->base + offset);
}

/* A vector load may begin inside the last block and end behind it: the region
 * has a tail for that. */
size_t vox_scratch_region(uint64_t bytes) { return VOX_SCRATCH_BLOCK(bytes); }

void vox_scratch_reset(vox_scratch *scratch, char *base, size_t size) {
  scratch->base = base;
  scratch->size = size - VOX_WORKSPACE_ALIGNMENT;
  scratch->top = 0;
  scratch->last = NONE;
}

void *vox_scratch_allocate(vox_scratch *scratch, size_t size) {
  size_t left = scratch->size - scratch->top;
  if (size > left || VOX_SCRATCH_BLOCK(size) > left)
    return NULL;
  block_header *header = header_at(scratch, scratch->top);
  header->owner = scratch;
  header->below = scratch->last;
  header->is_free = 0;
  scratch->last = scratch->top;
  scratch->top += VOX_SCRATCH_BLOCK(size);
  return (char *)header + VOX_WORKSPACE_ALIGNMENT;
}

void vox_scratch_free(void *block) {
  block_header *header =
      (block_header *)((char *)block - VOX_WORKSPACE_ALIGNMENT);
  vox_scratch *scratch = header->owner;
  header->is_free = 1;
  while (scratch->last != NONE && header_at(scratch, scratch->last)->is_free) {
    scratch->top = scratch->last;
    scratch->last = header_at(scratch, scratch->top)->below;
  }
}

void *halide_malloc(void *user_context, size_t size) {
  vox_model *model = user_context;
  int slot = vox_pool_slot(&model->pool);
  vox_scratch *scratch = slot < 0 ? &model->shared : &model->tasks[slot];
  void *block = vox_scratch_allocate(scratch, size);
  if (!block) {
    /* The compiler computed the sizes from the kernels themselves, so this is
     * its mistake and no input's. Kernels do not test the result; going on
     * would write through a null pointer, so end here and say why. */
    fprintf(stderr,
            "%s: internal error: a kernel asked for %zu bytes of scratch; the "
            "compiler reserved %zu, of which %zu are taken\n",
            model->program->description->name, size, scratch->size,
            scratch->top);
    abort();
  }
  return block;
}

void halide_free(void *user_context, void *block) {
  if (block)
    vox_scratch_free(block);
}
