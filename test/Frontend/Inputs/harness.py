#===- harness.py - Networks whose results are known, compiled and run ----===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""What the comparisons with numpy share: a network in ONNX's text syntax, of
nodes and the arrays that they should give, and how the two are compared."""

import pathlib
import sys

import numpy as np
import voxc

# numpy computes in float64 what the network does in float32.
TYPES = {"float64": "float", "float32": "float"}


def declare(name, array):
    """`array` as the declaration of an input or output."""
    array = np.asarray(array)
    shape = f"[{','.join(map(str, array.shape))}]" if array.ndim else ""
    return f"{TYPES.get(array.dtype.name, array.dtype.name)}{shape} {name}"


def initialize(name, array):
    """`array` as an initializer."""
    return f"{declare(name, array)} = {{{', '.join(map(str, np.ravel(array).tolist()))}}}"


class Network:
    """Nodes over `inputs`, arrays by name; `constants` are initializers as text."""

    def __init__(self, name, inputs, constants="", opset=28):
        self.name, self.inputs, self.constants, self.opset = name, inputs, constants, opset
        self.nodes = []
        self.results = {}  # by name: the node and the array that it should give

    def add(self, text, **results):
        """Nodes, and what those of their results that are outputs should be."""
        self.nodes.append(text)
        self.results.update((name, (text, value)) for name, value in results.items())

    def add_each(self, cases):
        """Pairs of a node and its only result, which are called y0, y1, ...; where
        there is more to write than one node, its text says where with y{}."""
        for i, (node, value) in enumerate(cases):
            text = node.replace("y{}", f"y{i}") if "y{}" in node else f"[n{i}] y{i} = {node}"
            self.nodes.append(text)
            self.results[f"y{i}"] = node, value

    def text(self):
        inputs = ", ".join(declare(name, array) for name, array in self.inputs.items())
        outputs = ", ".join(declare(name, value) for name, (_, value) in self.results.items())
        nodes = "\n".join(f"  {node}" for node in self.nodes)
        version = 4 if self.opset < 13 else 13
        return (f'<ir_version: {version}, opset_import: ["" : {self.opset}]>\n'
                f"{self.name} ({inputs}) => ({outputs})\n<{self.constants}>\n{{\n{nodes}\n}}\n")

    def run(self, options=(), outputs=None):
        """For each result its name and node, what the network gives and what it should.
        `outputs` has arrays for some of the results."""
        path = pathlib.Path(f"{self.name}.onnxtxt")
        path.write_text(self.text())
        model = voxc.compile(path, threads=1, options=options)
        call = model.bind({info.name: np.asarray(self.inputs[info.name], info.dtype, order="C")
                           for info in model.inputs}, outputs)
        call.run()
        return [(f'"{name}" of {node}', call.outputs[name], np.asarray(value))
                for name, (node, value) in self.results.items()]


def is_right(got, value, rtol, atol):
    """Floats within the tolerance, all else equal, and of the same type and shape."""
    kind = np.dtype(np.float32) if value.dtype.kind == "f" else value.dtype
    if got.shape != value.shape or got.dtype != kind:
        return False
    if value.dtype.kind != "f":
        return np.array_equal(got, value)
    return np.allclose(got, value, rtol=rtol, atol=atol, equal_nan=True)


def check(results, rtol, atol):
    """Prints what is wrong among the results of runs, and ends the program there."""
    wrong = 0
    for title, got, value in results:
        if not is_right(got, value, rtol, atol):
            wrong += 1
            print(f"{title}: got {got.dtype}{list(got.shape)} {got.ravel()[:9]}; "
                  f"expected {list(value.shape)} {value.ravel()[:9]}")
    if wrong:
        sys.exit(f"{wrong} of {len(results)} results are wrong")
