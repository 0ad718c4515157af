//===- Constants.cpp - Reading and making constant tensors ----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Constants.h"

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

std::vector<float> vox::getConstantValues(ElementsAttr attr) {
  std::vector<float> storage;
  ArrayRef<float> values = viewConstantValues(attr, storage);
  return values.data() == storage.data() ? std::move(storage) : values.vec();
}

std::optional<std::vector<float>> vox::getConstantValues(Value value) {
  ElementsAttr attr;
  if (!matchPattern(value, m_Constant(&attr)))
    return std::nullopt;
  return getConstantValues(attr);
}

std::optional<float> vox::getSplatValue(Value value) {
  ElementsAttr attr;
  if (!matchPattern(value, m_Constant(&attr)))
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
  if (type.getNumElements() <= kInlineElements)
    return DenseElementsAttr::get(type, values);
  AsmResourceBlob blob = HeapAsmResourceBlob::allocateAndCopyWithAlign(
      ArrayRef<char>(reinterpret_cast<const char *>(values.data()),
                     values.size() * sizeof(float)),
      64, /*dataIsMutable=*/false);
  return DenseResourceElementsAttr::get(type, name, std::move(blob));
}
