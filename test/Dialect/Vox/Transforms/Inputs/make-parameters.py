# ===- make-parameters.py - A learned parameter of many values --------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: make-parameters.py COUNT
#
# Prints a network with one learned_swish whose parameter has COUNT different
# values from 100 on, and the first of them once more.
#
# ===------------------------------------------------------------------------=== #

import array
import sys

count = int(sys.argv[1])
values = [100.0 + i / 64 for i in range(count)] + [100.0]
data = array.array("f", values).tobytes().hex().upper()
shape = f"tensor<{len(values)}xf32>"
print(
    f"""func.func @network(%x: {shape}) -> {shape} {{
  %betas = vox.constant dense<"0x{data}"> : {shape}
  %0 = vox.activation #vox.learned_swish %x parameter %betas : {shape}, {shape}
  return %0 : {shape}
}}"""
)
