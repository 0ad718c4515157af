#!/usr/bin/env python3
#===- ranges.py - What is known of a network changes no result -------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Compiles one network per rule of vox-simplify-by-range and vox-prune-channels
with and without these passes, runs both on 1,000 random inputs, and compares the
results: equal bits but for the sign of zero, of the kernels and of the float64
evaluator. Where a layer loses channels, kernels may add the others in another
order; such a case says how large their difference may be, as a share of the
greatest result.

    ranges.py FOLDER [--samples=N]

The remarks must say that each rule fired as often as its cases ask for. The last
line is `N passed, N failed`; the exit code is 1 where anything failed.
"""

from __future__ import annotations

import argparse
import array
import collections
import pathlib
import subprocess
import sys
from typing import Callable, List, Sequence

sys.dont_write_bytecode = True  # the source folder stays as it is

from builder import Case, Value, ints, module_text, tensor_type  # noqa: E402

PASSES = ("vox-simplify-by-range", "vox-prune-channels")

#: Rules, as remarks name them in words.
RELU = "a relu of what is not negative"
CLIP = "a clip of what is inside its bounds"
BOUND = "a clip one of whose bounds is kept anyway"
MERGED = "a clamp after another one"
RECTIFIER = "a rectifier of what is on its positive side"
ABS = "an absolute value of what is not negative"
EXTREMUM = "a maximum or minimum whose winner is known"
CONSTANT = "an activation that has one value only"
PRUNED = "channels are zero and pruned"
RULES = (RELU, CLIP, BOUND, MERGED, RECTIFIER, ABS, EXTREMUM, CONSTANT, PRUNED)

#: What hides at the ends of float32: zeros, subnormal numbers, large ones.
SPECIAL = (0.0, -0.0, 1e-40, -1e-40, 1e-30, -1e-30, 1.0, -1.0, 60.0, -60.0, 1e4, -1e4)


class RangeCase(Case):
    """A network whose result must not change."""

    def __init__(self, number: int, text: str, samples: int):
        super().__init__(number, text)
        self.samples = samples
        self.fires: List[str] = []
        self.bounds = {}
        self.tolerance = 0.0

    def samples_of(self, *shape: int, low: float = None, high: float = None) -> Value:
        x = self.input((self.samples, *shape))
        if low is not None:
            self.bounds[x.name[1:]] = (low, high)
        return x

    def act(self, x: Value, function: str) -> Value:
        return self.op(f"activation #vox.{function} {x.name} : {x.type}", x.shape)

    def unary(self, x: Value, kind: str) -> Value:
        return self.op(f"unary {kind} {x.name} : {x.type}", x.shape)

    def values(self, shape: Sequence[int], values: Sequence[float]) -> Value:
        rest = iter(values)
        return self.constant(shape, lambda: next(rest))

    def scalar(self, value: float) -> Value:
        return self.values((), [value])

    def convolve(self, x: Value, w: Value, bias: Value = None) -> Value:
        """Kernels of 3x3, padded, or of 1x1."""
        pad = w.shape[2] // 2
        operands, types = f"{x.name}, {w.name}", f"{x.type}, {w.type}"
        if bias:
            operands, types = f"{operands} bias {bias.name}", f"{types}, {bias.type}"
        shape = (x.shape[0], w.shape[0]) + x.shape[2:]
        return self.op(f"conv {operands} strides = [1, 1] dilations = [1, 1] pads = {ints([pad] * 4)} "
                       f"groups = 1 : ({types}) -> {tensor_type(shape)}", shape)

    def multiply(self, x: Value, w: Value) -> Value:
        shape = (x.shape[0], w.shape[0])
        return self.op(f"dense {x.name}, {w.name} : ({x.type}, {w.type}) -> {tensor_type(shape)}", shape)

    def normalise(self, x: Value, scale: Sequence[float], bias: Sequence[float]) -> Value:
        channels = (x.shape[1],)
        operands = [self.values(channels, scale), self.values(channels, bias), self.normal(channels),
                    self.uniform(channels, 0.5, 1.5)]
        names = [f"{word} {v.name}" for word, v in zip(("scale", "bias", "mean", "variance"), operands)]
        types = ", ".join(v.type for v in operands)
        return self.op(f"batch_norm {x.name} {' '.join(names)} epsilon = 1.0e-5 : {x.type}, {types}", x.shape)

    def pool(self, x: Value, kind: str) -> Value:
        shape = x.shape[:2] + tuple((extent - 1) // 2 + 1 for extent in x.shape[2:])
        return self.op(f"pool {kind} {x.name} kernel = [3, 3] strides = [2, 2] dilations = [1, 1] "
                       f"pads = [1, 1, 1, 1] : {x.type} -> {tensor_type(shape)}", shape)

    def gather(self, *parts: Value) -> Value:
        """Side by side along dimension 1: nothing is computed of several, which
        the code generator could arrange in another way."""
        shape = (parts[0].shape[0], sum(x.shape[1] for x in parts)) + parts[0].shape[2:]
        return self.op(f"concat {', '.join(x.name for x in parts)} axis = 1 : "
                       f"({', '.join(x.type for x in parts)}) -> {tensor_type(shape)}", shape)

    def moved(self, x: Value, text: str, shape: Sequence[int]) -> Value:
        name, _, rest = text.partition(" ")
        kind = "linear " if name == "resize" else ""
        return self.op(f"{name} {kind}{x.name} {rest} : {x.type} -> {tensor_type(shape)}", tuple(shape))


#===------------------------------------------------------------------------===#
# Cases
#===------------------------------------------------------------------------===#


def relu_of_functions(case: RangeCase) -> Value:
    x = case.samples_of(2, 3)
    small = case.binary("mul", x, case.scalar(2.0 ** -10))
    values = [case.act(x, "sigmoid"), case.act(x, "softplus"), case.unary(small, "exp"),
              case.unary(x, "abs"), case.binary("mul", x, x),
              case.op(f"softmax {x.name} axis = 2 : {x.type}", x.shape)]
    case.fires = [RELU] * len(values)
    return case.gather(*[case.act(value, "relu") for value in values])


def relu_behind_pools(case: RangeCase) -> Value:
    x = case.act(case.samples_of(2, 5, 6), "relu")
    case.fires = [RELU] * 3
    x = case.act(case.pool(x, "average"), "relu")
    x = case.act(case.pool(x, "max"), "relu")
    shape = x.shape[:2] + (1, 1)
    return case.act(case.op(f"global_pool average {x.name} : {x.type} -> {tensor_type(shape)}", shape), "relu")


def relu_behind_moves(case: RangeCase) -> Value:
    x = case.act(case.samples_of(2, 3, 4), "relu")
    n = case.samples
    case.fires = [RELU]
    x = case.moved(x, "resize scales = [1.0, 1.0, 2.0, 2.0] coordinates = half_pixel "
                      "rounding = round_prefer_floor", (n, 2, 6, 8))
    x = case.moved(x, "pad pads = [0, 0, 1, 0, 0, 0, 0, -1] value = 0.5", (n, 2, 7, 7))
    x = case.moved(x, "slice starts = [0, 1, 6, 0] steps = [1, -1, -2, 3]", (n, 2, 4, 3))
    y = case.binary("add", x, x)
    x = case.moved(case.gather(x, y), "reshape", (n, 16, 3))
    x = case.moved(x, "transpose permutation = [0, 2, 1]", (n, 3, 16))
    return case.act(x, "relu")


def clips(case: RangeCase) -> Value:
    x = case.samples_of(2, 3)
    case.fires = [CLIP, BOUND, BOUND, BOUND]
    a = case.act(case.act(x, "sigmoid"), "clip<min = 0.0, max = 6.0>")
    t = case.act(x, "tanh")
    b = case.act(t, "clip<min = -1.0, max = 0.5>")
    c = case.act(t, "clip<min = -0.5, max = 6.0>")
    d = case.act(t, "clip<min = 0.0, max = 1.0>")
    return case.gather(a, b, c, d)


def clamps_merged(case: RangeCase) -> Value:
    x = case.samples_of(2, 3)
    case.fires = [MERGED] * 4
    a = case.act(case.act(x, "relu"), "clip<min = -1.0, max = 6.0>")
    b = case.act(case.act(x, "clip<min = -2.0, max = 3.0>"), "relu")
    c = case.act(case.act(x, "clip<min = 0.0, max = 2.0>"), "clip<min = 1.0, max = 4.0>")
    d = case.act(case.act(x, "clip<min = -1.0>"), "relu")
    return case.gather(a, b, c, d)


def rectifiers(case: RangeCase) -> Value:
    x = case.act(case.samples_of(4, 3), "relu")
    case.fires = [RECTIFIER] * 5
    slope = case.normal((4, 1))
    prelu = case.op(f"activation #vox.prelu {x.name} parameter {slope.name} : {x.type}, {slope.type}", x.shape)
    others = [case.act(x, function) for function in ("leaky_relu<alpha = 2.0>", "elu", "celu<alpha = 2.0>")]
    # relu then clip would be one op, had relu no other users.
    threshold = case.act(case.act(x, "clip<min = 2.0>"), "thresholded_relu<alpha = 1.5>")
    return case.gather(prelu, *others, threshold)


def other_ops(case: RangeCase) -> Value:
    x = case.samples_of(4, 3)
    case.fires = [ABS, EXTREMUM, EXTREMUM]
    s = case.act(x, "sigmoid")
    a = case.unary(case.act(x, "relu"), "abs")
    b = case.binary("max", s, case.scalar(0.0))
    c = case.binary("min", case.scalar(5.0), s)
    return case.gather(a, b, c)


def numbers_of_nan(case: RangeCase) -> Value:
    """Clips keep NaN, and what functions made numbers of."""
    x = case.binary("add", case.unary(case.samples_of(2, 3, 4), "sqrt"), case.scalar(2.0))
    functions = ("relu", "leaky_relu", "clip<max = 9.0>", "hard_sigmoid", "hard_swish", "elu", "celu", "selu",
                 "sigmoid", "tanh", "softplus", "softsign", "swish", "mish", "gelu", "gelu_tanh")
    values = [case.act(x, function) for function in functions]
    values += [case.unary(x, "exp"), case.unary(x, "erf"), case.binary("max", x, case.scalar(1.0))]
    values.append(case.op(f"pool max {x.name} kernel = [3, 3] strides = [1, 1] dilations = [1, 1] "
                          f"pads = [1, 1, 1, 1] : {x.type} -> {x.type}", x.shape))
    case.fires = [RELU, EXTREMUM] + [RECTIFIER] * 3 + [CLIP] * len(values)
    values.append(case.act(x, "thresholded_relu<alpha = 1.5>"))
    return case.gather(*[case.act(value, "clip<min = 0.5>") for value in values])


def constant_activation(case: RangeCase) -> Value:
    x = case.samples_of(3, 4)
    case.fires = [CONSTANT, CONSTANT]
    a = case.act(case.normalise(x, [0.0] * 3, [-1.0, -2.0, 0.0]), "relu")
    b = case.act(case.act(x, "tanh"), "clip<min = 2.0, max = 3.0>")
    return case.gather(a, b, x)


def hidden_relu(case: RangeCase) -> Value:
    x = case.act(case.samples_of(3, 4, 5), "relu")
    case.fires = [RELU]
    x = case.act(case.convolve(x, case.uniform((20, 3, 3, 3), 0.0, 1.0), case.uniform((20,), 0.0, 1.0)), "relu")
    return case.convolve(x, case.normal((2, 20, 1, 1)))


def declared_bounds(case: RangeCase) -> Value:
    x = case.samples_of(1, 4, 5, low=-1024.0, high=4000.0)
    case.fires = [BOUND, CLIP]
    x = case.binary("sub", x, case.scalar(-1024.0))
    x = case.act(case.binary("div", x, case.scalar(4096.0)), "clip<min = 0.0, max = 1.0>")
    x = case.convolve(x, case.uniform((4, 1, 3, 3), 0.0, 0.5), case.uniform((4,), 0.5, 1.0))
    return case.convolve(case.act(x, "clip<min = 0.0, max = 6.0>"), case.normal((2, 4, 1, 1)))


def dead_by_norm(case: RangeCase) -> Value:
    x = case.convolve(case.samples_of(3, 5, 6), case.normal((6, 3, 3, 3)), case.normal((6,)))
    case.fires, case.tolerance = [PRUNED], 2e-6
    x = case.normalise(x, [1.0, 0.0, 0.5, 0.0, 0.0, -1.0], [0.1, -1.0, 0.2, 0.0, 0.5, 0.0])
    x = case.pool(case.act(x, "relu"), "max")
    return case.convolve(x, case.normal((5, 6, 3, 3)))


def dead_by_weights(case: RangeCase) -> Value:
    n = case.samples
    dead = [i % 3 == 1 for i in range(8)]
    rows = [0.0 if dead[i // 27] else case.rng.gauss(0.0, 1.0) for i in range(8 * 27)]
    x = case.convolve(case.samples_of(3, 5, 6), case.values((8, 3, 3, 3), rows))
    case.fires, case.tolerance = [PRUNED], 2e-6
    slope = case.normal((8, 1, 1))
    x = case.op(f"activation #vox.prelu {x.name} parameter {slope.name} : {x.type}, {slope.type}", x.shape)
    x = case.binary("mul", x, case.normal((1, 8, 1, 1)))
    x = case.moved(case.pool(x, "average"), "reshape", (n, 8 * 9))
    return case.multiply(x, case.normal((4, 8 * 9)))


def dead_by_bounds(case: RangeCase) -> Value:
    x = case.act(case.samples_of(3, 4, 5), "sigmoid")
    case.fires, case.tolerance = [PRUNED], 2e-6
    signs = [-1.0 if i // 3 % 4 == 2 else 1.0 for i in range(8 * 3)]
    w = case.values((8, 3, 1, 1), [sign * case.rng.uniform(0.1, 1.0) for sign in signs])
    x = case.act(case.convolve(x, w, case.values((8,), [-0.5] * 8)), "relu")
    return case.convolve(x, case.normal((2, 8, 1, 1)))


def many_dead(case: RangeCase) -> Value:
    x = case.convolve(case.samples_of(3, 4, 5), case.normal((40, 3, 3, 3)))
    case.fires, case.tolerance = [PRUNED], 2e-6
    x = case.normalise(x, [float(i % 3 != 0) for i in range(40)], [-0.1] * 40)
    return case.convolve(case.act(x, "relu"), case.normal((20, 40, 3, 3)))


CASES: Sequence[Callable[[RangeCase], Value]] = (
    relu_of_functions, relu_behind_pools, relu_behind_moves, clips, clamps_merged, rectifiers, other_ops,
    numbers_of_nan, constant_activation, hidden_relu, declared_bounds, dead_by_norm, dead_by_weights, dead_by_bounds, many_dead)

#===------------------------------------------------------------------------===#
# Running
#===------------------------------------------------------------------------===#


def write_inputs(case: RangeCase, folder: pathlib.Path) -> List[str]:
    arguments = []
    for x in case.inputs:
        name, values = x.name[1:], array.array("f")
        low, high = case.bounds.get(name, (None, None))
        count = 1
        for extent in x.shape:
            count *= extent
        for _ in range(count):
            if low is not None:
                values.append(case.rng.choice((low, high)) if case.rng.random() < 0.1
                              else case.rng.uniform(low, high))
            else:
                values.append(case.rng.choice(SPECIAL) if case.rng.random() < 0.1
                              else case.rng.gauss(0.0, 3.0))
        path = folder / f"{name}.raw"
        path.write_bytes(values.tobytes())
        arguments.append(f"--input={name}=@{path}")
    return arguments


def run(command: Sequence[str]) -> str:
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    text = result.stdout.decode(errors="replace")
    if result.returncode:
        sys.exit(f"{' '.join(command)}\n{text}")
    return text


def compute(name: str, cases: Sequence[RangeCase], inputs: Sequence[str], folder: pathlib.Path,
            options: Sequence[str]) -> str:
    """Writes the results of kernels and of the evaluator to NAME-yN.raw and
    reference-NAME-yN.raw, and returns the remarks."""

    def results(prefix: str) -> List[str]:
        return [f"--output=y{case.number}=@{folder}/{prefix}{name}-y{case.number}.raw" for case in cases]

    options = [str(folder / "ranges.mlir"), *options, "--remarks=({})".format("|".join(PASSES))]
    remarks = run(["voxc", *options, "-o", str(folder / f"{name}.so")])
    run(["vox-run", str(folder / f"{name}.so"), *inputs, *results("")])
    graph = str(folder / f"{name}.mlir")
    run(["voxc", *options, "--compile-to=graph", "-o", graph])
    run(["vox-run", graph, "--evaluate=reference", *inputs, *results("reference-")])
    return remarks


def read(path: pathlib.Path) -> array.array:
    values = array.array("f")
    values.frombytes(path.read_bytes())
    return values


def difference(a: array.array, b: array.array) -> float:
    """0 where all are equal (0 and -0 are), else the greatest difference as a
    share of the greatest element."""
    if len(a) != len(b):
        return float("inf")
    worst = 0.0
    for x, y in zip(a, b):
        if x != y and not (x != x and y != y):
            worst = max(worst, abs(x - y)) if abs(x - y) < float("inf") else float("inf")
    return worst / max(max(map(abs, a)), 1e-30) if worst else 0.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--samples", type=int, default=1000)
    arguments = parser.parse_args()
    folder = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    cases = []
    for number, build in enumerate(CASES):
        case = RangeCase(number, build.__name__, arguments.samples)
        case.result = build(case)
        cases.append(case)
    (folder / "ranges.mlir").write_text(module_text(cases))
    inputs = [text for case in cases for text in write_inputs(case, folder)]
    bounds = [f"--input-range={name}:{low}:{high}" for case in cases for name, (low, high) in case.bounds.items()]

    # What recognition would make of a maximum with 0 is a relu.
    disable = "--disable-pass=vox-recognize-activations"
    remarks = compute("with", cases, inputs, folder, [*bounds, disable])
    compute("without", cases, inputs, folder, [",".join([disable, *PASSES])])

    failed = 0
    fired = collections.Counter(rule for line in remarks.splitlines() for rule in RULES
                                if rule in line and "not done" not in line)
    wanted = collections.Counter(rule for case in cases for rule in case.fires)
    for rule in RULES:
        if fired[rule] != wanted[rule]:
            failed += 1
            print(f"FAILED: {rule}: fired {fired[rule]} times; expected {wanted[rule]}")
    for case in cases:
        for prefix, tolerance in (("", case.tolerance), ("reference-", 0.0)):
            results = [read(folder / f"{prefix}{name}-y{case.number}.raw") for name in ("with", "without")]
            error = difference(*results)
            if not error <= tolerance or not any(results[0]):
                failed += 1
                print(f"FAILED: {case.text}: {prefix}results differ by {error:.3g}; expected at most {tolerance:.3g}")
    print(f"{2 * len(cases) + len(RULES) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
