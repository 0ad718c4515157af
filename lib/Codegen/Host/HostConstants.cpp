//===- HostConstants.cpp - Constants of host code -------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HostConstants.h"

using namespace mlir;
using namespace vox;

HostConstants::HostConstants(Location loc)
    : loc(loc), module(ModuleOp::create(loc)),
      builder(module->getBodyRegion()) {
  pointer = LLVM::LLVMPointerType::get(loc.getContext());
  i8 = builder.getI8Type();
  i16 = builder.getI16Type();
  i32 = builder.getI32Type();
  i64 = builder.getI64Type();
  f64 = builder.getF64Type();
}

Value HostConstants::integer(Type type, int64_t value) {
  return LLVM::ConstantOp::create(builder, loc, type,
                                  builder.getIntegerAttr(type, value));
}

Value HostConstants::real(double value) {
  return LLVM::ConstantOp::create(builder, loc, f64,
                                  builder.getF64FloatAttr(value));
}

Value HostConstants::address(StringRef symbol) {
  return LLVM::AddressOfOp::create(builder, loc, pointer, symbol);
}

Value HostConstants::null() {
  return LLVM::ZeroOp::create(builder, loc, pointer);
}

Value HostConstants::record(Type type, ArrayRef<Value> fields) {
  Value value = LLVM::UndefOp::create(builder, loc, type);
  for (auto [i, field] : llvm::enumerate(fields))
    value = LLVM::InsertValueOp::create(builder, loc, value, field, i);
  return value;
}

std::string HostConstants::global(StringRef stem, Type type,
                                  function_ref<Value()> fill) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(module->getBody());
  std::string symbol = ("vox_" + stem).str();
  auto op =
      LLVM::GlobalOp::create(builder, loc, type, /*isConstant=*/true,
                             LLVM::Linkage::Internal, symbol, Attribute());
  builder.createBlock(&op.getInitializerRegion());
  LLVM::ReturnOp::create(builder, loc, fill());
  return symbol;
}

std::string HostConstants::table(StringRef stem, Type type, size_t count,
                                 function_ref<Value(size_t)> fill) {
  auto arrayType = LLVM::LLVMArrayType::get(type, std::max<size_t>(1, count));
  return global(stem, arrayType, [&] {
    Value elements = LLVM::ZeroOp::create(builder, loc, arrayType);
    for (size_t i = 0; i < count; ++i)
      elements =
          LLVM::InsertValueOp::create(builder, loc, elements, fill(i), i);
    return elements;
  });
}

std::string HostConstants::array(DenseElementsAttr values) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(module->getBody());
  std::string &symbol = arrays[values];
  if (symbol.empty()) {
    symbol = "vox_array_" + std::to_string(arrays.size());
    LLVM::GlobalOp::create(
        builder, loc,
        LLVM::LLVMArrayType::get(values.getElementType(), values.size()), true,
        LLVM::Linkage::Internal, symbol, values);
  }
  return symbol;
}

std::string HostConstants::text(StringRef value) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(module->getBody());
  // The counter keeps equal texts apart.
  std::string symbol = "vox_text_" + std::to_string(textCount++);
  std::string bytes = value.str();
  bytes.push_back('\0');
  LLVM::GlobalOp::create(
      builder, loc, LLVM::LLVMArrayType::get(i8, bytes.size()), true,
      LLVM::Linkage::Internal, symbol, builder.getStringAttr(bytes));
  return symbol;
}
