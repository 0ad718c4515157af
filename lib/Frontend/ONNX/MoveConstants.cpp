//===- MoveConstants.cpp - Constants that nodes only rearrange ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MoveConstants.h"
#include "NodeContext.h"
#include "Weights.h"
#include "vox/Dialect/Vox/IR/Constants.h"

#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

using Floats = std::vector<float>;

static Floats rearrange(SliceOp slice, ArrayRef<ArrayRef<float>> operands) {
  Shape strides = rowMajorStrides(slice.getInput().getType().getShape());
  int64_t first = 0;
  for (auto [stride, start, step] :
       llvm::zip_equal(strides, slice.getStarts(), slice.getSteps())) {
    first += start * stride;
    stride *= step;
  }
  return readStrided(operands[0], first, slice.getType().getShape(), strides);
}

static Floats rearrange(ConcatOp concat, ArrayRef<ArrayRef<float>> operands) {
  ArrayRef<int64_t> shape = concat.getType().getShape();
  int64_t outer = *numElements(shape.take_front(concat.getAxis()));
  Floats result;
  result.reserve(*numElements(shape));
  for (int64_t i = 0; i < outer; ++i)
    for (ArrayRef<float> operand : operands) {
      int64_t length = operand.size() / outer;
      llvm::append_range(result, operand.slice(i * length, length));
    }
  return result;
}

static Floats rearrange(FlattenOp, ArrayRef<ArrayRef<float>> operands) {
  return operands[0].vec();
}

/// The constant of one number that `op` makes of one, which would be written
/// out for each part of it; otherwise null.
static Value moveRepeated(OpBuilder &builder, Operation *op) {
  DenseElementsAttr all;
  if (op->getNumOperands() != 1 ||
      !matchPattern(op->getOperand(0), m_Constant(&all)) || !all.isSplat())
    return nullptr;
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  return ConstantOp::create(
      builder, op->getOperand(0).getLoc(), type,
      DenseElementsAttr::get(type, all.getSplatValue<Attribute>()));
}

Value vox::frontend::moveConstants(OpBuilder &builder, Value value) {
  Operation *op = value.getDefiningOp();
  if (!isa_and_nonnull<SliceOp, ConcatOp, FlattenOp>(op))
    return nullptr;
  if (Value repeated = moveRepeated(builder, op))
    return repeated;
  SmallVector<ArrayRef<float>> operands;
  SmallVector<std::vector<char>> storage(op->getNumOperands());
  for (auto [operand, own] : llvm::zip_equal(op->getOperands(), storage)) {
    auto values = viewConstantValues(operand, own);
    if (!values)
      return nullptr;
    operands.push_back(*values);
  }
  Floats moved = llvm::TypeSwitch<Operation *, Floats>(op)
                     .Case<SliceOp, ConcatOp, FlattenOp>(
                         [&](auto op) { return rearrange(op, operands); });
  return createConstantLike(builder, op->getOperand(0),
                            NodeContext::shape(value), moved);
}
