/* concurrent.c - Two models with two handles each, every handle in a thread of
 * its own, over and over for some seconds. Each result must have the bits of
 * the first, which was computed while nothing else ran, and that one must be
 * near the reference.
 *
 * usage: concurrent SECONDS A-INPUT A-EXPECTED B-INPUT B-EXPECTED
 *
 * The models are called MODEL_A and MODEL_B and have one input and one output;
 * the files are .npy, inputs in float32, expected values in float64. */

#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TEXT2(text) #text
#define TEXT(text) TEXT2(text)
#define JOIN2(a, b) a##_##b
#define JOIN(a, b) JOIN2(a, b)

#include TEXT(MODEL_A.h)
#include TEXT(MODEL_B.h)

enum { HANDLES = 2 };

/* A model's functions without its types, so that one code runs both. */
struct model {
  const char *name;
  const vox_description *(*describe)(void);
  vox_status (*create)(const vox_options *options, void **handle);
  vox_status (*run)(void *handle, const vox_tensor *inputs,
                    const vox_tensor *outputs);
  const char *(*last_error)(const void *handle);
  void (*destroy)(void *handle);
  float *input, *first;
  double *expected;
  size_t input_count, output_count;
};

#define DEFINE_MODEL(name)                                                     \
  static vox_status JOIN(wrap, JOIN(name, create))(const vox_options *options, \
                                                   void **handle) {            \
    JOIN(name, model) *model = NULL;                                           \
    vox_status status = JOIN(name, create)(options, &model);                   \
    *handle = model;                                                           \
    return status;                                                             \
  }                                                                            \
  static vox_status JOIN(wrap, JOIN(name, run))(                               \
      void *handle, const vox_tensor *inputs, const vox_tensor *outputs) {     \
    return JOIN(name, run)((JOIN(name, model) *)handle, inputs, outputs,       \
                           NULL);                                              \
  }                                                                            \
  static const char *JOIN(wrap, JOIN(name, last_error))(const void *handle) {  \
    return JOIN(name, last_error)((const JOIN(name, model) *)handle);          \
  }                                                                            \
  static void JOIN(wrap, JOIN(name, destroy))(void *handle) {                  \
    JOIN(name, destroy)((JOIN(name, model) *)handle);                          \
  }

#define MODEL_FUNCTIONS(name)                                                  \
  {TEXT(name),                                                                 \
   JOIN(name, describe),                                                       \
   JOIN(wrap, JOIN(name, create)),                                             \
   JOIN(wrap, JOIN(name, run)),                                                \
   JOIN(wrap, JOIN(name, last_error)),                                         \
   JOIN(wrap, JOIN(name, destroy)),                                            \
   NULL,                                                                       \
   NULL,                                                                       \
   NULL,                                                                       \
   0,                                                                          \
   0}

DEFINE_MODEL(MODEL_A)
DEFINE_MODEL(MODEL_B)

static struct model models[] = {MODEL_FUNCTIONS(MODEL_A),
                                MODEL_FUNCTIONS(MODEL_B)};

struct task {
  struct model *model;
  double seconds;
  long runs;
  int failed;
};

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static size_t count_of(const vox_tensor_info *info) {
  size_t count = 1;
  for (int i = 0; i < info->rank; ++i)
    count *= (size_t)info->shape[i];
  return count;
}

static void *allocate(size_t count, size_t size) {
  void *memory = malloc(count * size);
  if (!memory) {
    fputs("out of memory\n", stderr);
    exit(2);
  }
  return memory;
}

/* The elements of a .npy file: what is left when the header is skipped. */
static void *read_elements(const char *path, const char *type, size_t count,
                           size_t size) {
  FILE *file = fopen(path, "rb");
  unsigned char start[10];
  char header[65536];
  void *elements = allocate(count, size);
  if (!file || fread(start, 1, sizeof start, file) != sizeof start ||
      fread(header, 1, start[8] + 256u * start[9], file) !=
          start[8] + 256u * start[9] ||
      !strstr(header, type) || fread(elements, size, count, file) != count ||
      fgetc(file) != EOF) {
    fprintf(stderr, "%s: not %zu elements of type %s\n", path, count, type);
    exit(2);
  }
  fclose(file);
  return elements;
}

static vox_tensor tensor_of(const vox_tensor_info *info, float *data) {
  vox_tensor tensor = {data,        info->type, info->rank,
                       info->shape, NULL,       VOX_DEVICE_CPU};
  return tensor;
}

static int run(struct model *model, void *handle, float *result) {
  vox_tensor input = tensor_of(model->describe()->inputs, model->input);
  vox_tensor output = tensor_of(model->describe()->outputs, result);
  /* Nothing of an earlier result may pass for this one's. */
  memset(result, 0xff, model->output_count * sizeof *result);
  if (model->run(handle, &input, &output) == VOX_OK)
    return 0;
  fprintf(stderr, "%s: %s\n", model->name, model->last_error(handle));
  return 1;
}

static void *make_handle(struct model *model, int threads) {
  vox_options options = VOX_OPTIONS_INIT;
  options.threads = threads;
  void *handle;
  if (model->create(&options, &handle) != VOX_OK) {
    fprintf(stderr, "%s: %s\n", model->name, model->last_error(NULL));
    exit(1);
  }
  return handle;
}

static void *repeat(void *argument) {
  struct task *task = argument;
  struct model *model = task->model;
  void *handle = make_handle(model, 2);
  float *result = allocate(model->output_count, sizeof *result);
  double end = now() + task->seconds;
  do {
    task->failed = run(model, handle, result);
    ++task->runs;
    if (!task->failed && memcmp(result, model->first,
                                model->output_count * sizeof *result) != 0) {
      fprintf(stderr, "%s: run %ld differs from the first\n", model->name,
              task->runs);
      task->failed = 1;
    }
  } while (!task->failed && now() < end);
  free(result);
  model->destroy(handle);
  return NULL;
}

/* Reads the files and computes the first result, alone, on one thread. */
static int prepare(struct model *model, const char *input,
                   const char *expected) {
  model->input_count = count_of(model->describe()->inputs);
  model->output_count = count_of(model->describe()->outputs);
  model->input = read_elements(input, "<f4", model->input_count, sizeof(float));
  model->expected =
      read_elements(expected, "<f8", model->output_count, sizeof(double));
  model->first = allocate(model->output_count, sizeof *model->first);
  void *handle = make_handle(model, 1);
  int failed = run(model, handle, model->first);
  model->destroy(handle);
  double square = 0, most = 0;
  for (size_t i = 0; i < model->output_count; ++i) {
    double error = fabs(model->first[i] - model->expected[i]);
    square += model->expected[i] * model->expected[i];
    most = error > most || error != error ? error : most;
  }
  double limit = 2e-5 * sqrt(square / (double)model->output_count);
  printf("%s: max error %.2e (limit %.2e)\n", model->name, most, limit);
  return failed || !(most <= limit);
}

int main(int count, char **arguments) {
  if (count != 6) {
    fprintf(stderr, "usage: %s SECONDS A-INPUT A-EXPECTED B-INPUT B-EXPECTED\n",
            arguments[0]);
    return 2;
  }
  if (prepare(&models[0], arguments[2], arguments[3]) ||
      prepare(&models[1], arguments[4], arguments[5]))
    return 1;
  struct task tasks[2 * HANDLES];
  pthread_t threads[2 * HANDLES];
  for (int i = 0; i < 2 * HANDLES; ++i) {
    struct task task = {&models[i % 2], atof(arguments[1]), 0, 0};
    tasks[i] = task;
    if (pthread_create(&threads[i], NULL, repeat, &tasks[i])) {
      fputs("no thread\n", stderr);
      return 2;
    }
  }
  int failed = 0;
  for (int i = 0; i < 2 * HANDLES; ++i) {
    pthread_join(threads[i], NULL);
    printf("%s, handle %d: %ld runs%s\n", tasks[i].model->name, i / 2 + 1,
           tasks[i].runs, tasks[i].failed ? ", FAILED" : " with equal bits");
    failed |= tasks[i].failed;
  }
  for (int i = 0; i < 2; ++i) {
    free(models[i].input);
    free(models[i].expected);
    free(models[i].first);
  }
  return failed;
}
