//===- TestNifti.h - NIfTI files made by hand -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// And the tensor files' functions in the form that tests call.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TEST_UNIT_RUNTIME_TESTNIFTI_H
#define VOX_TEST_UNIT_RUNTIME_TESTNIFTI_H

#include "TestFiles.h"
#include "vox/Runtime/TensorFile.h"

#include <algorithm>
#include <cstring>
#include <nifti1.h>

template <typename T> std::string bytesOf(const T &value) {
  return std::string(reinterpret_cast<const char *>(&value), sizeof value);
}

/// A header of int16 elements that fits 1x1x2x3x4.
inline nifti_1_header niftiHeader() {
  nifti_1_header header = {};
  header.sizeof_hdr = 348;
  const short dim[] = {3, 4, 3, 2, 1, 1, 1, 1};
  memcpy(header.dim, dim, sizeof dim);
  std::fill(header.pixdim, header.pixdim + 8, 1.0f);
  header.datatype = 4; /* INT16 */
  header.bitpix = 16;
  header.vox_offset = 352;
  memcpy(header.magic, "n+1", 4);
  return header;
}

inline std::string nifti(const nifti_1_header &header,
                         const std::string &data) {
  return bytesOf(header) + std::string(4, '\0') + data;
}

inline int readFile(const std::string &file, const vox_tensor_info &tensor,
                    void *data, vox_file_message &message) {
  return vox_tensor_file_read(file.c_str(), &tensor, data, nullptr, &message);
}

inline int writeFile(const std::string &file, const vox_tensor_info &tensor,
                     const void *data, vox_file_message &message) {
  return vox_tensor_file_write(file.c_str(), &tensor, data, nullptr, 0,
                               &message);
}

#endif // VOX_TEST_UNIT_RUNTIME_TESTNIFTI_H
