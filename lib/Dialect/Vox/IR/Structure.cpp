//===- Structure.cpp - Constants and ops that move data -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerifyShape.h"

#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace vox;

//===----------------------------------------------------------------------===//
// constant
//===----------------------------------------------------------------------===//

LogicalResult ConstantOp::verify() {
  // Parsing accepts resources of any size, and an elided dump reads back with
  // none at all; both would make every later reader run off the data.
  auto type = cast<RankedTensorType>(getType());
  if (type.getEncoding())
    return emitOpError() << "has type " << type << "; expected a planar tensor";
  if (!numElements(type.getShape()))
    return emitOpError() << "has " << formatShape(type.getShape())
                         << " elements; expected fewer than 2^31";
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(getValue())) {
    AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    if (!blob)
      return emitOpError() << "has no data for '"
                           << resource.getRawHandle().getKey()
                           << "'; its weights were elided from this dump";
    size_t expected = type.getNumElements() * sizeof(float);
    if (blob->getData().size() != expected)
      return emitOpError() << "has " << blob->getData().size()
                           << " bytes of data; expected " << expected;
    return success();
  }
  if (!isa<DenseElementsAttr>(getValue()))
    return emitOpError("value is neither dense nor a dense resource");
  return success();
}

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

//===----------------------------------------------------------------------===//
// concat
//===----------------------------------------------------------------------===//

LogicalResult ConcatOp::verify() {
  SmallVector<ShapeRef> shapes;
  for (Value input : getInputs())
    shapes.push_back(cast<RankedTensorType>(input.getType()).getShape());
  return verifyResultShape(*this, inferConcatShape(shapes, getAxis()));
}

OpFoldResult ConcatOp::fold(FoldAdaptor) {
  if (getInputs().size() == 1 && getInputs().front().getType() == getType() &&
      !isAnchor(*this))
    return getInputs().front();
  return {};
}

//===----------------------------------------------------------------------===//
// pad
//===----------------------------------------------------------------------===//

LogicalResult PadOp::verify() {
  return verifyResultShape(
      *this, inferPadShape(getInput().getType().getShape(), getPads()));
}

OpFoldResult PadOp::fold(FoldAdaptor) {
  bool none = llvm::all_of(getPads(), [](int64_t pad) { return pad == 0; });
  if (none && getInput().getType() == getType() && !isAnchor(*this))
    return getInput();
  return {};
}

//===----------------------------------------------------------------------===//
// reshape and flatten
//===----------------------------------------------------------------------===//

LogicalResult ReshapeOp::verify() {
  // A reshape is a view of row-major elements.
  if (getInput().getType().getEncoding() || getType().getEncoding())
    return emitOpError("has an operand or result with a layout; expected "
                       "planar tensors");
  auto from = numElements(getInput().getType().getShape());
  auto to = numElements(getType().getShape());
  if (!from || !to || *from != *to)
    return emitOpError() << "result shape " << formatShape(getType().getShape())
                         << " does not have the elements of "
                         << formatShape(getInput().getType().getShape());
  return success();
}

OpFoldResult ReshapeOp::fold(FoldAdaptor) {
  if (getInput().getType() == getType())
    return getInput();
  if (auto before = getInput().getDefiningOp<ReshapeOp>()) {
    getInputMutable().assign(before.getInput());
    return getResult();
  }
  return {};
}

LogicalResult FlattenOp::verify() {
  ShapeRef input = getInput().getType().getShape();
  int64_t rank = input.size();
  if (getAxis() < 0 || getAxis() > rank)
    return emitOpError() << "axis is " << getAxis() << "; expected 0 to "
                         << rank;
  auto rows = numElements(input.take_front(getAxis()));
  auto columns = numElements(input.drop_front(getAxis()));
  if (!rows || !columns)
    return emitOpError() << "input shape " << formatShape(input)
                         << " has too many elements; expected fewer than 2^31";
  return verifyResultShape(*this, Shape{*rows, *columns});
}

LogicalResult FlattenOp::canonicalize(FlattenOp op, PatternRewriter &rewriter) {
  rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), op.getInput());
  return success();
}

//===----------------------------------------------------------------------===//
// transpose
//===----------------------------------------------------------------------===//

LogicalResult TransposeOp::verify() {
  return verifyResultShape(
      *this,
      inferTransposeShape(getInput().getType().getShape(), getPermutation()));
}

OpFoldResult TransposeOp::fold(FoldAdaptor) {
  ArrayRef<int64_t> permutation = getPermutation();
  bool identity = true;
  for (auto [i, from] : llvm::enumerate(permutation))
    identity &= (int64_t)i == from;
  if (identity && getInput().getType() == getType() && !isAnchor(*this))
    return getInput();
  return {};
}
