//===- SanitizerOptions.c - For the programs of a sanitizer build ---------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LLVM's allocators, inlined into our code, mark unused memory as poisoned; the
// shared libraries of LLVM and MLIR, built without sanitizers, then use it
// without taking the mark away. So such marks are not looked at.
//
//===----------------------------------------------------------------------===//

const char *__asan_default_options(void);

const char *__asan_default_options(void) { return "allow_user_poisoning=0"; }
