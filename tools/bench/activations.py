#===- activations.py - A layer with each activation ------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Writes one layer, a convolution 32 -> 32 of 3x3x3 on 48x48x48 positions, with
each activation behind it, as act_NAME.onnx: what an activation costs that is
fused into a layer, beside what it costs the peers. (test/Performance/
activations.py compares the kernels of Voxc with each other, on the same layer
and alone, and has a goal.) In opset 20, which all peers know; there swish is
written as frameworks export it, x sigmoid(x)."""

import re
import subprocess

import numpy as np
import onnx
from onnx import helper

from layers import make_model
from tool import BIN, BenchError

CHANNELS, EXTENT = 32, 48


def read_table():
    """Of each activation that ONNX has: op and attributes."""
    rows = subprocess.run([BIN / "vox-activations", "--list"], stdout=subprocess.PIPE,
                          text=True, check=True).stdout.splitlines()[1:]
    table = {}
    for row in rows:
        name, _, text = re.split("  +", row)[:3]
        op, _, mode = text.partition(", approximate ")
        if op != "none":
            table[name] = (op, {"approximate": mode} if mode else {})
    return table


def make_layer(name, op, attributes):
    rng = np.random.default_rng(1)
    shape = [CHANNELS, CHANNELS, 3, 3, 3]
    values = {
        "weights": rng.standard_normal(shape) / np.sqrt(np.prod(shape[1:])),
        "bias": rng.normal(0, 0.1, CHANNELS),
    }
    operands = ["c"]
    if op == "PRelu":
        values["slope"] = rng.uniform(0, 0.5, [CHANNELS, 1, 1, 1])
        operands.append("slope")
    if op == "Clip":  # as ReLU6
        values.update(low=np.array(0), high=np.array(6))
        operands += ["low", "high"]
    nodes = [
        helper.make_node("Conv", ["x", "weights", "bias"], ["c"], "conv",
                         pads=[1] * 6),
        helper.make_node("Sigmoid" if op == "Swish" else op, operands,
                         ["s" if op == "Swish" else "y"], name, **attributes),
    ]
    if op == "Swish":
        nodes.append(helper.make_node("Mul", ["c", "s"], ["y"], "gate"))
    extents = [1, CHANNELS] + [EXTENT] * 3
    return make_model(nodes, name, extents, extents, values, opset=20, ir_version=9)


def write(folder, names):
    """Writes the layers with the activations `names`, or with all of them;
    returns the files."""
    table = read_table()
    for name in names:
        if name not in table:
            raise BenchError(f"--activations: '{name}' is unknown; expected "
                             f"{', '.join(table)}")
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name in names or table:
        files.append(folder / f"act_{name}.onnx")
        onnx.save(make_layer(name, *table[name]), files[-1])
    return files
