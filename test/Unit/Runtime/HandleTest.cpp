//===- HandleTest.cpp - What a handle accepts and refuses -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each message that a caller of the C functions can cause.
//
//===----------------------------------------------------------------------===//

#include "TestProgram.h"

#include <atomic>
#include <cstring>
#include <thread>

namespace {

int sum(void *, const float *x, float *y, char *) {
  y[0] = 0;
  for (int i = 0; i < 6; ++i)
    y[0] += x[i];
  return 0;
}

/// Expects a run of the model, changed by `change`, to be refused.
void expectRefused(std::function<void(TestModel &)> change,
                   const char *message) {
  TestModel model(1);
  change(model);
  EXPECT_EQ(model.run([](void *, const float *, float *, char *) {
    ADD_FAILURE() << "the program ran";
    return 0;
  }),
            VOX_ERROR_INVALID_ARGUMENT);
  EXPECT_STREQ(model.error(), message);
}

/// Expects create to be refused with options changed by `change`.
void expectNoHandle(std::function<void(vox_options &)> change,
                    vox_status status, const char *message) {
  vox_program program = testProgram();
  vox_options options = VOX_OPTIONS_INIT;
  change(options);
  vox_model *model = reinterpret_cast<vox_model *>(&program);
  EXPECT_EQ(vox_model_create(&program, &options, &model), status);
  EXPECT_EQ(model, nullptr);
  EXPECT_STREQ(vox_model_last_error(nullptr), message);
}

TEST(Handle, Runs) {
  TestModel model(0);
  EXPECT_EQ(model.run(sum), VOX_OK);
  EXPECT_EQ(model.y[0], 21);
  EXPECT_STREQ(model.error(), "");
  EXPECT_EQ(vox_model_describe(&model.program), &testDescription);
}

TEST(Handle, DefaultOptions) {
  vox_program program = testProgram();
  vox_model *model = nullptr;
  EXPECT_EQ(vox_model_create(&program, nullptr, &model), VOX_OK);
  vox_model_destroy(model);
}

TEST(Handle, OptionsOfAnOlderAndANewerCaller) {
  vox_program program = testProgram();
  struct {
    vox_options known = VOX_OPTIONS_INIT;
    int64_t later = 42;
  } options;
  for (size_t size : {size_t(8), size_t(12), sizeof(options)}) {
    options.known.size = size;
    vox_model *model = nullptr;
    EXPECT_EQ(vox_model_create(&program, &options.known, &model), VOX_OK);
    vox_model_destroy(model);
  }
}

TEST(Handle, BadOptions) {
  expectNoHandle([](vox_options &o) { o.size = 0; }, VOX_ERROR_INVALID_ARGUMENT,
                 "options: size is 0; expected sizeof(vox_options)");
  expectNoHandle([](vox_options &o) { o.abi_version = 9; }, VOX_ERROR_ABI,
                 "options: abi_version is 9; expected 2");
  expectNoHandle([](vox_options &o) { o.threads = -1; },
                 VOX_ERROR_INVALID_ARGUMENT,
                 "options: threads is -1; expected 0 to 1024");
  expectNoHandle([](vox_options &o) { o.threads = 1025; },
                 VOX_ERROR_INVALID_ARGUMENT,
                 "options: threads is 1025; expected 0 to 1024");
  expectNoHandle([](vox_options &o) { o.device = 2; }, VOX_ERROR_UNSUPPORTED,
                 "options: device is 2; expected 0 (CPU)");
  expectNoHandle([](vox_options &o) { o.stream = &o; },
                 VOX_ERROR_INVALID_ARGUMENT,
                 "options: stream is set; expected null on the CPU");
}

TEST(Handle, NoPlaceForTheHandle) {
  vox_program program = testProgram();
  EXPECT_EQ(vox_model_create(&program, nullptr, nullptr),
            VOX_ERROR_INVALID_ARGUMENT);
  EXPECT_STREQ(vox_model_last_error(nullptr),
               "model is null; expected the address of a pointer");
}

TEST(Handle, AProgramOfAnotherVersion) {
  vox_program program = testProgram();
  program.abi_version = 7;
  vox_model *model = nullptr;
  EXPECT_EQ(vox_model_create(&program, nullptr, &model), VOX_ERROR_ABI);
  EXPECT_STREQ(vox_model_last_error(nullptr),
               "program: abi_version is 7; expected 2");
}

TEST(Handle, AProgramForAnotherProcessor) {
  vox_program program = testProgram();
  program.cpu_features = 1u << 30;
  vox_model *model = nullptr;
  EXPECT_EQ(vox_model_create(&program, nullptr, &model), VOX_ERROR_UNSUPPORTED);
  EXPECT_STREQ(vox_model_last_error(nullptr),
               "this processor has no feature number 30; expected one like the "
               "target the model was compiled for");
#if defined(__x86_64__)
  program.cpu_features =
      (__builtin_cpu_supports("avx2") ? VOX_CPU_AVX2 : 0) |
      (__builtin_cpu_supports("fma") ? VOX_CPU_FMA : 0) |
      (__builtin_cpu_supports("f16c") ? VOX_CPU_F16C : 0) |
      (__builtin_cpu_supports("avx512dq") ? VOX_CPU_AVX512 : 0);
  EXPECT_EQ(vox_model_create(&program, nullptr, &model), VOX_OK);
  vox_model_destroy(model);
#endif
}

TEST(Handle, ErrorsOfCreateBelongToTheThread) {
  expectNoHandle([](vox_options &o) { o.threads = -1; },
                 VOX_ERROR_INVALID_ARGUMENT,
                 "options: threads is -1; expected 0 to 1024");
  std::thread other([] { EXPECT_STREQ(vox_model_last_error(nullptr), ""); });
  other.join();
}

TEST(Handle, NullHandle) {
  EXPECT_EQ(vox_model_run(nullptr, nullptr, nullptr, nullptr),
            VOX_ERROR_INVALID_ARGUMENT);
  EXPECT_STREQ(vox_model_last_error(nullptr),
               "model is null; expected a handle from create");
  EXPECT_EQ(vox_model_workspace_size(nullptr), 0u);
  vox_model_destroy(nullptr);
}

TEST(Handle, BadTensors) {
  static const int64_t wrong[] = {3, 2};
  static const int64_t transposed[] = {1, 2};
  expectRefused([](TestModel &m) { m.input.type = 11; },
                "input \"x\": type is 11 (float64); expected 1 (float32)");
  expectRefused([](TestModel &m) { m.output.type = -4; },
                "output \"y\": type is -4 (unknown); expected 1 (float32)");
  expectRefused([](TestModel &m) { m.input.rank = 1 << 30; },
                "input \"x\": rank is 1073741824; expected 2 (2x3)");
  expectRefused([](TestModel &m) { m.input.shape = nullptr; },
                "input \"x\": shape is null; expected 2x3");
  expectRefused([](TestModel &m) { m.input.shape = wrong; },
                "input \"x\": shape is 3x2; expected 2x3");
  expectRefused([](TestModel &m) { m.output.shape = wrong; },
                "output \"y\": shape is 3; expected 4");
  expectRefused([](TestModel &m) { m.input.strides = transposed; },
                "input \"x\": strides[1] is 2; expected 1 (dense, the last "
                "dimension contiguous)");
  expectRefused([](TestModel &m) { m.output.device = 3; },
                "output \"y\": device is 3; expected 0 (CPU)");
  expectRefused([](TestModel &m) { m.input.data = nullptr; },
                "input \"x\": data is null; expected 6 elements");
  expectRefused([](TestModel &m) { m.output.data = m.x + 5; },
                "output \"y\": overlaps input \"x\"; expected memory of its "
                "own");
}

TEST(Handle, BadArrays) {
  TestModel model(1);
  EXPECT_EQ(vox_model_run(model.handle, nullptr, &model.output, nullptr),
            VOX_ERROR_INVALID_ARGUMENT);
  EXPECT_STREQ(model.error(), "inputs is null; expected 1 tensors");
  EXPECT_EQ(vox_model_run(model.handle, &model.input, nullptr, nullptr),
            VOX_ERROR_INVALID_ARGUMENT);
  EXPECT_STREQ(model.error(), "outputs is null; expected 1 tensors");
}

TEST(Handle, MisalignedData) {
  TestModel model(1);
  model.input.data = reinterpret_cast<char *>(model.x) + 2;
  EXPECT_EQ(model.run(sum), VOX_ERROR_INVALID_ARGUMENT);
  EXPECT_TRUE(strstr(model.error(), "input \"x\": data is at address 0x"));
  EXPECT_TRUE(strstr(model.error(), "; expected a multiple of 4"));
}

TEST(Handle, DenseStridesAreAccepted) {
  static const int64_t dense[] = {3, 1};
  TestModel model(1);
  model.input.strides = dense;
  EXPECT_EQ(model.run(sum), VOX_OK);
}

TEST(Handle, OutputShapes) {
  TestModel model(1);
  int64_t shape[1] = {};
  int64_t *shapes[] = {shape};
  EXPECT_EQ(vox_model_output_shapes(model.handle, nullptr, shapes), VOX_OK);
  EXPECT_EQ(shape[0], 4);
  model.input.data = nullptr;
  EXPECT_EQ(vox_model_output_shapes(model.handle, &model.input, shapes),
            VOX_OK);
  model.input.rank = 1;
  EXPECT_EQ(vox_model_output_shapes(model.handle, &model.input, shapes),
            VOX_ERROR_INVALID_ARGUMENT);
  EXPECT_STREQ(model.error(), "input \"x\": rank is 1; expected 2 (2x3)");
  EXPECT_EQ(vox_model_output_shapes(model.handle, nullptr, nullptr),
            VOX_ERROR_INVALID_ARGUMENT);
  EXPECT_STREQ(model.error(), "shapes is null; expected 1 of them");
  shapes[0] = nullptr;
  EXPECT_EQ(vox_model_output_shapes(model.handle, nullptr, shapes),
            VOX_ERROR_INVALID_ARGUMENT);
  EXPECT_STREQ(model.error(), "shapes[0] is null; expected room for 1 extents");
}

TEST(Handle, KernelsMessagesStayOnOneLine) {
  TestModel model(2);
  EXPECT_EQ(model.run([](void *context, const float *, float *, char *) {
    return parallelFor(context, 0, 10, [&](int) {
      halide_error(context, "first\nline");
      return -1;
    });
  }),
            VOX_ERROR_KERNEL);
  EXPECT_STREQ(model.error(), "first?line");
}

TEST(Handle, IsBusyWhileItRuns) {
  TestModel model(1);
  vox_status inner = VOX_OK;
  EXPECT_EQ(model.run([&](void *, const float *, float *, char *) {
    inner = vox_model_run(model.handle, &model.input, &model.output, nullptr);
    return 0;
  }),
            VOX_OK);
  EXPECT_EQ(inner, VOX_ERROR_BUSY);
  EXPECT_EQ(model.run(sum), VOX_OK);
}

TEST(Handle, TooLargeAWorkspaceIsAnError) {
#if defined(__SANITIZE_ADDRESS__) ||                                           \
    (defined(__has_feature) &&                                                 \
     (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer)))
  GTEST_SKIP() << "the sanitizer ends the program when memory runs out";
#endif
  TestModel model(1, testProgram(uint64_t(1) << 60));
  EXPECT_EQ(model.run(sum), VOX_ERROR_OUT_OF_MEMORY);
  EXPECT_TRUE(strstr(model.error(), "out of memory for a workspace of 11529"));
}

} // namespace
