//===- Machine.cpp - Target strings as machine descriptions ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Target strings are Halide's, so this stands where Halide may be seen. The
// table of features below is what templates exist for and have been tested
// with.
//
//===----------------------------------------------------------------------===//

#include "vox/Target/Machine.h"
#include "Halide.h"
#include "vox/Runtime/Program.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/TargetParser/Host.h"

using namespace Halide;
using namespace vox;

static const char kAVX2[] = "x86-64-linux-sse41-avx-f16c-fma-avx2";
static const char kAVX512[] =
    "x86-64-linux-sse41-avx-f16c-fma-avx2-avx512-avx512_skylake";

namespace {
/// A Halide feature that concerns us, and LLVM's name for it.
struct Feature {
  Target::Feature halide;
  const char *name, *llvm;
};
} // namespace

/// What an x86-64 target string may contain. Others of Halide's features either
/// are for devices that have no templates or change what kernels assume.
static const Feature kFeatures[] = {
    {Target::SSE41, "sse41", "+sse4.1"},
    {Target::AVX, "avx", "+avx"},
    {Target::F16C, "f16c", "+f16c"},
    {Target::FMA, "fma", "+fma"},
    {Target::AVX2, "avx2", "+avx2"},
    {Target::AVX512, "avx512", "+avx512f,+avx512cd"},
    {Target::AVX512_Skylake, "avx512_skylake",
     "+avx512f,+avx512cd,+avx512vl,+avx512dq,+avx512bw"},
    {Target::AVX512_Cannonlake, "avx512_cannonlake", ""},
    {Target::AVX512_Zen4, "avx512_zen4", ""},
    {Target::AVX512_Zen5, "avx512_zen5", ""},
    {Target::AVX512_SapphireRapids, "avx512_sapphirerapids", ""},
};

static std::string knownFeatures() {
  return llvm::join(llvm::map_range(kFeatures,
                                    [](const Feature &feature) {
                                      return llvm::StringRef(feature.name);
                                    }),
                    ", ");
}

/// Halide's own parser stops the program at an unknown word: look at each one
/// before it does.
static llvm::Error checkWords(llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef> words;
  text.split(words, '-');
  if (words.size() < 3 || words[0] != "x86" || words[1] != "64" ||
      words[2] != "linux")
    return llvm::createStringError(
        "unknown target '%s'; expected host, avx2, avx512, or "
        "x86-64-linux followed by features, each after a '-': %s",
        text.str().c_str(), knownFeatures().c_str());
  for (llvm::StringRef word : llvm::ArrayRef(words).drop_front(3))
    if (llvm::none_of(kFeatures, [&](const Feature &feature) {
          return word == feature.name;
        }))
      return llvm::createStringError(
          "unknown feature '%s' in target '%s'; expected some of: %s",
          word.str().c_str(), text.str().c_str(), knownFeatures().c_str());
  return llvm::Error::success();
}

llvm::Expected<Machine> vox::parseMachine(llvm::StringRef text) {
  Target target;
  if (text == "host") {
    // Only what the table knows; a host may have more.
    Target host = get_host_target();
    target = Target(host.os, host.arch, host.bits);
    if (host.os != Target::Linux || host.arch != Target::X86 || host.bits != 64)
      return llvm::createStringError(
          "this machine is %s; expected x86-64 Linux",
          host.to_string().c_str());
    for (const Feature &feature : kFeatures)
      if (host.has_feature(feature.halide))
        target.set_feature(feature.halide);
  } else {
    std::string full = llvm::StringSwitch<std::string>(text)
                           .Case("avx2", kAVX2)
                           .Case("avx512", kAVX512)
                           .Default(text.str());
    if (llvm::Error error = checkWords(full))
      return std::move(error);
    target = Target(full);
  }
  bool wide = target.features_any_of({Target::AVX512, Target::AVX512_Skylake,
                                      Target::AVX512_Cannonlake,
                                      Target::AVX512_Zen4, Target::AVX512_Zen5,
                                      Target::AVX512_SapphireRapids});
  if (!target.has_feature(Target::FMA) || !target.has_feature(Target::AVX2))
    return llvm::createStringError("target '%s' lacks avx2 and fma; expected "
                                   "at least %s",
                                   text.str().c_str(), kAVX2);

  Machine machine;
  machine.target = target.to_string();
  machine.triple = "x86_64-unknown-linux-gnu";
  machine.cpu = "x86-64";
  for (const Feature &feature : kFeatures)
    if (target.has_feature(feature.halide) && *feature.llvm)
      machine.features +=
          (machine.features.empty() ? "" : ",") + std::string(feature.llvm);
  machine.lanes = wide ? 16 : 8;
  machine.registers = wide ? 32 : 16;
  machine.processorBits = VOX_CPU_AVX | VOX_CPU_AVX2 | VOX_CPU_FMA;
  if (target.has_feature(Target::F16C))
    machine.processorBits |= VOX_CPU_F16C;
  if (wide)
    machine.processorBits |= VOX_CPU_AVX512;
  return machine;
}
