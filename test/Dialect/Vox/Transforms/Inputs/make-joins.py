# ===- make-joins.py - Joins in joins ---------------------------------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# Prints a network of N joins, each of which is a part of the next one.
#
# ===------------------------------------------------------------------------=== #

import sys

depth = int(sys.argv[1])


def kernel(name, a, b):
    # Reads of %a what it needs, or makes up the rest.
    return f"""\
vox.kernel @{name}(%a: tensor<{a}xf32>) -> tensor<{b}xf32> {{
  %0 = vox.pad %a pads = [0, {b - a}] value = 0.0 : tensor<{a}xf32> -> tensor<{b}xf32>
  vox.yield %0 : tensor<{b}xf32>
}} schedule <algorithm = plain>"""


print(kernel("one", 1, 1))
print(kernel("all", depth + 1, 1))
print("func.func @main(%x: tensor<1xf32>) -> tensor<1xf32> {")
print("  %j0 = vox.launch @one(%x) : (tensor<1xf32>) -> tensor<1xf32>")
for i in range(1, depth + 1):
    print(f"  %v{i} = vox.launch @one(%x) : (tensor<1xf32>) -> tensor<1xf32>")
    print(f"  %j{i} = vox.join %j{i - 1}, %v{i} axis = 0"
          f" : (tensor<{i}xf32>, tensor<1xf32>) -> tensor<{i + 1}xf32>")
print(f"  %y = vox.launch @all(%j{depth}) : (tensor<{depth + 1}xf32>) -> tensor<1xf32>")
print("  return %y : tensor<1xf32>")
print("}")
