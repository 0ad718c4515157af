//===- Passes.h - Passes over the vox dialect -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_DIALECT_VOX_TRANSFORMS_PASSES_H
#define VOX_DIALECT_VOX_TRANSFORMS_PASSES_H

#include "vox/Dialect/Vox/IR/ActivationKind.h"

#include "mlir/Pass/Pass.h"

namespace vox {

#define GEN_PASS_DECL
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"

} // namespace vox

#endif // VOX_DIALECT_VOX_TRANSFORMS_PASSES_H
