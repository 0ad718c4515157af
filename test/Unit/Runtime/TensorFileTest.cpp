//===- TensorFileTest.cpp - Tensors in files, good and hostile ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Round trips through each format, and for each way in which a file can be
// wrong the whole message.
//
//===----------------------------------------------------------------------===//

#include "vox/Runtime/TensorFile.h"
#include "TestNifti.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <vector>
#include <zlib.h>

namespace {

const int64_t volumeShape[] = {1, 1, 2, 3, 4};
const vox_tensor_info volume = {"x",         VOX_FLOAT32, 5,
                                volumeShape, volumeShape, volumeShape};
constexpr int kCount = 24;

std::string ramp() {
  std::string bytes;
  for (int i = 0; i < kCount; ++i)
    bytes += bytesOf(float(i) - 0.5f);
  return bytes;
}

std::string npy(const std::string &header, const std::string &data,
                char version = 1) {
  std::string length = bytesOf(uint32_t(header.size()));
  if (version == 1)
    length.resize(2);
  return std::string("\x93NUMPY") + version + '\0' + length + header + data;
}

const char goodHeader[] =
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 2, 3, 4), }";

std::string shorts(bool swapped = false) {
  std::string bytes;
  for (int i = 0; i < kCount; ++i) {
    std::string one = bytesOf(int16_t(100 * i - 1000));
    bytes += swapped ? std::string(one.rbegin(), one.rend()) : one;
  }
  return bytes;
}

class TensorFile : public FilesTest {
protected:
  /// Reads a file that is expected to be refused; its message, less the path.
  std::string refusal(const std::string &name, const std::string &bytes,
                      const vox_tensor_info &tensor = volume) {
    return readRefusal(write(name, bytes), tensor);
  }
  std::string readRefusal(const std::string &file,
                          const vox_tensor_info &tensor = volume) {
    std::vector<float> data(kCount);
    vox_file_message message = {};
    if (readFile(file, tensor, data.data(), message) == 0)
      return "(accepted)";
    return withoutPath(file, message);
  }
  std::string withoutPath(const std::string &file,
                          const vox_file_message &message) {
    std::string text = message.text, prefix = file + ": error: ";
    EXPECT_EQ(text.substr(0, prefix.size()), prefix);
    return text.substr(std::min(prefix.size(), text.size()));
  }
  std::vector<float> accept(const std::string &file) {
    std::vector<float> data(kCount);
    vox_file_message message = {};
    EXPECT_EQ(readFile(file, volume, data.data(), message), 0) << message.text;
    return data;
  }
};

TEST_F(TensorFile, RoundTrips) {
  std::vector<float> data(kCount), back(kCount);
  vox_tensor_fill(VOX_FILL_RANDOM, 1, VOX_FLOAT32, data.data(), kCount);
  for (const char *name : {"x.npy", "x.raw", "x.nii", "x.nii.gz"}) {
    vox_file_message message = {};
    EXPECT_EQ(writeFile(path(name), volume, data.data(), message), 0)
        << message.text;
    EXPECT_EQ(accept(path(name)), data) << name;
  }
  EXPECT_EQ(fileCount(), 4u);
}

TEST_F(TensorFile, ScalarsRoundTrip) {
  const vox_tensor_info scalar = {"s",     VOX_FLOAT32, 0,
                                  nullptr, nullptr,     nullptr};
  float value = 42, back = 0;
  vox_file_message message = {};
  for (const char *name : {"s.npy", "s.raw", "s.nii"}) {
    EXPECT_EQ(writeFile(path(name), scalar, &value, message), 0);
    EXPECT_EQ(readFile(path(name), scalar, &back, message), 0) << message.text;
    EXPECT_EQ(back, 42);
  }
}

TEST_F(TensorFile, NpyIsAsNumPyWritesIt) {
  vox_file_message message;
  std::vector<float> data(kCount);
  ASSERT_EQ(writeFile(path("x.npy"), volume, data.data(), message), 0);
  std::string header = goodHeader;
  header.resize(118, ' ');
  EXPECT_EQ(read("x.npy"),
            npy(header.substr(0, 117) + "\n", std::string(96, '\0')));
}

TEST_F(TensorFile, NpyVariants) {
  EXPECT_EQ(accept(write("a.npy", npy(goodHeader, ramp())))[5], 4.5f);
  EXPECT_EQ(accept(write("b.npy", npy(goodHeader, ramp(), 2)))[5], 4.5f);
  EXPECT_EQ(accept(write("c.npy", npy("{\"shape\":(1,1,2,3,4),\"descr\":\"<f4\""
                                      ",\"fortran_order\":False}  \n",
                                      ramp())))[5],
            4.5f);
}

TEST_F(TensorFile, HostileNpy) {
  auto shaped = [](std::string shape) {
    return "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + "}";
  };
  auto typed = [](std::string type) {
    return "{'descr': " + type +
           ", 'fortran_order': False, 'shape': (1, 1, 2, 3, 4)}";
  };
  const std::string malformed = "malformed .npy header; expected {'descr': "
                                "'<f4', 'fortran_order': False, 'shape': "
                                "(...)}";
  const std::string magic = "not a .npy file; expected the bytes \\x93NUMPY at "
                            "its start";
  const std::string good = npy(goodHeader, ramp());
  struct {
    std::string bytes, message;
  } cases[] = {
      {"", magic},
      {"\x93NUM", magic},
      {"PK\x03\x04 an archive", magic},
      {good.substr(0, 9), "ends inside the .npy header; expected 10 bytes"},
      {good.substr(0, 20),
       "ends inside the .npy header after 10 of its bytes; expected 68"},
      {npy(goodHeader, ramp(), 9), ".npy version is 9.0; expected 1.0 or 2.0"},
      {std::string("\x93NUMPY\x02\0\xff\xff\xff\xff", 12),
       ".npy header is 4294967295 bytes long; expected at most 65535"},
      {npy("", ramp()), malformed},
      {npy("{", ramp()), malformed},
      {npy("{}", ramp()), malformed},
      {npy("{'descr", ramp()), malformed},
      {npy("{'descr': [[[[", ramp()), malformed},
      {npy(std::string(goodHeader) + "x", ramp()), malformed},
      {npy("{'descr': '<f4', 'fortran_order': Maybe, 'shape': ()}", ramp()),
       malformed},
      {npy("{'descr': '<f4', 'shape': (1,), 'shape': (1,)}", ramp()),
       malformed},
      {npy("{'evil': __import__('os')}", ramp()), malformed},
      {npy(shaped("(-1,)"), ramp()), malformed},
      {npy(shaped("(1"), ramp()), malformed},
      {npy(shaped("(1 2)"), ramp()), malformed},
      {npy(shaped("(99999999999999999999,)"), ramp()), malformed},
      {npy(shaped("(" + std::string(200, '1') + ")"), ramp()), malformed},
      {npy(shaped([] {
             std::string text = "(";
             for (int i = 0; i < 65; ++i)
               text += "1,";
             return text + ")";
           }()),
           ramp()),
       malformed},
      {npy(shaped("(2, 3, 4)"), ramp()),
       "shape is 2x3x4; expected 1x1x2x3x4 for \"x\""},
      {npy(shaped("()"), ramp()),
       "shape is scalar; expected 1x1x2x3x4 for \"x\""},
      {npy(shaped("(4294967296, 4294967296, 2, 3, 4)"), ramp()),
       "shape is 4294967296x4294967296x2x3x4; expected 1x1x2x3x4 for \"x\""},
      {npy(typed("'<f8'"), ramp()),
       "element type is float64 ('<f8'); expected float32 ('<f4') for \"x\""},
      {npy(typed("'<i2'"), ramp()),
       "element type is int16 ('<i2'); expected float32 ('<f4') for \"x\""},
      {npy(typed("'>f4'"), ramp()),
       "element type is big-endian ('>f4'); expected float32 ('<f4') for "
       "\"x\""},
      {npy(typed("'|O'"), ramp()),
       "element type is unknown ('|O'); expected float32 ('<f4') for \"x\""},
      {npy(typed("'\033[2J'"), ramp()),
       "element type is unknown ('?[2J'); expected float32 ('<f4') for \"x\""},
      {npy(typed("[('a', '<f4'), ('b', '<f4')]"), ramp()),
       "element type is a structure (''); expected float32 ('<f4') for \"x\""},
      {npy("{'descr': '<f4', 'fortran_order': True, 'shape': (1,1,2,3,4)}",
           ramp()),
       "elements are in Fortran order; expected C order "
       "(numpy.ascontiguousarray)"},
      {npy(goodHeader, ramp().substr(0, 50)),
       "ends after 50 bytes of data; expected 96"},
      {npy(goodHeader, ramp() + "?"),
       "goes on after its data; expected 96 bytes of it"},
  };
  for (auto &c : cases)
    EXPECT_EQ(refusal("x.npy", c.bytes), c.message);
}

TEST_F(TensorFile, HostileRaw) {
  EXPECT_EQ(refusal("x.raw", ""), "holds 0 bytes; expected 96 for \"x\"");
  EXPECT_EQ(refusal("x.raw", ramp().substr(0, 95)),
            "holds 95 bytes; expected 96 for \"x\"");
  EXPECT_EQ(refusal("x.raw", ramp() + "?"),
            "holds more than 96 bytes; expected 96 for \"x\"");
}

TEST_F(TensorFile, HostilePaths) {
  const std::string suffix =
      "unknown kind of file; expected a name in .npy, .raw, .nii or .nii.gz";
  EXPECT_EQ(refusal("x.txt", ""), suffix);
  EXPECT_EQ(refusal("x", ""), suffix);
  std::vector<float> data(kCount);
  vox_file_message message;
  EXPECT_EQ(writeFile(path("y.png"), volume, data.data(), message), 1);
  EXPECT_EQ(withoutPath(path("y.png"), message), suffix);
  for (const char *name : {"none.npy", "none.raw", "none.nii", "none.nii.gz"})
    EXPECT_EQ(readRefusal(path(name)),
              "cannot read: No such file or directory");
  for (const char *name : {"dir.npy", "dir.raw", "dir.nii"}) {
    std::filesystem::create_directory(path(name));
    EXPECT_EQ(readRefusal(path(name)), "cannot read: Is a directory");
  }
}

TEST_F(TensorFile, UnwritableOutputs) {
  std::vector<float> data(kCount);
  vox_file_message message;
  auto refused = [&](const std::string &file) {
    EXPECT_EQ(writeFile(file, volume, data.data(), message), 1);
    return withoutPath(file, message);
  };
  EXPECT_EQ(refused(path("none/x.npy")),
            "cannot write: No such file or directory");
  std::filesystem::create_directory(path("dir.nii.gz"));
  EXPECT_EQ(refused(path("dir.nii.gz")), "cannot write: Is a directory");
  const std::string longName = "/" + std::string(5000, 'x') + ".npy";
  EXPECT_EQ(writeFile(longName, volume, data.data(), message), 1);
  EXPECT_EQ(std::string(message.text),
            longName.substr(0, 512) +
                ": error: cannot write: File name too long");
  for (const char *name : {"full.npy", "full.raw", "full.nii", "full.nii.gz"}) {
    std::filesystem::create_symlink("/dev/full", path(name));
    EXPECT_EQ(refused(path(name)), "cannot write: No space left on device");
  }
  EXPECT_EQ(fileCount(), 5u);
}

TEST_F(TensorFile, AnOldOutputIsReplacedAndADeviceIsNot) {
  std::vector<float> data(kCount);
  vox_file_message message;
  write("x.raw", "old");
  EXPECT_EQ(writeFile(path("x.raw"), volume, data.data(), message), 0);
  EXPECT_EQ(read("x.raw").size(), 96u);
  std::filesystem::create_symlink("/dev/null", path("null.raw"));
  EXPECT_EQ(writeFile(path("null.raw"), volume, data.data(), message), 0);
  EXPECT_TRUE(std::filesystem::is_symlink(path("null.raw")));
}

TEST_F(TensorFile, NiftiIntegersAreScaled) {
  nifti_1_header header = niftiHeader();
  EXPECT_EQ(accept(write("a.nii", nifti(header, shorts())))[3], -700);
  header.scl_slope = 0.5;
  header.scl_inter = 10;
  EXPECT_EQ(accept(write("b.nii", nifti(header, shorts())))[3], -340);
  header.datatype = 2; /* UINT8 */
  EXPECT_EQ(accept(write("c.nii", nifti(header, std::string(24, '\xf0'))))[0],
            130);
}

TEST_F(TensorFile, NiftiOfTheOtherByteOrder) {
  std::string bytes = bytesOf(niftiHeader());
  auto swap = [&](size_t offset, size_t size) {
    std::reverse(bytes.begin() + offset, bytes.begin() + offset + size);
  };
  swap(0, 4);
  for (int i = 0; i < 8; ++i)
    swap(40 + 2 * i, 2);
  swap(70, 2);  /* datatype */
  swap(72, 2);  /* bitpix */
  swap(108, 4); /* vox_offset */
  bytes += std::string(4, '\0') + shorts(true);
  EXPECT_EQ(accept(write("x.nii", bytes))[3], -700);
}

TEST_F(TensorFile, NiftiWithExtensionsAndUnitDimensions) {
  nifti_1_header header = niftiHeader();
  header.dim[0] = 5;
  header.vox_offset = 352 + 10000;
  EXPECT_EQ(accept(write("x.nii",
                         nifti(header, std::string(10000, 'e') + shorts())))[3],
            -700);
}

TEST_F(TensorFile, HostileNifti) {
  auto changed = [](std::function<void(nifti_1_header &)> change) {
    nifti_1_header header = niftiHeader();
    change(header);
    return nifti(header, shorts());
  };
  const std::string magic =
      "not a NIfTI-1 file; expected sizeof_hdr 348 and magic \"n+1\" (header "
      "and data in one file)";
  const std::string good = nifti(niftiHeader(), shorts());
  struct {
    std::string bytes, message;
  } cases[] = {
      {"", "ends after 0 bytes of NIfTI header; expected 348"},
      {good.substr(0, 100), "ends after 100 bytes of NIfTI header; expected "
                            "348"},
      {std::string(400, 'x'), magic},
      {changed([](auto &h) { h.magic[1] = 'i'; }), magic},
      {changed([](auto &h) { h.sizeof_hdr = 540; }),
       "is NIfTI-2; expected NIfTI-1"},
      {changed([](auto &h) { h.dim[0] = 0; }), "dim[0] is 0; expected 1 to 7"},
      {changed([](auto &h) { h.dim[0] = 8; }), "dim[0] is 8; expected 1 to 7"},
      {changed([](auto &h) { h.dim[0] = -3; }),
       "dim[0] is -3; expected 1 to 7"},
      {changed([](auto &h) { h.dim[2] = -3; }),
       "dim[2] is -3; expected a positive number"},
      {changed([](auto &h) { h.dim[1] = 32767; }),
       "shape is 2x3x32767 (NIfTI's dimensions, last first); expected "
       "1x1x2x3x4 for \"x\""},
      {changed([](auto &h) { h.dim[0] = 2; }),
       "shape is 3x4 (NIfTI's dimensions, last first); expected 1x1x2x3x4 for "
       "\"x\""},
      {changed([](auto &h) { h.datatype = 32; }),
       "element type is COMPLEX64; expected UINT8, INT8, UINT16, INT16, "
       "UINT32, INT32, UINT64, INT64, FLOAT32 or FLOAT64"},
      {changed([](auto &h) { h.datatype = 1536; }),
       "element type is FLOAT128; expected UINT8, INT8, UINT16, INT16, "
       "UINT32, INT32, UINT64, INT64, FLOAT32 or FLOAT64"},
      {changed([](auto &h) { h.datatype = -1; }),
       "element type is **ILLEGAL**; expected UINT8, INT8, UINT16, INT16, "
       "UINT32, INT32, UINT64, INT64, FLOAT32 or FLOAT64"},
      {changed([](auto &h) { h.vox_offset = 100; }),
       "vox_offset is 100; expected a whole number from 352 to 67108864"},
      {changed([](auto &h) { h.vox_offset = 1e30f; }),
       "vox_offset is 1e+30; expected a whole number from 352 to 67108864"},
      {changed([](auto &h) { h.vox_offset = NAN; }),
       "vox_offset is nan; expected a whole number from 352 to 67108864"},
      {changed([](auto &h) { h.vox_offset = 400; }),
       "ends after 0 bytes of data; expected 48"},
      {changed([](auto &h) { h.vox_offset = 401; }),
       "ends after 52 bytes of extensions; expected 53"},
      {changed([](auto &h) { h.scl_slope = INFINITY; }),
       "scl_slope is inf and scl_inter 0; expected finite numbers"},
      {changed([](auto &h) { h.scl_slope = NAN; }),
       "scl_slope is nan and scl_inter 0; expected finite numbers"},
      {changed([](auto &h) { h.scl_inter = -INFINITY; }),
       "scl_slope is 0 and scl_inter -inf; expected finite numbers"},
      {changed([](auto &h) { h.pixdim[2] = 0; }),
       "pixdim[2] is 0; expected a positive number"},
      {changed([](auto &h) { h.pixdim[1] = NAN; }),
       "pixdim[1] is nan; expected a positive number"},
      {changed([](auto &h) { h.pixdim[3] = INFINITY; }),
       "pixdim[3] is inf; expected a positive number"},
      {changed([](auto &h) { h.qform_code = 1, h.qoffset_y = NAN; }),
       "the qform holds a number that is not finite; expected a place in the "
       "world, or qform_code 0"},
      {changed([](auto &h) { h.sform_code = 1, h.srow_z[3] = INFINITY; }),
       "the sform holds a number that is not finite; expected a place in the "
       "world, or sform_code 0"},
      {good.substr(0, good.size() - 1),
       "ends after 47 bytes of data; expected 48"},
  };
  for (auto &c : cases) {
    EXPECT_EQ(refusal("x.nii", c.bytes), c.message);
    EXPECT_EQ(refusal("x.nii.gz", c.bytes), c.message);
  }
}

TEST_F(TensorFile, HostileGzip) {
  gzFile stream = gzopen(path("good.nii.gz").c_str(), "wb");
  std::string bytes = nifti(niftiHeader(), shorts());
  gzwrite(stream, bytes.data(), bytes.size());
  gzclose(stream);
  std::string good = read("good.nii.gz");
  EXPECT_EQ(accept(path("good.nii.gz"))[3], -700);
  /* Each truncation and each changed byte: refused or right, never a crash. */
  for (size_t i = 0; i < good.size(); ++i) {
    EXPECT_NE(refusal("x.nii.gz", good.substr(0, i)), "(accepted)") << i;
    std::string changed = good;
    changed[i] ^= 0x55;
    refusal("x.nii.gz", changed);
  }
  std::string checksum = good;
  checksum[good.size() - 6] ^= 1;
  std::string message = refusal("x.nii.gz", checksum);
  EXPECT_NE(message.find("incorrect data check"), std::string::npos) << message;
}

TEST_F(TensorFile, WhatNiftiCannotHold) {
  const int64_t wide[] = {1, 40000};
  const int64_t deep[] = {2, 2, 2, 2, 2, 2, 2, 2};
  std::vector<float> data(40000);
  vox_file_message message;
  vox_tensor_info tensor = {"y", VOX_FLOAT32, 2, wide, wide, wide};
  EXPECT_EQ(writeFile(path("y.nii"), tensor, data.data(), message), 1);
  EXPECT_EQ(withoutPath(path("y.nii"), message),
            "shape is 1x40000 for \"y\"; expected at most 7 dimensions of 1 to "
            "32767, which NIfTI can hold");
  tensor = {"y", VOX_FLOAT32, 8, deep, deep, deep};
  EXPECT_EQ(writeFile(path("y.nii"), tensor, data.data(), message), 1);
  EXPECT_EQ(fileCount(), 0u);
}

TEST(TensorFill, IsTheSameEverywhere) {
  float a[1000], b[1000];
  vox_tensor_fill(VOX_FILL_RANDOM, 0, VOX_FLOAT32, a, 1000);
  vox_tensor_fill(VOX_FILL_RANDOM, 0, VOX_FLOAT32, b, 1000);
  EXPECT_EQ(memcmp(a, b, sizeof a), 0);
  vox_tensor_fill(VOX_FILL_RANDOM, 1, VOX_FLOAT32, b, 1000);
  EXPECT_NE(memcmp(a, b, sizeof a), 0);
  double sum = 0;
  for (float value : a) {
    EXPECT_GE(value, -1);
    EXPECT_LT(value, 1);
    sum += value;
  }
  EXPECT_LT(std::abs(sum), 60);
  vox_tensor_fill(VOX_FILL_ZEROS, 0, VOX_FLOAT32, a, 2);
  vox_tensor_fill(VOX_FILL_ONES, 0, VOX_FLOAT32, b, 2);
  EXPECT_EQ(a[1], 0);
  EXPECT_EQ(b[1], 1);
}

} // namespace
