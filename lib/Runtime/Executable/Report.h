//===- Report.h - What an executable prints -------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Summaries of tensors and of times, for people and as JSON.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_RUNTIME_EXECUTABLE_REPORT_H
#define VOX_LIB_RUNTIME_EXECUTABLE_REPORT_H

#include "vox/Runtime/TensorFile.h"

/* Of one run, in milliseconds since the first timed one began. */
typedef struct vox_time {
  double start, end;
} vox_time;

/* Control characters, which could drive a terminal, become '?'. */
void vox_print_name(const char *name);
void vox_print_description(const vox_description *model);
void vox_print_tensor(const vox_tensor_info *tensor, const void *data);
/* 1 when memory ran out. */
int vox_print_times(const vox_time *times, size_t count,
                    const double *percentiles, int percentile_count);
/* 0, or 1 with a message. */
int vox_export_times(const char *path, const vox_time *times, size_t count,
                     vox_file_message *message);

#endif /* VOX_LIB_RUNTIME_EXECUTABLE_REPORT_H */
