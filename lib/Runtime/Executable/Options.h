//===- Options.h - The command line of an executable ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The options are vox-run's as far as a compiled model can serve them.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_RUNTIME_EXECUTABLE_OPTIONS_H
#define VOX_LIB_RUNTIME_EXECUTABLE_OPTIONS_H

#include "vox/Runtime/TensorFile.h"

enum { VOX_MAX_PERCENTILES = 16 };

typedef struct vox_run_options {
  const char **input_paths;  /* [num_inputs]; NULL: filled */
  const char **output_paths; /* [num_outputs]; NULL: not written */
  int has_outputs;
  enum vox_fill fill;
  uint64_t seed;
  int timing; /* an option asked for times */
  double warm_up_ms;
  int64_t iterations;
  double duration_s;
  int percentile_count;
  double percentiles[VOX_MAX_PERCENTILES];
  const char *times_path;
  int dump_profile;
  int threads;
  int describe, help, version;
} vox_run_options;

/* 0, or 1 with a message printed that starts with `program`. */
int vox_parse_options(const char *program, const vox_description *model,
                      int count, char **arguments, vox_run_options *options);
void vox_print_help(const char *program);

#endif /* VOX_LIB_RUNTIME_EXECUTABLE_OPTIONS_H */
