/* open.c - A model of open extents: what its description says, several sizes
 * with one handle, and sizes that are refused. */

#include "open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_extents(const char *what, const int64_t *extents, int rank) {
  printf("%s", what);
  for (int i = 0; i < rank; ++i)
    printf(" %lld", (long long)extents[i]);
  printf("\n");
}

static void describe(const vox_tensor_info *info) {
  printf("%s\n", info->name);
  print_extents("  shape", info->shape, info->rank);
  print_extents("  least", info->least, info->rank);
  print_extents("  greatest", info->greatest, info->rank);
}

/* Runs a = 0, 1, 2, ... and b = 100, and checks every element. */
static void run(open_model *model, int64_t n, int64_t w, int64_t batch,
                int64_t v) {
  int64_t a_shape[] = {n, 2, w}, b_shape[] = {batch, 2, v};
  static float a[1000], b[1000], joined[2000], mean[100];
  for (int i = 0; i < 1000; ++i) {
    a[i] = (float)i;
    b[i] = 100;
  }
  vox_tensor inputs[] = {{a, VOX_FLOAT32, 3, a_shape, NULL, VOX_DEVICE_CPU},
                         {b, VOX_FLOAT32, 3, b_shape, NULL, VOX_DEVICE_CPU}};
  int64_t joined_shape[3], mean_shape[3];
  int64_t *shapes[] = {joined_shape, mean_shape};
  if (open_output_shapes(model, inputs, shapes) != VOX_OK) {
    printf("%s\n", open_last_error(model));
    return;
  }
  print_extents("joined", joined_shape, 3);
  print_extents("mean", mean_shape, 3);
  vox_tensor outputs[] = {
      {joined, VOX_FLOAT32, 3, joined_shape, NULL, VOX_DEVICE_CPU},
      {mean, VOX_FLOAT32, 3, mean_shape, NULL, VOX_DEVICE_CPU}};
  if (open_run(model, inputs, outputs, NULL) != VOX_OK) {
    printf("%s\n", open_last_error(model));
    return;
  }
  for (int64_t row = 0; row < n * 2; ++row) {
    float sum = 0;
    for (int64_t i = 0; i < w + v; ++i)
      if (joined[row * (w + v) + i] != (i < w ? a[row * w + i] : 100))
        printf("joined[%lld, %lld] is wrong\n", (long long)row, (long long)i);
    for (int64_t i = 0; i < v; ++i)
      sum += a[row * w + 2 * i + 1] + 100;
    float difference = mean[row] - sum / (float)v;
    if (difference > 0.01f || difference < -0.01f)
      printf("mean[%lld] is wrong\n", (long long)row);
  }
  joined_shape[2] += 1;
  if (open_run(model, inputs, outputs, NULL) == VOX_OK)
    printf("an output of another shape was accepted\n");
}

int main(void) {
  const vox_description *d = open_describe();
  for (int i = 0; i < d->num_inputs; ++i)
    describe(&d->inputs[i]);
  for (int i = 0; i < d->num_outputs; ++i)
    describe(&d->outputs[i]);
  open_model *model;
  if (open_create(NULL, &model) != VOX_OK)
    return 1;
  run(model, 1, 4, 1, 2);
  run(model, 5, 32, 5, 16);
  run(model, 3, 11, 3, 5);
  run(model, 3, 33, 3, 16);
  run(model, 3, 8, 2, 4);
  run(model, 3, 8, 3, 5);
  if (open_output_shapes(model, NULL, NULL) == VOX_OK)
    printf("shapes without inputs\n");
  printf("%s\n", open_last_error(model));
  open_destroy(model);
  return 0;
}
