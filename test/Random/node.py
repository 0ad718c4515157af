#===- node.py - What graphs are made of ------------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Values that are known, nodes, shapes, and the error of a graph that breaks a
rule."""

from __future__ import annotations

import dataclasses
from typing import Dict, List, Tuple, Union

Shape = Tuple[int, ...]
Shapes = List[Shape]


class Invalid(Exception):
    """The graph breaks a rule of ONNX."""


@dataclasses.dataclass
class Initializer:
    shape: Shape
    values: List[float]
    type: str = "float"
    #: Also a graph input, whose value the caller may override.
    overridable: bool = False
    #: Written as a Constant node instead of an initializer.
    node: bool = False


#: An Initializer stands for a tensor.
Attribute = Union[int, float, str, List[int], List[float], Initializer]


@dataclasses.dataclass
class Node:
    op: str
    #: Names of values; "" leaves an optional input out.
    inputs: List[str]
    output: str
    attributes: Dict[str, Attribute] = dataclasses.field(default_factory=dict)
    #: Which of the op's results `output` is. The others have no use.
    slot: int = 0
    #: How many results the op has; 0 stands for those up to `output`.
    results: int = 0


def broadcast(a: Shape, b: Shape) -> Shape:
    """numpy's rule: aligned at the end, extents of 1 are repeated."""
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    for x, y in zip(a, b):
        if x != y and 1 not in (x, y):
            raise Invalid(f"{a} and {b} can't be broadcast together")
    return tuple(max(x, y) for x, y in zip(a, b))


def axis_of(axis: int, rank: int) -> int:
    if not -rank <= axis < rank:
        raise Invalid(f"axis {axis} of rank {rank}")
    return axis % rank
