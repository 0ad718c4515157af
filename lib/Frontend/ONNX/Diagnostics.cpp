//===- Diagnostics.cpp - Errors about an ONNX model -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace vox::frontend;

static constexpr unsigned kMaxErrors = 100;
static constexpr size_t kMaxName = 120;

std::string vox::frontend::quote(StringRef name) {
  std::string text = "\"";
  llvm::raw_string_ostream os(text);
  llvm::printEscapedString(name.take_front(kMaxName), os);
  os << (name.size() > kMaxName ? "...\"" : "\"");
  return text;
}

std::string vox::frontend::cleanMessage(const std::exception &exception) {
  StringRef text = exception.what();
  text = text.split("\n\n==> Context:").first;
  // "FILE:LINE: FUNCTION: Assertion `CONDITION` failed: MESSAGE"
  auto [before, after] = text.split("` failed: ");
  if (!after.empty() && before.contains("Assertion `"))
    text = after;
  std::string result;
  llvm::raw_string_ostream os(result);
  SmallVector<StringRef> words;
  llvm::SplitString(text.take_front(400), words, " \t\r\n");
  llvm::interleave(
      words, os, [&](StringRef word) { llvm::printEscapedString(word, os); },
      " ");
  return result;
}

Location Report::locate(unsigned line, unsigned column) const {
  return FileLineColLoc::get(&context, path, line, column);
}

Location Report::locate(StringRef name) const {
  return NameLoc::get(StringAttr::get(&context, name), locate());
}

void Report::error(Location loc, const Twine &message, const Twine &hint) {
  if (++errors > kMaxErrors)
    return;
  InFlightDiagnostic diagnostic = emitError(loc, message);
  if (std::string text = hint.str(); !text.empty())
    diagnostic.attachNote(loc) << "hint: " << text;
}

void Report::finish() {
  if (errors > kMaxErrors)
    emitError(locate()) << "and " << errors - kMaxErrors << " more errors";
}
