/* wrong.c - Every wrong call prints its status and message, and changes
 * nothing: a right call afterwards gives the right result. */

#include "small-test.h"

static small_tensors t;
static small_model *model;

static void run(const char *what, const vox_tensor *in, const vox_tensor *out) {
  memset(t.sum, 0x5a, sizeof t.sum);
  memset(t.mean, 0x5a, sizeof t.mean);
  vox_status status = small_run(model, in, out, NULL);
  printf("%s: %d %s\n", what, (int)status, small_last_error(model));
  /* Refused before anything was written. */
  for (size_t i = 0; i < sizeof t.sum; ++i)
    EXPECT(((char *)t.sum)[i] == 0x5a);
  for (size_t i = 0; i < sizeof t.mean; ++i)
    EXPECT(((char *)t.mean)[i] == 0x5a);
  prepare(&t);
  EXPECT(small_run(model, t.inputs, t.outputs, NULL) == VOX_OK);
  check(&t);
}

static void wrong_tensors(void) {
  run("no inputs", NULL, t.outputs);
  run("no outputs", t.inputs, NULL);
  t.inputs[0].type = 11;
  run("type", t.inputs, t.outputs);
  t.inputs[1].type = -1;
  run("no type", t.inputs, t.outputs);
  t.inputs[0].rank = 5;
  run("rank", t.inputs, t.outputs);
  t.inputs[0].rank = -1;
  run("negative rank", t.inputs, t.outputs);
  t.inputs[1].shape = NULL;
  run("no shape", t.inputs, t.outputs);
  const int64_t turned[] = {1, 2, 4, 3};
  t.inputs[1].shape = turned;
  run("shape", t.inputs, t.outputs);
  const int64_t negative[] = {1, 2, -3, INT64_MAX};
  t.outputs[0].shape = negative;
  run("output shape", t.inputs, t.outputs);
  const int64_t turned_strides[] = {24, 12, 1, 3};
  t.inputs[0].strides = turned_strides;
  run("strides", t.inputs, t.outputs);
  const int64_t gaps[] = {24, 24, 4, 1};
  t.outputs[0].strides = gaps;
  run("gaps", t.inputs, t.outputs);
  t.inputs[1].device = 1;
  run("device", t.inputs, t.outputs);
  t.inputs[0].data = NULL;
  run("no data", t.inputs, t.outputs);
  t.outputs[1].data = NULL;
  run("no output data", t.inputs, t.outputs);
  t.outputs[1].data = (char *)t.mean + 2;
  run("alignment", t.inputs, t.outputs);
  t.outputs[0].data = t.a;
  run("in place", t.inputs, t.outputs);
  t.outputs[1].data = t.sum + ELEMENTS - 1;
  run("outputs overlap", t.inputs, t.outputs);
}

static void wrong_shapes(void) {
  int64_t extents[4];
  int64_t *shapes[] = {extents, NULL};
  vox_status status = small_output_shapes(model, t.inputs, shapes);
  printf("no room: %d %s\n", (int)status, small_last_error(model));
  status = small_output_shapes(model, t.inputs, NULL);
  printf("no shapes: %d %s\n", (int)status, small_last_error(model));
  t.inputs[1].rank = 1;
  shapes[1] = extents;
  status = small_output_shapes(model, t.inputs, shapes);
  printf("shapes of wrong inputs: %d %s\n", (int)status,
         small_last_error(model));
  prepare(&t);
  t.inputs[0].data = NULL; /* not looked at */
  EXPECT(small_output_shapes(model, t.inputs, shapes) == VOX_OK);
  prepare(&t);
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
         (int)small_run(NULL, t.inputs, t.outputs, NULL),
         small_last_error(NULL));
  printf("shapes without handle: %d %s\n",
         (int)small_output_shapes(NULL, t.inputs, shapes),
         small_last_error(NULL));
  EXPECT(small_workspace_size(NULL) == 0);
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  EXPECT(small_create(NULL, &model) == VOX_OK);
  prepare(&t);
  wrong_tensors();
  wrong_shapes();
  wrong_options();
  null_handle();
  small_destroy(model);
  return 0;
}
