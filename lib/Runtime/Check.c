//===- Check.c - Are these the tensors the model expects? -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything is checked before anything runs, and only what was checked is
// read: the rank before the shape, the shape before the strides.
//
//===----------------------------------------------------------------------===//

#include "Handle.h"
#include "ShapeText.h"
#include "vox/Runtime/Elements.h"

#include <stdio.h>
#include <string.h>

static int64_t count_elements(const vox_tensor_info *info) {
  int64_t count = 1;
  for (int32_t i = 0; i < info->rank; ++i)
    count *= info->shape[i];
  return count;
}

static uintptr_t count_bytes(const vox_tensor_info *info) {
  return (uintptr_t)count_elements(info) * vox_element_bytes(info->type);
}

/* Each open extent within its bounds, and the others as they are. */
static int check_extents(vox_error *error, const char *role,
                         const vox_tensor_info *info,
                         const vox_tensor *tensor) {
  for (int32_t i = 0; i < info->rank; ++i) {
    int64_t extent = tensor->shape[i];
    int64_t least = info->least[i], greatest = info->greatest[i];
    if (extent >= least && extent <= greatest)
      continue;
    char more[32] = "";
    if (greatest > least)
      snprintf(more, sizeof more, " to %lld", (long long)greatest);
    vox_error_set(error, "%s \"%.100s\": extent %d is %lld; expected %lld%s",
                  role, info->name, (int)i, (long long)extent, (long long)least,
                  more);
    return 0;
  }
  return 1;
}

static int check_shape(vox_error *error, const char *role,
                       const vox_tensor_info *info, const vox_tensor *tensor) {
  if (tensor->type != info->type)
    vox_error_set(error, "%s \"%.100s\": type is %d (%s); expected %d (%s)",
                  role, info->name, (int)tensor->type,
                  vox_element_name(tensor->type), (int)info->type,
                  vox_element_name(info->type));
  else if (tensor->rank != info->rank)
    vox_error_set(error, "%s \"%.100s\": rank is %d; expected %d (%s)", role,
                  info->name, (int)tensor->rank, (int)info->rank,
                  vox_print_bounds(info).text);
  else if (info->rank > 0 && !tensor->shape)
    vox_error_set(error, "%s \"%.100s\": shape is null; expected %s", role,
                  info->name, vox_print_bounds(info).text);
  else if (vox_is_open(info))
    return check_extents(error, role, info, tensor);
  else if (info->rank > 0 && memcmp(tensor->shape, info->shape,
                                    info->rank * sizeof *info->shape) != 0)
    vox_error_set(error, "%s \"%.100s\": shape is %s; expected %s", role,
                  info->name, vox_print_shape(tensor->shape, info->rank).text,
                  vox_print_shape(info->shape, info->rank).text);
  else
    return 1;
  return 0;
}

static int check_data(vox_error *error, const char *role,
                      const vox_tensor_info *info, const vox_tensor *tensor) {
  int64_t count = count_elements(info);
  if (tensor->device != VOX_DEVICE_CPU) {
    vox_error_set(error, "%s \"%.100s\": device is %d; expected %d (CPU)", role,
                  info->name, (int)tensor->device, VOX_DEVICE_CPU);
    return 0;
  }
  if (count == 0)
    return 1;
  int64_t dense = 1;
  for (int32_t i = info->rank; tensor->strides && i-- > 0;) {
    /* Along a single element the stride says nothing. */
    if (info->shape[i] != 1 && tensor->strides[i] != dense) {
      vox_error_set(error,
                    "%s \"%.100s\": strides[%d] is %lld; expected %lld (dense, "
                    "the last dimension contiguous)",
                    role, info->name, (int)i, (long long)tensor->strides[i],
                    (long long)dense);
      return 0;
    }
    dense *= info->shape[i];
  }
  if (!tensor->data) {
    vox_error_set(error, "%s \"%.100s\": data is null; expected %lld elements",
                  role, info->name, (long long)count);
    return 0;
  }
  size_t bytes = vox_element_bytes(info->type);
  if ((uintptr_t)tensor->data % bytes != 0) {
    vox_error_set(error,
                  "%s \"%.100s\": data is at address %p; expected a multiple "
                  "of %zu",
                  role, info->name, tensor->data, bytes);
    return 0;
  }
  return 1;
}

/* A kernel may write an output before another one reads the input. */
static int check_overlap(vox_error *error, const vox_tensor_info *output,
                         const void *output_data, const char *role,
                         const vox_tensor_info *other, const void *other_data) {
  uintptr_t a = (uintptr_t)output_data, b = (uintptr_t)other_data;
  uintptr_t a_bytes = count_bytes(output), b_bytes = count_bytes(other);
  /* What has no bytes overlaps nothing, wherever it points to. */
  if (a_bytes == 0 || b_bytes == 0 || a >= b + b_bytes || b >= a + a_bytes)
    return 1;
  vox_error_set(error,
                "output \"%.100s\": overlaps %s \"%.100s\"; expected memory of "
                "its own",
                output->name, role, other->name);
  return 0;
}

static int check_shapes(vox_error *error, const char *role,
                        const vox_tensor_info *infos, const vox_tensor *tensors,
                        int32_t count) {
  if (count > 0 && !tensors) {
    vox_error_set(error, "%ss is null; expected %d tensors", role, (int)count);
    return 0;
  }
  for (int32_t i = 0; i < count; ++i)
    if (!check_shape(error, role, &infos[i], &tensors[i]))
      return 0;
  return 1;
}

static int check_all_data(vox_error *error, const char *role,
                          const vox_tensor_info *infos,
                          const vox_tensor *tensors, int32_t count) {
  for (int32_t i = 0; i < count; ++i)
    if (!check_data(error, role, &infos[i], &tensors[i]))
      return 0;
  return 1;
}

vox_status vox_check_inputs(vox_error *error,
                            const vox_description *description,
                            const vox_tensor *inputs) {
  return check_shapes(error, "input", description->inputs, inputs,
                      description->num_inputs)
             ? VOX_OK
             : VOX_ERROR_INVALID_ARGUMENT;
}

vox_status vox_check_run(vox_error *error, const vox_description *description,
                         const vox_tensor *inputs, const vox_tensor *outputs) {
  if (!check_all_data(error, "input", description->inputs, inputs,
                      description->num_inputs) ||
      !check_shapes(error, "output", description->outputs, outputs,
                    description->num_outputs) ||
      !check_all_data(error, "output", description->outputs, outputs,
                      description->num_outputs))
    return VOX_ERROR_INVALID_ARGUMENT;
  for (int32_t i = 0; i < description->num_outputs; ++i) {
    const vox_tensor_info *info = &description->outputs[i];
    for (int32_t j = 0; j < description->num_inputs; ++j)
      if (!check_overlap(error, info, outputs[i].data, "input",
                         &description->inputs[j], inputs[j].data))
        return VOX_ERROR_INVALID_ARGUMENT;
    for (int32_t j = 0; j < i; ++j)
      if (!check_overlap(error, info, outputs[i].data, "output",
                         &description->outputs[j], outputs[j].data))
        return VOX_ERROR_INVALID_ARGUMENT;
  }
  return VOX_OK;
}
