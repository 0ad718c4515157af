//===- fma_peak.c - The most multiply-adds a core can do ------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Chains of fused multiply-adds that never leave the registers: the figure
// that tools/bench.sh prints beside every share of the peak. The chains must be
// more than the units can have in flight (latency 4 times 2 units on most
// x86-64 cores of today, 5 times 2 on some), and their accumulators must fit in
// the registers: 16 of 32 with AVX-512, 12 of 16 with AVX2.
//
// Compiled with -O2 -march=native -mprefer-vector-width=512; without the last
// one Clang may split the wide vectors.
//
//===----------------------------------------------------------------------===//

#ifdef __AVX512F__
enum { Lanes = 16, Chains = 16 };
#else
enum { Lanes = 8, Chains = 12 };
#endif

typedef float Vector __attribute__((vector_size(Lanes * sizeof(float))));

/* Runs `rounds` multiply-adds on every chain and returns how many
 * floating-point operations that was; *sink gets a result, so that nothing is
 * left out. */
double fma_peak_run(long rounds, float *sink) {
  Vector chain[Chains];
  // Read from memory: the values must not be known to the compiler. They
  // converge to 1, so no chain overflows or becomes denormal.
  volatile float factor = 0.5f;
  Vector scale = (Vector){} + factor;
  for (int i = 0; i < Chains; ++i)
    chain[i] = (Vector){} + (float)i;
  for (long round = 0; round < rounds; ++round) {
#pragma clang loop unroll(full)
    for (int i = 0; i < Chains; ++i)
      chain[i] = __builtin_elementwise_fma(chain[i], scale, scale);
  }
  Vector total = chain[0];
  for (int i = 1; i < Chains; ++i)
    total += chain[i];
  *sink = total[0];
  return 2.0 * Lanes * Chains * (double)rounds;
}
