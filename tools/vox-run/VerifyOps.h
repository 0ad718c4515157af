//===- VerifyOps.h - Comparing every launch with the reference ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A compiled model runs beside the reference of the same launches, fused as it
// is. The model waits after each launch until the reference has come as far, so
// that no result but the current one needs to be kept.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOX_RUN_VERIFY_OPS_H
#define VOX_TOOLS_VOX_RUN_VERIFY_OPS_H

#include "Verify.h"
#include "vox/Execution/CompiledModel.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <condition_variable>
#include <mutex>

namespace vox::run {

using namespace execution;

class OpsVerifier {
public:
  /// `network` is in Phase::Kernels.
  OpsVerifier(mlir::func::FuncOp network, const Tolerance &tolerance)
      : network(network), tolerance(tolerance) {}

  /// The vox_observer of the model to be verified; `self` is the OpsVerifier.
  static void observe(void *self, int32_t launch, int64_t beginNs,
                      int64_t endNs, const void *result);

  /// Why the model's launches are not those of the network, or nothing.
  std::string findMismatch(const CompiledModel &model) const;

  enum Outcome { Good, Differs, ReferenceFailed };
  /// Runs the model, whose inputs are bound, and prints a table with a line for
  /// each launch.
  llvm::Expected<Outcome> run(llvm::raw_ostream &os, CompiledModel &model,
                              llvm::ArrayRef<Tensor> inputs);

private:
  /// The model's side: shows a result until the reference wants a later one.
  void show(int32_t launch, const void *result);
  /// The reference's side: the result of `launch`, or null where the model
  /// ended before it.
  const void *await(int32_t launch);
  void finish(int32_t &side);

  mlir::func::FuncOp network;
  const Tolerance &tolerance;
  std::mutex mutex;
  std::condition_variable changed;
  /// Which launch each side has come to.
  int32_t shown = -1, wanted = -1;
  const void *shownResult = nullptr;
};

} // namespace vox::run

#endif // VOX_TOOLS_VOX_RUN_VERIFY_OPS_H
