//===- PublicFunctions.h - The C functions of every model -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The header, the functions' bodies and the list of visible symbols are all
// made from this table. include/vox/Runtime/Model.h says what they do.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HOST_PUBLICFUNCTIONS_H
#define VOX_LIB_CODEGEN_HOST_PUBLICFUNCTIONS_H

#include "llvm/ADT/StringRef.h"

namespace vox {

/// NAME_x(...) calls vox_model_x(...).
struct PublicFunction {
  llvm::StringLiteral name;
  /// In C, up to the function's name.
  llvm::StringLiteral result;
  /// In C; NAME stands for the model's name.
  llvm::StringLiteral parameters;
  /// Whether vox_model_x takes the program before the other parameters.
  bool withProgram = false;

  unsigned numParameters() const {
    return parameters == "void" ? 0 : parameters.count(',') + 1;
  }
};

inline constexpr PublicFunction kPublicFunctions[] = {
    {"create", "vox_status ", "const vox_options *options, NAME_model **model",
     /*withProgram=*/true},
    {"describe", "const vox_description *", "void", /*withProgram=*/true},
    {"output_shapes", "vox_status ",
     "NAME_model *model, const vox_tensor *inputs, int64_t *const *shapes"},
    {"workspace_size", "size_t ", "const NAME_model *model"},
    {"run", "vox_status ",
     "NAME_model *model, const vox_tensor *inputs, const vox_tensor *outputs, "
     "void *workspace"},
    {"last_error", "const char *", "const NAME_model *model"},
    {"destroy", "void ", "NAME_model *model"}};

} // namespace vox

#endif // VOX_LIB_CODEGEN_HOST_PUBLICFUNCTIONS_H
