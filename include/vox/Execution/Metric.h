//===- Metric.h - How good a network is on labels -------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_EXECUTION_METRIC_H
#define VOX_EXECUTION_METRIC_H

#include "vox/Execution/Samples.h"

namespace vox::execution {

enum class Metric {
  /// Root mean square of output - label.
  RMSE,
  /// Share of samples whose greatest output is that of their class.
  Accuracy,
  /// Twice the overlap over the sum of sizes, over all samples; mean over the
  /// classes that occur, but for 0. A NaN is of a class that no label has.
  Dice
};
std::optional<Metric> parseMetric(llvm::StringRef name);
llvm::StringRef getName(Metric metric);

/// What the first output should be.
struct Labels {
  Metric metric;
  /// How many classes dimension 1 of the output has scores of; 0 where its
  /// elements are numbers or classes themselves.
  int64_t classes;
  /// By sample: numbers (RMSE), classes (accuracy), a class per position.
  std::vector<std::vector<double>> values;

  double least() const;
  double greatest() const;
};

/// Reads the labels of `samples` for `output`, the network's first. For RMSE
/// and accuracy `path` is a CSV file with a header and lines `SAMPLE,VALUE`
/// with as many values as the output has elements or rows (more are left
/// alone); for Dice a folder of label maps NAME.npy, .nii or .nii.gz. A
/// sample's name may have a suffix.
llvm::Expected<Labels> readLabels(llvm::StringRef path, Metric metric,
                                  llvm::ArrayRef<Sample> samples,
                                  const TensorInfo &output);

/// The metric of `outputs`, one per sample.
double compute(const Labels &labels, llvm::ArrayRef<Tensor> outputs);

} // namespace vox::execution

#endif // VOX_EXECUTION_METRIC_H
