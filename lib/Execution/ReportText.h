//===- ReportText.h - What forms of a report have in common ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_EXECUTION_REPORTTEXT_H
#define VOX_LIB_EXECUTION_REPORTTEXT_H

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <string>

namespace vox::execution {

/// `none` where nothing was measured.
inline std::string formatNumber(double x, const char *none = "-") {
  if (std::isnan(x))
    return none;
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.4g", x);
  return text;
}

/// A name from a model, which may hold anything.
inline std::string escape(llvm::StringRef name) {
  if (name.empty())
    return "(no name)";
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::printEscapedString(name, os);
  return text;
}

/// "1 sample", "2 samples".
inline std::string countSamples(size_t samples) {
  return std::to_string(samples) + (samples == 1 ? " sample" : " samples");
}

} // namespace vox::execution

#endif // VOX_LIB_EXECUTION_REPORTTEXT_H
