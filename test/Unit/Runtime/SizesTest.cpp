//===- SizesTest.cpp - Extents that the inputs of a run decide ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A program by hand: inputs a [s0, 2, s1] and b [s1], output y [s0, s1 / 2 *
// 2], where a layer needs s1 to be even.
//
//===----------------------------------------------------------------------===//

#include "vox/Runtime/Program.h"
#include "gtest/gtest.h"

#include <vector>

namespace {

const int64_t aShape[] = {-1, 2, -1}, aLeast[] = {1, 2, 4},
              aGreatest[] = {3, 2, 8};
const int64_t bShape[] = {-1}, bLeast[] = {4}, bGreatest[] = {8};
const int64_t yShape[] = {-1, -1}, yLeast[] = {1, 4}, yGreatest[] = {3, 8};
const vox_tensor_info inputs[] = {
    {"a", VOX_FLOAT32, 3, aShape, aLeast, aGreatest},
    {"b", VOX_FLOAT32, 1, bShape, bLeast, bGreatest}};
const vox_tensor_info outputs[] = {
    {"y", VOX_FLOAT32, 2, yShape, yLeast, yGreatest}};
const vox_description description = {VOX_MODEL_ABI, "open", 2,       1, inputs,
                                     outputs,       0,      nullptr, 0, 0};
const vox_open_extent open[] = {{0, 0, 0}, {0, 2, 1}, {1, 0, 1}};
const char *const layers[] = {"up1/concat"};

void infer(const int64_t *sizes, int64_t *extents) {
  extents[0] = sizes[0];
  extents[1] = sizes[1] / 2 * 2;
  extents[2] = sizes[1];
  extents[3] = sizes[1] / 2 * 2;
}

std::vector<int64_t> seenSizes;
int32_t execute(void *, const void *const *, void *const *out, char *,
                const int64_t *sizes) {
  seenSizes.assign(sizes, sizes + 2);
  static_cast<float *>(out[0])[0] = 42;
  return 0;
}

struct OpenModel {
  vox_program program = {VOX_PROGRAM_ABI,
                         0,
                         &description,
                         0,
                         0,
                         0,
                         execute,
                         {2, 3, open, 1, layers, infer}};
  vox_model *handle = nullptr;
  float a[48], b[8], y[24] = {};
  int64_t aExtents[3], bExtents[1], yExtents[2];
  vox_tensor in[2] = {{a, VOX_FLOAT32, 3, aExtents, nullptr, VOX_DEVICE_CPU},
                      {b, VOX_FLOAT32, 1, bExtents, nullptr, VOX_DEVICE_CPU}};
  vox_tensor out = {y, VOX_FLOAT32, 2, yExtents, nullptr, VOX_DEVICE_CPU};

  OpenModel(int64_t s0, int64_t s1)
      : aExtents{s0, 2, s1}, bExtents{s1}, yExtents{s0, s1} {
    vox_options options = VOX_OPTIONS_INIT;
    options.threads = 1;
    EXPECT_EQ(vox_model_create(&program, &options, &handle), VOX_OK);
  }
  ~OpenModel() { vox_model_destroy(handle); }

  vox_status run() { return vox_model_run(handle, in, &out, nullptr); }
  vox_status shapes(int64_t *shape) {
    int64_t *all[] = {shape};
    return vox_model_output_shapes(handle, in, all);
  }
  /// What run and output_shapes refuse the inputs with.
  std::string refusal() {
    int64_t shape[2];
    EXPECT_EQ(shapes(shape), VOX_ERROR_INVALID_ARGUMENT);
    std::string first = vox_model_last_error(handle);
    EXPECT_EQ(run(), VOX_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(vox_model_last_error(handle), first);
    return first;
  }
};

TEST(Sizes, AnyBetweenTheBounds) {
  for (int64_t s0 : {1, 3})
    for (int64_t s1 : {4, 6, 8}) {
      OpenModel model(s0, s1);
      int64_t shape[2] = {};
      EXPECT_EQ(model.shapes(shape), VOX_OK);
      EXPECT_EQ(shape[0], s0);
      EXPECT_EQ(shape[1], s1);
      EXPECT_EQ(model.run(), VOX_OK);
      EXPECT_EQ(seenSizes, (std::vector<int64_t>{s0, s1}));
      EXPECT_EQ(model.y[0], 42);
    }
}

TEST(Sizes, OneHandleRunsSeveral) {
  OpenModel model(3, 8);
  EXPECT_EQ(model.run(), VOX_OK);
  model.aExtents[2] = model.bExtents[0] = model.yExtents[1] = 4;
  EXPECT_EQ(model.run(), VOX_OK);
  EXPECT_EQ(seenSizes, (std::vector<int64_t>{3, 4}));
}

TEST(Sizes, OutsideTheBounds) {
  EXPECT_EQ(OpenModel(4, 8).refusal(),
            "input \"a\": extent 0 is 4; expected 1 to 3");
  EXPECT_EQ(OpenModel(1, 3).refusal(),
            "input \"a\": extent 2 is 3; expected 4 to 8");
  EXPECT_EQ(OpenModel(-1, 8).refusal(),
            "input \"a\": extent 0 is -1; expected 1 to 3");
  OpenModel other(1, 8);
  other.aExtents[1] = 3;
  EXPECT_EQ(other.refusal(), "input \"a\": extent 1 is 3; expected 2");
  other.in[0].rank = 2;
  EXPECT_EQ(other.refusal(),
            "input \"a\": rank is 2; expected 3 (1..3x2x4..8)");
  other.in[0].rank = 3;
  other.in[0].shape = nullptr;
  EXPECT_EQ(other.refusal(),
            "input \"a\": shape is null; expected 1..3x2x4..8");
}

TEST(Sizes, TwoThatShouldBeEqual) {
  OpenModel model(1, 8);
  model.bExtents[0] = 6;
  EXPECT_EQ(model.refusal(), "input \"b\": extent 0 is 6; expected 8, as "
                             "extent 2 of input \"a\"");
}

TEST(Sizes, NotFittingTheNetwork) {
  EXPECT_EQ(OpenModel(2, 7).refusal(),
            "input sizes do not fit the network: at \"up1/concat\" extents 7 "
            "and 6 should be equal");
}

TEST(Sizes, OutputsOfAnotherShape) {
  OpenModel model(2, 6);
  model.yExtents[1] = 8;
  EXPECT_EQ(model.run(), VOX_ERROR_INVALID_ARGUMENT);
  EXPECT_STREQ(vox_model_last_error(model.handle),
               "output \"y\": shape is 2x8; expected 2x6");
}

TEST(Sizes, StridesAreThoseOfTheRun) {
  static const int64_t strides[] = {12, 6, 1};
  OpenModel model(2, 6);
  model.in[0].strides = strides;
  EXPECT_EQ(model.run(), VOX_OK);
  model.aExtents[2] = model.bExtents[0] = 8;
  EXPECT_EQ(model.run(), VOX_ERROR_INVALID_ARGUMENT);
  EXPECT_STREQ(vox_model_last_error(model.handle),
               "input \"a\": strides[1] is 6; expected 8 (dense, the last "
               "dimension contiguous)");
}

TEST(Sizes, ShapesNeedTheInputs) {
  OpenModel model(2, 6);
  int64_t shape[2];
  int64_t *all[] = {shape};
  EXPECT_EQ(vox_model_output_shapes(model.handle, nullptr, all),
            VOX_ERROR_INVALID_ARGUMENT);
  EXPECT_STREQ(vox_model_last_error(model.handle),
               "inputs is null; expected 2 tensors");
}

} // namespace
