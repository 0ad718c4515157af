#===- graph.py - Small ONNX graphs, their shapes and their text ------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Graphs as the generator makes them and the shrinker takes them apart.

A graph is plain data. `Graph.infer` gives every value's shape (shapes.py), and
raises `Invalid` for what ONNX does not allow. `Graph.text` writes ONNX's text
syntax (https://onnx.ai/onnx/repo-docs/Syntax.html).
"""

from __future__ import annotations

import dataclasses
from typing import Dict, List, Mapping, Optional, Sequence, Union

from element_types import type_of
from node import Attribute, Initializer, Invalid, Node, Shape
from shapes import RULES

#: Extents, or names of extents that are open.
Dims = Sequence[Union[int, str]]


@dataclasses.dataclass
class Graph:
    opset: int
    inputs: Dict[str, Shape] = dataclasses.field(default_factory=dict)
    initializers: Dict[str, Initializer] = dataclasses.field(default_factory=dict)
    nodes: List[Node] = dataclasses.field(default_factory=list)
    outputs: List[str] = dataclasses.field(default_factory=list)

    def infer(self) -> Dict[str, Shape]:
        """The shape of every value."""
        shapes: Dict[str, Shape] = dict(self.inputs)
        for name, initializer in self.initializers.items():
            shapes[name] = initializer.shape
        for node in self.nodes:
            shapes[node.output] = self.infer_node(node, shapes)
        return shapes

    def infer_node(self, node: Node, shapes: Dict[str, Shape]) -> Shape:
        shape = RULES[node.op](self, node, [shapes[i] for i in node.inputs if i])
        if any(extent < 1 for extent in shape):
            raise Invalid(f"{node.op} gives the empty shape {shape}")
        return shape

    def types(self) -> Dict[str, str]:
        """The element type of every value; graph inputs are floats."""
        types = {name: "float" for name in self.inputs}
        types.update((name, i.type) for name, i in self.initializers.items())
        for node in self.nodes:
            types[node.output] = type_of(node, types)
        return types

    def ints(self, name: str) -> List[int]:
        """The values of an integer initializer."""
        return [int(value) for value in self.initializers[name].values]

    def prune(self) -> None:
        """Removes what no output needs. At least one input stays."""
        needed = set(self.outputs)
        for node in reversed(self.nodes):
            if node.output in needed:
                needed.update(node.inputs)
        self.nodes = [n for n in self.nodes if n.output in needed]
        self.initializers = {n: i for n, i in self.initializers.items() if n in needed}
        used = {n: s for n, s in self.inputs.items() if n in needed}
        self.inputs = used or dict(list(self.inputs.items())[:1])

    def text(self, declared: Optional[Mapping[str, Dims]] = None) -> str:
        """In ONNX's syntax; `declared` has the shapes of inputs and outputs that
        are to be written in another way."""
        shapes: Dict[str, Dims] = {**self.infer(), **(declared or {})}
        types = self.types()
        plain, inputs, constants = [], [], []
        for name in self.inputs:
            inputs.append(f"{_type('float', shapes[name])} {_quote(name)}")
        for name, initializer in self.initializers.items():
            kind = _type(initializer.type, initializer.shape)
            values = _values(initializer)
            if initializer.node:
                constants.append(f"  {_quote(name)} = Constant <value = {kind} {values}> ()")
            elif initializer.overridable:
                inputs.append(f"{kind} {_quote(name)} = {values}")
            else:
                plain.append(f"{kind} {_quote(name)} = {values}")
        outputs = [f"{_type(types[n], shapes[n])} {_quote(n)}" for n in self.outputs]
        lines = [
            f'<ir_version: 10, opset_import: ["" : {self.opset}]>',
            f"random ({', '.join(inputs)}) => ({', '.join(outputs)})",
        ]
        if plain:
            lines.append("<" + ",\n ".join(plain) + ">")
        lines.append("{")
        lines += constants
        for number, node in enumerate(self.nodes):
            attributes = ""
            if node.attributes:
                texts = [f"{k} = {_attribute(v)}" for k, v in node.attributes.items()]
                attributes = f" <{', '.join(texts)}>"
            operands = ", ".join(_quote(i) for i in node.inputs)
            results = ", ".join(_quote(node.output if i == node.slot else f"{node.output}.{i}")
                                for i in range(node.results or node.slot + 1))
            lines.append(f'  ["{node.op}_{number}"] {results} = '
                         f"{node.op}{attributes} ({operands})")
        lines.append("}")
        return "\n".join(lines) + "\n"


def _quote(name: str) -> str:
    return f'"{name}"'


def _type(kind: str, shape: Dims) -> str:
    return f"{kind}[{','.join(map(str, shape))}]" if shape else kind


def _number(value: float, kind: str) -> str:
    return str(int(value)) if kind != "float" else f"{value:.6g}"


def _values(tensor: Initializer) -> str:
    return f"{{{', '.join(_number(v, tensor.type) for v in tensor.values)}}}"


def _attribute(value: Attribute) -> str:
    if isinstance(value, Initializer):
        return f"{_type(value.type, value.shape)} {_values(value)}"
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, list):  # of integers or of floats
        return f"[{', '.join(map(str, value))}]"
    return repr(value)  # a float keeps its point, which tells it from an int
