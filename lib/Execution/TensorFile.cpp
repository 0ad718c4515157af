//===- TensorFile.cpp - Reading and writing tensors -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The runtime's library handles the models' element types in all formats. Here
// is what only references need: float64 in `.npy`.
//
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
//
//===----------------------------------------------------------------------===//

#include "vox/Execution/Tensor.h"

#include "vox/Dialect/Vox/IR/Shapes.h"
#include "vox/Runtime/TensorFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace llvm;
using namespace vox;
using namespace vox::execution;

static Error makeError(StringRef path, const Twine &message) {
  return createStringError(path + ": error: " + message);
}

//===----------------------------------------------------------------------===//
// Float64 .npy
//===----------------------------------------------------------------------===//

static constexpr StringLiteral kMagic = "\x93NUMPY";

/// The header as numpy writes it: always these keys in this order.
static std::string formatHeader(ArrayRef<int64_t> shape) {
  std::string text = "{'descr': '<f8', 'fortran_order': False, 'shape': (";
  raw_string_ostream os(text);
  interleaveComma(shape, os);
  os << (shape.size() == 1 ? ",), }" : "), }");
  return text;
}

/// Splits version 1, 2 or 3 of the format into header text and elements.
static bool splitNpy(StringRef file, StringRef &header, StringRef &elements) {
  if (!file.consume_front(kMagic) || file.size() < 6)
    return false;
  bool isVersion1 = file[0] == 1;
  size_t length = isVersion1 ? support::endian::read16le(file.data() + 2)
                             : support::endian::read32le(file.data() + 2);
  file = file.drop_front(isVersion1 ? 4 : 6);
  if (length > file.size())
    return false;
  header = file.take_front(length).rtrim();
  elements = file.drop_front(length);
  return true;
}

/// What `formatHeader` made a header of.
static std::optional<SmallVector<int64_t>> parseHeader(StringRef header) {
  SmallVector<int64_t> shape;
  size_t begin = header.find('(') + 1, end = header.find(')');
  SmallVector<StringRef> extents;
  if (begin <= end && end != StringRef::npos)
    header.slice(begin, end).split(extents, ',', -1, /*KeepEmpty=*/false);
  for (StringRef extent : extents)
    if (extent.trim().getAsInteger(10, shape.emplace_back()))
      return std::nullopt;
  if (header != formatHeader(shape) || !numElements(shape))
    return std::nullopt;
  return shape;
}

/// Nothing where the file holds no float64, or is no .npy at all: the runtime's
/// library says what is wrong with it then.
static Expected<std::optional<Tensor>> readWide(StringRef path,
                                                const TensorInfo &info) {
  auto buffer = MemoryBuffer::getFile(path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  StringRef header, elements;
  if (!buffer || !splitNpy((*buffer)->getBuffer(), header, elements) ||
      !header.starts_with("{'descr': '<f8'"))
    return std::nullopt;
  std::optional<SmallVector<int64_t>> shape = parseHeader(header);
  if (!info.isOpen() && (!shape || *shape != info.shape))
    return makeError(path, "is " + Twine(header) + "; expected " +
                               formatHeader(info.shape));
  if (!shape)
    return makeError(path, "is " + Twine(header) +
                               "; expected a shape as numpy writes it");
  std::string reason = info.isOpen() ? checkBounds(info, *shape) : "";
  if (!reason.empty())
    return makeError(path, reason);
  Tensor tensor{*shape, {}};
  tensor.data.resize(*numElements(*shape));
  size_t bytes = tensor.data.size() * sizeof(double);
  if (elements.size() != bytes)
    return makeError(path, "has " + Twine(elements.size()) +
                               " bytes of elements; expected " + Twine(bytes));
  if (bytes > 0)
    std::memcpy(tensor.data.data(), elements.data(), bytes);
  return tensor;
}

static void writeWide(raw_ostream &os, const Tensor &tensor) {
  std::string header = formatHeader(tensor.shape);
  // Elements begin at a multiple of 64, after padding and a newline.
  size_t prefix = kMagic.size() + 4;
  header.append(offsetToAlignment(prefix + header.size() + 1, Align(64)), ' ');
  header += '\n';
  char version[4] = {1, 0};
  support::endian::write16le(version + 2, header.size());
  os << kMagic << StringRef(version, sizeof version) << header;
  os.write(reinterpret_cast<const char *>(tensor.data.data()),
           tensor.data.size() * sizeof(double));
}

//===----------------------------------------------------------------------===//
// All formats
//===----------------------------------------------------------------------===//

/// A view of `info`, which stays the owner.
static vox_tensor_info makeInfo(const TensorInfo &info) {
  bool isOpen = info.isOpen();
  return {info.name.c_str(),
          info.type,
          int32_t(info.shape.size()),
          info.shape.data(),
          (isOpen ? info.least : info.shape).data(),
          (isOpen ? info.greatest : info.shape).data()};
}

Expected<Tensor> execution::readTensor(StringRef path, const TensorInfo &info,
                                       bool wide, vox_geometry *geometry) {
  if (wide && info.isFloat() && path.ends_with(".npy")) {
    Expected<std::optional<Tensor>> tensor = readWide(path, info);
    if (!tensor)
      return tensor.takeError();
    if (*tensor)
      return std::move(**tensor);
  }
  vox_tensor_info expected = makeInfo(info);
  vox_file_message message;
  SmallVector<int64_t> shape(info.shape);
  if (vox_tensor_file_shape(path.str().c_str(), &expected, shape.data(),
                            &message))
    return createStringError(Twine(message.text));
  expected.shape = shape.data();
  std::vector<char> data(vox_tensor_bytes(&expected));
  if (vox_tensor_file_read(path.str().c_str(), &expected, data.data(), geometry,
                           &message))
    return createStringError(Twine(message.text));
  Tensor tensor{shape, unpackElements(data.data(), info.type,
                                      vox_tensor_elements(&expected))};
  // Elements are doubles here, as the evaluator's are; a rounded one would look
  // like a fault of the model.
  for (double x : tensor.data)
    if (info.type == VOX_INT64 && std::fabs(x) >= 0x1p53)
      return makeError(path, "holds an integer of 2^53 or more; expected less, "
                             "for vox-run computes in float64");
  return tensor;
}

Error execution::writeTensor(StringRef path, const TensorInfo &info,
                             const Tensor &tensor, bool wide,
                             ArrayRef<vox_geometry> geometries) {
  if (wide && info.isFloat() && path.ends_with(".npy"))
    return writeFile(path, [&](raw_ostream &os) { writeWide(os, tensor); });
  vox_tensor_info view = makeInfo(info);
  view.rank = tensor.shape.size();
  view.shape = tensor.shape.data();
  std::vector<char> data(vox_tensor_bytes(&view));
  packElements(tensor.data, info.type, data.data());
  vox_file_message message;
  if (vox_tensor_file_write(path.str().c_str(), &view, data.data(),
                            geometries.data(), geometries.size(), &message))
    return createStringError(Twine(message.text));
  return Error::success();
}

Error execution::writeFile(StringRef path,
                           function_ref<void(raw_ostream &)> write) {
  Expected<sys::fs::TempFile> file =
      sys::fs::TempFile::create(path + ".tmp%%%%%%");
  if (!file)
    return makeError(path, "can't be written: " + toString(file.takeError()));
  raw_fd_ostream os(file->FD, /*shouldClose=*/false);
  write(os);
  os.flush();
  if (std::error_code code = os.error()) {
    os.clear_error();
    consumeError(file->discard());
    return makeError(path, "can't be written: " + code.message());
  }
  if (Error error = file->keep(path))
    return makeError(path, "can't be written: " + toString(std::move(error)));
  return Error::success();
}
