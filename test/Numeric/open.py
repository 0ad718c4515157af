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
import pathlib
import random
import subprocess
import sys


class Network:
    """Nodes and weights as text; 2-D convolutions unless `spatial` says else."""

    def __init__(self, inputs, outputs, spatial=2):
        self.inputs, self.outputs, self.spatial = inputs, outputs, spatial
        self.weights, self.nodes = [], []
        self.random = random.Random(str(inputs))

    def node(self, result, text):
        self.nodes.append(f"  [{result}] {result} = {text}")

    def weight(self, name, shape, scale):
        count = 1
        for extent in shape:
            count *= extent
        values = ", ".join(f"{self.random.gauss(0, scale):.6f}" for _ in range(count))
        self.weights.append(f"float[{','.join(map(str, shape))}] {name} = {{{values}}}")

    def conv(self, result, x, inputs, outputs, kernel=3, stride=1, group=1, op="Conv"):
        shape = (outputs, inputs // group) if op == "Conv" else (inputs, outputs // group)
        terms = inputs // group * kernel ** self.spatial
        self.weight(f"w_{result}", shape + (kernel,) * self.spatial, terms ** -0.5)
        self.weight(f"b_{result}", (outputs,), 0.1)
        pad = kernel // 2 if op == "Conv" else 0

        def repeat(value, times=1):
            return f"[{','.join([str(value)] * (times * self.spatial))}]"
        self.node(result, f"{op} <kernel_shape={repeat(kernel)}, strides={repeat(stride)}, "
                          f"pads={repeat(pad, 2)}, group={group}> ({x}, w_{result}, b_{result})")

    def text(self):
        weights = ", ".join(self.weights)
        return (f'<ir_version: 8, opset_import: ["" : 17]>\n'
                f"net ({self.inputs}) => ({self.outputs})\n"
                f"<{weights}>\n{{\n" + "\n".join(self.nodes) + "\n}\n")


def chain():
    """Convolutions in blocks, strided, by channel, with a sum of two branches."""
    net = Network("float[N,3,H,W] x", "float[a,b,c,d] y")
    net.conv("first", "x", 3, 16)
    net.node("r1", "Relu (first)")
    net.conv("second", "r1", 16, 32, stride=2)
    net.node("r2", "Relu (second)")
    net.conv("each", "r2", 32, 32, group=32)
    net.conv("point", "each", 32, 32, kernel=1)
    net.node("sum", "Add (point, r2)")
    net.node("y", "Relu (sum)")
    return net


def unet():
    net = Network("float[1,2,H,W] x", "float[a,b,c,d] y")
    net.conv("down", "x", 2, 16)
    net.node("r1", "Relu (down)")
    net.node("pool", "MaxPool <kernel_shape=[2,2], strides=[2,2]> (r1)")
    net.conv("deep", "pool", 16, 32)
    net.node("r2", "Relu (deep)")
    net.conv("up", "r2", 32, 16, kernel=2, stride=2, op="ConvTranspose")
    net.node("join", "Concat <axis=1> (up, r1)")
    net.conv("out", "join", 32, 3)
    net.node("y", "Softmax <axis=1> (out)")
    return net


def classifier():
    net = Network("float[N,1,H,W] x", "float[a,b] y")
    net.conv("first", "x", 1, 8)
    net.node("r", "Relu (first)")
    net.node("pool", "AveragePool <kernel_shape=[3,3], strides=[2,2], pads=[1,1,1,1]> (r)")
    net.conv("second", "pool", 8, 24)
    net.node("all", "GlobalAveragePool (second)")
    net.node("flat", "Flatten (all)")
    net.weight("w", (10, 24), 24 ** -0.5)
    net.node("dense", "Gemm <transB=1> (flat, w)")
    net.node("y", "Softmax <axis=1> (dense)")
    return net


def volume():
    net = Network("float[1,1,D,H,W] x, float[1,1,D,H,W] z", "float[a,b,c,d,e] y", spatial=3)
    net.node("sum", "Add (x, z)")
    net.conv("first", "sum", 1, 8)
    net.node("r", "Relu (first)")
    net.conv("second", "r", 8, 8, stride=2)
    net.node("y", "Sigmoid (second)")
    return net


#: A network, its inputs' least and greatest shapes, and what it is run at.
CASES = {
    "chain": (chain, "x:{}x3x{}x{}", (1, 9, 9), (3, 40, 56),
              [(2, 17, 23), (1, 10, 55), (3, 39, 9)]),
    "unet": (unet, "x:1x2x{}x{}", (8, 8), (32, 48), [(16, 24), (8, 48), (30, 10)]),
    "classifier": (classifier, "x:{}x1x{}x{}", (1, 7, 7), (8, 28, 28),
                   [(3, 28, 28), (8, 7, 7), (1, 13, 21), (5, 20, 8)]),
    "volume": (volume, "x:1x1x{0}x{1}x{2},z:1x1x{0}x{1}x{2}", (3, 4, 5), (12, 16, 20),
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
    build, shapes, least, greatest, between = CASES[name]
    source, library = folder / f"{name}.onnxtxt", folder / f"{name}.so"
    source.write_text(build().text())
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
        for name, (build, *_) in CASES.items():
            (options.folder / f"{name}.onnxtxt").write_text(build().text())
        return 0
    passed = failed = 0
    for name in options.only or CASES:
        good, bad = check(name, options.folder, options.argument)
        passed, failed = passed + good, failed + bad
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
