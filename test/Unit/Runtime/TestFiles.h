//===- TestFiles.h - Files for a test, removed after it -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each test gets a folder of its own, so that tests may run side by side.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TEST_UNIT_RUNTIME_TESTFILES_H
#define VOX_TEST_UNIT_RUNTIME_TESTFILES_H

#include "gtest/gtest.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>

/// A fixture with a folder of its own.
class FilesTest : public testing::Test {
protected:
  std::filesystem::path folder;

  void SetUp() override {
    std::string name = testing::TempDir() + "vox-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  std::string path(const std::string &name) const { return folder / name; }

  std::string write(const std::string &name, const std::string &bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }
  std::string read(const std::string &name) const {
    std::stringstream bytes;
    bytes << std::ifstream(path(name), std::ios::binary).rdbuf();
    return bytes.str();
  }
  size_t fileCount() const {
    return std::distance(std::filesystem::directory_iterator(folder),
                         std::filesystem::directory_iterator());
  }
};

#endif // VOX_TEST_UNIT_RUNTIME_TESTFILES_H
