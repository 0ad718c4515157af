//===- Profile.c - Times of each launch -----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Profile.h"
#include "Report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int vox_profile_init(vox_profile *profile, const vox_description *model) {
  profile->count = model->num_launches;
  profile->launches =
      calloc((size_t)profile->count + 1, sizeof *profile->launches);
  return !profile->launches;
}

void vox_profile_clear(vox_profile *profile) {
  memset(profile->launches, 0, profile->count * sizeof *profile->launches);
}

void vox_profile_observe(void *data, int32_t launch, int64_t begin_ns,
                         int64_t end_ns, const void *result) {
  vox_launch_times *times = &((vox_profile *)data)->launches[launch];
  int64_t time = end_ns - begin_ns;
  times->least = times->runs == 0 || time < times->least ? time : times->least;
  times->sum += time;
  ++times->runs;
}

/* With fewer operations per byte a processor waits for memory. vox-run prints
 * the same table: tools/vox-run/Profile.cpp. */
static const double COMPUTE_BOUND_FLOPS_PER_BYTE = 8;

static double mean_ms(const vox_launch_times *times) {
  return times->runs ? 1e-6 * (double)times->sum / (double)times->runs : 0;
}

/* 10^9 per second. */
static double rate(double amount, double ms) {
  return ms > 0 ? amount * 1e-6 / ms : 0;
}

void vox_print_profile(const vox_profile *profile, const vox_description *model,
                       size_t workspace_bytes) {
  double total = 0, flops = 0, bytes = 0;
  int64_t runs = 0;
  int width = (int)strlen("kernel");
  for (int32_t i = 0; i < profile->count; ++i) {
    int length = (int)strlen(model->launches[i].kernel);
    width = length > width ? length : width;
    total += mean_ms(&profile->launches[i]);
    flops += model->launches[i].flops;
    bytes += model->launches[i].bytes;
    runs = profile->launches[i].runs;
  }
  printf("profile: mean and least times of %lld %s\n"
         "  mean ms    min ms  share         rate  %-*s  layers\n",
         (long long)runs, runs == 1 ? "run" : "runs", width, "kernel");
  for (int32_t i = 0; i < profile->count; ++i) {
    const vox_launch_info *info = &model->launches[i];
    double ms = mean_ms(&profile->launches[i]);
    int memory = info->flops < COMPUTE_BOUND_FLOPS_PER_BYTE * info->bytes;
    char text[32];
    snprintf(text, sizeof text, "%.4g %s",
             rate(memory ? info->bytes : info->flops, ms),
             memory ? "GB/s" : "GF/s");
    printf("%9.4f %9.4f %5.1f%%  %12s  %-*s  ", ms,
           1e-6 * (double)profile->launches[i].least,
           total > 0 ? 100 * ms / total : 0, text, width, info->kernel);
    vox_print_name(info->layers);
    putchar('\n');
  }
  printf("total:  %.4f ms in %d launches, %.4g GF, %.4g GF/s, %.4g GB, "
         "%.4g GB/s\n"
         "memory: arena %llu bytes, scratch %llu bytes, weights %llu bytes\n",
         total, (int)profile->count, 1e-9 * flops, rate(flops, total),
         1e-9 * bytes, rate(bytes, total),
         (unsigned long long)model->arena_bytes,
         (unsigned long long)(workspace_bytes - model->arena_bytes),
         (unsigned long long)model->weights_bytes);
}
