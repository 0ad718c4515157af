//===- Options.c - The command line of an executable ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A table of names; every option with a value is written --name=value.
//
//===----------------------------------------------------------------------===//

#include "Options.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_THREADS = 1024 };

typedef struct parser {
  const char *program;
  const vox_description *model;
  vox_run_options *options;
} parser;

__attribute__((format(printf, 2, 3))) static int fail(const parser *p,
                                                      const char *format, ...) {
  fprintf(stderr, "%s: error: ", p->program);
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  return 1;
}

static int parse_integer(const parser *p, const char *option, const char *text,
                         int64_t min, int64_t max, int64_t *value) {
  char *end;
  errno = 0;
  long long parsed = strtoll(text, &end, 10);
  if (*text == 0 || *end || errno || parsed < min || parsed > max)
    return fail(p, "--%s: \"%s\"; expected an integer from %lld to %lld",
                option, text, (long long)min, (long long)max);
  *value = parsed;
  return 0;
}

static int parse_real(const parser *p, const char *option, const char *text,
                      const char *text_end, double max, double *value) {
  char *end;
  double parsed = strtod(text, &end);
  if (text == text_end || end != text_end || !(parsed >= 0 && parsed <= max))
    return fail(p, "--%s: \"%.*s\"; expected a number from 0 to %g", option,
                (int)(text_end - text), text, max);
  *value = parsed;
  return 0;
}

static int parse_percentiles(const parser *p, const char *option,
                             const char *text) {
  vox_run_options *o = p->options;
  o->percentile_count = 0;
  for (const char *next = text;;) {
    size_t length = strcspn(next, ",");
    if (o->percentile_count == VOX_MAX_PERCENTILES)
      return fail(p, "--%s: \"%s\"; expected at most %d numbers", option, text,
                  VOX_MAX_PERCENTILES);
    if (parse_real(p, option, next, next + length, 100,
                   &o->percentiles[o->percentile_count++]))
      return 1;
    if (!next[length])
      return 0;
    next += length + 1;
  }
}

/* "[name=]@FILE"; without a name it is for the first tensor not yet given. */
static int parse_file(const parser *p, const char *option, const char *text,
                      const vox_tensor_info *infos, int32_t count,
                      const char **paths) {
  size_t name_length = 0;
  const char *path = text;
  if (*text != '@') {
    const char *separator = strstr(text, "=@");
    if (!separator)
      return fail(p, "--%s: \"%s\"; expected [name=]@FILE", option, text);
    name_length = separator - text;
    path = separator + 1;
  }
  ++path; /* the @ */
  if (!*path)
    return fail(p, "--%s: \"%s\" names no file; expected [name=]@FILE", option,
                text);
  for (int32_t i = 0; i < count; ++i) {
    const char *name = infos[i].name;
    if (name_length == 0 ? paths[i] != NULL
                         : strlen(name) != name_length ||
                               memcmp(name, text, name_length) != 0)
      continue;
    if (paths[i])
      return fail(p, "--%s: \"%s\" is given twice; expected one file", option,
                  name);
    paths[i] = path;
    return 0;
  }
  if (name_length == 0)
    return fail(p, "--%s: one file too many; expected at most %d", option,
                (int)count);
  return fail(p,
              "--%s: the model has no %s \"%.*s\"; expected a name that "
              "--describe lists",
              option, option, (int)name_length, text);
}

static int parse_fill(const parser *p, const char *option, const char *text) {
  static const char *const names[] = {"random", "zeros", "ones"};
  for (int i = 0; i < 3; ++i)
    if (strcmp(text, names[i]) == 0) {
      p->options->fill = (enum vox_fill)i;
      return 0;
    }
  return fail(p, "--%s: \"%s\"; expected random, zeros or ones", option, text);
}

static int parse_value(const parser *p, const char *option, const char *text,
                       int *known) {
  const vox_description *m = p->model;
  vox_run_options *o = p->options;
  const char *end = text + strlen(text);
  int64_t integer;
  if (strcmp(option, "input") == 0)
    return parse_file(p, option, text, m->inputs, m->num_inputs,
                      o->input_paths);
  if (strcmp(option, "output") == 0) {
    o->has_outputs = 1;
    return parse_file(p, option, text, m->outputs, m->num_outputs,
                      o->output_paths);
  }
  if (strcmp(option, "fill") == 0)
    return parse_fill(p, option, text);
  if (strcmp(option, "seed") == 0) {
    if (parse_integer(p, option, text, 0, INT64_MAX, &integer))
      return 1;
    o->seed = integer;
    return 0;
  }
  if (strcmp(option, "threads") == 0) {
    if (parse_integer(p, option, text, 0, MAX_THREADS, &integer))
      return 1;
    o->threads = (int)integer;
    return 0;
  }
  if (strcmp(option, "warmUp") == 0)
    return parse_real(p, option, text, end, 1e9, &o->warm_up_ms);
  if (strcmp(option, "percentile") == 0)
    return parse_percentiles(p, option, text);
  if (strcmp(option, "iterations") == 0) {
    o->timing = 1;
    return parse_integer(p, option, text, 1, 1000000000, &o->iterations);
  }
  if (strcmp(option, "duration") == 0) {
    o->timing = 1;
    return parse_real(p, option, text, end, 1e6, &o->duration_s);
  }
  if (strcmp(option, "exportTimes") == 0) {
    o->timing = 1;
    o->times_path = text;
    return *text ? 0
                 : fail(p, "--%s: no file; expected --%s=FILE", option, option);
  }
  *known = 0;
  return 0;
}

static int parse_argument(const parser *p, const char *argument) {
  static const char *const with_value[] = {
      "input",  "output",     "fill",     "seed",       "threads",
      "warmUp", "iterations", "duration", "percentile", "exportTimes"};
  vox_run_options *o = p->options;
  if (strcmp(argument, "--help") == 0)
    o->help = 1;
  else if (strcmp(argument, "--version") == 0)
    o->version = 1;
  else if (strcmp(argument, "--describe") == 0)
    o->describe = 1;
  else if (strcmp(argument, "--dumpProfile") == 0)
    o->dump_profile = o->timing = 1;
  else if (argument[0] != '-')
    return fail(p,
                "unexpected argument \"%s\"; expected options, as in "
                "--input=@FILE",
                argument);
  else {
    char name[32];
    const char *value = strchr(argument, '=');
    size_t length = value ? (size_t)(value - argument) : strlen(argument);
    int known = length > 2 && length - 2 < sizeof name && argument[1] == '-';
    if (known) {
      memcpy(name, argument + 2, length - 2);
      name[length - 2] = 0;
      if (value)
        return parse_value(p, name, value + 1, &known) ||
               (!known && fail(p,
                               "unknown option \"%s\"; expected one that "
                               "--help lists",
                               argument));
      for (size_t i = 0; i < sizeof with_value / sizeof *with_value; ++i)
        if (strcmp(name, with_value[i]) == 0)
          return fail(p, "--%s has no value; expected --%s=...", name, name);
    }
    return fail(p, "unknown option \"%s\"; expected one that --help lists",
                argument);
  }
  return 0;
}

int vox_parse_options(const char *program, const vox_description *model,
                      int count, char **arguments, vox_run_options *options) {
  parser p = {program, model, options};
  options->warm_up_ms = 200;
  options->percentile_count = 2;
  options->percentiles[0] = 95;
  options->percentiles[1] = 99;
  /* Not given; filled in below by what else was. */
  options->iterations = 0;
  options->duration_s = -1;
  for (int i = 1; i < count; ++i)
    if (parse_argument(&p, arguments[i]))
      return 1;
  if (options->duration_s < 0)
    options->duration_s = options->iterations ? 0 : 3;
  if (!options->iterations)
    options->iterations = 10;
  return 0;
}

void vox_print_help(const char *program) {
  printf("Usage: %s [options]\n"
         "Runs the model that was compiled into this program.\n\n"
         "  --input=[name=]@FILE   read an input (.npy .raw .nii .nii.gz)\n"
         "  --output=[name=]@FILE  write an output\n"
         "  --fill=HOW             inputs without a file: random (default), "
         "zeros, ones\n"
         "  --seed=N               of the random numbers (default 0)\n"
         "  --threads=N            0 (default): as many as there are "
         "processors\n"
         "  --iterations=N         time at least N runs (default 10)\n"
         "  --duration=S           time for at least S seconds (default 3, or "
         "0 with --iterations)\n"
         "  --warmUp=N             run for N milliseconds first (default "
         "200)\n"
         "  --percentile=LIST      of the times to print (default 95,99)\n"
         "  --exportTimes=FILE     write every run's time as JSON\n"
         "  --dumpProfile          time each kernel too\n"
         "  --describe             print the inputs and outputs\n"
         "  --help, --version\n\n"
         "D, H, W of a tensor are k, j, i of a NIfTI file. Without --output "
         "and times the\noutputs are summarised.\n",
         program);
}
