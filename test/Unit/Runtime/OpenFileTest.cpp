//===- OpenFileTest.cpp - Files that decide on open extents ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The shape that a file gives a tensor some of whose extents are open.
//
//===----------------------------------------------------------------------===//

#include "TestNifti.h"

#include <vector>

namespace {

using Extents = std::vector<int64_t>;

class OpenFile : public FilesTest {
protected:
  /// The shape in the file, or what is wrong with it in `message`.
  Extents shapeOf(const std::string &file, const Extents &least,
                  const Extents &greatest) {
    Extents shape = greatest, found(greatest.size());
    for (size_t i = 0; i < shape.size(); ++i)
      if (least[i] != greatest[i])
        shape[i] = -1;
    vox_tensor_info info = {"x",          VOX_FLOAT32,  int32_t(shape.size()),
                            shape.data(), least.data(), greatest.data()};
    message = {};
    if (vox_tensor_file_shape(file.c_str(), &info, found.data(), &message))
      return {};
    return found;
  }
  /// A file of `shape`, whose elements don't matter.
  std::string make(const std::string &name, const Extents &shape) {
    vox_tensor_info info = {"y",          VOX_FLOAT32,  int32_t(shape.size()),
                            shape.data(), shape.data(), shape.data()};
    std::vector<char> data(vox_tensor_bytes(&info));
    EXPECT_EQ(writeFile(path(name), info, data.data(), message), 0)
        << message.text;
    return path(name);
  }
  std::string reason(const std::string &file) {
    std::string text = message.text, prefix = file + ": error: ";
    return text.substr(std::min(prefix.size(), text.size()));
  }

  vox_file_message message = {};
};

TEST_F(OpenFile, NpyTellsAll) {
  std::string file = make("x.npy", {2, 1, 5});
  EXPECT_EQ(shapeOf(file, {1, 1, 4}, {3, 1, 8}), (Extents{2, 1, 5}));
  EXPECT_EQ(shapeOf(file, {1, 1, 6}, {3, 1, 8}), Extents{});
  EXPECT_EQ(reason(file), "shape is 2x1x5; expected 1..3x1x6..8 for \"x\"");
  EXPECT_EQ(shapeOf(file, {1, 2, 4}, {3, 2, 8}), Extents{});
  EXPECT_EQ(shapeOf(file, {1, 4}, {3, 8}), Extents{});
  EXPECT_EQ(shapeOf(path("no.npy"), {1, 4}, {3, 8}), Extents{});
  EXPECT_EQ(reason(path("no.npy")), "cannot read: No such file or directory");
}

TEST_F(OpenFile, NiftiLeavesExtentsOf1Out) {
  for (const char *name : {"x.nii", "x.nii.gz"}) {
    std::string file = make(name, {1, 1, 4, 5, 6});
    EXPECT_EQ(shapeOf(file, {1, 1, 2, 2, 2}, {1, 1, 8, 8, 8}),
              (Extents{1, 1, 4, 5, 6}));
    // The batch, of which the file says nothing, comes first.
    EXPECT_EQ(shapeOf(file, {1, 1, 1, 2, 2}, {3, 1, 8, 8, 8}),
              (Extents{1, 1, 4, 5, 6}));
    EXPECT_EQ(shapeOf(file, {2, 1, 2, 2, 2}, {3, 1, 8, 8, 8}), Extents{});
    EXPECT_EQ(shapeOf(file, {4, 5, 1}, {4, 5, 8}), (Extents{4, 5, 6}));
    EXPECT_EQ(shapeOf(file, {4, 5, 7}, {4, 5, 8}), Extents{});
    EXPECT_EQ(reason(file), "shape is 4x5x6 (NIfTI's dimensions, last first); "
                            "expected 4x5x7..8 for \"x\"");
    EXPECT_EQ(shapeOf(file, {1, 1}, {8, 8}), Extents{});
  }
  // One slice of a volume, or of a batch of one.
  std::string slice = make("slice.nii", {1, 1, 1, 5, 6});
  EXPECT_EQ(shapeOf(slice, {1, 1, 1, 2, 2}, {3, 1, 8, 8, 8}),
            (Extents{1, 1, 1, 5, 6}));
  EXPECT_EQ(shapeOf(slice, {1, 1, 2, 2, 2}, {3, 1, 8, 8, 8}), Extents{});
}

TEST_F(OpenFile, RawTellsNothing) {
  std::string file = make("x.raw", {2, 3});
  EXPECT_EQ(shapeOf(file, {2, 3}, {2, 3}), (Extents{2, 3}));
  EXPECT_EQ(shapeOf(file, {1, 3}, {2, 3}), Extents{});
  EXPECT_EQ(reason(file), "tells no shape; expected .npy, .nii or .nii.gz for "
                          "\"x\", which is 1..2x3");
  EXPECT_EQ(shapeOf(path("x.txt"), {1, 3}, {2, 3}), Extents{});
  EXPECT_EQ(reason(path("x.txt")), "unknown kind of file; expected a name in "
                                   ".npy, .raw, .nii or .nii.gz");
}

} // namespace
