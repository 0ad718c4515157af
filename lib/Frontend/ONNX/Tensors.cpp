//===- Tensors.cpp - Reading ONNX tensors safely --------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tensors.h"

#include "llvm/Support/FormatVariadic.h"

#include "onnx/defs/parser.h"

using namespace vox;
using namespace vox::frontend;
using onnx::TensorProto;

std::string vox::frontend::getTypeName(int32_t dataType) {
  std::string name = onnx::PrimitiveTypeNameMap::ToString(dataType);
  return name == "undefined" && dataType != TensorProto::UNDEFINED
             ? "unknown type " + std::to_string(dataType)
             : name;
}

bool vox::frontend::isInteger(int32_t dataType) {
  return getElementSize(dataType) != 0 && dataType != TensorProto::FLOAT;
}

int64_t vox::frontend::getElementSize(int32_t dataType) {
  switch (dataType) {
  case TensorProto::INT64:
    return 8;
  case TensorProto::FLOAT:
  case TensorProto::INT32:
    return 4;
  case TensorProto::INT16:
  case TensorProto::UINT16:
    return 2;
  case TensorProto::INT8:
  case TensorProto::UINT8:
  case TensorProto::BOOL:
    return 1;
  default:
    return 0;
  }
}

int64_t vox::frontend::wrapInteger(int64_t value, int32_t dataType) {
  switch (dataType) {
  case TensorProto::INT32:
    return static_cast<int32_t>(value);
  case TensorProto::INT16:
    return static_cast<int16_t>(value);
  case TensorProto::UINT16:
    return static_cast<uint16_t>(value);
  case TensorProto::INT8:
    return static_cast<int8_t>(value);
  case TensorProto::UINT8:
    return static_cast<uint8_t>(value);
  case TensorProto::BOOL:
    return value != 0;
  default:
    return value;
  }
}

/// Elements in the repeated field that belongs to the type.
static int64_t numListed(const TensorProto &tensor) {
  switch (tensor.data_type()) {
  case TensorProto::FLOAT:
    return tensor.float_data_size();
  case TensorProto::INT64:
    return tensor.int64_data_size();
  default:
    return tensor.int32_data_size();
  }
}

std::string vox::frontend::checkTensor(const TensorProto &tensor) {
  if (tensor.dims_size() > kMaxRank)
    return llvm::formatv("has rank {0}; expected at most {1}",
                         tensor.dims_size(), kMaxRank);
  for (int i = 0; i < tensor.dims_size(); ++i)
    if (tensor.dims(i) < 0)
      return llvm::formatv("has extent {0} in dimension {1}; expected a "
                           "non-negative integer",
                           tensor.dims(i), i);
  std::optional<int64_t> count = numElements(getShape(tensor));
  if (!count)
    return llvm::formatv("has shape {0}, which is more than 2^31 - 1 elements",
                         formatShape(getShape(tensor)));
  if (!TensorProto::DataType_IsValid(tensor.data_type()) ||
      tensor.data_type() == TensorProto::UNDEFINED)
    return llvm::formatv("has type number {0}, which ONNX does not define",
                         tensor.data_type());
  if (tensor.has_segment())
    return "is stored in segments, which is not supported";
  int64_t size = getElementSize(tensor.data_type());
  if (tensor.data_location() == TensorProto::EXTERNAL || size == 0)
    return "";
  if (tensor.has_raw_data()) {
    int64_t bytes = tensor.raw_data().size();
    if (bytes != *count * size)
      return llvm::formatv("has {0} bytes of data; expected {1} for {2} x {3}",
                           bytes, *count * size, formatShape(getShape(tensor)),
                           getTypeName(tensor.data_type()));
  } else if (numListed(tensor) != *count) {
    return llvm::formatv("has {0} values; expected {1} for shape {2}",
                         numListed(tensor), *count,
                         formatShape(getShape(tensor)));
  }
  return "";
}

Shape vox::frontend::getShape(const TensorProto &tensor) {
  return Shape(tensor.dims().begin(), tensor.dims().end());
}

/// Copies, since `raw_data` need not be aligned. Protobuf stores little
/// endian, as do all machines that Voxc runs on.
template <typename T> static std::vector<T> readRaw(const TensorProto &tensor) {
  std::vector<T> values(tensor.raw_data().size() / sizeof(T));
  if (values.empty()) // memcpy wants no null pointer, not even for nothing
    return values;
  std::memcpy(values.data(), tensor.raw_data().data(),
              values.size() * sizeof(T));
  return values;
}

std::vector<float> vox::frontend::readFloats(const TensorProto &tensor) {
  if (tensor.has_raw_data())
    return readRaw<float>(tensor);
  return {tensor.float_data().begin(), tensor.float_data().end()};
}

IntTensor vox::frontend::readInts(const TensorProto &tensor) {
  IntTensor result{getShape(tensor), {}, tensor.data_type()};
  auto assign = [&](const auto &values) {
    result.values.assign(values.begin(), values.end());
  };
  if (!tensor.has_raw_data()) {
    if (tensor.data_type() == TensorProto::INT64)
      assign(tensor.int64_data());
    else
      assign(tensor.int32_data());
    // 32 bits may hold what the type can't.
    for (int64_t &value : result.values)
      value = wrapInteger(value, tensor.data_type());
    return result;
  }
  switch (tensor.data_type()) {
  case TensorProto::INT64:
    assign(readRaw<int64_t>(tensor));
    break;
  case TensorProto::INT32:
    assign(readRaw<int32_t>(tensor));
    break;
  case TensorProto::INT16:
    assign(readRaw<int16_t>(tensor));
    break;
  case TensorProto::UINT16:
    assign(readRaw<uint16_t>(tensor));
    break;
  case TensorProto::INT8:
    assign(readRaw<int8_t>(tensor));
    break;
  default: // UINT8, BOOL
    assign(readRaw<uint8_t>(tensor));
    for (int64_t &value : result.values)
      value = wrapInteger(value, tensor.data_type());
  }
  return result;
}
