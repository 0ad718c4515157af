//===- WireFormat.cpp - A look at protobuf data before it is parsed -------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WireFormat.h"

#include "onnx/onnx_pb.h"
#include <google/protobuf/descriptor.h>

#include <optional>

using namespace vox::frontend;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using llvm::StringRef;

/// A network of 100,000 nodes has about two million.
static constexpr uint64_t kMaxObjects = 5'000'000;
/// Protobuf's own limit.
static constexpr int kMaxDepth = 100;
/// Bytes of packed integers, which grow to eight each, for one object.
static constexpr uint64_t kPackedPerObject = 64;

namespace {
struct Field {
  uint64_t number;
  unsigned wireType;
  /// What a field of wire type 2 holds.
  StringRef payload;
};

/// Takes one field after the other off a message.
class Reader {
public:
  explicit Reader(StringRef bytes) : rest(bytes) {}

  /// Nothing at the end and where the data is malformed or too short.
  std::optional<Field> next();
  /// After the last field: bytes that the data lacks.
  uint64_t missing() const { return lacking; }

private:
  bool readVarint(uint64_t &value);

  StringRef rest;
  uint64_t lacking = 0;
};
} // namespace

bool Reader::readVarint(uint64_t &value) {
  value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (rest.empty()) {
      lacking = 1;
      return false;
    }
    uint8_t byte = rest.front();
    rest = rest.drop_front();
    value |= uint64_t(byte & 0x7f) << shift;
    if (!(byte & 0x80))
      return true;
  }
  return false;
}

std::optional<Field> Reader::next() {
  uint64_t tag, length = 0;
  if (rest.empty() || !readVarint(tag))
    return std::nullopt;
  Field field{tag >> 3, static_cast<unsigned>(tag & 7), ""};
  switch (field.wireType) {
  case 0:
    return readVarint(length) ? std::optional(field) : std::nullopt;
  case 1:
    length = 8;
    break;
  case 2:
    if (!readVarint(length))
      return std::nullopt;
    break;
  case 5:
    length = 4;
    break;
  default:
    return std::nullopt;
  }
  if (length > rest.size()) {
    // Lengths beyond what a file can have are noise.
    if (length <= std::numeric_limits<int32_t>::max())
      lacking = length - rest.size();
    return std::nullopt;
  }
  field.payload = rest.take_front(length);
  rest = rest.drop_front(length);
  return field;
}

uint64_t vox::frontend::countMissingBytes(StringRef bytes) {
  Reader reader(bytes);
  while (reader.next())
    continue;
  return reader.missing();
}

static bool isPackedVarint(const FieldDescriptor &field) {
  switch (field.cpp_type()) {
  case FieldDescriptor::CPPTYPE_INT32:
  case FieldDescriptor::CPPTYPE_INT64:
  case FieldDescriptor::CPPTYPE_UINT32:
  case FieldDescriptor::CPPTYPE_UINT64:
  case FieldDescriptor::CPPTYPE_ENUM:
  case FieldDescriptor::CPPTYPE_BOOL:
    return true;
  default:
    return false;
  }
}

/// Counts messages, strings and unknown fields; stops behind the limit.
static void countObjects(StringRef bytes, const Descriptor &message, int depth,
                         uint64_t &count) {
  Reader reader(bytes);
  while (std::optional<Field> field = reader.next()) {
    const FieldDescriptor *known =
        message.FindFieldByNumber(static_cast<int>(field->number));
    if (!known)
      ++count;
    else if (field->wireType == 2)
      count +=
          isPackedVarint(*known) ? field->payload.size() / kPackedPerObject : 1;
    if (known && field->wireType == 2 && depth < kMaxDepth &&
        known->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE)
      countObjects(field->payload, *known->message_type(), depth + 1, count);
    if (count > kMaxObjects)
      return;
  }
}

bool vox::frontend::hasTooManyObjects(StringRef bytes) {
  uint64_t count = 0;
  countObjects(bytes, *onnx::ModelProto::descriptor(), 0, count);
  return count > kMaxObjects;
}
