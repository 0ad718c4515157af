/* small-test.h - The tensors of small.mlir, and what it computes, in plain C.
 * Good for C99 and C++11. */

#ifndef SMALL_TEST_H
#define SMALL_TEST_H

#include "small.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPECT(condition)                                                      \
  do {                                                                         \
    if (!(condition)) {                                                        \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);  \
      exit(1);                                                                 \
    }                                                                          \
  } while (0)

enum { ELEMENTS = 24, PLANE = 12, MEANS = 2 };

static const int64_t full_shape[] = {1, 2, 3, 4}, mean_shape[] = {1, 2, 1, 1};

static vox_tensor make_tensor(float *data, const int64_t *shape) {
  vox_tensor tensor;
  tensor.data = data;
  tensor.type = VOX_FLOAT32;
  tensor.rank = 4;
  tensor.shape = shape;
  tensor.strides = NULL;
  tensor.device = VOX_DEVICE_CPU;
  return tensor;
}

static void fill_inputs(float *a, float *b) {
  for (int i = 0; i < ELEMENTS; ++i) {
    a[i] = (float)((i * 7) % 11) - 3.0f;
    b[i] = 0.5f * (float)i;
  }
}

static void check_outputs(const float *a, const float *b, const float *sum,
                          const float *mean) {
  float means[MEANS] = {0, 0};
  for (int i = 0; i < PLANE; ++i) {
    float first = a[i] - 2.0f;
    float second = 0.25f * a[i] + 0.75f * a[PLANE + i] + 2.0f;
    first = first > 0 ? first : 0;
    second = second > 0 ? second : 0;
    EXPECT(fabsf(sum[i] - (first + b[i])) < 1e-5f);
    EXPECT(fabsf(sum[PLANE + i] - (second + b[PLANE + i])) < 1e-5f);
    means[0] += first / PLANE;
    means[1] += second / PLANE;
  }
  EXPECT(fabsf(mean[0] - means[0]) < 1e-5f);
  EXPECT(fabsf(mean[1] - means[1]) < 1e-5f);
}

/* The arguments of a run, and the memory that they show. */
typedef struct small_tensors {
  float a[ELEMENTS], b[ELEMENTS], sum[ELEMENTS], mean[MEANS];
  vox_tensor inputs[2], outputs[2];
} small_tensors;

static void prepare(small_tensors *t) {
  fill_inputs(t->a, t->b);
  t->inputs[0] = make_tensor(t->a, full_shape);
  t->inputs[1] = make_tensor(t->b, full_shape);
  t->outputs[0] = make_tensor(t->sum, full_shape);
  t->outputs[1] = make_tensor(t->mean, mean_shape);
}

static void check(const small_tensors *t) {
  check_outputs(t->a, t->b, t->sum, t->mean);
}

#endif
