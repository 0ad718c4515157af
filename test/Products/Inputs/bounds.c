/* bounds.c - Tensors and workspace that end (or begin) at a page which may not
 * be touched: an access outside of them stops the program. MODEL is the model's
 * name. Shapes come from the description, so it fits any model. */

#include "guarded.h"

enum { MAX_TENSORS = 8 };

static size_t bytes_of(const vox_tensor_info *info) {
  size_t count = 1;
  for (int i = 0; i < info->rank; ++i)
    count *= (size_t)info->shape[i];
  return count * sizeof(float);
}

static void make_tensors(const vox_tensor_info *infos, int count, int at_end,
                         vox_tensor *tensors) {
  for (int i = 0; i < count; ++i) {
    tensors[i].type = infos[i].type;
    tensors[i].rank = infos[i].rank;
    tensors[i].shape = infos[i].shape;
    tensors[i].strides = NULL;
    tensors[i].device = VOX_DEVICE_CPU;
    tensors[i].data = guarded(bytes_of(&infos[i]), at_end);
    for (size_t j = 0; j < bytes_of(&infos[i]) / sizeof(float); ++j)
      ((float *)tensors[i].data)[j] = (float)(j % 13) * 0.25f - 1.0f;
  }
}

/* Where tensors lie must not matter, so all runs give the same bits, at
 * whatever end of the pages and with however many threads. */
static void run(int threads, int at_end, vox_tensor *outputs) {
  const vox_description *d = API(describe)();
  vox_options options = VOX_OPTIONS_INIT;
  options.threads = threads;
  API(model) * model;
  if (API(create)(&options, &model) != VOX_OK) {
    fprintf(stderr, "%s\n", API(last_error)(NULL));
    exit(2);
  }
  vox_tensor inputs[MAX_TENSORS];
  make_tensors(d->inputs, d->num_inputs, at_end, inputs);
  make_tensors(d->outputs, d->num_outputs, at_end, outputs);
  /* Inputs are read only. */
  for (int i = 0; i < d->num_inputs; ++i) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *start = (char *)((size_t)inputs[i].data / page * page);
    size_t bytes =
        (size_t)((char *)inputs[i].data - start) + bytes_of(&d->inputs[i]);
    if (mprotect(start, bytes, PROT_READ))
      exit(2);
  }
  char *workspace = guarded(API(workspace_size)(model), at_end);
  if (API(run)(model, inputs, outputs, workspace) != VOX_OK) {
    fprintf(stderr, "%s\n", API(last_error)(model));
    exit(1);
  }
  API(destroy)(model);
}

int main(void) {
  const vox_description *d = API(describe)();
  if (d->num_inputs > MAX_TENSORS || d->num_outputs > MAX_TENSORS)
    return 2;
  vox_tensor first[MAX_TENSORS], next[MAX_TENSORS];
  run(1, 0, first);
  for (int i = 1; i < 6; ++i) {
    run(1 + i / 2, i % 2, next);
    for (int j = 0; j < d->num_outputs; ++j)
      if (memcmp(first[j].data, next[j].data, bytes_of(&d->outputs[j]))) {
        fprintf(stderr, "output %d differs in run %d\n", j, i);
        return 1;
      }
  }
  puts("within bounds");
  return 0;
}
