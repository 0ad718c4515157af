//===- Structure.cpp - Constants and ops that move data -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerifyShape.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"
#include "vox/Dialect/Vox/IR/Layout.h"

#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>

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
    size_t expected = sizeInBytes(type);
    if (blob->getData().size() != expected)
      return emitOpError() << "has " << blob->getData().size()
                           << " bytes of data; expected " << expected;
    if (type.getElementType().isInteger(1) &&
        llvm::any_of(blob->getData(), [](char c) { return c != 0 && c != 1; }))
      return emitOpError("has a boolean that is neither 0 nor 1");
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
  if (failed(verifyElementType(*this)))
    return failure();
  SmallVector<ShapeRef> shapes;
  for (Value input : getInputs())
    shapes.push_back(cast<RankedTensorType>(input.getType()).getShape());
  return verifyResultShape(*this, inferConcatShape(shapes, getAxis()));
}

/// Results of more elements are not worth their memory.
static constexpr int64_t kFoldedElements = 4096;

OpFoldResult ConcatOp::fold(FoldAdaptor) {
  if (getInputs().size() == 1 && getInputs().front().getType() == getType() &&
      !isAnchor(*this))
    return getInputs().front();
  // Vectors of floats, of which exporters make the scales of a resize.
  RankedTensorType type = getType();
  if (type.getRank() != 1 || type.getNumElements() > kFoldedElements)
    return {};
  std::vector<float> all;
  for (Value input : getInputs()) {
    auto values = getConstantValues(input);
    if (!values)
      return {};
    llvm::append_range(all, *values);
  }
  return makeConstant(type, all, "folded");
}

//===----------------------------------------------------------------------===//
// pad
//===----------------------------------------------------------------------===//

LogicalResult PadOp::verify() {
  if (failed(verifyElementType(*this)))
    return failure();
  ElementType type = *getElementType(getType().getElementType());
  double value = getValue().convertToFloat();
  if (type.kind != ElementType::Float &&
      !(value >= type.least() && value < type.greatest() + 1 &&
        std::trunc(value) == value))
    return emitOpError() << "value is " << value << "; expected one that "
                         << getType().getElementType() << " can hold";
  ShapeRef input = getInput().getType().getShape();
  auto expected = inferPadShape(input, getPads());
  if (!expected || getMode() == PadMode::Constant)
    return verifyResultShape(*this, std::move(expected));
  // There must be something to repeat once elements were removed.
  for (size_t i = 0, rank = input.size(); i < rank; ++i) {
    int64_t before = getPads()[i], after = getPads()[rank + i];
    if ((before > 0 || after > 0) &&
        input[i] + std::min<int64_t>(before, 0) + std::min<int64_t>(after, 0) <
            1)
      return emitOpError() << "extends dimension " << i
                           << ", of which nothing is left; expected at least "
                              "one element";
  }
  return verifyResultShape(*this, std::move(expected));
}

OpFoldResult PadOp::fold(FoldAdaptor) {
  bool none = llvm::all_of(getPads(), [](int64_t pad) { return pad == 0; });
  if (none && getInput().getType() == getType() && !isAnchor(*this))
    return getInput();
  return {};
}

//===----------------------------------------------------------------------===//
// tile
//===----------------------------------------------------------------------===//

LogicalResult TileOp::verify() {
  if (failed(verifyElementType(*this)))
    return failure();
  ShapeRef input = getInput().getType().getShape(),
           result = getType().getShape();
  bool fits = input.size() == result.size();
  for (size_t i = 0; fits && i < input.size(); ++i)
    fits = input[i] > 0 && result[i] % input[i] == 0;
  if (fits)
    return success();
  return emitOpError() << "result has shape " << formatShape(result)
                       << "; expected multiples of " << formatShape(input);
}

OpFoldResult TileOp::fold(FoldAdaptor) {
  if (getInput().getType() == getType() && !isAnchor(*this))
    return getInput();
  return {};
}

//===----------------------------------------------------------------------===//
// slice
//===----------------------------------------------------------------------===//

LogicalResult SliceOp::verify() {
  if (failed(verifyElementType(*this)))
    return failure();
  ShapeRef input = getInput().getType().getShape(),
           result = getType().getShape();
  size_t rank = input.size();
  if (result.size() != rank || getStarts().size() != rank ||
      getSteps().size() != rank)
    return emitOpError() << "has " << getStarts().size() << " starts, "
                         << getSteps().size() << " steps and a result of rank "
                         << result.size() << "; expected " << rank
                         << " of each";
  for (size_t i = 0; i < rank; ++i) {
    int64_t start = getStarts()[i], step = getSteps()[i], reach, last;
    bool inside =
        step != 0 && start >= 0 && start < input[i] && result[i] >= 1 &&
        !llvm::MulOverflow(result[i] - 1, step, reach) &&
        !llvm::AddOverflow(start, reach, last) && last >= 0 && last < input[i];
    if (!inside)
      return emitOpError() << "reads " << result[i] << " elements from "
                           << start << " in steps of " << step
                           << " along dimension " << i
                           << "; expected positions from 0 to " << input[i] - 1;
  }
  return success();
}

OpFoldResult SliceOp::fold(FoldAdaptor) {
  // All of a dimension in steps of 1 is the input itself; one element alone
  // may be read in any step.
  bool whole = getInput().getType() == getType();
  for (auto [extent, step] : llvm::zip(getType().getShape(), getSteps()))
    whole &= extent == 1 || step == 1;
  if (whole && !isAnchor(*this))
    return getInput();
  // Exporters slice one dimension after the other: read the first input at
  // once.
  auto before = getInput().getDefiningOp<SliceOp>();
  if (!before)
    return {};
  SmallVector<int64_t> starts, steps;
  for (auto [dim, extent] : llvm::enumerate(getType().getShape())) {
    int64_t step = 1;
    if (extent > 1 &&
        llvm::MulOverflow(before.getSteps()[dim], getSteps()[dim], step))
      return {};
    // Inside the first input, as the first slice's verifier has seen.
    starts.push_back(before.getStarts()[dim] +
                     getStarts()[dim] * before.getSteps()[dim]);
    steps.push_back(step);
  }
  getInputMutable().assign(before.getInput());
  setStarts(starts);
  setSteps(steps);
  return getResult();
}

//===----------------------------------------------------------------------===//
// reshape and flatten
//===----------------------------------------------------------------------===//

LogicalResult ReshapeOp::verify() {
  if (failed(verifyElementType(*this)))
    return failure();
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
  if (failed(verifyElementType(*this)))
    return failure();
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
  if (failed(verifyElementType(*this)))
    return failure();
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
