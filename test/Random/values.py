#===- values.py - The values of a random graph under construction ----------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""What a generator knows of the values made so far, and how it adds nodes."""

from __future__ import annotations

import math
import random
from typing import Callable, Dict, List, Sequence

from element_types import LOGIC, MOVES, RELATIONS, type_of
from graph import Graph
from node import Attribute, Initializer, Invalid, Node, Shape

#: Around the widths of vectors (4, 8, 16) and of nothing in particular.
CHANNELS = (1, 2, 3, 4, 5, 7, 8, 12, 16, 17, 24, 32, 33)
#: Before and after each change in how an op passes its parameters.
OPSETS = (9, 10, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28)

#: Bounds that keep one graph below about a second in the float64 evaluator.
MAX_ELEMENTS = 12000
MAX_WEIGHTS = 12000
MAX_PRODUCTS = 4_000_000
MAX_RANK = 5
MAX_SCALE = 30.0

#: Ops whose results have the same value in any precision if their inputs do.
EXACT = LOGIC + MOVES + RELATIONS + (
    "Abs", "ArgMax", "ArgMin", "Cast", "CastLike", "Ceil", "Clip", "ConstantOfShape", "EyeLike", "Floor",
    "Hardmax", "IsInf", "IsNaN", "Max", "MaxPool", "Min", "Mod", "Neg", "OneHot", "ReduceMax", "ReduceMin",
    "Relu", "Round", "Shape", "Sign", "Size", "ThresholdedRelu", "TopK", "Where")


class Values:
    """A graph with what is known of its values."""

    def __init__(self, seed: int):
        self.rng = random.Random(f"voxc random graph {seed}")
        self.graph = Graph(opset=self.rng.choice(OPSETS))
        self.shapes: Dict[str, Shape] = {}
        self.scale: Dict[str, float] = {}
        self.values: List[str] = []
        self.types: Dict[str, str] = {}
        #: What has no rounding error: an error as small as one likes could
        #: change a maximum's position or an integer.
        self.exact: set = set()
        self.pattern = self.rng.choices(
            ("v{}", "layer/{}:0", "7.{}", "sum {}"), (85, 5, 5, 5))[0]

    def name(self) -> str:
        taken = len(self.values) + len(self.graph.initializers)
        return self.pattern.format(taken)

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def add_input(self) -> None:
        rng = self.rng
        rank = rng.choices((1, 2, 3, 4, 5), (1, 2, 4, 8, 8))[0]
        shape = (rng.choice((1, 1, 2, 3)), rng.choice(CHANNELS))[:rank]
        most = {3: 9, 4: 9, 5: 6}.get(rank, 0)
        shape += tuple(rng.randint(1, most) for _ in range(rank - 2))
        name = f"x{len(self.graph.inputs)}" if self.pattern == "v{}" else self.name()
        self.graph.inputs[name] = shape
        self.record(name, shape, 1.0, "float", exact=True)

    def record(self, name: str, shape: Shape, scale: float, kind: str, exact: bool) -> None:
        self.values.append(name)
        self.shapes[name] = shape
        self.scale[name] = max(scale, 1e-3)
        self.types[name] = kind
        self.exact.discard(name)
        if exact:
            self.exact.add(name)

    def pick(self, accept: Callable[[Shape], bool] = lambda _: True,
             deep: float = 0.3, exact: bool = False) -> str:
        """A float value whose shape is accepted: the latest, or, with
        probability `deep`, any one."""
        fitting = [v for v in self.values if self.types[v] == "float" and
                   accept(self.shapes[v]) and (not exact or v in self.exact)]
        if not fitting:
            raise Invalid("no value fits")
        return self.rng.choice(fitting) if self.chance(deep) else fitting[-1]

    def pick_spatial(self) -> str:
        return self.pick(lambda shape: 3 <= len(shape) <= 5)

    def node(self, op: str, inputs: Sequence[str], scale: float, /,
             slot: int = 0, results: int = 0, **attributes: Attribute) -> str:
        node = Node(op, list(inputs), self.name(), attributes, slot, results)
        shapes = {**{n: i.shape for n, i in self.graph.initializers.items()},
                  **self.shapes}
        shape = self.graph.infer_node(node, shapes)
        if math.prod(shape) > MAX_ELEMENTS or len(shape) > MAX_RANK or scale > MAX_SCALE:
            raise Invalid("too large")
        types = {**{n: i.type for n, i in self.graph.initializers.items()}, **self.types}
        kind = type_of(node, types)
        linear = attributes.get("mode") in ("linear", "cubic") or attributes.get("reduction") == "add"
        exact = op in EXACT and not linear and all(
            not i or i in self.exact or
            (i in self.graph.initializers and not self.is_overridable(i)) for i in inputs)
        self.graph.nodes.append(node)
        self.record(node.output, shape, scale, kind, exact)
        return node.output

    def constant(self, shape: Shape, purpose: str, draw: Callable[[], float],
                 overridable: bool = False) -> str:
        """A float constant; now and then one that another layer has too."""
        graph = self.graph
        shared = [n for n, i in graph.initializers.items()
                  if i.shape == shape and n.startswith(purpose + ":")]
        if shared and self.chance(0.2):
            return self.rng.choice(shared)
        name = f"{purpose}:{len(graph.initializers)}.{len(self.values)}"
        count = math.prod(shape)
        if count > MAX_WEIGHTS:
            raise Invalid("too many weights")
        # What vox-run fills with random numbers must not divide anything.
        overridable = overridable and self.chance(0.02)
        graph.initializers[name] = Initializer(
            shape, [draw() for _ in range(count)], overridable=overridable,
            node=not overridable and self.chance(0.05))
        return name

    def integers(self, values: Sequence[int]) -> str:
        name = f"i.{len(self.graph.initializers)}.{len(self.values)}"
        self.graph.initializers[name] = Initializer(
            (len(values),), list(values), type="int64", node=self.chance(0.2))
        return name

    def scalar(self, value: float) -> str:
        return self.constant((), f"s{value}", lambda: value)

    def normal(self, deviation: float) -> Callable[[], float]:
        return lambda: self.rng.gauss(0.0, deviation)

    def signed(self, low: float, high: float) -> Callable[[], float]:
        """Between `low` and `high`, one in five negative."""
        return lambda: self.rng.uniform(low, high) * (-1 if self.chance(0.2) else 1)

    def is_overridable(self, name: str) -> bool:
        found = self.graph.initializers.get(name)
        return found is not None and found.overridable

    def broadcastable(self, shape: Shape) -> Shape:
        """A shape that can be broadcast with `shape`: full, per channel, a
        scalar, fewer dimensions, or ones anywhere."""
        choice = self.rng.randrange(5)
        if choice == 0 or not shape:
            return shape
        if choice == 1 and len(shape) >= 2:
            return (shape[1],) + (1,) * (len(shape) - 2)
        if choice == 2:
            return self.rng.choice(((), (1,)))
        if choice == 3:
            return shape[self.rng.randrange(len(shape)):]
        return tuple(self.rng.choice((1, e)) for e in shape)
