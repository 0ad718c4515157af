//===- Main.c - The program of a model compiled to an executable ----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads the inputs, runs the model, writes or summarises the outputs. Generic:
// the one thing it knows of the model is vox_main_program, which the compiler
// defines in the generated host code.
//
//===----------------------------------------------------------------------===//

#define _POSIX_C_SOURCE 200809L
#include "Options.h"
#include "Profile.h"
#include "Report.h"
#include "vox/Runtime/Program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

extern const vox_program vox_main_program;

/* As all of Voxc's programs. */
enum { EXIT_BAD_INPUT = 1, EXIT_OUR_FAULT = 70 };

typedef struct run_state {
  const char *program; /* how the user called it, for messages */
  const vox_description *model;
  vox_run_options options;
  vox_model *handle;
  vox_tensor_info *infos; /* of inputs, then outputs, as they are in this run */
  vox_tensor *inputs, *outputs;
  vox_geometry *geometries; /* of the inputs */
  vox_profile profile;
} run_state;

static int fail_memory(const run_state *s) {
  fprintf(stderr, "%s: error: out of memory\n", s->program);
  return EXIT_BAD_INPUT;
}

static int fail_file(const vox_file_message *message) {
  fprintf(stderr, "%s\n", message->text);
  return EXIT_BAD_INPUT;
}

static int fail_model(const run_state *s, vox_status status) {
  fprintf(stderr, "%s: error: %s\n", s->program,
          vox_model_last_error(s->handle));
  return status == VOX_ERROR_KERNEL ? EXIT_OUR_FAULT : EXIT_BAD_INPUT;
}

/* Tables of `count` entries and one more: the size may not be zero. */
static void *make_table(int32_t count, size_t size) {
  return calloc((size_t)count + 1, size);
}

static int make_tensors(const vox_tensor_info *infos, int32_t count,
                        vox_tensor *tensors) {
  for (int32_t i = 0; i < count; ++i) {
    size_t bytes = vox_tensor_bytes(&infos[i]);
    void *data = NULL;
    if (posix_memalign(&data, 64, bytes ? bytes : 1) != 0)
      return 1;
    tensors[i] = (vox_tensor){data,           infos[i].type, infos[i].rank,
                              infos[i].shape, NULL,          VOX_DEVICE_CPU};
  }
  return 0;
}

/* An info like `info` with room for a shape of its own; NULL without memory. */
static int64_t *make_shape(const vox_tensor_info *info, vox_tensor_info *own) {
  int64_t *shape = make_table(info->rank, sizeof *shape);
  *own = *info;
  own->shape = shape;
  return shape;
}

/* Files decide about open extents; inputs without one have the greatest. */
static int choose_input_shapes(run_state *s) {
  for (int32_t i = 0; i < s->model->num_inputs; ++i) {
    const vox_tensor_info *info = &s->model->inputs[i];
    int64_t *shape = make_shape(info, &s->infos[i]);
    vox_file_message message;
    if (!shape)
      return fail_memory(s);
    if (!s->options.input_paths[i])
      for (int32_t d = 0; d < info->rank; ++d)
        shape[d] = info->greatest[d];
    else if (vox_tensor_file_shape(s->options.input_paths[i], info, shape,
                                   &message))
      return fail_file(&message);
  }
  return 0;
}

static int find_output_shapes(run_state *s) {
  int32_t count = s->model->num_outputs;
  vox_tensor_info *infos = s->infos + s->model->num_inputs;
  int64_t **shapes = make_table(count, sizeof *shapes);
  if (!shapes)
    return fail_memory(s);
  vox_status status = VOX_ERROR_OUT_OF_MEMORY;
  int32_t made = 0;
  while (made < count &&
         (shapes[made] = make_shape(&s->model->outputs[made], &infos[made])))
    ++made;
  if (made == count)
    status = vox_model_output_shapes(s->handle, s->inputs, shapes);
  free(shapes);
  return made < count ? fail_memory(s) : status ? fail_model(s, status) : 0;
}

static int load_inputs(run_state *s) {
  for (int32_t i = 0; i < s->model->num_inputs; ++i) {
    const vox_tensor_info *info = &s->infos[i];
    void *data = s->inputs[i].data;
    vox_file_message message;
    if (!s->options.input_paths[i])
      vox_tensor_fill(s->options.fill, s->options.seed + (uint64_t)i,
                      info->type, data, vox_tensor_elements(info));
    else if (vox_tensor_file_read(s->options.input_paths[i], info, data,
                                  &s->geometries[i], &message))
      return fail_file(&message);
  }
  return 0;
}

/* What a description says of launches is so at the greatest shapes. */
static int is_greatest(const run_state *s) {
  for (int32_t i = 0; i < s->model->num_inputs; ++i)
    for (int32_t d = 0; d < s->infos[i].rank; ++d)
      if (s->infos[i].shape[d] != s->infos[i].greatest[d])
        return 0;
  return 1;
}

static double now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

static int run_once(run_state *s) {
  vox_status status = vox_model_run(s->handle, s->inputs, s->outputs, NULL);
  return status == VOX_OK ? 0 : fail_model(s, status);
}

static int run_timed(run_state *s) {
  const vox_run_options *o = &s->options;
  for (double begin = now_ms(); now_ms() - begin < o->warm_up_ms;) {
    int failed = run_once(s);
    if (failed)
      return failed;
  }
  vox_profile_clear(&s->profile);
  size_t count = 0, capacity = 0;
  vox_time *times = NULL;
  int failed = 0;
  double begin = now_ms();
  while (!failed && (count < (size_t)o->iterations ||
                     now_ms() - begin < o->duration_s * 1e3)) {
    if (count == capacity) {
      capacity = capacity ? 2 * capacity : 1024;
      vox_time *grown = realloc(times, capacity * sizeof *times);
      if (!grown) {
        free(times);
        return fail_memory(s);
      }
      times = grown;
    }
    times[count].start = now_ms() - begin;
    failed = run_once(s);
    times[count++].end = now_ms() - begin;
  }
  vox_file_message message;
  if (!failed &&
      vox_print_times(times, count, o->percentiles, o->percentile_count))
    failed = fail_memory(s);
  if (!failed && o->dump_profile) {
    vox_print_profile(&s->profile, s->model,
                      vox_model_workspace_size(s->handle));
    if (!is_greatest(s))
      printf("rates:  of the work at the greatest shapes; this run has less\n");
  }
  if (!failed && o->times_path &&
      vox_export_times(o->times_path, times, count, &message))
    failed = fail_file(&message);
  free(times);
  return failed;
}

/* Outputs that vox-monitor-activations added hold figures of many kinds, which
 * have no summary. They are written where --output names them. */
static int is_monitor(const vox_tensor_info *info) {
  static const char prefix[] = "activation_statistics:";
  return strncmp(info->name, prefix, sizeof prefix - 1) == 0;
}

static int write_outputs(run_state *s) {
  const vox_run_options *o = &s->options;
  for (int32_t i = 0; i < s->model->num_outputs; ++i) {
    const vox_tensor_info *info = &s->infos[s->model->num_inputs + i];
    vox_file_message message;
    if (o->output_paths[i] &&
        vox_tensor_file_write(o->output_paths[i], info, s->outputs[i].data,
                              s->geometries, s->model->num_inputs, &message))
      return fail_file(&message);
    if (!o->has_outputs && !o->timing && !is_monitor(info))
      vox_print_tensor(info, s->outputs[i].data);
  }
  return 0;
}

static int run_model(run_state *s) {
  int failed = choose_input_shapes(s);
  if (failed)
    return failed;
  if (vox_profile_init(&s->profile, s->model) ||
      make_tensors(s->infos, s->model->num_inputs, s->inputs))
    return fail_memory(s);
  failed = load_inputs(s);
  if (failed)
    return failed;
  vox_options options = VOX_OPTIONS_INIT;
  options.threads = s->options.threads;
  if (s->options.dump_profile)
    options.observer = vox_profile_observe;
  options.observer_data = &s->profile;
  vox_status status = vox_model_create(&vox_main_program, &options, &s->handle);
  if (status != VOX_OK)
    return fail_model(s, status);
  failed = find_output_shapes(s);
  if (failed)
    return failed;
  if (make_tensors(s->infos + s->model->num_inputs, s->model->num_outputs,
                   s->outputs))
    return fail_memory(s);
  failed = s->options.timing ? run_timed(s) : run_once(s);
  return failed ? failed : write_outputs(s);
}

static int run(run_state *s, int count, char **arguments) {
  if (vox_parse_options(s->program, s->model, count, arguments, &s->options))
    return EXIT_BAD_INPUT;
  if (s->options.help)
    vox_print_help(s->program);
  else if (s->options.version)
    printf("%s (compiled by Voxc " VOXC_VERSION ")\n", s->model->name);
  else if (s->options.describe)
    vox_print_description(s->model);
  else
    return run_model(s);
  return 0;
}

static void free_tensors(vox_tensor *tensors, int32_t count) {
  for (int32_t i = 0; tensors && i < count; ++i)
    free(tensors[i].data);
  free(tensors);
}

static void free_infos(vox_tensor_info *infos, int32_t count) {
  for (int32_t i = 0; infos && i < count; ++i)
    free((int64_t *)infos[i].shape);
  free(infos);
}

int main(int count, char **arguments) {
  const vox_description *model = vox_model_describe(&vox_main_program);
  run_state s = {0};
  s.model = model;
  s.program = count > 0 && arguments[0] ? arguments[0] : model->name;
  if (strrchr(s.program, '/'))
    s.program = strrchr(s.program, '/') + 1;
  s.infos = make_table(model->num_inputs + model->num_outputs, sizeof *s.infos);
  s.inputs = make_table(model->num_inputs, sizeof *s.inputs);
  s.outputs = make_table(model->num_outputs, sizeof *s.outputs);
  s.geometries = make_table(model->num_inputs, sizeof *s.geometries);
  s.options.input_paths = make_table(model->num_inputs, sizeof(char *));
  s.options.output_paths = make_table(model->num_outputs, sizeof(char *));
  int code = s.infos && s.inputs && s.outputs && s.geometries &&
                     s.options.input_paths && s.options.output_paths
                 ? run(&s, count, arguments)
                 : fail_memory(&s);
  vox_model_destroy(s.handle);
  free_infos(s.infos, model->num_inputs + model->num_outputs);
  free_tensors(s.inputs, model->num_inputs);
  free_tensors(s.outputs, model->num_outputs);
  free(s.geometries);
  free(s.profile.launches);
  free(s.options.input_paths);
  free(s.options.output_paths);
  if (fflush(stdout) != 0 && code == 0) {
    perror(s.program);
    code = EXIT_BAD_INPUT;
  }
  return code;
}
