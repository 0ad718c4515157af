//===- Profile.h - Times of each launch -----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The table that vox-run --dumpProfile prints too.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_RUNTIME_EXECUTABLE_PROFILE_H
#define VOX_LIB_RUNTIME_EXECUTABLE_PROFILE_H

#include "vox/Runtime/Model.h"

/* Over all runs since the last clear, in nanoseconds. */
typedef struct vox_launch_times {
  int64_t runs, sum, least;
} vox_launch_times;

typedef struct vox_profile {
  int32_t count;
  vox_launch_times *launches;
} vox_profile;

/* 1 when memory ran out. free(profile->launches) undoes it. */
int vox_profile_init(vox_profile *profile, const vox_description *model);
void vox_profile_clear(vox_profile *profile);
/* A vox_observer; `data` is the profile. */
void vox_profile_observe(void *data, int32_t launch, int64_t begin_ns,
                         int64_t end_ns, const void *result);
void vox_print_profile(const vox_profile *profile, const vox_description *model,
                       size_t workspace_bytes);

#endif /* VOX_LIB_RUNTIME_EXECUTABLE_PROFILE_H */
