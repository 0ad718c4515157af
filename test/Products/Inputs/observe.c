/* observe.c - A caller that watches each kernel of small.mlir. */

#include "small-test.h"

typedef struct record {
  int32_t count;
  int64_t end;
} record;

static void observe(void *data, int32_t launch, int64_t begin_ns,
                    int64_t end_ns, const void *result) {
  record *r = (record *)data;
  const vox_description *d = small_describe();
  EXPECT(launch == r->count % d->num_launches);
  EXPECT(r->end <= begin_ns && begin_ns <= end_ns);
  r->end = end_ns;
  ++r->count;
  EXPECT(result != NULL);
}

int main(void) {
  static small_tensors t;
  record r;
  vox_options options = VOX_OPTIONS_INIT;
  small_model *model;
  const vox_description *d = small_describe();

  memset(&r, 0, sizeof r);
  options.observer = observe;
  options.observer_data = &r;
  EXPECT(small_create(&options, &model) == VOX_OK);
  prepare(&t);
  EXPECT(small_run(model, t.inputs, t.outputs, NULL) == VOX_OK);
  EXPECT(small_run(model, t.inputs, t.outputs, NULL) == VOX_OK);
  check(&t);
  EXPECT(r.count == 2 * d->num_launches);
  small_destroy(model);

  /* A caller of a time without observers, with garbage behind its struct. */
  options.size = offsetof(vox_options, observer);
  EXPECT(small_create(&options, &model) == VOX_OK);
  EXPECT(small_run(model, t.inputs, t.outputs, NULL) == VOX_OK);
  EXPECT(r.count == 2 * d->num_launches);
  small_destroy(model);

  for (int i = 0; i < d->num_launches; ++i)
    printf("%s: %s, %g operations, %g bytes, rank %d, block %d\n",
           d->launches[i].kernel, d->launches[i].layers, d->launches[i].flops,
           d->launches[i].bytes, (int)d->launches[i].rank,
           (int)d->launches[i].block);
  printf("arena %d, weights %d\n", (int)d->arena_bytes, (int)d->weights_bytes);
  return 0;
}
