//===- Header.cpp - The text of NAME.h ------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The header documents the model it comes with: names and shapes of its tensors
// first, then the interface that all models share.
//
//===----------------------------------------------------------------------===//

#include "PublicFunctions.h"
#include "vox/Codegen/Host/HostCode.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"
#include "vox/Dialect/Vox/IR/OpenExtents.h"
#include "vox/Dialect/Vox/IR/Shapes.h"
#include "vox/Runtime/Blobs.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace vox;

/// A name as it may stand in a C comment: no line break, no end of comment.
static std::string commentText(StringRef name) {
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::printEscapedString(name, os);
  // A comment can neither end nor, for compilers that warn, begin in it.
  for (size_t at; (at = text.find("*/")) != std::string::npos;)
    text.replace(at, 2, "* /");
  for (size_t at; (at = text.find("/*")) != std::string::npos;)
    text.replace(at, 2, "/ *");
  return text;
}

/// "uint8 1x16x16", or "uint8 1x16..64x16..64" where extents are open.
static std::string describe(RankedTensorType least, RankedTensorType greatest) {
  std::string text = getElementType(greatest.getElementType())->name.str();
  llvm::raw_string_ostream os(text);
  os << ' ';
  if (greatest.getRank() == 0)
    os << formatShape({});
  llvm::interleave(
      llvm::zip(least.getShape(), greatest.getShape()), os,
      [&](auto extents) {
        auto [least, greatest] = extents;
        if (least != greatest)
          os << least << "..";
        os << greatest;
      },
      "x");
  return text;
}

std::string vox::buildHeader(func::FuncOp network, StringRef name) {
  FailureOr<OpenExtents> extents = OpenExtents::ofNetwork(network);
  assert(succeeded(extents) && "host code has been made of it");
  std::string text;
  llvm::raw_string_ostream os(text);
  std::string guard = ("VOX_MODEL_" + name + "_H").str();
  os << "/* The compiled model " << name << ", made by Voxc.\n *\n";
  auto list = [&](StringRef what, ValueRange values,
                  function_ref<std::string(unsigned)> nameOf) {
    for (auto [i, value] : llvm::enumerate(values))
      os << " * " << what << ' ' << i << ": " << commentText(nameOf(i)) << ", "
         << describe(extents->getLeastType(value),
                     cast<RankedTensorType>(value.getType()))
         << "\n";
  };
  list("input ", network.getArguments(),
       [&](unsigned i) { return getInputName(network, i); });
  list("output", network.getBody().front().getTerminator()->getOperands(),
       [&](unsigned i) { return getOutputName(network, i); });
  os << " */\n#ifndef " << guard << "\n#define " << guard << "\n\n"
     << modelHeaderText() << "\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
  os << "typedef struct " << name << "_model " << name << "_model;\n\n";
  for (const PublicFunction &function : kPublicFunctions) {
    SmallVector<StringRef> parameters;
    function.parameters.split(parameters, "NAME");
    os << function.result << name << '_' << function.name << '(';
    llvm::interleave(parameters, os, name);
    os << ");\n";
  }
  os << "\n#ifdef __cplusplus\n}\n#endif\n\n#endif /* " << guard << " */\n";
  return text;
}
