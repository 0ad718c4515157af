#===- layers.py - Writes single layers as ONNX models --------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Writes the bare layers that schedules are measured on, each one a convolution,
batch normalisation and ReLU with random weights, as NAME.onnx."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from tool import BenchError

# Name: input channels, output channels, groups, extents, kernel, stride.
LAYERS = {
    # The layer on which the direct template is held to 85 % of the FMA peak.
    "conv64": (64, 64, 1, (16, 56, 56), (3, 3, 3), 1),
    "conv32": (32, 32, 1, (64, 64, 64), (3, 3, 3), 1),
    "conv128": (128, 128, 1, (8, 28, 28), (3, 3, 3), 1),
    "conv256": (256, 256, 1, (4, 14, 14), (3, 3, 3), 1),
    "stem1": (1, 16, 1, (64, 64, 64), (3, 3, 3), 1),
    "stem3": (3, 64, 1, (16, 112, 112), (3, 7, 7), 2),
    "strided64": (64, 128, 1, (16, 56, 56), (3, 3, 3), 2),
    "pointwise64": (64, 64, 1, (16, 56, 56), (1, 1, 1), 1),
    "depthwise64": (64, 64, 64, (16, 56, 56), (3, 3, 3), 1),
}


def make_model(nodes, name, input_shape, output_shape, values, opset, ir_version):
    """A checked model from "x" to "y", both float, with `values` as weights."""
    graph = helper.make_graph(
        nodes, name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, input_shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, output_shape)],
        [numpy_helper.from_array(value.astype(np.float32), key)
         for key, value in values.items()])
    model = helper.make_model(
        graph, producer_name="voxc",
        opset_imports=[helper.make_opsetid("", opset)], ir_version=ir_version)
    onnx.checker.check_model(model, full_check=True)
    return model


def make_layer(name, cin, cout, groups, extents, kernel, stride):
    rng = np.random.default_rng(1)
    fan_in = cin // groups * int(np.prod(kernel))
    weights = rng.standard_normal((cout, cin // groups, *kernel)) / np.sqrt(fan_in)
    values = {
        "weights": weights,
        "scale": rng.uniform(0.5, 1.5, cout),
        "shift": rng.normal(0, 0.1, cout),
        "mean": rng.normal(0, 0.1, cout),
        "variance": rng.uniform(0.5, 1.5, cout),
    }
    pads = [k // 2 for k in kernel]
    nodes = [
        helper.make_node("Conv", ["x", "weights"], ["c"], "conv", pads=pads * 2,
                         strides=[stride] * len(kernel), group=groups),
        helper.make_node("BatchNormalization",
                         ["c", "scale", "shift", "mean", "variance"], ["n"],
                         "norm"),
        helper.make_node("Relu", ["n"], ["y"], "relu"),
    ]
    result = [(e + 2 * p - k) // stride + 1
              for e, p, k in zip(extents, pads, kernel)]
    return make_model(nodes, name, [1, cin, *extents], [1, cout, *result], values,
                      opset=17, ir_version=8)


def write(folder, names):
    """Writes the layers called `names`, or all of them; returns the files."""
    for name in names:
        if name not in LAYERS:
            raise BenchError(f"--layers: '{name}' is unknown; expected "
                             f"{', '.join(LAYERS)}")
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name in names or LAYERS:
        files.append(folder / f"{name}.onnx")
        onnx.save(make_layer(name, *LAYERS[name]), files[-1])
    return files
