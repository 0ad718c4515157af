#===- position_shapes.py - Shape rules of gathers, scatters and sorts ------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Shape rules of the ops that take or give positions in other operands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Dict, Sequence

from node import Invalid, Node, Shape, Shapes, axis_of

if TYPE_CHECKING:
    from graph import Graph


def _check_positions(graph: Graph, name: str, extents: Sequence[int]) -> None:
    """Raises Invalid for a position outside. Positions follow each other, one
    per extent."""
    for i, value in enumerate(graph.ints(name)):
        if not -extents[i % len(extents)] <= value < extents[i % len(extents)]:
            raise Invalid("a position outside")


def gather(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    data, indices = shapes
    axis = axis_of(node.attributes.get("axis", 0), len(data))
    _check_positions(graph, node.inputs[1], data[axis:axis + 1])
    return data[:axis] + indices + data[axis + 1:]


def _along(graph: Graph, node: Node, shapes: Shapes) -> int:
    data, indices = shapes[:2]
    axis = axis_of(node.attributes.get("axis", 0), len(data))
    if len(indices) != len(data) or any(i > e for d, (i, e) in enumerate(zip(indices, data)) if d != axis):
        raise Invalid("indices larger than the data")
    _check_positions(graph, node.inputs[1], data[axis:axis + 1])
    return axis


def gather_elements(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    _along(graph, node, shapes)
    return shapes[1]


def scatter_elements(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    """Without a reduction no two updates may meet, of which here is looked at
    those of one line."""
    axis = _along(graph, node, shapes)
    data, indices, updates = shapes
    if updates != indices:
        raise Invalid("updates")
    if node.attributes.get("reduction", "none") == "none":
        inner, count = math.prod(indices[axis + 1:]), indices[axis]
        values = [v % data[axis] for v in graph.ints(node.inputs[1])]
        lines: Dict[int, set] = {}
        for i, value in enumerate(values):
            lines.setdefault(i // (count * inner) * inner + i % inner, set()).add(value)
        if any(len(line) < count for line in lines.values()):
            raise Invalid("two updates of one element")
    return data


def gather_nd(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    data, indices = shapes[:2]
    batch_dims = node.attributes.get("batch_dims", 0)
    if not indices or batch_dims >= min(len(data), len(indices)) or \
            data[:batch_dims] != indices[:batch_dims]:
        raise Invalid("batch_dims")
    listed = data[batch_dims:batch_dims + indices[-1]]
    if len(listed) != indices[-1]:
        raise Invalid("longer tuples than there are dimensions")
    _check_positions(graph, node.inputs[1], listed)
    return indices[:-1] + data[batch_dims + len(listed):]


def scatter_nd(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    if gather_nd(graph, node, shapes) != shapes[2]:
        raise Invalid("updates")
    if node.attributes.get("reduction", "none") == "none" and math.prod(shapes[1][:-1]) > 1:
        raise Invalid("perhaps two updates of one element")
    return shapes[0]


def top_k(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    shape = list(shapes[0])
    axis, k = axis_of(node.attributes.get("axis", -1), len(shape)), graph.ints(node.inputs[1])[0]
    if k > shape[axis]:
        raise Invalid("k")
    shape[axis] = k
    return tuple(shape)


def one_hot(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    axis = axis_of(node.attributes.get("axis", -1), len(shapes[0]) + 1)
    return shapes[0][:axis] + (graph.ints(node.inputs[1])[0],) + shapes[0][axis:]
