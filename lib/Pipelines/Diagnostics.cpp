//===- Diagnostics.cpp - Diagnostics as all tools print them --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Pipelines/Diagnostics.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace vox;

void vox::printLocation(llvm::raw_ostream &os, Location loc) {
  auto place = loc->findInstanceOf<FileLineColLoc>();
  if (!place)
    return;
  os << place.getFilename().getValue() << ':';
  if (place.getLine() > 0)
    os << place.getLine() << ':' << place.getColumn() << ':';
  os << ' ';
}

static void print(const Diagnostic &diagnostic) {
  printLocation(llvm::errs(), diagnostic.getLocation());
  switch (diagnostic.getSeverity()) {
  case DiagnosticSeverity::Error:
    llvm::errs() << "error: ";
    break;
  case DiagnosticSeverity::Warning:
    llvm::errs() << "warning: ";
    break;
  case DiagnosticSeverity::Note:
  case DiagnosticSeverity::Remark:
    llvm::errs() << "note: ";
    break;
  }
  // What an op says of itself begins with its own name, 'vox.conv': say which
  // node it came from. The importer's messages know more and stay.
  std::string text = diagnostic.str();
  auto node = diagnostic.getLocation()->findInstanceOf<NameLoc>();
  if (node && diagnostic.getSeverity() != DiagnosticSeverity::Note &&
      StringRef(text).starts_with("'vox."))
    llvm::errs() << "node \"" << node.getName().getValue() << "\": ";
  llvm::errs() << text << '\n';
  for (const Diagnostic &note : diagnostic.getNotes())
    print(note);
}

void vox::printDiagnostics(MLIRContext &context) {
  // A user's node says more than the generic form of an op.
  context.printOpOnDiagnostic(false);
  context.getDiagEngine().registerHandler(
      [](Diagnostic &diagnostic) { print(diagnostic); });
}
