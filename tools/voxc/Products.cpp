//===- Products.cpp - What the command line asks to make ------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Products.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace vox;

StringRef Paths::stem() const {
  StringRef path = output == "-" ? input : output;
  return path == "-" ? "model" : llvm::sys::path::stem(path);
}

std::string Paths::defaultName() const {
  StringRef name = stem();
  StringRef suffix = llvm::sys::path::extension(output);
  if ((suffix == ".a" || suffix == ".so") && name != "lib")
    name.consume_front("lib");
  return name.str();
}

/// What to make without --emit: what the suffix of FILE says.
static std::optional<std::string>
productsBySuffix(const Paths &paths, std::vector<Product> &products) {
  StringRef suffix = llvm::sys::path::extension(paths.output);
  if (paths.output == "-" || suffix == ".mlirbc") {
    products.push_back({Product::Vox, paths.output});
    return std::nullopt;
  }
  SmallVector<StringRef> suffixes;
  for (const ProductKind &kind : productKinds()) {
    suffixes.push_back(kind.suffix);
    if (suffix == kind.suffix)
      products.push_back({kind.kind, paths.output});
  }
  if (products.empty()) {
    llvm::erase(suffixes, "");
    return "unknown suffix '" + suffix.str() + "' of the output; expected " +
           llvm::join(suffixes, ", ") + ", .mlirbc or none, or --emit=LIST";
  }
  if (products.front().kind == Product::StaticLibrary) {
    SmallString<128> header(llvm::sys::path::parent_path(paths.output));
    llvm::sys::path::append(header, paths.defaultName() + ".h");
    products.push_back({Product::CHeader, header.str().str()});
  }
  return std::nullopt;
}

std::optional<std::string> parseProducts(const Paths &paths, StringRef emit,
                                         StringRef target,
                                         std::vector<Product> &products) {
  if (emit.empty())
    return productsBySuffix(paths, products);
  SmallString<128> stem(paths.output);
  llvm::sys::path::replace_extension(stem, "");
  SmallVector<StringRef> names;
  emit.split(names, ',');
  for (StringRef emitted : names) {
    if (emitted == "device_code")
      return "--emit=device_code: target '" + target.str() +
             "' has no device; expected a form that processors have: stmt, "
             "stmt_html, llvm_assembly, bitcode or assembly";
    const auto *known = llvm::find_if(
        productKinds(), [&](auto &kind) { return kind.name == emitted; });
    if (known == productKinds().end())
      return "unknown --emit '" + emitted.str() + "'; expected a list of " +
             llvm::join(llvm::map_range(productKinds(),
                                        [](auto &kind) { return kind.name; }),
                        ", ");
    if (paths.output == "-" &&
        (names.size() > 1 || !isDescription(known->kind)))
      return "--emit=" + emit.str() + " makes files; expected -o FILE";
    if (llvm::count(names, emitted) > 1)
      return "--emit=" + emit.str() + " names " + emitted.str() +
             " twice; expected each once";
    products.push_back({known->kind, names.size() == 1
                                         ? paths.output
                                         : (stem + known->suffix).str()});
  }
  return std::nullopt;
}

/// Writes the module to `path` as text or bytecode.
static LogicalResult printModule(ModuleOp module, StringRef path,
                                 int64_t elideWeights, llvm::raw_ostream &os) {
  if (path.ends_with(".mlirbc"))
    return writeBytecodeToFile(module, os);
  OpPrintingFlags flags;
  if (elideWeights >= 0) {
    flags.elideLargeElementsAttrs(elideWeights);
    flags.elideLargeResourceString(elideWeights);
  } else if (path != "-") {
    // Names of layers are locations. People who look can do without; a file
    // that is compiled on gives the same product only with them.
    flags.enableDebugInfo();
  }
  module.print(os, flags);
  return success();
}

void setPrinters(std::vector<Product> &products, ModuleOp module,
                 const std::string &onnx, int64_t elideWeights) {
  for (Product &product : products) {
    if (product.kind == Product::Vox)
      product.print = [module, path = product.path,
                       elideWeights](llvm::raw_ostream &os) {
        return printModule(module, path, elideWeights, os);
      };
    else if (product.kind == Product::Dot)
      product.print = [module](llvm::raw_ostream &os) {
        printDot(module, os);
        return success();
      };
    else if (product.kind == Product::Onnx)
      product.print = [&onnx](llvm::raw_ostream &os) {
        os << onnx;
        return success();
      };
  }
}
