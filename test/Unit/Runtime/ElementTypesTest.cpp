//===- ElementTypesTest.cpp - Integers in files, volumes in the world -----===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tensors of every element type through every format, and where a volume lies
// from the input's header to the output's.
//
//===----------------------------------------------------------------------===//

#include "TestNifti.h"
#include "vox/Runtime/Elements.h"

#include <cmath>
#include <functional>
#include <vector>

namespace {

const int64_t volumeShape[] = {1, 1, 2, 3, 4};
constexpr int kCount = 24;
const int32_t types[] = {VOX_FLOAT32, VOX_UINT8, VOX_INT8,  VOX_UINT16,
                         VOX_INT16,   VOX_INT32, VOX_INT64, VOX_BOOL};

vox_tensor_info volumeOf(int32_t type) {
  return {"x", type, 5, volumeShape, volumeShape, volumeShape};
}

class ElementTypes : public FilesTest {
protected:
  std::string refusal(const std::string &name, const std::string &bytes,
                      int32_t type) {
    std::string file = write(name, bytes);
    int64_t data[kCount];
    vox_file_message message = {};
    if (readFile(file, volumeOf(type), data, message) == 0)
      return "(accepted)";
    return std::string(message.text).substr(file.size() + 9);
  }
};

TEST_F(ElementTypes, RoundTripInEveryFormat) {
  for (int32_t type : types) {
    vox_tensor_info tensor = volumeOf(type);
    std::vector<char> data(vox_tensor_bytes(&tensor)), back(data.size());
    vox_tensor_fill(VOX_FILL_RANDOM, 1, type, data.data(), kCount);
    for (const char *name : {"x.npy", "x.raw", "x.nii", "x.nii.gz"}) {
      vox_file_message message = {};
      EXPECT_EQ(writeFile(path(name), tensor, data.data(), message), 0)
          << message.text;
      EXPECT_EQ(readFile(path(name), tensor, back.data(), message), 0)
          << message.text;
      EXPECT_EQ(back, data) << name << ' ' << vox_element_name(type);
    }
  }
}

TEST_F(ElementTypes, ExtremesRoundTrip) {
  const int64_t shape[] = {2};
  for (int32_t type : types) {
    if (type == VOX_FLOAT32)
      continue;
    vox_tensor_info tensor = {"x", type, 1, shape, shape, shape};
    char data[16], back[16] = {};
    vox_set_integer(type, data, 0, vox_element_min(type));
    vox_set_integer(type, data, 1, vox_element_max(type));
    vox_file_message message = {};
    EXPECT_EQ(writeFile(path("x.nii"), tensor, data, message), 0);
    EXPECT_EQ(readFile(path("x.nii"), tensor, back, message), 0)
        << message.text;
    EXPECT_EQ(vox_get_integer(type, back, 0), vox_element_min(type));
    EXPECT_EQ(vox_get_integer(type, back, 1), vox_element_max(type));
  }
}

TEST_F(ElementTypes, NpyNamesThem) {
  const char *descrs[] = {"<f4", "|u1", "|i1", "<u2",
                          "<i2", "<i4", "<i8", "|b1"};
  for (int i = 0; i < 8; ++i) {
    int64_t data[kCount] = {};
    vox_file_message message = {};
    ASSERT_EQ(writeFile(path("x.npy"), volumeOf(types[i]), data, message), 0);
    EXPECT_NE(
        read("x.npy").find("{'descr': '" + std::string(descrs[i]) + "', "),
        std::string::npos);
  }
  std::string int16 = read("x.npy");
  int16.replace(int16.find("|b1"), 3, "<i2");
  EXPECT_EQ(refusal("y.npy", int16, VOX_UINT8),
            "element type is int16 ('<i2'); expected uint8 ('|u1') for \"x\"");
  EXPECT_EQ(refusal("y.npy", std::string("\x93NUMPY\1\0\1\0{", 11), VOX_INT64),
            "malformed .npy header; expected {'descr': '<i8', 'fortran_order': "
            "False, 'shape': (...)}");
}

TEST_F(ElementTypes, BoolsAreZeroOrOne) {
  EXPECT_EQ(refusal("x.raw", std::string(7, 1) + "\2" + std::string(16, '\0'),
                    VOX_BOOL),
            "element 7 is 2; expected 0 or 1 for the bools of \"x\"");
  EXPECT_EQ(refusal("x.raw", std::string(24, 1), VOX_BOOL), "(accepted)");
}

/// A NIfTI file with `value` everywhere.
template <typename T>
std::string filled(int datatype, T value,
                   std::function<void(nifti_1_header &)> change = nullptr) {
  nifti_1_header header = niftiHeader();
  header.datatype = datatype;
  header.bitpix = 8 * sizeof value;
  if (change)
    change(header);
  std::string data;
  for (int i = 0; i < kCount; ++i)
    data += bytesOf(value);
  return nifti(header, data);
}

TEST_F(ElementTypes, EveryNiftiTypeBecomesFloat) {
  auto accept = [&](const std::string &bytes) {
    float data[kCount];
    vox_file_message message = {};
    EXPECT_EQ(
        readFile(write("x.nii", bytes), volumeOf(VOX_FLOAT32), data, message),
        0)
        << message.text;
    return data[kCount - 1];
  };
  EXPECT_EQ(accept(filled(2, uint8_t(200))), 200);
  EXPECT_EQ(accept(filled(256, int8_t(-100))), -100);
  EXPECT_EQ(accept(filled(4, int16_t(-300))), -300);
  EXPECT_EQ(accept(filled(512, uint16_t(60000))), 60000);
  EXPECT_EQ(accept(filled(8, int32_t(-70000))), -70000);
  EXPECT_EQ(accept(filled(768, uint32_t(3000000000u))), 3e9f);
  EXPECT_EQ(accept(filled(1024, -(int64_t(1) << 40))), -0x1p40f);
  EXPECT_EQ(accept(filled(1280, uint64_t(1) << 63)), 0x1p63f);
  EXPECT_EQ(accept(filled(16, 0.25f)), 0.25f);
  EXPECT_EQ(accept(filled(64, -0.125)), -0.125f);
  EXPECT_EQ(accept(filled(1024, int64_t(3),
                          [](auto &h) { h.scl_slope = 2, h.scl_inter = 1; })),
            7);
}

TEST_F(ElementTypes, NiftiBecomesIntegersOnlyExactly) {
  EXPECT_EQ(refusal("x.nii", filled(64, 3.0), VOX_UINT8), "(accepted)");
  EXPECT_EQ(refusal("x.nii", filled(1280, uint64_t(INT64_MAX)), VOX_INT64),
            "(accepted)");
  EXPECT_EQ(refusal("x.nii", filled(64, 3.5), VOX_UINT8),
            "element 0 is 3.5; expected a number that uint8 can hold, for "
            "\"x\"");
  EXPECT_EQ(refusal("x.nii", filled(4, int16_t(-1)), VOX_UINT16),
            "element 0 is -1; expected a number that uint16 can hold, for "
            "\"x\"");
  EXPECT_EQ(refusal("x.nii", filled(16, NAN), VOX_INT32),
            "element 0 is nan; expected a number that int32 can hold, for "
            "\"x\"");
  EXPECT_EQ(refusal("x.nii", filled(2, uint8_t(2)), VOX_BOOL),
            "element 0 is 2; expected a number that bool can hold, for \"x\"");
  EXPECT_EQ(refusal("x.nii", filled(1280, uint64_t(1) << 63), VOX_INT64),
            "element 0 is 9.22337204e+18; expected a number that int64 can "
            "hold, for \"x\"");
  EXPECT_EQ(refusal("x.nii",
                    filled(4, int16_t(1), [](auto &h) { h.scl_slope = 0.5; }),
                    VOX_INT16),
            "scl_slope is 0.5 and scl_inter 0; expected elements that are not "
            "scaled for \"x\", which is int16");
  EXPECT_EQ(refusal("x.nii",
                    filled(4, int16_t(1), [](auto &h) { h.scl_slope = 1; }),
                    VOX_INT16),
            "(accepted)");
}

TEST_F(ElementTypes, LabelsLieWhereTheInputDoes) {
  nifti_1_header given = niftiHeader();
  given.qform_code = 1;
  given.sform_code = 4;
  given.xyzt_units = 10; /* mm, s */
  const float pixdim[] = {-1, 0.5, 2, 3};
  memcpy(given.pixdim, pixdim, sizeof pixdim);
  given.quatern_b = 0.5;
  given.qoffset_z = -70;
  for (int i = 0; i < 4; ++i) {
    given.srow_x[i] = 0.5f * i;
    given.srow_y[i] = 2 - i;
    given.srow_z[i] = 30 + i;
  }
  std::string input = write("x.nii", nifti(given, std::string(48, '\0')));
  float volume[kCount];
  vox_geometry geometries[2] = {};
  vox_file_message message = {};
  vox_tensor_info tensor = volumeOf(VOX_FLOAT32);
  ASSERT_EQ(vox_tensor_file_read(input.c_str(), &tensor, volume, &geometries[1],
                                 &message),
            0);

  auto written = [&](const vox_tensor_info &tensor) {
    int64_t data[3 * kCount] = {};
    EXPECT_EQ(vox_tensor_file_write(path("y.nii").c_str(), &tensor, data,
                                    geometries, 2, &message),
              0);
    nifti_1_header header;
    memcpy(&header, read("y.nii").data(), sizeof header);
    return header;
  };
  const int64_t classes[] = {1, 3, 2, 3, 4}, other[] = {2, 3, 5};
  for (const vox_tensor_info &labels :
       {volumeOf(VOX_UINT8),
        vox_tensor_info{"y", VOX_INT64, 5, classes, classes, classes}}) {
    nifti_1_header header = written(labels);
    EXPECT_EQ(header.qform_code, 1);
    EXPECT_EQ(header.sform_code, 4);
    EXPECT_EQ(header.xyzt_units, 10);
    EXPECT_EQ(memcmp(header.pixdim, pixdim, sizeof pixdim), 0);
    EXPECT_EQ(memcmp(&header.quatern_b, &given.quatern_b, 72), 0);
  }
  /* Of other extents: nothing is known. */
  nifti_1_header header = written({"y", VOX_UINT8, 3, other, other, other});
  EXPECT_EQ(header.sform_code, 0);
  EXPECT_EQ(header.pixdim[1], 1);
  /* A file of another kind has no place. */
  ASSERT_EQ(writeFile(path("x.npy"), tensor, volume, message), 0);
  ASSERT_EQ(vox_tensor_file_read(path("x.npy").c_str(), &tensor, volume,
                                 &geometries[1], &message),
            0);
  EXPECT_EQ(written(volumeOf(VOX_UINT8)).sform_code, 0);
}

TEST(ElementFill, CoversTheType) {
  for (int32_t type : types) {
    if (type == VOX_FLOAT32)
      continue;
    char data[8 * 2000];
    vox_tensor_fill(VOX_FILL_RANDOM, 3, type, data, 2000);
    int64_t least = 0, greatest = 0;
    for (int i = 0; i < 2000; ++i) {
      least = std::min(least, vox_get_integer(type, data, i));
      greatest = std::max(greatest, vox_get_integer(type, data, i));
    }
    bool isSigned = vox_element_min(type) < 0;
    EXPECT_EQ(least, isSigned ? -128 : 0);
    EXPECT_EQ(greatest, type == VOX_BOOL ? 1 : isSigned ? 127 : 255);
    vox_tensor_fill(VOX_FILL_ONES, 3, type, data, 2);
    EXPECT_EQ(vox_get_integer(type, data, 1), 1);
    vox_tensor_fill(VOX_FILL_ZEROS, 3, type, data, 2);
    EXPECT_EQ(vox_get_integer(type, data, 1), 0);
  }
}

} // namespace
