//===- Forms.cpp - What a model looks like, kernel by kernel --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels are compiled apart, so each form comes in pieces. A reader wants one
// file: host code first, then the kernels, each under a line that names it and
// its layers.
//
//===----------------------------------------------------------------------===//

#include "Forms.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Linker/Linker.h"

using namespace mlir;
using namespace vox;

std::string vox::describeKernel(KernelOp kernel, func::FuncOp network) {
  SmallVector<std::string> layers;
  for (auto launch : network.getOps<LaunchOp>())
    if (launch.getKernel() == kernel.getSymName() && launch.getLayer()) {
      // Names come from a model: no line of theirs ends the banner's.
      std::string layer;
      llvm::raw_string_ostream os(layer);
      llvm::printEscapedString(*launch.getLayer(), os);
      layers.push_back(layer);
    }
  std::string title = ("kernel " + kernel.getSymName()).str();
  return layers.empty() ? title : title + ": " + llvm::join(layers, ", ");
}

std::string vox::escapeHtml(StringRef text) {
  std::string result;
  result.reserve(text.size());
  for (char c : text)
    switch (c) {
    case '&':
      result += "&amp;";
      break;
    case '<':
      result += "&lt;";
      break;
    case '>':
      result += "&gt;";
      break;
    case '"':
      result += "&quot;";
      break;
    case '\'':
      result += "&#39;";
      break;
    default:
      result += c;
    }
  return result;
}

/// Halide's page fetches two scripts, one that it does not use and one that
/// only colours assembly. A page must open where there is no network.
static std::string withoutNetwork(StringRef page) {
  std::string result;
  while (true) {
    auto [before, rest] = page.split("<script");
    result += before;
    if (rest.empty())
      return result;
    auto [script, after] = rest.split("</script>");
    if (!script.contains("http://") && !script.contains("https://"))
      result += ("<script" + script + "</script>").str();
    page = after;
  }
}

static constexpr StringLiteral kPageStyle = R"(
:root { color-scheme: light dark; }
body { margin: 0; font: 15px/1.4 system-ui, sans-serif; }
nav { position: fixed; top: 0; bottom: 0; width: 20em; overflow-y: auto;
      padding: 1em; box-sizing: border-box; background: #8882; }
nav h1 { font-size: 1.1em; margin: 0 0 .6em; }
nav a { display: block; padding: .35em .5em; color: inherit; border-radius: 4px;
        text-decoration: none; overflow-wrap: anywhere; }
nav a:hover { background: #8884; }
nav small { display: block; opacity: .7; }
section { display: none; margin-left: 20em; height: 100vh; overflow: auto; }
section:target, body:not(:has(:target)) section:first-of-type { display: block; }
iframe { width: 100%; height: 100%; border: 0; background: #fff; }
pre { margin: 1em; font: 13px/1.4 ui-monospace, monospace; }
)";

/// One page with a list of the sections beside the one that is chosen. A
/// kernel's page stays the document it is: their styles and ids would clash.
static std::string makePage(StringRef model, ArrayRef<Section> sections) {
  std::string page;
  llvm::raw_string_ostream os(page);
  os << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta "
        "charset=\"utf-8\">\n"
     << "<title>" << escapeHtml(model) << "</title>\n<style>" << kPageStyle
     << "</style>\n</head>\n<body>\n<nav>\n<h1>" << escapeHtml(model)
     << "</h1>\n";
  for (auto [i, section] : llvm::enumerate(sections)) {
    auto [name, layers] = StringRef(section.title).split(": ");
    os << "<a href=\"#s" << i << "\">" << escapeHtml(name) << "<small>"
       << escapeHtml(layers) << "</small></a>\n";
  }
  os << "</nav>\n";
  for (auto [i, section] : llvm::enumerate(sections)) {
    os << "<section id=\"s" << i << "\">";
    if (i == 0)
      os << "<pre>" << escapeHtml(section.text) << "</pre>";
    else
      os << "<iframe loading=\"lazy\" title=\"" << escapeHtml(section.title)
         << "\" srcdoc=\"" << escapeHtml(withoutNetwork(section.text))
         << "\"></iframe>";
    os << "</section>\n";
  }
  os << "</body>\n</html>\n";
  return page;
}

std::string vox::joinSections(Product::Kind kind, StringRef model,
                              ArrayRef<Section> sections) {
  if (kind == Product::StmtHtml)
    return makePage(model, sections);
  StringRef comment = kind == Product::LLVMAssembly ? ";"
                      : kind == Product::Assembly   ? "#"
                                                    : "//";
  std::string file;
  for (const Section &section : sections)
    file += (comment + "===- " + section.title + " -===" + comment + "\n\n" +
             section.text.trim('\n') + "\n\n")
                .str();
  file.pop_back();
  return file;
}

llvm::Expected<std::string> vox::linkBitcode(ArrayRef<Section> sections) {
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> all;
  for (const Section &section : sections) {
    auto part = llvm::parseBitcodeFile(
        llvm::MemoryBufferRef(section.text, section.title), context);
    if (!part)
      return part.takeError();
    if (!all) {
      all = std::move(*part);
      continue;
    }
    // Halide spells the same target in another way, and notes for itself in
    // flags of the module how it was made.
    if (llvm::NamedMDNode *flags = (*part)->getModuleFlagsMetadata())
      (*part)->eraseNamedMetadata(flags);
    (*part)->setTargetTriple(all->getTargetTriple());
    (*part)->setDataLayout(all->getDataLayout());
    if (llvm::Linker::linkModules(*all, std::move(*part)))
      return llvm::createStringError("the bitcode of %s can't be linked",
                                     section.title.c_str());
  }
  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  llvm::WriteBitcodeToFile(*all, os);
  return bytes;
}
