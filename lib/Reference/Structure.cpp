//===- Structure.cpp - Float64 meaning of constants and data movement -----===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX `Constant`, `Concat`, `Pad`, `Slice`, `Tile` and `Transpose`,
// each as in https://onnx.ai/onnx/operators/. Constants are promoted, and never
// rounded but for integers beyond 2^53. Ops that keep the elements in their
// logical order (reshape, flatten, layout changes) are the evaluator's own.
//
//===----------------------------------------------------------------------===//

#include "Ops.h"
#include "Support.h"

#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include <cstring>

using namespace vox;
using namespace vox::reference;

/// Reads elements of type T as they lie in memory.
template <typename T>
static void readElements(llvm::ArrayRef<char> bytes,
                         std::vector<double> &result) {
  for (auto [i, to] : llvm::enumerate(result)) {
    T element;
    std::memcpy(&element, bytes.data() + i * sizeof(T), sizeof(T));
    to = double(element);
  }
}

void reference::compute(ConstantOp op, Operands operands,
                        ReferenceTensor &result) {
  std::vector<char> storage;
  llvm::ArrayRef<char> bytes = viewConstantBytes(op.getValue(), storage);
  ElementType type = *getElementType(op.getType().getElementType());
  bool isSigned = type.kind == ElementType::SignedInt;
  if (type.kind == ElementType::Float)
    readElements<float>(bytes, result.data);
  else if (type.bits == 64)
    readElements<int64_t>(bytes, result.data);
  else if (type.bits == 32)
    readElements<int32_t>(bytes, result.data);
  else if (type.bits == 16)
    isSigned ? readElements<int16_t>(bytes, result.data)
             : readElements<uint16_t>(bytes, result.data);
  else
    isSigned ? readElements<int8_t>(bytes, result.data)
             : readElements<uint8_t>(bytes, result.data);
}

/// What a concat and a join compute alike.
static void concatenate(int64_t axis, Operands operands,
                        ReferenceTensor &result) {
  // Seen as matrices of `outer` rows, the inputs' rows alternate.
  llvm::ArrayRef<int64_t> shape(result.shape);
  int64_t outer = product(shape.take_front(axis));
  int64_t resultRow = product(shape.drop_front(axis));
  int64_t column = 0;
  for (const ReferenceTensor *input : operands) {
    int64_t row =
        product(llvm::ArrayRef<int64_t>(input->shape).drop_front(axis));
    for (int64_t i = 0; i < outer; ++i)
      std::copy_n(input->data.begin() + i * row, row,
                  result.data.begin() + i * resultRow + column);
    column += row;
  }
}

void reference::compute(ConcatOp op, Operands operands,
                        ReferenceTensor &result) {
  concatenate(op.getAxis(), operands, result);
}

void reference::compute(JoinOp op, Operands operands, ReferenceTensor &result) {
  concatenate(op.getAxis(), operands, result);
}

/// Which of `extent` elements stands at position `at`, which may lie outside.
static int64_t findRepeated(PadMode mode, int64_t at, int64_t extent) {
  if (mode == PadMode::Edge)
    return std::clamp<int64_t>(at, 0, extent - 1);
  int64_t period =
      mode == PadMode::Wrap ? extent : std::max<int64_t>(2 * extent - 2, 1);
  at %= period;
  if (at < 0)
    at += period;
  return at < extent ? at : period - at;
}

void reference::compute(PadOp op, Operands operands, ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  size_t rank = x.shape.size();
  llvm::ArrayRef<int64_t> pads = op.getPads().take_front(rank),
                          ends = op.getPads().drop_front(rank);
  double value = op.getValue().convertToFloat();
  llvm::SmallVector<int64_t> strides = rowMajorStrides(result.shape);
  llvm::SmallVector<int64_t> inputStrides = rowMajorStrides(x.shape);
  for (int64_t i = 0, e = result.data.size(); i < e; ++i) {
    int64_t offset = 0;
    bool inside = true;
    for (size_t d = 0; d < pads.size(); ++d) {
      int64_t from = i / strides[d] % result.shape[d] - pads[d];
      if (op.getMode() != PadMode::Constant) {
        int64_t removed = std::max<int64_t>(-pads[d], 0);
        int64_t left = x.shape[d] - removed + std::min<int64_t>(ends[d], 0);
        from = findRepeated(op.getMode(), from - removed, left) + removed;
      }
      inside &= from >= 0 && from < x.shape[d];
      offset += from * inputStrides[d];
    }
    result.data[i] = inside ? x.data[offset] : value;
  }
}

void reference::compute(SliceOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  int64_t first = 0;
  llvm::SmallVector<int64_t> strides = rowMajorStrides(x.shape);
  for (auto [stride, start, step] :
       llvm::zip_equal(strides, op.getStarts(), op.getSteps())) {
    first += start * stride;
    stride *= step;
  }
  forEachElement(result.shape, strides, [&](int64_t i, int64_t from) {
    result.data[i] = x.data[first + from];
  });
}

void reference::compute(TileOp op, Operands operands, ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  llvm::SmallVector<int64_t> strides = rowMajorStrides(result.shape);
  llvm::SmallVector<int64_t> inputStrides = rowMajorStrides(x.shape);
  for (int64_t i = 0, e = result.data.size(); i < e; ++i) {
    int64_t from = 0;
    for (size_t d = 0; d < strides.size(); ++d)
      from += i / strides[d] % result.shape[d] % x.shape[d] * inputStrides[d];
    result.data[i] = x.data[from];
  }
}

void reference::compute(TransposeOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  llvm::SmallVector<int64_t> strides, inputStrides = rowMajorStrides(x.shape);
  for (int64_t from : op.getPermutation())
    strides.push_back(inputStrides[from]);
  forEachElement(result.shape, strides, [&](int64_t i, int64_t from) {
    result.data[i] = x.data[from];
  });
}
