//===- AdviceDetectors.h - How situations are found -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_ANALYSIS_ADVICEDETECTORS_H
#define VOX_LIB_ANALYSIS_ADVICEDETECTORS_H

#include "AdviceFacts.h"

#include "llvm/Support/Format.h"

namespace vox {

/// AdviceRule::detect. A detector that can't be sure says nothing; what no
/// network shows (the loss, the target device, the training) stands in the
/// advice as a condition.
using Detector = void(const AdviceFacts &facts, std::vector<Finding> &findings);

Detector findDeadUnits, findSaturated, findSparseUnits, findShiftedMean,
    findLikelyDead, findSaturatingDense, findCostlyConv, findDeepPlain,
    findSeluBatchNorm, findSelfNormalising, findFeedForward, findMobile,
    findEfficientSwish, findMix, findGeneratorHidden, findGeneratorOutput,
    findDiscriminatorHidden, findDiscriminatorOutput, findOutputRange,
    findBoundedOutput, findClassOutput, findSoftmaxOfOne, findSquashedLogits,
    findNegativeData, findSparseData, findWideData, findLowContrast;

inline std::string formatNumber(double x) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.3g", x);
  return text;
}

/// ReLU, ReLU6 and their like: 0 for everything below 0.
inline bool isRectifier(ActivationAttr function) {
  auto clip = mlir::dyn_cast<ClipAttr>(function);
  return mlir::isa<ReluAttr, ThresholdedReluAttr>(function) ||
         (clip && clip.getMin().isZero());
}

inline std::string formatFunction(ActivationOp op) {
  return formatActivation(op.getFunction());
}

} // namespace vox

#endif // VOX_LIB_ANALYSIS_ADVICEDETECTORS_H
