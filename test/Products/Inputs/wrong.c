/* wrong.c - Every wrong call prints its status and message, and changes
 * nothing: a right call afterwards gives the right result. */

#include "small-test.h"

static float a[ELEMENTS], b[ELEMENTS], sum[ELEMENTS], mean[MEANS];
static vox_tensor inputs[2], outputs[2];
static small_model *model;

static void reset(void) {
  inputs[0] = make_tensor(a, full_shape);
  inputs[1] = make_tensor(b, full_shape);
  outputs[0] = make_tensor(sum, full_shape);
  outputs[1] = make_tensor(mean, mean_shape);
}

static void run(const char *what, const vox_tensor *in, const vox_tensor *out) {
  memset(sum, 0x5a, sizeof sum);
  memset(mean, 0x5a, sizeof mean);
  vox_status status = small_run(model, in, out, NULL);
  printf("%s: %d %s\n", what, (int)status, small_last_error(model));
  /* Refused before anything was written. */
  for (size_t i = 0; i < sizeof sum; ++i)
    EXPECT(((char *)sum)[i] == 0x5a);
  for (size_t i = 0; i < sizeof mean; ++i)
    EXPECT(((char *)mean)[i] == 0x5a);
  reset();
  EXPECT(small_run(model, inputs, outputs, NULL) == VOX_OK);
  check_outputs(a, b, sum, mean);
}

static void wrong_tensors(void) {
  run("no inputs", NULL, outputs);
  run("no outputs", inputs, NULL);
  inputs[0].type = 11;
  run("type", inputs, outputs);
  inputs[1].type = -1;
  run("no type", inputs, outputs);
  inputs[0].rank = 5;
  run("rank", inputs, outputs);
  inputs[0].rank = -1;
  run("negative rank", inputs, outputs);
  inputs[1].shape = NULL;
  run("no shape", inputs, outputs);
  const int64_t turned[] = {1, 2, 4, 3};
  inputs[1].shape = turned;
  run("shape", inputs, outputs);
  const int64_t negative[] = {1, 2, -3, INT64_MAX};
  outputs[0].shape = negative;
  run("output shape", inputs, outputs);
  const int64_t turned_strides[] = {24, 12, 1, 3};
  inputs[0].strides = turned_strides;
  run("strides", inputs, outputs);
  const int64_t gaps[] = {24, 24, 4, 1};
  outputs[0].strides = gaps;
  run("gaps", inputs, outputs);
  inputs[1].device = 1;
  run("device", inputs, outputs);
  inputs[0].data = NULL;
  run("no data", inputs, outputs);
  outputs[1].data = NULL;
  run("no output data", inputs, outputs);
  outputs[1].data = (char *)mean + 2;
  run("alignment", inputs, outputs);
  outputs[0].data = a;
  run("in place", inputs, outputs);
  outputs[1].data = sum + ELEMENTS - 1;
  run("outputs overlap", inputs, outputs);
}

static void wrong_shapes(void) {
  int64_t extents[4];
  int64_t *shapes[] = {extents, NULL};
  vox_status status = small_output_shapes(model, inputs, shapes);
  printf("no room: %d %s\n", (int)status, small_last_error(model));
  status = small_output_shapes(model, inputs, NULL);
  printf("no shapes: %d %s\n", (int)status, small_last_error(model));
  inputs[1].rank = 1;
  shapes[1] = extents;
  status = small_output_shapes(model, inputs, shapes);
  printf("shapes of wrong inputs: %d %s\n", (int)status,
         small_last_error(model));
  reset();
  inputs[0].data = NULL; /* not looked at */
  EXPECT(small_output_shapes(model, inputs, shapes) == VOX_OK);
  reset();
}

static void create(const char *what, const vox_options *options) {
  small_model *result = model;
  vox_status status = small_create(options, &result);
  printf("%s: %d %s\n", what, (int)status, small_last_error(NULL));
  EXPECT(result == NULL);
}

static void wrong_options(void) {
  const vox_options good = VOX_OPTIONS_INIT;
  vox_options options = good;
  options.size = 0;
  create("no size", &options);
  options = good;
  options.abi_version = 999;
  create("abi", &options);
  options = good;
  options.threads = -1;
  create("threads", &options);
  options.threads = INT32_MAX;
  create("many threads", &options);
  options = good;
  options.device = 3;
  create("device option", &options);
  options = good;
  options.stream = &options;
  create("stream", &options);
  printf("no model: %d %s\n", (int)small_create(NULL, NULL),
         small_last_error(NULL));
  /* A good create clears the thread's message. */
  small_model *result;
  EXPECT(small_create(&good, &result) == VOX_OK);
  EXPECT(strcmp(small_last_error(NULL), "") == 0);
  small_destroy(result);
}

static void null_handle(void) {
  int64_t extents[4];
  int64_t *shapes[2];
  shapes[0] = shapes[1] = extents;
  printf("run without handle: %d %s\n",
         (int)small_run(NULL, inputs, outputs, NULL), small_last_error(NULL));
  printf("shapes without handle: %d %s\n",
         (int)small_output_shapes(NULL, inputs, shapes),
         small_last_error(NULL));
  EXPECT(small_workspace_size(NULL) == 0);
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  EXPECT(small_create(NULL, &model) == VOX_OK);
  fill_inputs(a, b);
  reset();
  wrong_tensors();
  wrong_shapes();
  wrong_options();
  null_handle();
  small_destroy(model);
  return 0;
}
