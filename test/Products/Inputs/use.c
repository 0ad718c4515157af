/* use.c - Every function of the API as its header documents it; C99 and C++. */

#include "small-test.h"

#include "other.h"

static void check_description(void) {
  const vox_description *d = small_describe();
  EXPECT(d == small_describe());
  EXPECT(d->abi_version == VOX_MODEL_ABI);
  EXPECT(strcmp(d->name, "small") == 0);
  EXPECT(d->num_inputs == 2 && d->num_outputs == 2);
  EXPECT(strcmp(d->inputs[0].name, "a") == 0);
  EXPECT(strcmp(d->inputs[1].name, "b") == 0);
  EXPECT(strcmp(d->outputs[0].name, "sum") == 0);
  EXPECT(strcmp(d->outputs[1].name, "mean") == 0);
  EXPECT(d->inputs[1].type == VOX_FLOAT32 && d->inputs[1].rank == 4);
  EXPECT(memcmp(d->inputs[1].shape, full_shape, sizeof full_shape) == 0);
  EXPECT(memcmp(d->outputs[1].shape, mean_shape, sizeof mean_shape) == 0);
}

static void check_output_shapes(small_model *model, const vox_tensor *inputs) {
  int64_t sum[4] = {0}, mean[4] = {0};
  int64_t *shapes[2];
  shapes[0] = sum;
  shapes[1] = mean;
  EXPECT(small_output_shapes(model, inputs, shapes) == VOX_OK);
  EXPECT(memcmp(sum, full_shape, sizeof sum) == 0);
  EXPECT(memcmp(mean, mean_shape, sizeof mean) == 0);
  mean[1] = 0;
  EXPECT(small_output_shapes(model, NULL, shapes) == VOX_OK);
  EXPECT(memcmp(mean, mean_shape, sizeof mean) == 0);
}

static void check_run(small_model *model, void *workspace) {
  small_tensors t;
  prepare(&t);
  check_output_shapes(model, t.inputs);
  EXPECT(small_run(model, t.inputs, t.outputs, workspace) == VOX_OK);
  EXPECT(strcmp(small_last_error(model), "") == 0);
  check(&t);

  /* Dense strides may be written out; along one element any stride is dense. */
  const int64_t strides[] = {99, 12, 4, 1};
  t.inputs[0].strides = strides;
  memset(t.sum, 0, sizeof t.sum);
  EXPECT(small_run(model, t.inputs, t.outputs, workspace) == VOX_OK);
  check(&t);

  /* What a failed call leaves behind: a message, until a call succeeds. */
  t.inputs[0].rank = 3;
  EXPECT(small_run(model, t.inputs, t.outputs, workspace) ==
         VOX_ERROR_INVALID_ARGUMENT);
  EXPECT(strcmp(small_last_error(model), "") != 0);
  t.inputs[0].rank = 4;
  EXPECT(small_run(model, t.inputs, t.outputs, workspace) == VOX_OK);
  EXPECT(strcmp(small_last_error(model), "") == 0);
}

static void check_own_workspace(small_model *model, size_t shift) {
  size_t size = small_workspace_size(model);
  char *memory = (char *)malloc(size + shift);
  EXPECT(memory);
  check_run(model, memory + shift);
  free(memory);
}

static void check_other(void) {
  float x[] = {1, 2, 3, 4, 5, 6}, y[4];
  const float expected[] = {14, 0, 32, -1.5f};
  const int64_t x_shape[] = {2, 3}, y_shape[] = {2, 2};
  vox_tensor input = make_tensor(x, x_shape), output = make_tensor(y, y_shape);
  input.rank = output.rank = 2;
  other_model *model;
  EXPECT(other_create(NULL, &model) == VOX_OK);
  EXPECT(other_run(model, &input, &output, NULL) == VOX_OK);
  for (int i = 0; i < 4; ++i)
    EXPECT(fabsf(y[i] - expected[i]) < 1e-5f);
  other_destroy(model);
}

int main(void) {
  check_description();
  small_model *first, *second;
  EXPECT(small_create(NULL, &first) == VOX_OK);
  vox_options options = VOX_OPTIONS_INIT;
  options.threads = 2;
  EXPECT(small_create(&options, &second) == VOX_OK);
  EXPECT(first && second && first != second);

  /* Two handles of one model and another model, in turn. */
  check_run(first, NULL);
  check_run(second, NULL);
  check_other();
  check_own_workspace(second, 0);
  check_own_workspace(first, 1);
  small_destroy(second);
  check_run(first, NULL);

  /* A caller that knows only the older, shorter options. */
  options.size = (uint32_t)offsetof(vox_options, device);
  options.threads = 1;
  options.device = 77; /* beyond its size: not read */
  EXPECT(small_create(&options, &second) == VOX_OK);
  check_run(second, NULL);
  small_destroy(second);

  small_destroy(first);
  small_destroy(NULL);
  puts("all as documented");
  return 0;
}
