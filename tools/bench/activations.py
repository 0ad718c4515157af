#===- activations.py - A layer with each activation ------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Writes one layer, a convolution 32 -> 32 of 3x3x3 on 48x48x48 positions, with
each activation behind it, as act_NAME.onnx: what an activation costs that is
fused into a layer. In opset 20, which all peers know; there swish is written as
frameworks export it, x sigmoid(x)."""

import numpy as np
import onnx
from onnx import helper

from layers import make_model
from tool import BenchError

CHANNELS, EXTENT = 32, 48

# Name: ONNX op and attributes.
ACTIVATIONS = {
    "identity": ("Identity", {}),
    "relu": ("Relu", {}),
    "leaky_relu": ("LeakyRelu", {}),
    "prelu": ("PRelu", {}),
    "relu6": ("Clip", {}),
    "thresholded_relu": ("ThresholdedRelu", {}),
    "hard_sigmoid": ("HardSigmoid", {}),
    "hard_swish": ("HardSwish", {}),
    "elu": ("Elu", {}),
    "celu": ("Celu", {}),
    "selu": ("Selu", {}),
    "sigmoid": ("Sigmoid", {}),
    "tanh": ("Tanh", {}),
    "softplus": ("Softplus", {}),
    "softsign": ("Softsign", {}),
    "swish": ("Sigmoid", {}),
    "mish": ("Mish", {}),
    "gelu": ("Gelu", {}),
    "gelu_tanh": ("Gelu", {"approximate": "tanh"}),
}


def make_layer(name):
    op, attributes = ACTIVATIONS[name]
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
    if op == "Clip":
        values.update(low=np.array(0), high=np.array(6))
        operands += ["low", "high"]
    nodes = [
        helper.make_node("Conv", ["x", "weights", "bias"], ["c"], "conv",
                         pads=[1] * 6),
        helper.make_node(op, operands, ["s" if name == "swish" else "y"], name,
                         **attributes),
    ]
    if name == "swish":
        nodes.append(helper.make_node("Mul", ["c", "s"], ["y"], "gate"))
    extents = [1, CHANNELS] + [EXTENT] * 3
    return make_model(nodes, name, extents, extents, values, opset=20, ir_version=9)


def write(folder, names):
    """Writes the layers with the activations `names`, or with all of them;
    returns the files."""
    for name in names:
        if name not in ACTIVATIONS:
            raise BenchError(f"--activations: '{name}' is unknown; expected "
                             f"{', '.join(ACTIVATIONS)}")
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name in names or ACTIVATIONS:
        files.append(folder / f"act_{name}.onnx")
        onnx.save(make_layer(name), files[-1])
    return files
