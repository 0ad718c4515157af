//===- ScratchTest.cpp - Kernels' allocations -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Blocks are aligned, apart from each other, and reused whatever the order in
// which they are freed.
//
//===----------------------------------------------------------------------===//

#include "TestProgram.h"

#include <cstring>
#include <vector>

namespace {

constexpr size_t kBlock = 1000;

TEST(Scratch, BlocksAreAlignedAndApart) {
  TestModel model(1, testProgram(0, 3 * VOX_SCRATCH_BLOCK(kBlock)));
  EXPECT_EQ(model.run([](void *context, const float *, float *, char *) {
    std::vector<char *> blocks;
    for (int i = 0; i < 3; ++i) {
      blocks.push_back(static_cast<char *>(halide_malloc(context, kBlock)));
      EXPECT_EQ(reinterpret_cast<uintptr_t>(blocks[i]) % 128, 0u);
      memset(blocks[i], i, kBlock);
    }
    for (int i = 0; i < 3; ++i)
      for (size_t j = 0; j < kBlock; ++j)
        if (blocks[i][j] != i)
          return 1;
    for (char *block : blocks)
      halide_free(context, block);
    return 0;
  }),
            VOX_OK);
}

TEST(Scratch, IsReusedInAnyOrderOfFreeing) {
  TestModel model(1, testProgram(0, 3 * VOX_SCRATCH_BLOCK(kBlock)));
  EXPECT_EQ(model.run([](void *context, const float *, float *, char *) {
    int order[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 0, 2},
                      {1, 2, 0}, {0, 2, 1}, {2, 0, 1}};
    void *first = nullptr;
    for (auto &o : order) {
      void *blocks[3];
      for (void *&block : blocks)
        block = halide_malloc(context, kBlock);
      EXPECT_TRUE(!first || first == blocks[0]);
      first = blocks[0];
      for (int i : o)
        halide_free(context, blocks[i]);
    }
    halide_free(context, nullptr);
    return 0;
  }),
            VOX_OK);
}

TEST(Scratch, EachThreadHasItsOwn) {
  constexpr uint64_t task = 2 * VOX_SCRATCH_BLOCK(kBlock);
  TestModel model(4, testProgram(64, VOX_SCRATCH_BLOCK(kBlock), task));
  EXPECT_EQ(model.run([](void *context, const float *, float *, char *arena) {
    memset(arena, 99, 64);
    char *shared = static_cast<char *>(halide_malloc(context, kBlock));
    memset(shared, 77, kBlock);
    int result = parallelFor(context, 0, 500, [&](int i) {
      char *outer = static_cast<char *>(halide_malloc(context, kBlock));
      memset(outer, i, kBlock);
      int nested = parallelFor(context, 0, 3, [&](int j) {
        char *inner = static_cast<char *>(halide_malloc(context, kBlock));
        memset(inner, j, kBlock);
        halide_free(context, inner);
        return 0;
      });
      for (size_t k = 0; k < kBlock; ++k)
        nested |= outer[k] != static_cast<char>(i);
      halide_free(context, outer);
      return nested;
    });
    for (size_t k = 0; k < kBlock; ++k)
      result |= shared[k] != 77;
    for (int k = 0; k < 64; ++k)
      result |= arena[k] != 99;
    halide_free(context, shared);
    return result;
  }),
            VOX_OK);
}

TEST(Scratch, WhatAFailedRunLeftIsGone) {
  TestModel model(1, testProgram(0, VOX_SCRATCH_BLOCK(kBlock)));
  for (int round = 0; round < 3; ++round)
    EXPECT_EQ(model.run([](void *context, const float *, float *, char *) {
      halide_malloc(context, kBlock);
      return 1;
    }),
              VOX_ERROR_KERNEL);
}

TEST(Scratch, CallersWorkspaceOfAnyAlignmentWillDo) {
  TestModel model(
      2, testProgram(100, VOX_SCRATCH_BLOCK(50), VOX_SCRATCH_BLOCK(60)));
  size_t size = vox_model_workspace_size(model.handle);
  for (size_t shift : {0, 1, 63, 127}) {
    std::vector<char> memory(size + shift + 1, 55);
    EXPECT_EQ(model.run(
                  [&](void *context, const float *, float *, char *arena) {
                    EXPECT_EQ(reinterpret_cast<uintptr_t>(arena) % 128, 0u);
                    EXPECT_GE(arena, memory.data() + shift);
                    memset(arena, 1, 100);
                    void *block = halide_malloc(context, 50);
                    memset(block, 2, 50);
                    halide_free(context, block);
                    return parallelFor(context, 0, 40, [&](int) {
                      void *own = halide_malloc(context, 60);
                      memset(own, 3, 60);
                      halide_free(context, own);
                      return 0;
                    });
                  },
                  memory.data() + shift),
              VOX_OK);
    EXPECT_EQ(memory.back(), 55);
  }
}

TEST(ScratchDeathTest, ACompilersMistakeIsNamed) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  TestModel model(1);
  EXPECT_DEATH(model.run([](void *context, const float *, float *, char *) {
    return halide_malloc(context, 4000) == nullptr;
  }),
               "test: internal error: a kernel asked for 4000 bytes of "
               "scratch; the compiler reserved 0, of which 0 are taken");
}

} // namespace
