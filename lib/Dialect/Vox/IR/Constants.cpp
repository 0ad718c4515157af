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

ArrayRef<float> vox::viewConstantValues(ElementsAttr attr,
                                        std::vector<float> &storage) {
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(attr)) {
    ArrayRef<char> data = resource.getRawHandle().getBlob()->getData();
    if (reinterpret_cast<uintptr_t>(data.data()) % alignof(float) == 0)
      return {reinterpret_cast<const float *>(data.data()),
              data.size() / sizeof(float)};
    storage.resize(data.size() / sizeof(float));
    std::memcpy(storage.data(), data.data(), storage.size() * sizeof(float));
    return storage;
  }
  auto dense = cast<DenseElementsAttr>(attr);
  storage.assign(dense.value_begin<float>(), dense.value_end<float>());
  return storage;
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

std::vector<float> vox::getConstantValues(ElementsAttr attr) {
  std::vector<float> storage;
  ArrayRef<float> values = viewConstantValues(attr, storage);
  return values.data() == storage.data() ? std::move(storage) : values.vec();
}

/// The elements of a float32 constant, or null.
static ElementsAttr getFloats(Value value) {
  ElementsAttr attr;
  if (!matchPattern(value, m_Constant(&attr)) || !attr.getElementType().isF32())
    return nullptr;
  return attr;
}

std::optional<std::vector<float>> vox::getConstantValues(Value value) {
  if (ElementsAttr attr = getFloats(value))
    return getConstantValues(attr);
  return std::nullopt;
}

std::optional<float> vox::getSplatValue(Value value) {
  ElementsAttr attr = getFloats(value);
  if (!attr)
    return std::nullopt;
  std::vector<float> storage;
  ArrayRef<float> values = viewConstantValues(attr, storage);
  // Bitwise, so that -0.0 and 0.0 differ and NaN equals itself.
  auto same = [&](float value) {
    return std::memcmp(&value, &values.front(), sizeof(float)) == 0;
  };
  if (values.empty() || !llvm::all_of(values, same))
    return std::nullopt;
  return values.front();
}

ElementsAttr vox::makeConstant(RankedTensorType type, ArrayRef<float> values,
                               StringRef name) {
  return makeConstantOfBytes(
      type,
      ArrayRef<char>(reinterpret_cast<const char *>(values.data()),
                     values.size() * sizeof(float)),
      name);
}

/// `bytes` as an attribute whose elements are written out in dumps.
static ElementsAttr makeInline(RankedTensorType type, ArrayRef<char> bytes) {
  Type element = type.getElementType();
  unsigned size = getElementType(element)->bytes();
  SmallVector<Attribute> elements;
  for (; !bytes.empty(); bytes = bytes.drop_front(size)) {
    uint64_t value = 0;
    std::memcpy(&value, bytes.data(), size);
    if (element.isF32())
      elements.push_back(FloatAttr::get(
          element, APFloat(APFloat::IEEEsingle(), APInt(32, value))));
    else
      elements.push_back(IntegerAttr::get(
          element, APInt(element.getIntOrFloatBitWidth(), value)));
  }
  return DenseElementsAttr::get(type, elements);
}

ElementsAttr vox::makeConstantOfBytes(RankedTensorType type,
                                      ArrayRef<char> bytes, StringRef name) {
  if (type.getNumElements() <= kInlineElements)
    return makeInline(type, bytes);
  AsmResourceBlob blob = HeapAsmResourceBlob::allocateAndCopyWithAlign(
      bytes, 64, /*dataIsMutable=*/false);
  return DenseResourceElementsAttr::get(type, name, std::move(blob));
}
