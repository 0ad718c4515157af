#===- shrink.py - Smaller graphs that still fail ---------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Greedy reduction: try simpler graphs, keep the first that fails in the same
way, begin again, until none does or the time is up.

Big steps come first: one output only, values cut off from what computes them
(they become inputs), nodes bypassed; then extents, then attributes at their
defaults.
"""

from __future__ import annotations

import copy
import dataclasses
import time
from typing import Callable, Iterator

from graph import Graph
from node import Invalid, Shape

#: Changes a copy of the graph in place.
Step = Callable[[Graph], object]


def steps(graph: Graph) -> Iterator[Step]:
    """Changes that make `graph` simpler; some may leave it invalid."""
    shapes = graph.infer()
    if len(graph.outputs) > 1:
        for output in graph.outputs:
            yield lambda g, o=output: setattr(g, "outputs", [o])
    for node in reversed(graph.nodes if len(graph.nodes) > 1 else []):
        yield lambda g, n=node.output: _make_input(g, n, shapes[n])
    for node in graph.nodes:
        for source in node.inputs:
            if shapes.get(source) == shapes[node.output] and source not in graph.initializers:
                yield lambda g, n=node.output, s=source: _bypass(g, n, s)
                break
    for node in graph.nodes:
        if node.output not in graph.outputs:
            yield lambda g, n=node.output: setattr(g, "outputs", [n])
    for name, shape in graph.inputs.items():
        for i, extent in enumerate(shape):
            for smaller in sorted({1, extent // 2, extent - 1}):
                if 0 < smaller < extent:
                    new = shape[:i] + (smaller,) + shape[i + 1:]
                    yield lambda g, n=name, s=new: g.inputs.update({n: s})
    for i, node in enumerate(graph.nodes):
        for attribute in node.attributes:
            yield lambda g, i=i, a=attribute: g.nodes[i].attributes.pop(a)
        if node.op in ("Conv", "Gemm") and len(node.inputs) == 3:
            yield lambda g, i=i: g.nodes[i].inputs.pop()
    for name, initializer in graph.initializers.items():
        if initializer.node or initializer.overridable:
            yield lambda g, n=name: _make_plain(g, n)


def shrink(graph: Graph, fails: Callable[[Graph], bool], seconds: float) -> Graph:
    """The smallest graph found for which `fails` holds; it holds for `graph`."""
    end = time.monotonic() + seconds
    progress = True
    while progress:
        progress = False
        for step in steps(graph):
            if time.monotonic() > end:
                return graph
            candidate = copy.deepcopy(graph)
            try:
                step(candidate)
                candidate.prune()
                candidate.infer()
                candidate.types()
            except (Invalid, KeyError, IndexError, ZeroDivisionError):
                continue  # that step makes no valid graph
            if candidate.nodes and fails(candidate):
                graph, progress = candidate, True
                break
    return graph


def _make_input(graph: Graph, name: str, shape: Shape) -> None:
    if graph.types()[name] != "float":
        raise Invalid("graph inputs are floats")
    graph.nodes = [n for n in graph.nodes if n.output != name]
    graph.inputs[name] = shape
    graph.outputs = [o for o in graph.outputs if o != name] or [graph.nodes[-1].output]


def _bypass(graph: Graph, name: str, source: str) -> None:
    """Users of `name` read `source` instead."""
    graph.nodes = [
        dataclasses.replace(n, inputs=[source if i == name else i for i in n.inputs])
        for n in graph.nodes if n.output != name]
    if name in graph.outputs and source in graph.inputs:
        raise Invalid("an input would become an output")
    outputs = [source if o == name else o for o in graph.outputs]
    graph.outputs = list(dict.fromkeys(outputs))


def _make_plain(graph: Graph, name: str) -> None:
    graph.initializers[name].node = False
    graph.initializers[name].overridable = False
