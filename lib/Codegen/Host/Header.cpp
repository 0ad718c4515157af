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

#include "vox/Codegen/Host/HostCode.h"
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

std::string vox::buildHeader(func::FuncOp network, StringRef name) {
  std::string text;
  llvm::raw_string_ostream os(text);
  std::string guard = ("VOX_MODEL_" + name + "_H").str();
  os << "/* The compiled model " << name << ", made by Voxc.\n *\n";
  auto list = [&](StringRef what, TypeRange types,
                  function_ref<DictionaryAttr(unsigned)> attrs) {
    for (auto [i, type] : llvm::enumerate(types)) {
      DictionaryAttr dictionary = attrs(i);
      auto attr =
          dictionary ? dictionary.getAs<StringAttr>(kTensorName) : StringAttr();
      os << " * " << what << ' ' << i << ": "
         << commentText(attr ? attr.getValue() : "") << ", float32 "
         << formatShape(cast<RankedTensorType>(type).getShape()) << "\n";
    }
  };
  list("input ", network.getArgumentTypes(),
       [&](unsigned i) { return network.getArgAttrDict(i); });
  list("output", network.getResultTypes(),
       [&](unsigned i) { return network.getResultAttrDict(i); });
  os << " */\n#ifndef " << guard << "\n#define " << guard << "\n\n"
     << modelHeaderText() << "\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
  os << "typedef struct " << name << "_model " << name << "_model;\n\n"
     << "vox_status " << name << "_create(const vox_options *options, " << name
     << "_model **model);\n"
     << "const vox_description *" << name << "_describe(void);\n"
     << "vox_status " << name << "_output_shapes(" << name
     << "_model *model, const vox_tensor *inputs, int64_t *const *shapes);\n"
     << "size_t " << name << "_workspace_size(const " << name
     << "_model *model);\n"
     << "vox_status " << name << "_run(" << name
     << "_model *model, const vox_tensor *inputs, const vox_tensor *outputs, "
        "void *workspace);\n"
     << "const char *" << name << "_last_error(const " << name
     << "_model *model);\n"
     << "void " << name << "_destroy(" << name << "_model *model);\n\n"
     << "#ifdef __cplusplus\n}\n#endif\n\n#endif /* " << guard << " */\n";
  return text;
}
