//===- Pool.cpp - Pooling -------------------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerifyShape.h"

using namespace mlir;
using namespace vox;

/// Verifies the windows of a pool and its result's shape.
template <typename Op> static LogicalResult verifyWindows(Op op) {
  ShapeRef input = op.getInput().getType().getShape();
  if (input.size() < 3)
    return op.emitOpError() << "input has rank " << input.size()
                            << "; expected 3 to 5 ([N, C] and 1 to 3 spatial "
                               "dimensions)";
  Window window{op.getKernel(), op.getStrides(), op.getDilations(),
                op.getPads(), op.getCeilMode()};
  auto spatial = inferWindowShape(input.drop_front(2), window);
  if (!spatial)
    return verifyResultShape(op, spatial.takeError());
  // A window that lies wholly in padding would have nothing to look at, as
  // would one whose dilation steps over the whole input.
  size_t rank = op.getKernel().size();
  for (size_t i = 0; i < rank; ++i) {
    int64_t dilation = op.getDilations()[i];
    int64_t reach = dilation * (op.getKernel()[i] - 1);
    if (op.getPads()[i] > reach || op.getPads()[rank + i] > reach)
      return op.emitOpError()
             << "pads along spatial dimension " << i
             << " exceed the window; expected at most " << reach;
    if (op.getPads()[i] > 0 && input[2 + i] < dilation)
      return op.emitOpError()
             << "the holes of the dilated window cover the whole input along "
                "spatial dimension "
             << i << "; expected an extent of at least " << dilation;
  }
  Shape expected{input[0], input[1]};
  expected.append(*spatial);
  return verifyResultShape(op, std::move(expected));
}

LogicalResult PoolOp::verify() {
  if (getKind() == PoolKind::Max && getCountIncludePad())
    return emitOpError("count_include_pad concerns averages only");
  return verifyWindows(*this);
}

LogicalResult PoolIndicesOp::verify() { return verifyWindows(*this); }

LogicalResult GlobalPoolOp::verify() {
  ShapeRef input = getInput().getType().getShape();
  if (input.size() < 3)
    return emitOpError() << "input has rank " << input.size()
                         << "; expected at least 3 ([N, C] and spatial "
                            "dimensions)";
  Shape expected(input.size(), 1);
  expected[0] = input[0];
  expected[1] = input[1];
  return verifyResultShape(*this, std::move(expected));
}
