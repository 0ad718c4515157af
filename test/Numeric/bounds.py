#!/usr/bin/env python3
#===- bounds.py - Kernels keep to the bounds that passes rely on -----------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Runs each activation, exponential and error function on floats of all sizes,
densely where they saturate, and compares the least and greatest result with what
lib/Analysis takes for granted: the bounds of the table, as vox-activations lists
them.

    bounds.py FOLDER

The last line is `N passed, N failed`; the exit code is 1 where anything failed.
"""

from __future__ import annotations

import array
import pathlib
import random
import re
import struct
import subprocess
import sys

#: A bound that is not a kernel's own may be exceeded by eight roundings.
ROUNDINGS = 8 * 2.0 ** -23
INFINITY = float("inf")

#: Kernels that keep to the bounds: `keepsBounds` in lib/Analysis.
KEEPING = ("relu", "sigmoid", "tanh", "softplus", "softsign", "hard_sigmoid", "clip(0.1, 0.7)")
#: Activations with other parameters than the default ones: as vox-activations
#: and as the dialect writes them.
OTHERS = {
    "clip(0.1, 0.7)": "clip<min = 0.1, max = 0.7>",
    "celu(0.7)": "celu<alpha = 0.7>",
    "selu(1, -2)": "selu<alpha = 1.0, gamma = -2.0>",
    "swish(1.702)": "swish<beta = 1.702>",
    "swish(-2)": "swish<beta = -2.0>",
}
#: Other functions, their bounds, and whether the kernel keeps to them.
UNARY = [
    ("unary exp", 0, INFINITY, True),
    ("unary abs", 0, INFINITY, True),
    ("unary erf", -1, 1, False),
]
#: Of these the result has the input's sign (or is zero), too.
KEEP_SIGN = ("swish", "hard_swish", "mish", "gelu", "elu", "celu", "selu", "tanh", "softsign", "erf")


def as_float32(text: str) -> float:
    return struct.unpack("<f", struct.pack("<f", float(text)))[0]


def read_bounds() -> list:
    """Function, least and greatest result, and whether the kernel keeps to them,
    of every activation that takes one operand."""
    def ask(*names: str):
        table = subprocess.run(["vox-activations", "--list", *names], stdout=subprocess.PIPE, text=True, check=True)
        return [re.split("  +", row) for row in table.stdout.splitlines()[1:]]

    found = []
    for name, _, _, _, bounds, *parameters in ask() + ask(*OTHERS):
        if "parameter (learned)" in parameters:
            continue
        low, high = map(as_float32, bounds.split(" to "))
        found.append((f"activation #vox.{OTHERS.get(name, name)}", low, high, name in KEEPING))
    return found


def make_inputs() -> array.array:
    """Every 8192nd finite float, and many around where functions saturate."""
    bits = [i << 13 for i in range(1 << 19)]
    values = [struct.unpack("<f", struct.pack("<I", b))[0] for b in bits]
    rng = random.Random("bounds")
    values += [rng.uniform(-20.0, 20.0) for _ in range(1 << 18)]
    values += [rng.uniform(-110.0, 110.0) for _ in range(1 << 17)]
    return array.array("f", [x for x in values if abs(x) <= 3.4028234e38])


def run(*command: str) -> None:
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if result.returncode:
        sys.exit(f"{' '.join(command)}\n{result.stdout.decode(errors='replace')}")


def check(inputs: array.array, results: array.array, name: str, low: float, high: float, keeps: bool) -> str:
    """What is wrong, or nothing."""
    margin = 0.0 if keeps else ROUNDINGS
    for x, y in zip(inputs, results):
        if not low - margin * abs(low) <= y <= (high + margin * abs(high) if high < INFINITY else high):
            return f"{name}({x!r}) is {y!r}; expected {low} to {high}"
    # A negative scale turns the sign around.
    if "gamma = -" not in name and any(f".{word}" in name or name.endswith(word) for word in KEEP_SIGN):
        for x, y in zip(inputs, results):
            if x * y < 0:
                return f"{name}({x!r}) is {y!r}; expected the same sign"
    return ""


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    functions = read_bounds() + UNARY
    inputs = make_inputs()
    kind = f"tensor<{len(inputs)}xf32>"
    names = [f"y{i}" for i in range(len(functions))]
    lines = [f"    %{name} = vox.{function[0]} %x : {kind}" for name, function in zip(names, functions)]
    results = ", ".join(f'{kind} {{vox.name = "{name}"}}' for name in names)
    (folder / "bounds.mlir").write_text(
        f'func.func @main(%x: {kind} {{vox.name = "x"}}) -> ({results}) {{\n' + "\n".join(lines) +
        f"\n    return {', '.join('%' + name for name in names)} : {', '.join([kind] * len(names))}\n}}\n")
    (folder / "x.raw").write_bytes(inputs.tobytes())
    run("vox-run", str(folder / "bounds.mlir"), f"--input=@{folder}/x.raw",
        *[f"--output={name}=@{folder}/{name}.raw" for name in names])
    failed = 0
    for name, function in zip(names, functions):
        values = array.array("f")
        values.frombytes((folder / f"{name}.raw").read_bytes())
        fault = check(inputs, values, *function)
        if fault:
            failed += 1
            print(f"FAILED: {fault}")
    print(f"{len(functions) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
