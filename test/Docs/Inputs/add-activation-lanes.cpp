//===- add-activation-lanes.cpp - The guide's formula on vectors ----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lanes.h"

#include "vox/Dialect/Vox/IR/Vox.h"

Halide::Expr applyShrink(vox::ShrinkAttr function, Halide::Expr x) {
  using vox::codegen::Lanes;
  return function.apply(Lanes(x), Lanes(0.0)).value;
}
