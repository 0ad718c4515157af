//===- Forms.h - What a model looks like, kernel by kernel ----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_PIPELINES_FORMS_H
#define VOX_LIB_PIPELINES_FORMS_H

#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Pipelines/Pipelines.h"

namespace vox {

/// A kernel, or the host code, in one form.
struct Section {
  /// "kernel conv_0123: conv1+relu1, conv2+relu2", "host NAME".
  std::string title;
  llvm::StringRef text;
};

/// The title of a kernel's section: its name and the layers that launch it.
std::string describeKernel(KernelOp kernel, mlir::func::FuncOp network);

/// All sections in one file that people read; `kind` is any form but Bitcode.
std::string joinSections(Product::Kind kind, llvm::StringRef model,
                         llvm::ArrayRef<Section> sections);

/// All sections in one LLVM module.
llvm::Expected<std::string> linkBitcode(llvm::ArrayRef<Section> sections);

/// `text` where "<", "&" and quotes mean something else.
std::string escapeHtml(llvm::StringRef text);

} // namespace vox

#endif // VOX_LIB_PIPELINES_FORMS_H
