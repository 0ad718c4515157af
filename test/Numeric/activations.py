#!/usr/bin/env python3
#===- activations.py - Activations at their special values -----------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Compares every activation of the table with the float64 evaluator, in units in
the last place: at zeros, infinities, NaN, subnormal numbers, in the far tails
and at random numbers of all sizes.

    activations.py [--target=avx2] [--limit=4]

Each is compiled in several places, because Halide promises LLVM that what one
operation hands to another inside a kernel is no NaN: on planar and on blocked
tensors, and behind convolutions of weight 1, which hand their input on as it is,
in a vector and in a tile of registers. Where the parameters are not the default
ones, alone and behind a convolution.

`vox-activations --exhaustive` runs all floats, but only alone.
"""

from __future__ import annotations

import argparse
import math
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
from typing import Dict, List, Tuple

sys.dont_write_bytecode = True  # the source folder stays as it is
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import npy  # noqa: E402
import programs  # noqa: E402

#: Parameters beside the default ones.
OTHERS: Dict[str, Tuple[str, ...]] = {
    "leaky_relu": ("alpha = 2.000000e-01", "alpha = -1.500000e+00"),
    "clip": ("min = 0.000000e+00, max = 6.000000e+00", "min = -5.000000e-01, max = 7.500000e-01",
             "max = 0.000000e+00"),
    "thresholded_relu": ("alpha = 0.000000e+00", "alpha = -2.000000e+00"),
    "hard_sigmoid": ("alpha = 2.500000e-01, beta = 7.500000e-01", "alpha = 1.666667e-01"),
    "elu": ("alpha = 2.000000e-01", "alpha = -1.500000e+00"),
    "celu": ("alpha = 2.000000e+00", "alpha = 1.500000e-01"),
    "selu": ("alpha = 5.000000e-01, gamma = -2.000000e+00",),
    "swish": ("beta = 1.702000e+00", "beta = -1.000000e+00", "beta = 1.000000e-05",
              "beta = 1.000000e-30"),
}
LEARNED = {"prelu": (0.25, -1.5), "learned_swish": (1.0, -1.75)}

ROWS, WIDTH, CHANNELS = 8, 40, 32
PLANAR = f"tensor<1x{CHANNELS}x{ROWS}x{WIDTH}xf32>"
SINGLE = f"tensor<1x1x{ROWS}x{WIDTH}xf32>"
WEIGHTS = f"tensor<{CHANNELS}x1x1x1xf32>"
CONV = "strides = [1, 1] dilations = [1, 1] pads = [0, 0, 0, 0]"


def table() -> List[str]:
    """The names of all activations."""
    rows = subprocess.run(["vox-activations", "--list"], stdout=subprocess.PIPE, text=True, check=True)
    return [row.split()[0] for row in rows.stdout.splitlines()[1:]]


def cases(names: List[str]) -> List[Tuple[str, str, float, bool]]:
    """Attribute, learned parameter and whether the parameters are default."""
    found = []
    for name in names:
        if name in LEARNED:
            first, *rest = LEARNED[name]
            found.append((name, first, True))
            found += [(name, value, False) for value in rest]
            continue
        found.append((name, None, True))
        found += [(f"{name}<{text}>", None, False) for text in OTHERS.get(name, ())]
    return found


def bits(number: int) -> float:
    return struct.unpack("<f", struct.pack("<I", number))[0]


def values(count: int) -> List[float]:
    """Special values, then random ones: half of them of moderate size, half with
    random bits."""
    least, normal, great = bits(1), bits(0x00800000), bits(0x7f7fffff)
    sizes = [0.0, least, 3 * least, normal - least, normal, 1e-30, 1e-8, 2.0 ** -24, 2.0 ** -12,
             0.25, 0.5, 0.6931472, 1.0, 1.2784645, 2.0, 2.5, 2.9999998, 3.0, 5.5, 6.0, 7.5, 9.01,
             10.05, 10.2, 12.9, 13.2, 14.4, 16.64, 17.3, 20.0, 30.0, 87.3, 88.0, 88.73, 89.0, 91.9,
             103.2, 104.0, 105.0, 110.0, 1e3, 1e10, 1e20, 3e38, great, math.inf, math.nan]
    rng = random.Random(1)
    result = [sign * size for size in sizes for sign in (1, -1)]
    result += [bits(0x7f800001), bits(0xffffffff)]
    while len(result) < count:
        result.append(rng.gauss(0, 4))
        result.append(rng.uniform(-110, 25))
        result.append(bits(rng.getrandbits(32)))
        result.append(rng.choice((-1, 1)) * 10 ** rng.uniform(-3, 2))
    return result[:count]


def module(entries: List[Tuple[str, str, float]]) -> str:
    """A network with one result per entry (place, attribute, parameter)."""
    lines = [f"%one = vox.constant dense<1.000000e+00> : {WEIGHTS}",
             # Used by many, so nothing is fused with it.
             f"%blocked = vox.conv %x, %one {CONV} groups = {CHANNELS} : "
             f"({PLANAR}, {WEIGHTS}) -> {PLANAR}"]
    names = ["%blocked"]
    for i, (place, attribute, parameter) in enumerate(entries):
        source = {"planar": "%x", "blocked": "%blocked"}.get(place, f"%c{i}")
        if place == "behind":
            lines.append(f"{source} = vox.conv %x, %one {CONV} groups = {CHANNELS} : "
                         f"({PLANAR}, {WEIGHTS}) -> {PLANAR}")
        elif place == "tile":
            lines.append(f"{source} = vox.conv %s, %one {CONV} groups = 1 : "
                         f"({SINGLE}, {WEIGHTS}) -> {PLANAR}")
        operand, types = "", PLANAR
        if parameter is not None:
            shape = f"tensor<{CHANNELS}x1x1xf32>"
            lines.append(f"%p{i} = vox.constant dense<{parameter:.6e}> : {shape}")
            operand, types = f" parameter %p{i}", f"{PLANAR}, {shape}"
        lines.append(f"%y{i} = vox.activation #vox.{attribute} {source}{operand} : {types}")
        names.append(f"%y{i}")
    results = ", ".join(f'{PLANAR} {{vox.name = "y{i}"}}' for i in range(len(names)))
    body = "\n    ".join(lines)
    types = ", ".join([PLANAR] * len(names))
    return (f'module {{\n  func.func @main(%x: {PLANAR} {{vox.name = "x"}}, '
            f'%s: {SINGLE} {{vox.name = "s"}}) -> ({results}) {{\n    {body}\n'
            f'    return {", ".join(names)} : {types}\n  }}\n}}\n')


def error_in_ulps(actual: float, expected: float) -> float:
    """Infinite where one is NaN and the other is not."""
    if math.isnan(expected) or math.isnan(actual):
        return 0.0 if math.isnan(expected) == math.isnan(actual) else math.inf
    # What rounds to an infinity is one.
    if abs(expected) >= 2.0 ** 128 * (1 - 2.0 ** -25):
        expected = math.copysign(math.inf, expected)
    if math.isinf(expected) or math.isinf(actual):
        return 0.0 if expected == actual else math.inf
    exponent = max(math.frexp(expected)[1], -125)
    return abs(actual - expected) / math.ldexp(1.0, exponent - 24)


def run(arguments: argparse.Namespace, folder: pathlib.Path, entries) -> int:
    """Prints what is beyond the limit; returns how many entries are."""
    (folder / "module.mlir").write_text(module(entries))
    numbers = values(CHANNELS * ROWS * WIDTH)
    inputs = {"x": numbers, "s": values(ROWS * WIDTH)}
    command = [arguments.vox_run, folder / "module.mlir", *arguments.argument]
    for name, data in inputs.items():
        (folder / f"{name}.raw").write_bytes(struct.pack(f"<{len(data)}f", *data))
        command.append(f"--input={name}=@{folder / name}.raw")
    for kind, further in (("actual", [f"--target={arguments.target}"]),
                          ("expected", ["--evaluate=reference"])):
        outputs = [f"--output=y{i}=@{folder / kind}{i}.npy" for i in range(len(entries) + 1)]
        code, output = programs.run(*command, *further, *outputs)
        if code:
            sys.exit(output)
    failed = 0
    for i, (place, attribute, parameter) in enumerate(entries):
        source = numbers if place != "tile" else inputs["s"] * CHANNELS
        pairs = zip(source, npy.read(folder / f"actual{i + 1}.npy"),
                    npy.read(folder / f"expected{i + 1}.npy"))
        worst, x, actual, expected = max(
            ((error_in_ulps(a, e), x, a, e) for x, a, e in pairs), key=lambda found: found[0])
        text = attribute if parameter is None else f"{attribute}({parameter})"
        if worst > arguments.limit:
            failed += 1
            print(f"FAILED: {place} {text}: {worst:.2f} ulp at {x!r}: {actual!r}; "
                  f"expected {expected!r}")
        elif arguments.verbose:
            print(f"{place} {text}: {worst:.2f} ulp at {x!r}")
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vox-run", default="vox-run", metavar="PATH")
    parser.add_argument("--target", default="host")
    parser.add_argument("--limit", type=float, default=4.0, help="greatest error in ulps (4)")
    parser.add_argument("--verbose", action="store_true", help="the errors of all")
    parser.add_argument("--argument", action="append", default=[], metavar="FLAG",
                        help="a further flag for vox-run")
    arguments = parser.parse_args()
    names = table()
    if unknown := {*OTHERS, *LEARNED} - {*names}:
        sys.exit(f"error: vox-activations lists no {', '.join(sorted(unknown))}")
    entries = []
    for attribute, parameter, default in cases(names):
        places = ("planar", "blocked", "behind", "tile") if default else ("planar", "behind")
        entries += [(place, attribute, parameter) for place in places]
    with tempfile.TemporaryDirectory(prefix="voxc-numeric-") as folder:
        failed = run(arguments, pathlib.Path(folder), entries)
    print(f"{len(entries) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
