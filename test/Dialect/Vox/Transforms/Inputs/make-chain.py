# ===- make-chain.py - A random network of launches -------------------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# Prints a function whose launches read any earlier values, of three sizes,
# directly, through views or joined with others, and which returns some of them.
#
# ===------------------------------------------------------------------------=== #

import argparse
import random

SIZES = (4, 60, 1000)

# A plan is made of launches alone, so a kernel may leave %b unread.
KERNEL = """\
vox.kernel @from{a}and{b}to{c}(%a: tensor<{a}xf32>, %b: tensor<{b}xf32>) -> tensor<{c}xf32> {{
  %0 = vox.pad %a pads = [0, {pad}] value = 0.0 : tensor<{a}xf32> -> tensor<{c}xf32>
  vox.yield %0 : tensor<{c}xf32>
}} schedule <algorithm = plain>
"""

READER = """\
vox.kernel {kernel}(%a: tensor<{a}xf32>) -> tensor<4xf32> {{
  %0 = vox.pad %a pads = [0, {pad}] value = 0.0 : tensor<{a}xf32> -> tensor<4xf32>
  vox.yield %0 : tensor<4xf32>
}} schedule <algorithm = plain>
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--launches", type=int, required=True)
    parser.add_argument("--offset", type=int, help="a bad plan: all values lie here")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)

    for a in SIZES:
        for b in SIZES:
            for c in SIZES:
                print(KERNEL.format(a=a, b=b, c=c, pad=c - a), end="")

    values = [("%x", 4)]
    lines = []
    readers = {}
    free = []  # may still become part of a join: (name, size)
    parts = set()
    attributes = "" if arguments.offset is None else f" {{offset = {arguments.offset} : i64}}"
    for number in range(arguments.launches):
        # Mostly recent values, sometimes one from far back.
        pick = lambda: rng.choice(values[-3:] if rng.random() < 0.7 else values)
        (x, a), (y, b) = pick(), pick()
        c = rng.choice(SIZES)
        if rng.random() < 0.2:
            lines.append(f"%r{number} = vox.reshape {x} : tensor<{a}xf32> -> tensor<{a // 2}x2xf32>")
            lines.append(f"%s{number} = vox.reshape %r{number} : tensor<{a // 2}x2xf32> -> tensor<{a}xf32>")
            x = f"%s{number}"
        lines.append(
            f"%v{number} = vox.launch @from{a}and{b}to{c}({x}, {y}){attributes}"
            f" : (tensor<{a}xf32>, tensor<{b}xf32>) -> tensor<{c}xf32>"
        )
        values.append((f"%v{number}", c))
        free.append((f"%v{number}", c))
        if rng.random() < 0.15 and len(free) > 2 and arguments.offset is None:
            chosen = rng.sample(free, 2)
            free = [value for value in free if value not in chosen]
            parts.update(name for name, _ in chosen)
            total = sum(size for _, size in chosen)
            types = ", ".join(f"tensor<{size}xf32>" for _, size in chosen)
            names = ", ".join(name for name, _ in chosen)
            lines.append(f"%j{number} = vox.join {names} axis = 0 : ({types}) -> tensor<{total}xf32>")
            free.append((f"%j{number}", total))
            # The launches read three sizes only.
            kernel = f"@from{total}"
            if kernel not in readers:
                readers[kernel] = total
            lines.append(
                f"%k{number} = vox.launch {kernel}(%j{number}) : (tensor<{total}xf32>) -> tensor<4xf32>"
            )
            values.append((f"%k{number}", 4))
    for kernel, total in readers.items():
        print(READER.format(kernel=kernel, a=total, pad=4 - total), end="")
    candidates = [value for value in values[1:] if value[0] not in parts]
    outputs = [candidates[-1]] + rng.sample(candidates[:-1], 2)
    types = ", ".join(f"tensor<{size}xf32>" for _, size in outputs)
    print(f"func.func @Chain(%x: tensor<4xf32>) -> ({types}) {{")
    for line in lines:
        print("  " + line)
    print(f"  return {', '.join(name for name, _ in outputs)} : {types}")
    print("}")


main()
