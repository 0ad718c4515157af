//===- Machine.h - What code generation asks about a target ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TARGET_MACHINE_H
#define VOX_TARGET_MACHINE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace vox {

/// A target as data. Made from a Halide target string, whose spelling users of
/// Halide know: "x86-64-linux-sse41-avx-f16c-fma-avx2".
struct Machine {
  /// The full target string, implied features spelled out, without "host".
  std::string target;
  /// LLVM's names for the same thing, for the host code.
  std::string triple, cpu, features;
  /// float32 elements per vector.
  int64_t lanes;
  /// Vector registers.
  int64_t registers;
  /// VOX_CPU_* of what kernels need (include/vox/Runtime/Program.h): a product
  /// refuses to start on a processor without them.
  uint32_t processorBits;
};

/// Reads a target string; "host" is this machine, "avx2" and "avx512" are
/// short forms. An error says what is wrong and lists what is possible.
llvm::Expected<Machine> parseMachine(llvm::StringRef target);

} // namespace vox

#endif // VOX_TARGET_MACHINE_H
