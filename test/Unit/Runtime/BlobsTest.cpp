//===- BlobsTest.cpp - The runtime inside of the compiler -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the compiler links into products is there and is what it should be.
//
//===----------------------------------------------------------------------===//

#include "vox/Runtime/Blobs.h"
#include "gtest/gtest.h"

TEST(Blobs, ObjectsAreElf) {
  EXPECT_TRUE(vox::runtimeObject().starts_with("\177ELF"));
  EXPECT_TRUE(vox::executableMainObject().starts_with("\177ELF"));
}

TEST(Blobs, HeaderIsTheWholeText) {
  llvm::StringRef text = vox::modelHeaderText();
  EXPECT_TRUE(text.starts_with("//===- Model.h"));
  EXPECT_TRUE(text.contains("typedef struct vox_tensor"));
  EXPECT_TRUE(text.ends_with("#endif\n"));
}
