//===- Error.c - The message of a failed call -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Messages live in fixed buffers: reporting that memory ran out must not need
// any. They are one line whatever names a model or file brings along.
//
//===----------------------------------------------------------------------===//

#include "Handle.h"

#include <stdarg.h>
#include <stdio.h>

void vox_error_clear(vox_error *error) {
  error->text[0] = 0;
  atomic_store(&error->taken, 0);
}

void vox_error_set(vox_error *error, const char *format, ...) {
  if (atomic_exchange(&error->taken, 1))
    return;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error->text, sizeof error->text, format, arguments);
  va_end(arguments);
  for (char *c = error->text; *c; ++c)
    if ((unsigned char)*c < ' ')
      *c = '?';
}

vox_error *vox_error_of_thread(void) {
  static _Thread_local vox_error error;
  return &error;
}

/* Halide's default prints and aborts; ours leaves the words to the caller. The
 * kernel returns nonzero afterwards, which ends the run. */
void halide_error(void *user_context, const char *message) {
  vox_model *model = user_context;
  vox_error_set(&model->error, "%s", message);
}
