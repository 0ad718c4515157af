#===- many.py - A small file that asks for much --------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Prints a network of `sys.argv[2]` nodes of the op `sys.argv[1]`."""

import sys

NODE = {"LSTM": "LSTM <hidden_size=1, direction=\"bidirectional\"> (x, w, r)",
        "OneHot": "OneHot (i, d, v)",
        "Attention": "Attention (q, q, q)"}[sys.argv[1]]

print('<ir_version: 13, opset_import: ["" : 28]>\n'
      "many (float[4096,1,1] x, float[2,4,1] w, float[2,4,1] r, float[1,1,2,2] q, int64[1] i) => (float y0)\n"
      "<int64 d = {4194304}, float[2] v = {0, 1}>\n"
      "{")
for i in range(int(sys.argv[2])):
    print(f"  y{i} = {NODE}")
print("}")
