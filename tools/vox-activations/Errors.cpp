//===- Errors.cpp - How far float32 results are off -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Errors.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace llvm;
using namespace vox::activations;

/// 1 / the spacing of float32 at a normal or greater `value`: 2^(23 - e) where
/// 2^e <= |value|, without a call.
static double getInverseSpacing(double value) {
  uint64_t exponent = (bit_cast<uint64_t>(value) >> 52) & 0x7ff;
  exponent = std::clamp<uint64_t>(exponent, 1023 - 126, 1023 + 127);
  return bit_cast<double>((2 * 1023 + 23 - exponent) << 52);
}

double vox::activations::getUlpError(double got, double expected) {
  if (got == static_cast<float>(expected) && std::isinf(got))
    return 0;
  if (std::isinf(got) || std::isinf(expected))
    return std::numeric_limits<double>::infinity();
  return std::fabs(got - expected) * getInverseSpacing(expected);
}

static bool hasGreaterError(const Case &a, const Case &b) {
  return a.error > b.error;
}

void Errors::keep(const Case &found) {
  if (heap.size() == kKept) {
    if (found.error <= heap.front().error)
      return;
    std::pop_heap(heap.begin(), heap.end(), hasGreaterError);
    heap.pop_back();
  }
  heap.push_back(found);
  std::push_heap(heap.begin(), heap.end(), hasGreaterError);
}

void Errors::add(ArrayRef<float> xs, ArrayRef<float> results,
                 ArrayRef<double> references) {
  inputs += xs.size();
  for (auto [input, got, expected] : zip_equal(xs, results, references)) {
    if (std::isnan(got) || std::isnan(expected)) {
      if (std::isnan(got) && std::isnan(expected))
        continue;
      wrongNaN = {input, got, expected, 0};
      ++wrongNaNs;
      continue;
    }
    if (std::fabs(expected) < kLeastNormal) {
      ++subnormal;
      double error = std::fabs(got - expected);
      if (error > worstSubnormal.error)
        worstSubnormal = {input, got, expected, error};
      continue;
    }
    ++normal;
    double error = getUlpError(got, expected);
    correct += got == static_cast<float>(expected);
    if (std::isfinite(error))
      sum += error;
    if (error == 0)
      continue;
    if (error > worst.error)
      worst = {input, got, expected, error};
    if (heap.size() < kKept || error > heap.front().error)
      keep({input, got, expected, error});
  }
}

void Errors::merge(const Errors &other) {
  inputs += other.inputs;
  normal += other.normal;
  correct += other.correct;
  sum += other.sum;
  worst = std::min(worst, other.worst, hasGreaterError);
  subnormal += other.subnormal;
  worstSubnormal =
      std::min(worstSubnormal, other.worstSubnormal, hasGreaterError);
  if (other.wrongNaNs)
    wrongNaN = other.wrongNaN;
  wrongNaNs += other.wrongNaNs;
  for (const Case &found : other.heap)
    keep(found);
}
