//===- Processor.c - What this processor can execute ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Asked of the processor itself: the compiler's own helper for this lives in a
// library that products are not linked with.
//
//===----------------------------------------------------------------------===//

#include "Handle.h"

#if defined(__x86_64__)
#include <cpuid.h>

/* Which register files the system saves: 6 = AVX, 0xe6 = AVX-512 as well. */
static unsigned saved_registers(void) {
  unsigned low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

static uint32_t processor_features(void) {
  unsigned eax, ebx, ecx, edx;
  if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & bit_OSXSAVE))
    return 0;
  unsigned saved = saved_registers();
  if ((saved & 6) != 6)
    return 0;
  uint32_t features = 0;
  if (ecx & bit_AVX)
    features |= VOX_CPU_AVX;
  if (ecx & bit_FMA)
    features |= VOX_CPU_FMA;
  if (ecx & bit_F16C)
    features |= VOX_CPU_F16C;
  if (!__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx))
    return features;
  if (ebx & bit_AVX2)
    features |= VOX_CPU_AVX2;
  unsigned avx512 =
      bit_AVX512F | bit_AVX512CD | bit_AVX512BW | bit_AVX512DQ | bit_AVX512VL;
  if ((ebx & avx512) == avx512 && (saved & 0xe6) == 0xe6)
    features |= VOX_CPU_AVX512;
  return features;
}
#else
static uint32_t processor_features(void) { return 0; }
#endif

int vox_processor_lacks(uint32_t features) {
  uint32_t missing = features & ~processor_features();
  for (int i = 0; i < 32; ++i)
    if (missing & (UINT32_C(1) << i))
      return i;
  return -1;
}

const char *vox_processor_feature_name(int feature) {
  static const char *const names[] = {"AVX", "AVX2", "FMA", "F16C", "AVX-512"};
  return feature < (int)(sizeof names / sizeof *names) ? names[feature] : NULL;
}
