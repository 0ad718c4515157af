//===- Model.h - The C interface of a compiled model ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The types that every compiled model shares. The compiler copies this text
// into each NAME.h, so it stands alone (C99 or C++) and the headers of several
// models can be included together.
//
// A model called NAME exports seven functions:
//
//   vox_status NAME_create(const vox_options *options, NAME_model **model);
//   const vox_description *NAME_describe(void);
//   vox_status NAME_output_shapes(NAME_model *model, const vox_tensor *inputs,
//                                 int64_t *const *shapes);
//   size_t NAME_workspace_size(const NAME_model *model);
//   vox_status NAME_run(NAME_model *model, const vox_tensor *inputs,
//                       const vox_tensor *outputs, void *workspace);
//   const char *NAME_last_error(const NAME_model *model);
//   void NAME_destroy(NAME_model *model);
//
// create         Makes a handle: threads and small tables. NULL options mean
//                VOX_OPTIONS_INIT. On failure *model is NULL and
//                last_error(NULL) says why.
// describe       Names, types and shapes; static, needs no handle.
// output_shapes  Fills shapes[i][0 .. rank of output i) for the given inputs.
//                Only the inputs' types and shapes are read, not their data;
//                inputs may be NULL when the description has no open extent.
//                Inputs whose extents the network can't take together, such as
//                parts of a concatenation of which one is wider, are refused.
// workspace_size Bytes that a caller's workspace must hold.
// run            Computes the outputs from the inputs. Both are arrays in the
//                description's order. All of them are checked before anything
//                is computed; when the status is not VOX_OK the outputs'
//                content is undefined. workspace is workspace_size bytes at any
//                alignment, needed during the call only, or NULL: then the
//                handle allocates its own at the first run and keeps it.
// last_error     Why the handle's last call failed, "" if it did not; valid
//                until the next call with that handle. last_error(NULL)
//                explains the calling thread's last failed create.
// destroy        Frees the handle; NULL is allowed.
//
// Ownership: every tensor's data, shape and strides belong to the caller and
// are used during the call only. Outputs must not overlap inputs or each other.
//
// Threads: a handle runs one inference at a time; a call that comes while
// another is running is refused with VOX_ERROR_BUSY. Handles of one model share
// its weights, and any number of handles run concurrently. After fork() the
// child can go on with its copy of a handle; its worker threads are restarted
// at the next run.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_MODEL_ABI

/* The version of this interface; a change that breaks callers raises it. */
#define VOX_MODEL_ABI 2

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Element types; the numbers are those of ONNX's TensorProto.DataType. A bool
 * is one byte, 0 or 1. */
enum {
  VOX_FLOAT32 = 1,
  VOX_UINT8 = 2,
  VOX_INT8 = 3,
  VOX_UINT16 = 4,
  VOX_INT16 = 5,
  VOX_INT32 = 6,
  VOX_INT64 = 7,
  VOX_BOOL = 9
};

/* Where a tensor's data lies and where a model runs. */
enum { VOX_DEVICE_CPU = 0 };

typedef int32_t vox_status;
enum {
  VOX_OK = 0,
  VOX_ERROR_INVALID_ARGUMENT = 1, /* a tensor, option or pointer is wrong */
  VOX_ERROR_OUT_OF_MEMORY = 2,
  VOX_ERROR_THREADS = 3,     /* the system refused to start a thread */
  VOX_ERROR_BUSY = 4,        /* the handle is running another inference */
  VOX_ERROR_ABI = 5,         /* caller and model disagree on VOX_MODEL_ABI */
  VOX_ERROR_UNSUPPORTED = 6, /* a device or processor the model is not for */
  VOX_ERROR_KERNEL = 7       /* a kernel failed: a fault of the compiler */
};

/* A view of memory. Strides count elements, not bytes; NULL means dense with
 * the last dimension contiguous, which is the only order accepted today. data
 * is aligned to the element size at least. */
typedef struct vox_tensor {
  void *data;
  int32_t type;
  int32_t rank;
  const int64_t *shape;
  const int64_t *strides;
  int32_t device;
} vox_tensor;

/* Called after each kernel of a run, in the thread that called run: `launch`
 * indexes the description's launches, the times are those of the monotonic
 * clock, and `result` is what the kernel wrote, valid during the call. */
typedef void (*vox_observer)(void *data, int32_t launch, int64_t begin_ns,
                             int64_t end_ns, const void *result);

/* Later versions append fields; size tells which of them the caller knows. */
typedef struct vox_options {
  uint32_t size;        /* sizeof(vox_options) */
  uint32_t abi_version; /* VOX_MODEL_ABI */
  int32_t threads;      /* 0 = as many as the process may run on */
  int32_t device;
  void *stream;          /* the device's queue to run in; NULL on the CPU */
  vox_observer observer; /* NULL: kernels are not timed */
  void *observer_data;   /* goes to the observer */
} vox_options;

#define VOX_OPTIONS_INIT                                                       \
  {sizeof(vox_options), VOX_MODEL_ABI, 0, VOX_DEVICE_CPU, NULL, NULL, NULL}

/* One input or output. An extent of -1 is open: decided by the inputs of a run,
 * from `least` to `greatest`, which equal `shape` where it is fixed. A scalar
 * has rank 0. */
typedef struct vox_tensor_info {
  const char *name;
  int32_t type;
  int32_t rank;
  const int64_t *shape;
  const int64_t *least, *greatest;
} vox_tensor_info;

/* One run of a kernel within a run of the model. Of a model with open extents
 * flops, bytes and shape are those of the greatest; an observed result then
 * lies densely with the extents of the run. */
typedef struct vox_launch_info {
  const char *kernel; /* equal layers share one kernel */
  const char *layers; /* the ONNX nodes it computes, separated by " + " */
  double flops;       /* a multiply-add counts as two */
  double bytes;       /* inputs, weights and result, each once */
  int32_t type;       /* of the result, as in vox_tensor */
  int32_t rank;
  const int64_t *shape;
  int32_t block; /* 1: dense. Else the result lies as [N, ceil(C / block),
                    spatial..., block], lanes past C being zeros */
} vox_launch_info;

typedef struct vox_description {
  uint32_t abi_version;
  const char *name;
  int32_t num_inputs;
  int32_t num_outputs;
  const vox_tensor_info *inputs;
  const vox_tensor_info *outputs;
  int32_t num_launches;
  const vox_launch_info *launches; /* in the order in which they run */
  uint64_t arena_bytes;   /* of the workspace: the values between kernels */
  uint64_t weights_bytes; /* of the constants, which are part of the model */
} vox_description;

#ifdef __cplusplus
}
#endif

#elif VOX_MODEL_ABI != 2
#error "two models of different Voxc versions need different C interfaces"
#endif
