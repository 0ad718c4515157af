//===- RecalibrateBatchNorm.h - New batch norm statistics -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// After a semantic replacement of an activation, the values that batch norms
// see no longer have the mean and variance that training left in them.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_EXECUTION_RECALIBRATEBATCHNORM_H
#define VOX_EXECUTION_RECALIBRATEBATCHNORM_H

#include "vox/Execution/Samples.h"
#include "vox/Pipelines/Pipelines.h"

namespace vox::execution {

struct RecalibratedNorm {
  std::string layer;
  /// How far means moved: root mean square over channels, in standard
  /// deviations as they were.
  double shift;
  /// New variance over old one: geometric mean over channels.
  double ratio;
};

/// Gives every batch norm of the network the mean and variance, per channel,
/// that its input has over all samples and positions, one after the other, so
/// that each sees what those before it give now. `options` say how the parts
/// before them are compiled. Fails after a diagnostic.
mlir::FailureOr<std::vector<RecalibratedNorm>>
recalibrateBatchNorm(mlir::ModuleOp module, llvm::ArrayRef<Sample> samples,
                     const CompileOptions &options);

} // namespace vox::execution

#endif // VOX_EXECUTION_RECALIBRATEBATCHNORM_H
