# ===- open-bounds.py - Open models at odd sizes, within guard pages --------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: open-bounds.py open-bounds.c, in a folder of networks that Numeric's
# open.py has written.

import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Numeric"))

from open import CASES  # noqa: E402

FLAGS = {"fast": [], "vectors8": ["--target=avx2"], "plain": ["-O0"]}


def main():
    within = outside = 0
    for name, (_, shapes, least, greatest, between) in CASES.items():
        for level, flags in FLAGS.items():
            model = f"{name}_{level}"
            subprocess.run(["voxc", f"{name}.onnxtxt", "-o", f"{model}.a", *flags,
                            f"--minShapes={shapes.format(*least)}",
                            f"--maxShapes={shapes.format(*greatest)}"], check=True)
            subprocess.run(["cc", f"-DMODEL={model}", "-I.", sys.argv[1], f"{model}.a", "-lm",
                            "-lpthread", "-o", model], check=True)
            for size in (least, greatest, *between):
                extents = re.findall(r"\d+(?=x|,|$)", re.sub(r"\w+:", "", shapes.format(*size)))
                run = subprocess.run([f"./{model}", *extents], stdout=subprocess.PIPE,
                                     stderr=subprocess.STDOUT, text=True, check=False)
                if run.stdout == "within bounds\n" and run.returncode == 0:
                    within += 1
                else:
                    outside += 1
                    print(f"{model} {extents}: exit code {run.returncode}: {run.stdout}")
    print(f"{within} within bounds, {outside} not")


main()
