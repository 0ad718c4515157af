#===- ulp.py - How exact functions of elements are -------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Runs compiled functions on floats of all magnitudes and on special values and
compares with Python's in float64, in units of the last place.

    ulp.py FOLDER [--argument=FLAG...]

prints each function's greatest error and fails where one is above its bound, or
where zeros, infinities or NaN are not the function's.
"""

import argparse
import math
import pathlib
import random
import struct
import subprocess
import sys
from typing import Callable

NAN, INFINITY = math.nan, math.inf
SPECIAL = [0.0, -0.0, INFINITY, -INFINITY, NAN, 1.0, -1.0, 1e-45, -1e-45, 1.1754942e-38, 1.17549435e-38,
           3.4028234e38, -3.4028234e38, 88.7, 88.8, -87.4, -103.9, -104.1, 0.99999994, 1.0000001, 4.0, -4.0]
#: Exponents of powers: integers, halves, what is even only because it is large.
EXPONENTS = SPECIAL + [2.0, 3.0, -2.0, -3.0, 0.5, -0.5, 1 / 3, 16777215.0, 16777216.0, 1e9, 127.0, -149.0]


def log(x: float) -> float:
    if x == 0:
        return -INFINITY
    return math.log(x) if x > 0 or math.isnan(x) else NAN


def exp(x: float) -> float:
    return math.exp(x) if x < 700 or math.isnan(x) else INFINITY


def power(x: float, y: float) -> float:
    try:
        return math.pow(x, y)
    except OverflowError:
        return -INFINITY if x < 0 and y % 2 == 1 else INFINITY
    except ValueError:  # where C gives an infinity or NaN
        if x != 0:
            return NAN
        return math.copysign(INFINITY, x) if y % 2 == 1 else INFINITY


def to_integer(function) -> Callable:
    """What rounds to integers, zeros keeping their sign."""
    return lambda x: math.copysign(function(x), x) if math.isfinite(x) else x


def where_defined(function) -> Callable:
    """NaN where Python raises an error."""
    def apply(x: float) -> float:
        try:
            return function(x)
        except ValueError:
            return NAN
        except OverflowError:
            return math.copysign(INFINITY, x)
    return apply


def remainder(x: float, y: float) -> float:
    return math.fmod(x, y) if math.isfinite(x) and y != 0 else NAN


def modulo(x: float, y: float) -> float:
    rest = remainder(x, y)
    if rest == 0:
        return math.copysign(rest, y)
    return rest + y if (rest < 0) != (y < 0) else rest


#: Each function in float64 and its greatest error in ulp.
FUNCTIONS = {
    "abs": (abs, 0.0), "neg": (lambda x: -x, 0.0), "exp": (exp, 2.0), "log": (log, 0.51),
    "sqrt": (lambda x: math.sqrt(x) if x >= 0 else NAN, 0.5),
    "reciprocal": (lambda x: math.copysign(INFINITY, x) if x == 0 else 1 / x, 0.5),
    "erf": (math.erf, 1.1), "pow": (power, 0.51),
    "floor": (to_integer(math.floor), 0.0), "ceil": (to_integer(math.ceil), 0.0),
    "round": (to_integer(round), 0.0),
    "sign": (lambda x: float((x > 0) - (x < 0)) or x, 0.0),
    "sin": (where_defined(math.sin), 1.0), "cos": (where_defined(math.cos), 1.0),
    "tan": (where_defined(math.tan), 1.5), "asin": (where_defined(math.asin), 1.5),
    "acos": (where_defined(math.acos), 1.5), "atan": (math.atan, 1.5),
    "sinh": (where_defined(math.sinh), 2.5),
    "cosh": (lambda x: abs(where_defined(math.cosh)(x)), 2.0), "asinh": (math.asinh, 2.0),
    "acosh": (where_defined(math.acosh), 2.5),
    "atanh": (lambda x: x * INFINITY if abs(x) == 1 else where_defined(math.atanh)(x), 2.0),
    "mod": (modulo, 0.5), "rem": (remainder, 0.0),
}
#: Those of two operands.
BINARY = ("pow", "mod", "rem")


def to_float(x: float) -> float:
    """The nearest float32."""
    try:
        return struct.unpack("<f", struct.pack("<f", x))[0]
    except OverflowError:
        return math.copysign(INFINITY, x)


def pack(values: list) -> bytes:
    return struct.pack(f"<{len(values)}f", *values)


def error(result: float, expected: float) -> float:
    """In ulp of the float32 nearest to `expected`; infinite where one is no number
    or a zero has the wrong sign."""
    nearest = to_float(expected)
    if math.isnan(nearest):
        return 0.0 if math.isnan(result) else INFINITY
    if math.isinf(nearest) or nearest == 0 or not math.isfinite(result):
        same = result == nearest and math.copysign(1, result) == math.copysign(1, nearest)
        tiny = nearest == 0 and abs(result) == 2.0 ** -149 or abs(result) > 3.4028233e38 < abs(expected)
        return 0.0 if same else 1.0 if tiny else INFINITY
    ulp = 2.0 ** max(math.frexp(nearest)[1] - 24, -149)
    return abs(result - expected) / ulp


def draw(rng: random.Random, count: int) -> list:
    """Any bits, and numbers around 1, where most functions do what they do."""
    bits = [rng.getrandbits(32) for _ in range(count // 2)]
    return [*struct.unpack(f"<{len(bits)}f", struct.pack(f"<{len(bits)}I", *bits)),
            *(to_float(rng.gauss(0, 3)) for _ in range(count - len(bits)))]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--argument", action="append", default=[])
    arguments = parser.parse_args()
    folder = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random("ulp")
    x, y = [], []
    for special in EXPONENTS:
        x += EXPONENTS
        y += [special] * len(EXPONENTS)
    x += draw(rng, 60000)
    y += draw(rng, 60000)
    # Powers that neither overflow nor vanish.
    positive = [to_float(math.exp(rng.gauss(0, 2))) for _ in range(40000)]
    x += positive
    y += [to_float(rng.uniform(-80, 80) / max(abs(math.log(p)), 1e-3)) for p in positive]
    x += [to_float(rng.randint(-40, 40) / 4) for _ in range(5000)]
    y += [float(rng.randint(-20, 20)) for _ in range(5000)]
    x, y = [to_float(v) for v in x], [to_float(v) for v in y]

    tensor = f"tensor<{len(x)}xf32>"
    names = list(FUNCTIONS)
    lines = [f"    %{n} = " + (f"vox.{n} %x, %y : ({tensor}, {tensor}) -> {tensor}" if n in BINARY else
                               f"vox.unary {n} %x : {tensor}") for n in names]
    results = ", ".join(f'{tensor} {{vox.name = "{n}"}}' for n in names)
    (folder / "functions.mlir").write_text(
        f'func.func @main(%x: {tensor} {{vox.name = "x"}}, %y: {tensor} {{vox.name = "y"}}) -> '
        f"({results}) {{\n" + "\n".join(lines) +
        f"\n    return {', '.join('%' + n for n in names)} : {', '.join([tensor] * len(names))}\n}}\n")
    (folder / "x.raw").write_bytes(pack(x))
    (folder / "y.raw").write_bytes(pack(y))
    subprocess.run(["vox-run", "functions.mlir", "--input=x=@x.raw", "--input=y=@y.raw",
                    *(f"--output={n}=@{n}.raw" for n in names), *arguments.argument],
                   check=True, cwd=folder, stdout=subprocess.DEVNULL)
    faults = 0
    for name, (function, bound) in FUNCTIONS.items():
        found = struct.unpack(f"<{len(x)}f", (folder / f"{name}.raw").read_bytes())
        operands = list(zip(x, y)) if name in BINARY else [(v,) for v in x]
        worst, where = max((error(r, function(*o)), i) for i, (o, r) in enumerate(zip(operands, found)))
        good = worst <= bound
        print(f"{name}: {worst:.3f} ulp of {operands[where]}, which gives {found[where]:.9g}: "
              f"{'ok' if good else f'FAILED, expected {function(*operands[where]):.9g}'}")
        faults += not good
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
