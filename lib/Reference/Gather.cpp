//===- Gather.cpp - Float64 meaning of gathers, scatters and top k --------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX `Gather`, `GatherElements`, `GatherND`, `ScatterElements`, `ScatterND`
// and `TopK`, each as in https://onnx.ai/onnx/operators/, with what Gather.td
// says of positions outside of a tensor and of NaN.
//
//===----------------------------------------------------------------------===//

#include "Ops.h"
#include "Support.h"

#include "vox/Dialect/Vox/IR/ElementFunctions.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <numeric>

using namespace vox;
using namespace vox::reference;
using Extents = llvm::ArrayRef<int64_t>;

/// A position as it counts from the front; it may still lie outside.
static double fromFront(double position, int64_t extent) {
  return position < 0 ? position + double(extent) : position;
}

static bool isInside(double position, int64_t extent) {
  position = fromFront(position, extent);
  return position >= 0 && position < double(extent);
}

/// The nearest position inside.
static int64_t nearest(double position, int64_t extent) {
  return int64_t(
      std::clamp(fromFront(position, extent), 0.0, double(extent - 1)));
}

//===----------------------------------------------------------------------===//
// Gathers
//===----------------------------------------------------------------------===//

void reference::compute(GatherOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  llvm::ArrayRef<double> indices = operands[1]->data;
  int64_t axis = op.getAxis(), extent = x.shape[axis];
  int64_t inner = product(Extents(x.shape).drop_front(axis + 1));
  int64_t count = indices.size();
  for (int64_t i = 0, e = result.data.size(); i < e; ++i) {
    int64_t slice = i / inner;
    int64_t from =
        slice / count * extent + nearest(indices[slice % count], extent);
    result.data[i] = x.data[from * inner + i % inner];
  }
}

/// Strides of a tensor of `shape`, and 0 along `axis`.
static llvm::SmallVector<int64_t> stridesBeside(Extents shape, int64_t axis) {
  llvm::SmallVector<int64_t> strides = rowMajorStrides(shape);
  strides[axis] = 0;
  return strides;
}

void reference::compute(GatherElementsOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0], &indices = *operands[1];
  int64_t axis = op.getAxis(), extent = x.shape[axis];
  int64_t stride = rowMajorStrides(x.shape)[axis];
  forEachElement(indices.shape, stridesBeside(x.shape, axis),
                 [&](int64_t i, int64_t line) {
                   int64_t at = nearest(indices.data[i], extent);
                   result.data[i] = x.data[line + at * stride];
                 });
}

/// Where the slice begins whose positions, one per dimension of `extents`, are
/// the tuple number `i` of `indices`; its elements are behind all slices before
/// it. Positions outside are replaced by the nearest ones.
static int64_t findSlice(Extents extents, const ReferenceTensor &indices,
                         int64_t i) {
  int64_t slice = 0;
  for (auto [k, extent] : llvm::enumerate(extents))
    slice =
        slice * extent + nearest(indices.data[i * extents.size() + k], extent);
  return slice;
}

void reference::compute(GatherNDOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0], &indices = *operands[1];
  int64_t batchDims = op.getBatchDims(), listed = indices.shape.back();
  Extents shape(x.shape), extents = shape.slice(batchDims, listed);
  int64_t slices = product(extents);
  int64_t size = product(shape.drop_front(batchDims + listed));
  int64_t tuples = product(Extents(indices.shape).drop_back());
  int64_t perBatch = tuples / product(shape.take_front(batchDims));
  for (int64_t i = 0; i < tuples; ++i) {
    int64_t slice = i / perBatch * slices + findSlice(extents, indices, i);
    std::copy_n(x.data.begin() + slice * size, size,
                result.data.begin() + i * size);
  }
}

//===----------------------------------------------------------------------===//
// Scatters
//===----------------------------------------------------------------------===//

static double combine(ScatterKind kind, const ElementType &type, double element,
                      double update) {
  switch (kind) {
  case ScatterKind::Assign:
    return update;
  case ScatterKind::Add:
    if (type.kind == ElementType::Float)
      return element + update;
    return wrapInteger(integers::add(toInteger(element), toInteger(update)),
                       type);
  case ScatterKind::Mul:
    if (type.kind == ElementType::Float)
      return element * update;
    return wrapInteger(
        integers::multiply(toInteger(element), toInteger(update)), type);
  case ScatterKind::Max:
    return evaluateMax(element, update);
  case ScatterKind::Min:
    return evaluateMin(element, update);
  }
  llvm_unreachable("unknown kind");
}

void reference::compute(ScatterElementsOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &indices = *operands[1], &updates = *operands[2];
  result.data = operands[0]->data;
  ElementType type = *getElementType(op.getType().getElementType());
  int64_t axis = op.getAxis(), extent = result.shape[axis];
  int64_t stride = rowMajorStrides(result.shape)[axis];
  forEachElement(indices.shape, stridesBeside(result.shape, axis),
                 [&](int64_t i, int64_t line) {
                   if (!isInside(indices.data[i], extent))
                     return;
                   int64_t at = nearest(indices.data[i], extent);
                   double &element = result.data[line + at * stride];
                   element =
                       combine(op.getKind(), type, element, updates.data[i]);
                 });
}

void reference::compute(ScatterNDOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &indices = *operands[1], &updates = *operands[2];
  result.data = operands[0]->data;
  ElementType type = *getElementType(op.getType().getElementType());
  int64_t listed = indices.shape.back();
  Extents shape(result.shape), extents = shape.take_front(listed);
  int64_t size = product(shape.drop_front(listed));
  int64_t tuples = product(Extents(indices.shape).drop_back());
  for (int64_t i = 0; i < tuples; ++i) {
    bool inside = true;
    for (auto [k, extent] : llvm::enumerate(extents))
      inside &= isInside(indices.data[i * listed + k], extent);
    if (!inside)
      continue;
    int64_t slice = findSlice(extents, indices, i);
    for (int64_t j = 0; j < size; ++j) {
      double &element = result.data[slice * size + j];
      element =
          combine(op.getKind(), type, element, updates.data[i * size + j]);
    }
  }
}

//===----------------------------------------------------------------------===//
// Top k
//===----------------------------------------------------------------------===//

void reference::compute(TopKOp op, Operands operands, ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  int64_t axis = op.getAxis(), extent = x.shape[axis];
  int64_t count = result.shape[axis];
  int64_t inner = product(Extents(x.shape).drop_front(axis + 1));
  int64_t lines = x.data.size() / extent;
  std::vector<int64_t> order(extent);
  for (int64_t line = 0; line < lines; ++line) {
    int64_t outer = line / inner, at = line % inner;
    auto element = [&](int64_t i) {
      return x.data[(outer * extent + i) * inner + at];
    };
    auto comesBefore = [&](int64_t i, int64_t j) {
      double a = element(i), b = element(j);
      if (std::isnan(a) || std::isnan(b))
        return std::isnan(a) && !std::isnan(b);
      return op.getSmallest() ? a < b : a > b;
    };
    std::iota(order.begin(), order.end(), 0);
    llvm::stable_sort(order, comesBefore);
    for (int64_t i = 0; i < count; ++i)
      result.data[(outer * count + i) * inner + at] = double(order[i]);
  }
}
