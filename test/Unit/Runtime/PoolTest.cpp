//===- PoolTest.cpp - The threads of a handle -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every iteration runs once, errors come back, and pools do not disturb each
// other, nor a fork them.
//
//===----------------------------------------------------------------------===//

#include "TestProgram.h"

#include <atomic>
#include <mutex>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#if defined(__SANITIZE_THREAD__) ||                                            \
    (defined(__has_feature) && __has_feature(thread_sanitizer))
#define UNDER_TSAN 1
#else
#define UNDER_TSAN 0
#endif

namespace {

class Pool : public testing::TestWithParam<int> {};

TEST_P(Pool, RunsEachIterationOnce) {
  TestModel model(GetParam());
  for (int size : {0, 1, 2, 3, 7, 64, 1000})
    for (int min : {0, -5, 1 << 20}) {
      std::vector<std::atomic<int>> counts(size);
      EXPECT_EQ(model.run([&](void *context, const float *, float *, char *) {
        return parallelFor(context, min, size,
                           [&](int i) { return counts[i - min]++, 0; });
      }),
                VOX_OK);
      for (auto &count : counts)
        EXPECT_EQ(count, 1);
    }
}

TEST_P(Pool, ManyShortLoopsInARow) {
  TestModel model(GetParam());
  std::atomic<long> sum{0};
  EXPECT_EQ(model.run([&](void *context, const float *, float *, char *) {
    for (int loop = 0; loop < 5000; ++loop)
      if (parallelFor(context, 0, 5, [&](int i) { return sum += i, 0; }))
        return 1;
    return 0;
  }),
            VOX_OK);
  EXPECT_EQ(sum, 5000 * 10);
}

TEST_P(Pool, WakesUpAfterSleeping) {
  TestModel model(GetParam());
  for (int round = 0; round < 5; ++round) {
    std::atomic<int> count{0};
    EXPECT_EQ(model.run([&](void *context, const float *, float *, char *) {
      return parallelFor(context, 0, 20, [&](int) { return ++count, 0; });
    }),
              VOX_OK);
    EXPECT_EQ(count, 20);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

TEST_P(Pool, WaitsForSlowIterations) {
  TestModel model(GetParam());
  std::atomic<int> count{0};
  EXPECT_EQ(model.run([&](void *context, const float *, float *, char *) {
    int result = parallelFor(context, 0, 4, [&](int i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5 * i));
      return ++count, 0;
    });
    return result + (count != 4);
  }),
            VOX_OK);
}

TEST_P(Pool, ReturnsTheErrorAndStops) {
  TestModel model(GetParam());
  std::atomic<int> count{0};
  EXPECT_EQ(model.run([&](void *context, const float *, float *, char *) {
    return parallelFor(context, 0, 1000000,
                       [&](int i) { return ++count, i == 10 ? -7 : 0; });
  }),
            VOX_ERROR_KERNEL);
  EXPECT_STREQ(model.error(), "a kernel failed with code -7");
  EXPECT_LT(count, 1000000);
  /* And the handle is as good as before. */
  EXPECT_EQ(model.run([](void *context, const float *, float *, char *) {
    return parallelFor(context, 0, 10, [](int) { return 0; });
  }),
            VOX_OK);
  EXPECT_STREQ(model.error(), "");
}

TEST_P(Pool, NestedLoopsRunInTheirTask) {
  TestModel model(GetParam());
  std::atomic<int> count{0}, elsewhere{0};
  EXPECT_EQ(model.run([&](void *context, const float *, float *, char *) {
    return parallelFor(context, 0, 8, [&](int) {
      auto outer = std::this_thread::get_id();
      return parallelFor(context, 3, 5, [&](int) {
        elsewhere += std::this_thread::get_id() != outer;
        return ++count, 0;
      });
    });
  }),
            VOX_OK);
  EXPECT_EQ(count, 40);
  EXPECT_EQ(elsewhere, 0);
}

TEST_P(Pool, NestedErrorsComeOut) {
  TestModel model(GetParam());
  EXPECT_EQ(model.run([&](void *context, const float *, float *, char *) {
    return parallelFor(context, 0, 8, [&](int i) {
      return parallelFor(context, 0, 5,
                         [&](int j) { return i == 3 && j == 2 ? 5 : 0; });
    });
  }),
            VOX_ERROR_KERNEL);
  EXPECT_STREQ(model.error(), "a kernel failed with code 5");
}

TEST_P(Pool, HandlesRunConcurrently) {
  auto work = [&](int seed) {
    TestModel model(GetParam());
    for (int round = 0; round < 200; ++round) {
      std::atomic<long> sum{0};
      EXPECT_EQ(model.run([&](void *context, const float *, float *, char *) {
        return parallelFor(context, 0, 50,
                           [&](int i) { return sum += i * seed, 0; });
      }),
                VOX_OK);
      EXPECT_EQ(sum, 1225 * seed);
    }
  };
  std::thread other(work, 3);
  work(5);
  other.join();
}

TEST_P(Pool, GoesOnInAForkedChild) {
  if (UNDER_TSAN)
    GTEST_SKIP() << "the sanitizer allows no threads after a fork";
  TestModel model(GetParam());
  auto sumOf100 = [&] {
    std::atomic<long> sum{0};
    vox_status status = model.run([&](void *context, const float *, float *,
                                      char *) {
      return parallelFor(context, 0, 100, [&](int i) { return sum += i, 0; });
    });
    return status == VOX_OK ? sum.load() : -1;
  };
  EXPECT_EQ(sumOf100(), 4950);
  pid_t child = fork();
  if (child == 0) {
    bool right = sumOf100() == 4950 && sumOf100() == 4950;
    vox_model_destroy(model.handle);
    _exit(right ? 0 : 1);
  }
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(sumOf100(), 4950);
}

TEST_P(Pool, IsFreedInAChildThatNeverRan) {
  TestModel model(GetParam());
  pid_t child = fork();
  if (child == 0) {
    vox_model_destroy(model.handle);
    _exit(0);
  }
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

INSTANTIATE_TEST_SUITE_P(Threads, Pool, testing::Values(1, 2, 3, 8));

TEST(PoolOfOne, StaysOnTheCallingThread) {
  TestModel model(1);
  auto self = std::this_thread::get_id();
  EXPECT_EQ(model.run([&](void *context, const float *, float *, char *) {
    return parallelFor(context, 0, 100, [&](int) {
      return std::this_thread::get_id() == self ? 0 : 1;
    });
  }),
            VOX_OK);
}

TEST(PoolOfFour, UsesItsThreads) {
  TestModel model(4);
  std::mutex mutex;
  std::set<std::thread::id> seen;
  EXPECT_EQ(model.run([&](void *context, const float *, float *, char *) {
    return parallelFor(context, 0, 40, [&](int) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      std::lock_guard<std::mutex> guard(mutex);
      seen.insert(std::this_thread::get_id());
      return 0;
    });
  }),
            VOX_OK);
  EXPECT_EQ(seen.size(), 4u);
}

} // namespace
