#===- ops.py - The supported ops that no random graph has ------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""usage: ops.py SUPPORTED_OPS.md COUNT

Prints the ops of the page's table, and those that it says are replaced by their
definitions, that none of so many graphs has."""

import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from generator import generate  # noqa: E402

page = pathlib.Path(sys.argv[1]).read_text()
ops = set(re.findall(r"^\| (\w+) \| \d", page, re.MULTILINE))
defined = re.search(r"as far as those have rows: ([^.]*)\.", page).group(1)
ops |= set(re.findall(r"\w+", defined.replace(" and ", " ")))
made = {"Constant"}  # another way to write an initializer
for seed in range(1, int(sys.argv[2]) + 1):
    made.update(node.op for node in generate(seed).nodes)
print(f"{len(ops & made)} of {len(ops)} ops; missing: {' '.join(sorted(ops - made)) or 'none'}")
