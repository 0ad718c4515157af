#!/usr/bin/env python3
#===- open.py - Networks whose inputs have any size within bounds ----------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Compiles networks once with open extents, runs them at several sizes and
compares with the float64 evaluator, which sees the network at each size alone.

    open.py FOLDER [--argument=FLAG ...]
    open.py FOLDER --write      only write the networks there

The flags are voxc's. The last line is `N passed, N failed`."""

import argparse
import math
import pathlib
import random
import subprocess
import sys


def conv(result, x, inputs, outputs, kernel=3, stride=1, group=1, op="Conv", spatial=2):
    """A node with weights and a bias of its own, and their shapes and deviations."""
    shape = (outputs, inputs // group) if op == "Conv" else (inputs, outputs // group)
    terms = inputs // group * kernel ** spatial
    pad = kernel // 2 if op == "Conv" else 0

    def repeat(value, times=1):
        return f"[{','.join([str(value)] * (times * spatial))}]"
    node = (f"{result} = {op} <kernel_shape={repeat(kernel)}, strides={repeat(stride)}, "
            f"pads={repeat(pad, 2)}, group={group}> ({x}, w_{result}, b_{result})")
    return node, {f"w_{result}": (shape + (kernel,) * spatial, terms ** -0.5),
                  f"b_{result}": ((outputs,), 0.1)}


def network(inputs, outputs, *steps):
    """The text of a network. A step is a node, or a node and what it multiplies by."""
    rng = random.Random(inputs)
    nodes, weights = [], []
    for step in steps:
        node, drawn = (step, {}) if isinstance(step, str) else step
        nodes.append(f"  [{node.split(' = ')[0]}] {node}")
        for name, (shape, deviation) in drawn.items():
            values = ", ".join(f"{rng.gauss(0, deviation):.6f}" for _ in range(math.prod(shape)))
            weights.append(f"float[{','.join(map(str, shape))}] {name} = {{{values}}}")
    return (f'<ir_version: 8, opset_import: ["" : 17]>\n'
            f"net ({inputs}) => ({outputs})\n"
            f"<{', '.join(weights)}>\n{{\n" + "\n".join(nodes) + "\n}\n")


# Convolutions in blocks, strided, by channel, with a sum of two branches.
CHAIN = network(
    "float[N,3,H,W] x", "float[a,b,c,d] y",
    conv("first", "x", 3, 16), "r1 = Relu (first)",
    conv("second", "r1", 16, 32, stride=2), "r2 = Relu (second)",
    conv("each", "r2", 32, 32, group=32),
    conv("point", "each", 32, 32, kernel=1),
    "sum = Add (point, r2)", "y = Relu (sum)")
UNET = network(
    "float[1,2,H,W] x", "float[a,b,c,d] y",
    conv("down", "x", 2, 16), "r1 = Relu (down)",
    "pool = MaxPool <kernel_shape=[2,2], strides=[2,2]> (r1)",
    conv("deep", "pool", 16, 32), "r2 = Relu (deep)",
    conv("up", "r2", 32, 16, kernel=2, stride=2, op="ConvTranspose"),
    "join = Concat <axis=1> (up, r1)",
    conv("out", "join", 32, 3), "y = Softmax <axis=1> (out)")
CLASSIFIER = network(
    "float[N,1,H,W] x", "float[a,b] y",
    conv("first", "x", 1, 8), "r = Relu (first)",
    "pool = AveragePool <kernel_shape=[3,3], strides=[2,2], pads=[1,1,1,1]> (r)",
    conv("second", "pool", 8, 24),
    "all = GlobalAveragePool (second)", "flat = Flatten (all)",
    ("dense = Gemm <transB=1> (flat, w)", {"w": ((10, 24), 24 ** -0.5)}),
    "y = Softmax <axis=1> (dense)")
VOLUME = network(
    "float[1,1,D,H,W] x, float[1,1,D,H,W] z", "float[a,b,c,d,e] y",
    "sum = Add (x, z)",
    conv("first", "sum", 1, 8, spatial=3), "r = Relu (first)",
    conv("second", "r", 8, 8, stride=2, spatial=3), "y = Sigmoid (second)")

#: A network, its inputs' least and greatest shapes, and what it is run at.
CASES = {
    "chain": (CHAIN, "x:{}x3x{}x{}", (1, 9, 9), (3, 40, 56),
              [(2, 17, 23), (1, 10, 55), (3, 39, 9)]),
    "unet": (UNET, "x:1x2x{}x{}", (8, 8), (32, 48), [(16, 24), (8, 48), (30, 10)]),
    "classifier": (CLASSIFIER, "x:{}x1x{}x{}", (1, 7, 7), (8, 28, 28),
                   [(3, 28, 28), (8, 7, 7), (1, 13, 21), (5, 20, 8)]),
    "volume": (VOLUME, "x:1x1x{0}x{1}x{2},z:1x1x{0}x{1}x{2}", (3, 4, 5), (12, 16, 20),
               [(5, 16, 5), (12, 7, 19), (4, 5, 6)]),
}


def run(*command):
    try:
        done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace",
                              check=False, timeout=300)
    except subprocess.TimeoutExpired:
        return -1, "it takes more than 300 s"
    return done.returncode, done.stdout


def check(name, folder, arguments):
    """Runs of one network: passed and failed."""
    text, shapes, least, greatest, between = CASES[name]
    source, library = folder / f"{name}.onnxtxt", folder / f"{name}.so"
    source.write_text(text)
    code, output = run("voxc", source, "-o", library, f"--minShapes={shapes.format(*least)}",
                       f"--maxShapes={shapes.format(*greatest)}", *arguments)
    if code:
        print(f"FAILED: {name} is not compiled:\n{output}")
        return 0, 1
    failed = 0
    sizes = [least, greatest, *between]
    for size in sizes:
        code, output = run("vox-run", library, f"--source={source}", "--verify=reference",
                           f"--shapes={shapes.format(*size)}")
        if code or "ok\n" not in output:
            failed += 1
            print(f"FAILED: {name} at {size}, exit code {code}:\n{output}")
    return len(sizes) - failed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--argument", action="append", default=[])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", choices=CASES, action="append")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.write:
        for name, (text, *_) in CASES.items():
            (options.folder / f"{name}.onnxtxt").write_text(text)
        return 0
    passed = failed = 0
    for name in options.only or CASES:
        good, bad = check(name, options.folder, options.argument)
        passed, failed = passed + good, failed + bad
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
