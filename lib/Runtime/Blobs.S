//===- Blobs.S - Files inside of the compiler -----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The paths come from CMake, which also makes this depend on the files.
//
//===----------------------------------------------------------------------===//

  .section .rodata
  .macro blob name, path
  .balign 16
  .globl \name
  .hidden \name
\name:
  .incbin "\path"
  .globl \name\()_end
  .hidden \name\()_end
\name\()_end:
  .byte 0
  .endm

  blob vox_blob_runtime, VOX_RUNTIME_OBJECT
  blob vox_blob_main, VOX_MAIN_OBJECT
  blob vox_blob_header, VOX_MODEL_HEADER

  .section .note.GNU-stack, "", %progbits
