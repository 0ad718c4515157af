//===- Pool.cpp - Pooling -------------------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerifyShape.h"

using namespace mlir;
using namespace vox;

LogicalResult PoolOp::verify() {
  ShapeRef input = getInput().getType().getShape();
  if (input.size() < 3)
    return emitOpError() << "input has rank " << input.size()
                         << "; expected 3 to 5 ([N, C] and 1 to 3 spatial "
                            "dimensions)";
  Window window{getKernel(), getStrides(), getDilations(), getPads(),
                getCeilMode()};
  auto spatial = inferWindowShape(input.drop_front(2), window);
  if (!spatial)
    return verifyResultShape(*this, spatial.takeError());
  // A window that lies wholly in padding would have nothing to look at, as
  // would one whose dilation steps over the whole input.
  size_t rank = getKernel().size();
  for (size_t i = 0; i < rank; ++i) {
    int64_t reach = getDilations()[i] * (getKernel()[i] - 1);
    if (getPads()[i] > reach || getPads()[rank + i] > reach)
      return emitOpError() << "pads along spatial dimension " << i
                           << " exceed the window; expected at most " << reach;
    if (getPads()[i] > 0 && input[2 + i] < getDilations()[i])
      return emitOpError()
             << "the holes of the dilated window cover the whole input along "
                "spatial dimension "
             << i << "; expected an extent of at least " << getDilations()[i];
  }
  if (getKind() == PoolKind::Max && getCountIncludePad())
    return emitOpError("count_include_pad concerns averages only");
  Shape expected{input[0], input[1]};
  expected.append(*spatial);
  return verifyResultShape(*this, std::move(expected));
}

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
