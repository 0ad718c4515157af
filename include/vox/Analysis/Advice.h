//===- Advice.h - Which activations to think about ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rules of the literature and of practice, as data: a situation that can be
// seen in a network or in what it does on samples, what to do about it and why.
// Nothing is changed: advice is for people to read.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_ANALYSIS_ADVICE_H
#define VOX_ANALYSIS_ADVICE_H

#include "vox/Analysis/ActivationStatistics.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <optional>

namespace vox {

/// Of all elements of the network's first input, over samples.
struct DataStatistics {
  double count = 0, negatives = 0, zeros = 0;
  double mean = 0, variance = 0, least = 0, greatest = 0;
};

/// What is known besides the network.
struct AdviceInputs {
  /// Null without samples.
  const NetworkStatistics *statistics = nullptr;
  std::optional<DataStatistics> data;
  /// The least and greatest label.
  std::optional<std::pair<double, double>> labels;
};

enum class Importance {
  High,   ///< Something does not work as it looks.
  Medium, ///< Known to train or generalise worse.
  Low     ///< Worth an experiment, or worth knowing.
};
llvm::StringRef getName(Importance importance);

/// Where a rule's situation was found.
struct Finding {
  /// The network itself, or the op that it is about.
  mlir::Operation *op;
  /// "dead_units 0.75 (12 of 16)".
  std::string figure;
  /// The rule of --replace-activations that would apply the advice; empty where
  /// that is more than a replacement.
  std::string policy;
};

class AdviceFacts;

struct AdviceRule {
  llvm::StringLiteral name;
  Importance importance;
  /// What to do, and why.
  llvm::StringLiteral advice, reason;
  void (*detect)(const AdviceFacts &facts, std::vector<Finding> &findings);
};
llvm::ArrayRef<AdviceRule> adviceRules();

struct Advice {
  const AdviceRule *rule;
  std::vector<Finding> findings;

  /// "--replace-activations='...'", or empty.
  std::string getFlag() const;
};

/// What the rules find in `network`, in order of importance, each with a remark
/// of category "vox-advise". The network is past recognition and has its batch
/// norms.
std::vector<Advice> advise(mlir::func::FuncOp network,
                           const AdviceInputs &inputs);

void printAdvice(llvm::raw_ostream &os, llvm::ArrayRef<Advice> advice);

} // namespace vox

#endif // VOX_ANALYSIS_ADVICE_H
