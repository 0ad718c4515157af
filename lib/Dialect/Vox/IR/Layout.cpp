//===- Layout.cpp - From logical shapes to memory -------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one place that knows how a logical shape lies in memory.
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"
#include "vox/Dialect/Vox/IR/Vox.h"

#include "llvm/Support/MathExtras.h"

#include <limits>

using namespace mlir;
using namespace vox;

int64_t vox::getBlock(RankedTensorType type) {
  if (auto layout = dyn_cast_or_null<LayoutAttr>(type.getEncoding()))
    return layout.getBlock();
  return 1;
}

RankedTensorType vox::withBlock(RankedTensorType type, int64_t block) {
  Attribute encoding;
  if (block != 1)
    encoding = LayoutAttr::get(type.getContext(), block);
  return RankedTensorType::get(type.getShape(), type.getElementType(),
                               encoding);
}

RankedTensorType vox::planar(RankedTensorType type) {
  return RankedTensorType::get(type.getShape(), type.getElementType());
}

SmallVector<int64_t> vox::physicalShape(RankedTensorType type) {
  SmallVector<int64_t> shape(type.getShape());
  if (auto layout = dyn_cast_or_null<LayoutAttr>(type.getEncoding())) {
    shape[1] = llvm::divideCeil(shape[1], layout.getBlock());
    shape.push_back(layout.getBlock());
  } else if (auto layout =
                 dyn_cast_or_null<WeightLayoutAttr>(type.getEncoding())) {
    shape[0] = llvm::divideCeil(shape[0], layout.getOutputBlock());
    shape[1] = llvm::divideCeil(shape[1], layout.getInputBlock());
    shape.push_back(layout.getInputBlock());
    shape.push_back(layout.getOutputBlock());
  }
  return shape;
}

int64_t vox::sizeInBytes(RankedTensorType type) {
  int64_t count = 1;
  for (int64_t extent : physicalShape(type))
    count *= extent;
  return count * getElementType(type.getElementType())->bytes();
}

LogicalResult LayoutAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                 int64_t block) {
  if (block < 2 || block > 64 || !llvm::isPowerOf2_64(block))
    return emitError() << "block is " << block
                       << "; expected a power of two from 2 to 64";
  return success();
}

LogicalResult
LayoutAttr::verifyEncoding(ArrayRef<int64_t> shape, Type elementType,
                           function_ref<InFlightDiagnostic()> emitError) const {
  if (shape.size() < 3 || shape.size() > 5)
    return emitError() << "a tensor of rank " << shape.size()
                       << " can't have blocked channels; expected rank 3 to 5";
  return success();
}

LogicalResult
WeightLayoutAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                         int64_t inputBlock, int64_t outputBlock) {
  for (int64_t block : {inputBlock, outputBlock})
    if (block < 1 || block > 64 || !llvm::isPowerOf2_64(block))
      return emitError() << "block is " << block
                         << "; expected a power of two from 1 to 64";
  return success();
}

LogicalResult WeightLayoutAttr::verifyEncoding(
    ArrayRef<int64_t> shape, Type elementType,
    function_ref<InFlightDiagnostic()> emitError) const {
  if (shape.size() < 2 || shape.size() > 5)
    return emitError() << "weights of rank " << shape.size()
                       << " can't be packed; expected rank 2 to 5";
  return success();
}

LogicalResult ScheduleAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                   Algorithm algorithm, int64_t lanes,
                                   int64_t columns, int64_t vectors,
                                   int64_t rows, ParallelAxis parallel) {
  auto check = [&](StringRef name, int64_t value, int64_t most) {
    if (value >= 1 && value <= most)
      return success();
    return LogicalResult(emitError() << name << " is " << value
                                     << "; expected 1 to " << most);
  };
  if (failed(check("lanes", lanes, 64)) ||
      failed(check("columns", columns, 64)))
    return failure();
  if (failed(check("vectors", vectors, 64)))
    return failure();
  return check("rows", rows, std::numeric_limits<int32_t>::max());
}
