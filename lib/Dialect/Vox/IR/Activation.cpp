//===- Activation.cpp - The activation family and softmax -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The functions themselves stand in Activations.td; what walks over them is in
// ActivationKind.cpp.
//
//===----------------------------------------------------------------------===//

#include "VerifyShape.h"
#include "vox/Dialect/Vox/IR/Constants.h"

#include <cmath>

using namespace mlir;
using namespace vox;

LogicalResult ActivationOp::verify() {
  bool takes = getFunction().takesParameter();
  if (takes != bool(getParameter()))
    return emitOpError() << getFunction() << (takes ? " needs a" : " takes no")
                         << " parameter";
  if (!takes)
    return success();
  return verifyResultShape(
      *this, inferBroadcastShape(getInput().getType().getShape(),
                                 getParameter().getType().getShape()));
}

OpFoldResult ActivationOp::fold(FoldAdaptor) {
  if (isa<IdentityAttr>(getFunction()) && !isAnchor(*this))
    return getInput();
  // One slope for all channels is a Leaky ReLU's. One per channel stays, even
  // where all are equal: training is to set them apart.
  if (isa<PReluAttr>(getFunction()) && !isAnchor(*this) &&
      getParameter().getType().getNumElements() == 1)
    if (std::optional<float> slope = getSplatValue(getParameter());
        slope && std::isfinite(*slope)) {
      setFunctionAttr(
          LeakyReluAttr::get(getContext(), APFloat(double(*slope))));
      getParameterMutable().clear();
      return getResult();
    }
  return {};
}

template <typename Op> static LogicalResult verifyAxis(Op op) {
  int64_t rank = op.getInput().getType().getRank();
  if (op.getAxis() < 0 || op.getAxis() >= rank)
    return op.emitOpError()
           << "axis is " << op.getAxis() << "; expected 0 to " << rank - 1;
  return success();
}

LogicalResult SoftmaxOp::verify() { return verifyAxis(*this); }
LogicalResult LogSoftmaxOp::verify() { return verifyAxis(*this); }
