//===- Constants.cpp - Reading and making constant tensors ----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Constants.h"

#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace vox;

/// Larger constants become resources: those are printed as one blob, never
/// compared element by element, and not copied when a pass looks at them.
static constexpr int64_t kInlineElements = 16;

bool vox::isConstant(Value value) {
  return isa_and_nonnull<ConstantOp>(value.getDefiningOp());
}

ArrayRef<char> vox::viewConstantBytes(ElementsAttr attr,
                                      std::vector<char> &storage) {
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(attr))
    return resource.getRawHandle().getBlob()->getData();
  // Not the attribute's own bytes: those of a splat are one element, and those
  // of booleans are packed.
  auto dense = cast<DenseElementsAttr>(attr);
  unsigned bytes = getElementType(attr.getElementType())->bytes();
  storage.clear();
  storage.reserve(dense.getNumElements() * bytes);
  auto append = [&](const APInt &bits) {
    uint64_t value = bits.getZExtValue();
    const char *data = reinterpret_cast<const char *>(&value);
    storage.insert(storage.end(), data, data + bytes);
  };
  if (attr.getElementType().isF32())
    for (const APFloat &value : dense.getValues<APFloat>())
      append(value.bitcastToAPInt());
  else
    for (const APInt &value : dense.getValues<APInt>())
      append(value);
  return storage;
}

std::optional<ArrayRef<float>>
vox::viewConstantValues(Value value, std::vector<char> &storage) {
  ElementsAttr attr;
  if (!matchPattern(value, m_Constant(&attr)) || !attr.getElementType().isF32())
    return std::nullopt;
  ArrayRef<char> bytes = viewConstantBytes(attr, storage);
  if (!llvm::isAddrAligned(llvm::Align::Of<float>(), bytes.data())) {
    storage.assign(bytes.begin(), bytes.end());
    bytes = storage;
  }
  return ArrayRef(reinterpret_cast<const float *>(bytes.data()),
                  bytes.size() / sizeof(float));
}

std::optional<std::vector<float>> vox::getConstantValues(Value value) {
  std::vector<char> storage;
  std::optional<ArrayRef<float>> values = viewConstantValues(value, storage);
  if (!values)
    return std::nullopt;
  return values->vec();
}

std::optional<float> vox::getSplatValue(Value value) {
  DenseElementsAttr dense;
  if (matchPattern(value, m_Constant(&dense)) && dense.isSplat() &&
      dense.getElementType().isF32())
    return dense.getSplatValue<float>();
  std::vector<char> storage;
  std::optional<ArrayRef<float>> values = viewConstantValues(value, storage);
  // Bitwise, so that -0.0 and 0.0 differ and NaN equals itself: all elements
  // are one where each equals the next.
  if (!values || values->empty() ||
      std::memcmp(values->data(), values->data() + 1,
                  (values->size() - 1) * sizeof(float)) != 0)
    return std::nullopt;
  return values->front();
}

ElementsAttr vox::makeConstant(RankedTensorType type, ArrayRef<float> values,
                               StringRef name) {
  if (type.getNumElements() <= kInlineElements)
    return DenseElementsAttr::get(type, values);
  AsmResourceBlob blob = HeapAsmResourceBlob::allocateAndCopyWithAlign(
      ArrayRef<char>(reinterpret_cast<const char *>(values.data()),
                     values.size() * sizeof(float)),
      64, /*dataIsMutable=*/false);
  return DenseResourceElementsAttr::get(type, name, std::move(blob));
}
