//===- ElementTypes.cpp - What tensors are made of ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace vox;

double ElementType::least() const {
  switch (kind) {
  case Float:
    return -std::numeric_limits<double>::infinity();
  case SignedInt:
    return -std::ldexp(1, bits - 1);
  case UnsignedInt:
  case Bool:
    return 0;
  }
  llvm_unreachable("unknown kind");
}

double ElementType::greatest() const {
  switch (kind) {
  case Float:
    return std::numeric_limits<double>::infinity();
  case SignedInt:
    return std::ldexp(1, bits - 1) - 1;
  case UnsignedInt:
    return std::ldexp(1, bits) - 1;
  case Bool:
    return 1;
  }
  llvm_unreachable("unknown kind");
}

static constexpr ElementType kElementTypes[] = {
    {"float32", 1, ElementType::Float, 32},
    {"uint8", 2, ElementType::UnsignedInt, 8},
    {"int8", 3, ElementType::SignedInt, 8},
    {"uint16", 4, ElementType::UnsignedInt, 16},
    {"int16", 5, ElementType::SignedInt, 16},
    {"int32", 6, ElementType::SignedInt, 32},
    {"int64", 7, ElementType::SignedInt, 64},
    {"bool", 9, ElementType::Bool, 8},
};

static Type makeType(MLIRContext *context, const ElementType &type) {
  switch (type.kind) {
  case ElementType::Float:
    return Float32Type::get(context);
  case ElementType::SignedInt:
    return IntegerType::get(context, type.bits);
  case ElementType::UnsignedInt:
    return IntegerType::get(context, type.bits, IntegerType::Unsigned);
  case ElementType::Bool:
    return IntegerType::get(context, 1);
  }
  llvm_unreachable("unknown kind");
}

std::optional<ElementType> vox::getElementType(Type type) {
  for (const ElementType &known : kElementTypes)
    if (makeType(type.getContext(), known) == type)
      return known;
  return std::nullopt;
}

Type vox::getElementType(MLIRContext *context, int32_t code) {
  const auto *known = llvm::find_if(
      kElementTypes, [&](const ElementType &t) { return t.code == code; });
  return known == std::end(kElementTypes) ? Type() : makeType(context, *known);
}
