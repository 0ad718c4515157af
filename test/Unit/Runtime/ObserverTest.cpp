//===- ObserverTest.cpp - Callers that watch each kernel ------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which calls an observer gets, with which times, and that callers who know
// nothing of observers have none.
//
//===----------------------------------------------------------------------===//

#include "TestProgram.h"

#include <chrono>
#include <thread>
#include <vector>

namespace {

struct Call {
  int32_t launch;
  int64_t begin, end;
  const void *result;
};

void record(void *data, int32_t launch, int64_t begin, int64_t end,
            const void *result) {
  static_cast<std::vector<Call> *>(data)->push_back(
      {launch, begin, end, result});
}

int64_t nowNs() {
  return std::chrono::steady_clock::now().time_since_epoch() /
         std::chrono::nanoseconds(1);
}

void sleepMs(int ms) {
  std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

/// Three kernels, of which the second one takes 5 ms.
int threeKernels(void *context, const float *x, float *y, char *arena) {
  vox_model_observe(context, 0, arena);
  sleepMs(5);
  vox_model_observe(context, 1, y);
  vox_model_observe(context, 2, y + 1);
  return 0;
}

TEST(Observer, SeesEachKernel) {
  std::vector<Call> calls;
  vox_options options = VOX_OPTIONS_INIT;
  options.threads = 1;
  options.observer = record;
  options.observer_data = &calls;
  TestModel model(options);
  int64_t before = nowNs();
  EXPECT_EQ(model.run(threeKernels), VOX_OK);
  int64_t after = nowNs();
  ASSERT_EQ(calls.size(), 3u);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(calls[i].launch, i);
    EXPECT_GE(calls[i].end, calls[i].begin);
    EXPECT_GE(calls[i].begin, i ? calls[i - 1].end : before);
  }
  EXPECT_LE(calls[2].end, after);
  EXPECT_GE(calls[1].end - calls[1].begin, 5000000);
  EXPECT_EQ(calls[1].result, model.y);
  EXPECT_EQ(model.run(threeKernels), VOX_OK);
  EXPECT_EQ(calls.size(), 6u);
}

TEST(Observer, ItsOwnTimeCountsForNoKernel) {
  struct {
    int64_t sum = 0;
    static void observe(void *data, int32_t, int64_t begin, int64_t end,
                        const void *) {
      *static_cast<int64_t *>(data) += end - begin;
      sleepMs(20);
    }
  } slow;
  vox_options options = VOX_OPTIONS_INIT;
  options.threads = 1;
  options.observer = slow.observe;
  options.observer_data = &slow.sum;
  TestModel model(options);
  int64_t before = nowNs();
  EXPECT_EQ(model.run(threeKernels), VOX_OK);
  EXPECT_LE(slow.sum, nowNs() - before - 3 * 20000000);
}

TEST(Observer, OlderCallersHaveNone) {
  std::vector<Call> calls;
  vox_options options = VOX_OPTIONS_INIT;
  options.threads = 1;
  options.observer = record;
  options.observer_data = &calls;
  auto call = [&](size_t size) {
    options.size = size;
    TestModel model(options);
    EXPECT_EQ(model.run(threeKernels), VOX_OK);
  };
  // Half of a pointer is none.
  for (size_t size = 16; size < offsetof(vox_options, observer_data); ++size)
    call(size);
  EXPECT_EQ(calls.size(), 0u);
  call(sizeof options + 8);
  EXPECT_EQ(calls.size(), 3u);
}

/// Called with a null `data` where the caller's struct ends before it.
int observedWithoutData;

TEST(Observer, DataMayBeMissing) {
  vox_options options = VOX_OPTIONS_INIT;
  options.threads = 1;
  options.size = offsetof(vox_options, observer_data);
  options.observer_data = &options;
  options.observer = [](void *data, int32_t, int64_t, int64_t, const void *) {
    observedWithoutData += data == nullptr;
  };
  TestModel model(options);
  EXPECT_EQ(model.run(threeKernels), VOX_OK);
  EXPECT_EQ(observedWithoutData, 3);
}

} // namespace
