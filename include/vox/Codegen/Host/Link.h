//===- Link.h - From objects to products ----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All parts of a product are linked into one relocatable object in which only
// the model's public functions are visible: models can then stand side by side
// in one program, whatever version of Voxc made them.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_CODEGEN_HOST_LINK_H
#define VOX_CODEGEN_HOST_LINK_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace vox {

/// Links object files `inputs` into the relocatable `output`, in which only
/// `visible` symbols can be seen from outside.
llvm::Error linkRelocatable(llvm::ArrayRef<std::string> inputs,
                            llvm::ArrayRef<std::string> visible,
                            llvm::StringRef output);

/// A static library with the one member `object`.
llvm::Error writeStaticLibrary(llvm::StringRef object, llvm::StringRef member,
                               llvm::StringRef output);

/// Runs the system's C compiler to link `object`; `shared` makes a shared
/// library called `soname`, otherwise an executable. What it says goes to a
/// file beside `output`, which is to be in a temporary folder.
llvm::Error linkFinal(llvm::StringRef object, bool shared,
                      llvm::StringRef soname, llvm::StringRef output);

} // namespace vox

#endif // VOX_CODEGEN_HOST_LINK_H
