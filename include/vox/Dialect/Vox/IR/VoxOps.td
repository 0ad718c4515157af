//===- VoxOps.td - All op families of the vox dialect ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_OPS_TD
#define VOX_OPS_TD

include "vox/Dialect/Vox/IR/Activation.td"
include "vox/Dialect/Vox/IR/Conv.td"
include "vox/Dialect/Vox/IR/Dense.td"
include "vox/Dialect/Vox/IR/ElementWise.td"
include "vox/Dialect/Vox/IR/Gather.td"
include "vox/Dialect/Vox/IR/Kernel.td"
include "vox/Dialect/Vox/IR/Norm.td"
include "vox/Dialect/Vox/IR/Pool.td"
include "vox/Dialect/Vox/IR/Reduce.td"
include "vox/Dialect/Vox/IR/Resize.td"
include "vox/Dialect/Vox/IR/Structure.td"

#endif // VOX_OPS_TD
