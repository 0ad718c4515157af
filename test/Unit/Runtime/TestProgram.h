//===- TestProgram.h - Programs made by hand for the tests of the runtime -===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A test gives the body of `execute` as a lambda; the model has one input "x"
// of 2x3 and one output "y" of 4 elements.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TEST_UNIT_RUNTIME_TESTPROGRAM_H
#define VOX_TEST_UNIT_RUNTIME_TESTPROGRAM_H

#include "vox/Runtime/Program.h"
#include "gtest/gtest.h"

#include <functional>

using Body =
    std::function<int(void *context, const float *x, float *y, char *arena)>;

/// The body that the handle's program runs; one per thread, so that tests can
/// run several handles at once.
inline thread_local Body *currentBody;

inline int32_t executeBody(void *context, const void *const *inputs,
                           void *const *outputs, char *arena, const int64_t *) {
  return (*currentBody)(context, static_cast<const float *>(inputs[0]),
                        static_cast<float *>(outputs[0]), arena);
}

inline const int64_t xShape[] = {2, 3};
inline const int64_t yShape[] = {4};
inline const vox_tensor_info xInfo = {"x",    VOX_FLOAT32, 2,
                                      xShape, xShape,      xShape};
inline const vox_tensor_info yInfo = {"y",    VOX_FLOAT32, 1,
                                      yShape, yShape,      yShape};
inline const vox_description testDescription = {
    VOX_MODEL_ABI, "test", 1, 1, &xInfo, &yInfo, 0, nullptr, 0, 0};

inline vox_program testProgram(uint64_t arena = 0, uint64_t shared = 0,
                               uint64_t task = 0) {
  return {VOX_PROGRAM_ABI, 0,    &testDescription, arena,
          shared,          task, executeBody,      {}};
}

inline vox_options withThreads(int threads) {
  vox_options options = VOX_OPTIONS_INIT;
  options.threads = threads;
  return options;
}

/// A handle with tensors that fit it.
struct TestModel {
  vox_program program;
  vox_model *handle = nullptr;
  float x[6] = {1, 2, 3, 4, 5, 6};
  float y[4] = {};
  vox_tensor input = {x, VOX_FLOAT32, 2, xShape, nullptr, VOX_DEVICE_CPU};
  vox_tensor output = {y, VOX_FLOAT32, 1, yShape, nullptr, VOX_DEVICE_CPU};

  explicit TestModel(int threads, vox_program program = testProgram())
      : TestModel(withThreads(threads), program) {}
  explicit TestModel(const vox_options &options,
                     vox_program program = testProgram())
      : program(program) {
    EXPECT_EQ(vox_model_create(&this->program, &options, &handle), VOX_OK)
        << vox_model_last_error(nullptr);
  }
  ~TestModel() { vox_model_destroy(handle); }

  vox_status run(Body body, void *workspace = nullptr) {
    currentBody = &body;
    return vox_model_run(handle, &input, &output, workspace);
  }
  const char *error() const { return vox_model_last_error(handle); }
};

/// A parallel loop over a C++ function.
inline int parallelFor(void *context, int min, int size,
                       std::function<int(int)> function) {
  return halide_do_par_for(
      context,
      [](void *, int index, uint8_t *closure) {
        return (*reinterpret_cast<std::function<int(int)> *>(closure))(index);
      },
      min, size, reinterpret_cast<uint8_t *>(&function));
}

#endif // VOX_TEST_UNIT_RUNTIME_TESTPROGRAM_H
