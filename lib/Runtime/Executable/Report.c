//===- Report.c - What an executable prints -------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Names come from the network, so control characters in them are not printed.
//
//===----------------------------------------------------------------------===//

#include "Report.h"
#include "../ShapeText.h"
#include "Files.h"
#include "vox/Runtime/Elements.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_VALUES = 8 };

void vox_print_name(const char *name) {
  for (; *name; ++name)
    putchar((unsigned char)*name < ' ' || *name == 127 ? '?' : *name);
}

static void print_info(const char *role, const vox_tensor_info *info) {
  printf("%s ", role);
  vox_print_name(info->name);
  printf(" %s %s", vox_element_name(info->type), vox_print_bounds(info).text);
}

void vox_print_description(const vox_description *model) {
  printf("model ");
  vox_print_name(model->name);
  putchar('\n');
  for (int32_t i = 0; i < model->num_inputs; ++i) {
    print_info("input", &model->inputs[i]);
    putchar('\n');
  }
  for (int32_t i = 0; i < model->num_outputs; ++i) {
    print_info("output", &model->outputs[i]);
    putchar('\n');
  }
}

void vox_print_tensor(const vox_tensor_info *tensor, const void *data) {
  int64_t count = vox_tensor_elements(tensor), nans = 0;
  double min = INFINITY, max = -INFINITY, sum = 0;
  for (int64_t i = 0; i < count; ++i) {
    double value = vox_get_number(tensor->type, data, i);
    nans += isnan(value);
    min = fmin(min, value); /* fmin and fmax pass over NaNs */
    max = fmax(max, value);
    sum += isnan(value) ? 0 : value;
  }
  print_info("output", tensor);
  if (count > nans)
    printf(": min %g, mean %g, max %g", min, sum / (double)(count - nans), max);
  if (nans)
    printf(", %lld NaN", (long long)nans);
  printf(", values [");
  for (int64_t i = 0; i < count && i < FIRST_VALUES; ++i) {
    printf("%s", i ? ", " : "");
    if (tensor->type == VOX_FLOAT32)
      printf("%.6g", ((const float *)data)[i]);
    else
      printf("%lld", (long long)vox_get_integer(tensor->type, data, i));
  }
  printf("%s]\n", count > FIRST_VALUES ? ", ..." : "");
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The smallest time that `percent` of the runs do not exceed. */
static double percentile(const double *sorted, size_t count, double percent) {
  double rank = ceil(percent / 100 * (double)count);
  return sorted[rank < 1 ? 0 : (size_t)rank - 1];
}

int vox_print_times(const vox_time *times, size_t count,
                    const double *percentiles, int percentile_count) {
  double *sorted = malloc(count * sizeof *sorted);
  if (!sorted)
    return 1;
  for (size_t i = 0; i < count; ++i)
    sorted[i] = times[i].end - times[i].start;
  qsort(sorted, count, sizeof *sorted, ascending);
  double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
  printf("time (ms): min %.4f, median %.4f", sorted[0], median);
  for (int i = 0; i < percentile_count; ++i)
    printf(", p%g %.4f", percentiles[i],
           percentile(sorted, count, percentiles[i]));
  printf(" (%zu runs)\n", count);
  free(sorted);
  return 0;
}

int vox_export_times(const char *path, const vox_time *times, size_t count,
                     vox_file_message *message) {
  vox_output_file file;
  if (vox_output_open(&file, path, message))
    return 1;
  int failed = vox_output_write(&file, "[\n", 2);
  for (size_t i = 0; i < count && !failed; ++i) {
    char line[160];
    int length = snprintf(
        line, sizeof line,
        "  {\"startComputeMs\": %.6f, \"endComputeMs\": %.6f, \"computeMs\": "
        "%.6f}%s\n",
        times[i].start, times[i].end, times[i].end - times[i].start,
        i + 1 < count ? "," : "");
    failed = vox_output_write(&file, line, length);
  }
  failed = failed || vox_output_write(&file, "]\n", 2);
  return vox_output_close(&file, failed, message);
}
