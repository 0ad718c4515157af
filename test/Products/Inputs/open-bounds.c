/* open-bounds.c - As bounds.c, at the shapes that the command line gives: the
 * extents of all inputs, one after the other. MODEL is the model's name. */

#include "guarded.h"

enum { MAX_TENSORS = 4, MAX_RANK = 8 };

static size_t count_of(const vox_tensor *tensor) {
  size_t count = 1;
  for (int i = 0; i < tensor->rank; ++i)
    count *= (size_t)tensor->shape[i];
  return count;
}

static void make_tensor(const vox_tensor_info *info, const int64_t *shape,
                        int at_end, vox_tensor *tensor) {
  tensor->type = info->type;
  tensor->rank = info->rank;
  tensor->shape = shape;
  tensor->strides = NULL;
  tensor->device = VOX_DEVICE_CPU;
  size_t count = count_of(tensor);
  float *data = (float *)guarded(count * sizeof(float), at_end);
  for (size_t j = 0; j < count; ++j)
    data[j] = (float)(j % 13) * 0.25f - 1.0f;
  tensor->data = data;
}

static void expect(JOIN(MODEL, model) * model, vox_status status) {
  if (status == VOX_OK)
    return;
  fprintf(stderr, "%s\n", API(last_error)(model));
  exit(1);
}

static void run(int threads, int at_end, char **extents, vox_tensor *outputs) {
  static int64_t shapes[2 * MAX_TENSORS][MAX_RANK];
  const vox_description *d = API(describe)();
  vox_tensor inputs[MAX_TENSORS];
  for (int i = 0; i < d->num_inputs; ++i) {
    for (int k = 0; k < d->inputs[i].rank; ++k)
      shapes[i][k] = *extents ? atoll(*extents++) : 0;
    make_tensor(&d->inputs[i], shapes[i], at_end, &inputs[i]);
  }
  vox_options options = VOX_OPTIONS_INIT;
  options.threads = threads;
  JOIN(MODEL, model) *model = NULL;
  expect(NULL, API(create)(&options, &model));
  int64_t *results[MAX_TENSORS];
  for (int i = 0; i < d->num_outputs; ++i)
    results[i] = shapes[MAX_TENSORS + i];
  expect(model, API(output_shapes)(model, inputs, results));
  for (int i = 0; i < d->num_outputs; ++i)
    make_tensor(&d->outputs[i], results[i], at_end, &outputs[i]);
  expect(model, API(run)(model, inputs, outputs,
                         guarded(API(workspace_size)(model), at_end)));
  API(destroy)(model);
}

int main(int count, char **arguments) {
  vox_tensor first[MAX_TENSORS], other[MAX_TENSORS];
  (void)count;
  run(1, 1, arguments + 1, first);
  for (int threads = 1; threads <= 3; ++threads)
    for (int at_end = 0; at_end <= 1; ++at_end) {
      run(threads, at_end, arguments + 1, other);
      for (int i = 0; i < API(describe)()->num_outputs; ++i)
        if (memcmp(first[i].data, other[i].data,
                   count_of(&first[i]) * sizeof(float)) != 0)
          printf("%d threads, at the %s: another result\n", threads,
                 at_end ? "end" : "beginning");
    }
  printf("within bounds\n");
  return 0;
}
