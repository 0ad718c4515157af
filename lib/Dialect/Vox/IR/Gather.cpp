//===- Gather.cpp - Elements at computed positions ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerifyShape.h"

using namespace mlir;
using namespace vox;

static ShapeRef shapeOf(Value value) { return typeOf(value).getShape(); }

/// Reports a result or updates whose elements are not of the data's type, and
/// data without elements, where no position is valid.
static LogicalResult verifyData(Operation *op, Value data, Value moved) {
  Type expected = typeOf(data).getElementType();
  Type got = typeOf(moved).getElementType();
  if (got != expected)
    return op->emitOpError() << "has data of elements " << expected << " and "
                             << got << "; expected one type";
  if (llvm::is_contained(shapeOf(data), 0))
    return op->emitOpError() << "data has shape " << formatShape(shapeOf(data))
                             << "; expected at least one element";
  return success();
}

/// Reports an axis that the data does not have.
static LogicalResult verifyAxis(Operation *op, Value data, int64_t axis) {
  int64_t rank = shapeOf(data).size();
  if (axis >= 0 && axis < rank)
    return success();
  return op->emitOpError() << "axis is " << axis << "; expected 0 to "
                           << rank - 1;
}

/// Reports indices that do not fit to the data beside `axis`.
static LogicalResult verifyAlong(Operation *op, Value data, Value indices,
                                 int64_t axis) {
  if (failed(verifyAxis(op, data, axis)))
    return failure();
  auto shape = inferGatherElementsShape(shapeOf(data), shapeOf(indices), axis);
  if (!shape)
    return op->emitOpError(llvm::toString(shape.takeError()));
  return success();
}

LogicalResult GatherOp::verify() {
  if (failed(verifyData(*this, getData(), getResult())) ||
      failed(verifyAxis(*this, getData(), getAxis())))
    return failure();
  return verifyResultShape(
      *this,
      inferGatherShape(shapeOf(getData()), shapeOf(getIndices()), getAxis()));
}

LogicalResult GatherElementsOp::verify() {
  if (failed(verifyData(*this, getData(), getResult())) ||
      failed(verifyAlong(*this, getData(), getIndices(), getAxis())))
    return failure();
  return verifyResultShape(*this, Shape(shapeOf(getIndices())));
}

LogicalResult GatherNDOp::verify() {
  if (failed(verifyData(*this, getData(), getResult())))
    return failure();
  return verifyResultShape(*this, inferGatherNDShape(shapeOf(getData()),
                                                     shapeOf(getIndices()),
                                                     getBatchDims()));
}

/// What both scatters check: types, and that the result is like the data.
static LogicalResult verifyScatter(Operation *op, ScatterKind kind, Value data,
                                   Value updates) {
  if (failed(verifyData(op, data, updates)) ||
      failed(verifyData(op, data, op->getResult(0))))
    return failure();
  Type element = typeOf(data).getElementType();
  if (element.isInteger(1) && kind != ScatterKind::Assign)
    return op->emitOpError()
           << "combines elements of type " << element << " by "
           << stringifyScatterKind(kind) << "; expected numbers";
  return verifyResultShape(op, Shape(shapeOf(data)));
}

LogicalResult ScatterElementsOp::verify() {
  if (failed(verifyScatter(*this, getKind(), getData(), getUpdates())) ||
      failed(verifyAlong(*this, getData(), getIndices(), getAxis())))
    return failure();
  if (shapeOf(getUpdates()) != shapeOf(getIndices()))
    return emitOpError() << "updates have shape "
                         << formatShape(shapeOf(getUpdates())) << "; expected "
                         << formatShape(shapeOf(getIndices()))
                         << ", that of the indices";
  return success();
}

LogicalResult ScatterNDOp::verify() {
  if (failed(verifyScatter(*this, getKind(), getData(), getUpdates())))
    return failure();
  auto expected = inferGatherNDShape(shapeOf(getData()), shapeOf(getIndices()),
                                     /*batchDims=*/0);
  if (!expected)
    return emitOpError(llvm::toString(expected.takeError()));
  if (shapeOf(getUpdates()) != ShapeRef(*expected))
    return emitOpError() << "updates have shape "
                         << formatShape(shapeOf(getUpdates())) << "; expected "
                         << formatShape(*expected);
  return success();
}

LogicalResult TopKOp::verify() {
  if (failed(verifyAxis(*this, getInput(), getAxis())))
    return failure();
  Shape expected(shapeOf(getInput()));
  int64_t &extent = expected[getAxis()], most = extent;
  if (shapeOf(getResult()).size() == expected.size())
    extent = shapeOf(getResult())[getAxis()];
  if (extent < 1 || extent > most)
    return emitOpError() << "gives " << extent << " positions along dimension "
                         << getAxis() << "; expected 1 to " << most;
  // Kernels hold a 32-bit number for each element, in at most 2^31 - 1 bytes.
  constexpr int64_t kMost = std::numeric_limits<int32_t>::max() / 4;
  int64_t count = getInput().getType().getNumElements();
  if (count > kMost)
    return emitOpError() << "ranks " << count << " elements; expected at most "
                         << kMost;
  return verifyResultShape(*this, std::move(expected));
}
