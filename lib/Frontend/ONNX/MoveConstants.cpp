//===- MoveConstants.cpp - Constants that nodes only rearrange ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MoveConstants.h"
#include "NodeContext.h"
#include "Weights.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

using Floats = std::vector<float>;

static Floats move(SliceOp slice, ArrayRef<Floats> operands) {
  Shape strides = rowMajorStrides(slice.getInput().getType().getShape());
  int64_t first = 0;
  for (auto [stride, start, step] :
       llvm::zip_equal(strides, slice.getStarts(), slice.getSteps())) {
    first += start * stride;
    stride *= step;
  }
  return readStrided(operands[0], first, slice.getType().getShape(), strides);
}

static Floats move(ConcatOp concat, ArrayRef<Floats> operands) {
  ArrayRef<int64_t> shape = concat.getType().getShape();
  int64_t outer = *numElements(shape.take_front(concat.getAxis()));
  Floats result;
  result.reserve(*numElements(shape));
  for (int64_t i = 0; i < outer; ++i)
    for (const Floats &operand : operands) {
      int64_t length = operand.size() / outer;
      auto part = operand.begin() + i * length;
      result.insert(result.end(), part, part + length);
    }
  return result;
}

Value vox::frontend::moveConstants(OpBuilder &builder, Value value) {
  Operation *op = value.getDefiningOp();
  if (!isa_and_nonnull<ReshapeOp, TransposeOp, SliceOp, ConcatOp>(op))
    return nullptr;
  std::vector<Floats> operands;
  for (Value operand : op->getOperands()) {
    auto values = readConstant(operand);
    if (!values)
      return nullptr;
    operands.push_back(std::move(*values));
  }
  Floats moved =
      llvm::TypeSwitch<Operation *, Floats>(op)
          .Case([&](TransposeOp transpose) {
            return permute(operands[0], NodeContext::shape(op->getOperand(0)),
                           transpose.getPermutation());
          })
          .Case<SliceOp, ConcatOp>([&](auto op) { return move(op, operands); })
          .Default([&](Operation *) { return operands[0]; });
  return createConstantLike(builder, op->getOperand(0),
                            NodeContext::shape(value), moved);
}
