//===- ModelFile.cpp - From a file to an ONNX model in memory -------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Protobuf tells only that parsing failed. What users hand over by mistake is
// an empty or half-copied file, a PyTorch checkpoint, a web page or a Git LFS
// pointer, so a failure looks again and names the thing.
//
//===----------------------------------------------------------------------===//

#include "ModelFile.h"
#include "WireFormat.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"

#include "onnx/defs/parser.h"
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>

using namespace mlir;
using namespace vox::frontend;
namespace fs = llvm::sys::fs;

/// Protobuf counts bytes in 32 bits.
static constexpr uint64_t kMaxFileSize = std::numeric_limits<int32_t>::max();

/// The text parser descends by recursion; real models need three levels.
static constexpr int kMaxBrackets = 64;

static constexpr char kTooLarge[] = "is larger than 2 GiB";
static constexpr char kTooLargeHint[] =
    "export the weights as external data and allow their folder with "
    "--allow-external-data=DIR";

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

static std::optional<std::string> readBytes(StringRef path, Report &report) {
  auto fail = [&](const Twine &what, const Twine &hint = "") {
    report.error(what, hint);
    return std::nullopt;
  };

  fs::file_t file = fs::getStdinHandle();
  std::string bytes;
  if (path != "-") {
    fs::file_status status;
    if (std::error_code error = fs::status(path, status))
      return fail("can't read the model: " + error.message());
    if (status.type() == fs::file_type::directory_file)
      return fail("is a directory; expected a model");
    // Opening a pipe or a device could wait, or read, for ever.
    if (status.type() != fs::file_type::regular_file)
      return fail("is not a regular file",
                  "a model from a pipe is read with - in place of the name");
    if (status.getSize() > kMaxFileSize)
      return fail(kTooLarge, kTooLargeHint);
    llvm::Expected<fs::file_t> opened = fs::openNativeFileForRead(path);
    if (!opened)
      return fail("can't read the model: " +
                  llvm::toString(opened.takeError()));
    file = *opened;
    bytes.reserve(status.getSize());
  }
  auto close = llvm::scope_exit([&] {
    if (path != "-")
      fs::closeFile(file);
  });

  std::vector<char> buffer(1 << 20);
  while (true) {
    llvm::Expected<size_t> count = fs::readNativeFile(file, buffer);
    if (!count)
      return fail("can't read the model: " + llvm::toString(count.takeError()));
    if (*count == 0)
      return bytes;
    if (bytes.size() + *count > kMaxFileSize)
      return fail(kTooLarge, kTooLargeHint);
    bytes.append(buffer.data(), *count);
  }
}

//===----------------------------------------------------------------------===//
// What a file is that is no model
//===----------------------------------------------------------------------===//

/// "is a ZIP archive" or the like with a hint; empty where nothing fits.
static std::pair<StringRef, StringRef> recognize(StringRef bytes) {
  static constexpr StringLiteral kExport =
      "export the trained network to ONNX first, for instance with "
      "torch.onnx.export";
  if (bytes.starts_with("PK\x03\x04"))
    return {"is a ZIP archive (PyTorch saves checkpoints so); expected an "
            "ONNX model",
            kExport};
  if (bytes.starts_with("\x89HDF"))
    return {"is an HDF5 file (Keras saves models so); expected an ONNX model",
            kExport};
  if (bytes.starts_with("\x1f\x8b"))
    return {"is compressed by gzip; expected an ONNX model",
            "decompress it first"};
  if (bytes.starts_with("ML\xefR"))
    return {"is MLIR bytecode; expected an ONNX model",
            "give it the suffix .mlirbc"};
  if (bytes.starts_with("version https://git-lfs"))
    return {"is a Git LFS pointer; expected an ONNX model",
            "fetch the file that it stands for with git lfs pull"};
  if (bytes.ltrim().starts_with("<") && bytes.contains(">") &&
      llvm::all_of(bytes.take_front(64),
                   [](char c) { return llvm::isPrint(c) || llvm::isSpace(c); }))
    return {"is HTML or XML; expected an ONNX model",
            "the download may have failed"};
  if (llvm::all_of(bytes.take_front(512),
                   [](char c) { return llvm::isPrint(c) || llvm::isSpace(c); }))
    return {"is text; expected a binary ONNX model",
            "ONNX's text syntax has the suffix .onnxtxt, MLIR's .mlir"};
  return {};
}

//===----------------------------------------------------------------------===//
// The two syntaxes
//===----------------------------------------------------------------------===//

static bool parseBinary(StringRef bytes, onnx::ModelProto &model,
                        Report &report) {
  if (hasTooManyObjects(bytes)) {
    report.error("has more than five million nodes, names and attributes");
    return false;
  }
  google::protobuf::LogSilencer silence; // our message says it better
  google::protobuf::io::ArrayInputStream stream(bytes.data(), bytes.size());
  bool parsed = model.ParseFromZeroCopyStream(&stream);
  if (parsed && model.has_graph())
    return true;
  if (uint64_t missing = countMissingBytes(bytes);
      missing && recognize(bytes).first.empty()) {
    report.error("is truncated: its last field lacks " + Twine(missing) +
                     (missing == 1 ? " byte" : " bytes"),
                 "copy or download the file again");
    return false;
  }
  auto [what, hint] = recognize(bytes);
  if (!what.empty())
    report.error(what, hint);
  else if (parsed)
    report.error("holds no graph; expected an ONNX model");
  else
    report.error("is not an ONNX model: its protobuf data is malformed or "
                 "nested too deeply");
  return false;
}

/// The deepest nesting of brackets outside of strings and comments.
static int measureBrackets(StringRef text) {
  int depth = 0, deepest = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
    case '#':
      i = std::min(text.find('\n', i), text.size());
      break;
    case '"':
      for (++i; i < text.size() && text[i] != '"'; ++i)
        if (text[i] == '\\')
          ++i;
      break;
    case '(':
    case '[':
    case '{':
    case '<':
      deepest = std::max(deepest, ++depth);
      break;
    case '>':
      if (i && text[i - 1] == '=') // "=>"
        break;
      [[fallthrough]];
    case ')':
    case ']':
    case '}':
      depth = std::max(depth - 1, 0);
      break;
    default:
      break;
    }
  }
  return deepest;
}

/// "[ParseError at position (line: 3 column: 7)]\nError context: ...\nREASON"
static void reportSyntaxError(StringRef message, Report &report) {
  unsigned line = 0, column = 0;
  StringRef position = message.split("(line: ").second;
  position.consumeInteger(10, line);
  if (position.consume_front(" column: "))
    position.consumeInteger(10, column);
  StringRef reason = message;
  if (size_t context = message.find("Error context: ");
      context != StringRef::npos)
    reason = message.substr(context).split('\n').second;
  report.error(report.locate(line, column),
               "syntax error: " + reason.trim().split('\n').first);
}

static bool parseText(StringRef text, onnx::ModelProto &model, Report &report) {
  if (measureBrackets(text) > kMaxBrackets) {
    report.error("brackets are nested more than " + Twine(kMaxBrackets) +
                 " deep");
    return false;
  }
  onnx::OnnxParser parser(std::string_view(text.data(), text.size()));
  onnx::Common::Status status = parser.Parse(model);
  if (status.IsOK())
    return true;
  reportSyntaxError(status.ErrorMessage(), report);
  return false;
}

bool vox::frontend::readModel(StringRef path, std::optional<StringRef> content,
                              onnx::ModelProto &model, Report &report) {
  std::optional<std::string> read;
  if (!content) {
    read = readBytes(path, report);
    if (!read)
      return false;
    content = *read;
  }
  if (content->empty()) {
    report.error("is empty; expected an ONNX model");
    return false;
  }
  return path.ends_with(".onnxtxt") ? parseText(*content, model, report)
                                    : parseBinary(*content, model, report);
}
