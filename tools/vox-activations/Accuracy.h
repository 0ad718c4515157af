//===- Accuracy.h - What was measured, as text and as JSON ----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOX_ACTIVATIONS_ACCURACY_H
#define VOX_TOOLS_VOX_ACTIVATIONS_ACCURACY_H

#include "Exhaustive.h"

#include "llvm/Support/raw_ostream.h"

namespace vox::activations {

/// One activation's figures, as files keep them.
struct AccuracyRecord {
  /// As formatActivation writes it.
  std::string activation;
  double maxUlp = 0, meanUlp = 0;
  /// The input of maxUlp.
  float at = 0;
  /// Share of results that are correctly rounded.
  double correct = 0;
  /// Greatest absolute error of subnormal results.
  double subnormalError = 0;
  double seconds = 0;
};

struct AccuracyFile {
  /// A Halide target string, and the floats per input.
  std::string target;
  uint64_t step = 1;
  std::vector<AccuracyRecord> records;
};

AccuracyRecord makeRecord(ActivationAttr function, const Accuracy &accuracy);

/// Whether every error is within `limit` ulp, or within kLeastNormal where the
/// result is subnormal, and NaN is where it should be.
bool isWithin(const Accuracy &accuracy, double limit);

/// Everything about one activation.
void printAccuracy(llvm::raw_ostream &os, ActivationAttr function,
                   const Accuracy &accuracy, const ExhaustiveOptions &options);

/// A table of several: its head, and one row.
void printTableHead(llvm::raw_ostream &os);
void printTableRow(llvm::raw_ostream &os, const AccuracyRecord &record);

/// Writes beside `path`, then renames. Messages begin with the path.
llvm::Error writeAccuracy(llvm::StringRef path, const AccuracyFile &file);
llvm::Expected<AccuracyFile> readAccuracy(llvm::StringRef path);

/// A float as %.9g, which tells floats apart, and an error as %.3g.
std::string formatFloat(double value);
std::string formatError(double value);

} // namespace vox::activations

#endif // VOX_TOOLS_VOX_ACTIVATIONS_ACCURACY_H
