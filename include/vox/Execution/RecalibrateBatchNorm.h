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

/// Sets the mean and variance of every batch norm of the network, per channel,
/// by what its input is over all samples and positions; one after the other, so
/// that each sees what those before it give now.
///
/// Where `module` was made of `original` by replacing activations, the output
/// of each batch norm gets the mean and variance that it has in `original` on
/// the same samples: what is peculiar to few samples, or to statistics that a
/// training held fixed, is in both and cancels. If `original` is null they
/// are those of the input itself, as in training.
///
/// `options` say how the parts before them are compiled. Fails after a
/// diagnostic.
mlir::FailureOr<std::vector<RecalibratedNorm>>
recalibrateBatchNorm(mlir::ModuleOp module, mlir::ModuleOp original,
                     llvm::ArrayRef<Sample> samples,
                     const CompileOptions &options);

} // namespace vox::execution

#endif // VOX_EXECUTION_RECALIBRATEBATCHNORM_H
