//===- Verify.cpp - Comparing results with a reference --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Verify.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace llvm;
using namespace vox;
using namespace vox::run;

/// The distance of two elements: infinite where only one is a number, or where
/// infinities differ in sign.
static double distance(double result, double reference) {
  double rounded = float(reference);
  if (std::isfinite(rounded))
    return std::isfinite(result) ? std::fabs(result - reference) : INFINITY;
  bool same = std::isnan(rounded) ? std::isnan(result)
                                  : float(result) == float(rounded);
  return same ? 0.0 : INFINITY;
}

Comparison run::compare(const Tensor &result, const Tensor &reference,
                        int32_t type, const Tolerance &tolerance) {
  Comparison comparison;
  double squares = 0.0, error = -1.0;
  size_t finite = 0;
  for (size_t i = 0; i < reference.data.size(); ++i) {
    double expected = reference.data[i];
    if (std::isfinite(float(expected))) {
      squares += expected * expected;
      ++finite;
    }
    double difference = distance(result.data[i], expected);
    comparison.numDiffering += difference != 0.0;
    if (difference > error) {
      error = difference;
      comparison.worst = i;
    }
  }
  error = std::max(error, 0.0);
  if (type != VOX_FLOAT32) {
    comparison.isExact = true;
    comparison.ofRMS = false;
    comparison.error = error;
    return comparison;
  }
  double rms = finite > 0 ? std::sqrt(squares / finite) : 0.0;
  comparison.ofRMS = rms > 0.0;
  if (comparison.ofRMS) {
    comparison.error = error / rms;
    comparison.limit = tolerance.relative + tolerance.absolute / rms;
  } else {
    // Nothing to be relative to.
    comparison.error = error;
    comparison.limit = tolerance.absolute > 0.0 ? tolerance.absolute : 1e-6;
  }
  return comparison;
}

/// "[0, 3, 1]" of a row-major element number.
static std::string formatIndex(ArrayRef<int64_t> shape, size_t number) {
  SmallVector<size_t> index(shape.size());
  for (size_t d = shape.size(); d-- > 0; number /= shape[d])
    index[d] = number % shape[d];
  std::string text;
  raw_string_ostream os(text);
  os << '[';
  interleaveComma(index, os);
  os << ']';
  return text;
}

std::string run::describe(const Comparison &comparison,
                          const Tensor &reference) {
  std::string text;
  raw_string_ostream os(text);
  if (comparison.isExact)
    os << comparison.numDiffering << " of " << reference.data.size()
       << " elements differ";
  else
    os << format("max error %.2e %s (limit %.2e)", comparison.error,
                 comparison.ofRMS ? "of RMS" : "absolute", comparison.limit);
  return text;
}

bool run::printComparison(raw_ostream &os, const TensorInfo &info,
                          const Tensor &result, const Tensor &reference,
                          const Tolerance &tolerance) {
  Comparison comparison = compare(result, reference, info.type, tolerance);
  bool good = comparison.isWithinLimit();
  os << "verify: output \"" << info.name
     << "\": " << describe(comparison, reference) << ": "
     << (good ? "ok" : "FAILED") << '\n';
  if (!good) {
    os << "verify: worst element "
       << formatIndex(reference.shape, comparison.worst) << ": ";
    printNumber(os, result.data[comparison.worst]);
    os << "; reference ";
    printNumber(os, reference.data[comparison.worst]);
    os << '\n';
  }
  return good;
}
