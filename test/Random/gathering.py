#===- gathering.py - Random layers that take and compare positions ---------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Gathers, scatters, top k, and what is built of positions."""

from __future__ import annotations

import math
from typing import Dict, List, Optional, Sequence

from element_types import TYPES
from moving import MovingLayers
from node import Attribute, Initializer, Invalid, Shape


class GatheringLayers(MovingLayers):
    """Layers whose operands are positions in other operands."""

    def positions(self, shape: Sequence[int], values: Sequence[int]) -> str:
        name = f"p.{len(self.graph.initializers)}.{len(self.values)}"
        kind = self.rng.choice(("int32", "int64"))
        self.graph.initializers[name] = Initializer(tuple(shape), list(values), type=kind,
                                                    node=self.chance(0.2))
        return name

    def position(self, extent: int) -> int:
        return self.rng.randrange(-extent, extent)

    def axis(self, shape: Shape, attributes: Dict[str, Attribute], default: int = 0) -> int:
        """Draws one, which may count from the end, and returns it as it counts
        from the front."""
        axis = self.rng.randrange(len(shape))
        if axis != default % len(shape) or self.chance(0.7):
            attributes["axis"] = axis - (len(shape) if self.chance(0.3) else 0)
        return axis

    def gather(self, x: Optional[str] = None) -> str:
        rng = self.rng
        if self.graph.opset < 11:  # no negative positions before
            raise Invalid("Gather of an early opset")
        x = x or self.pick(lambda shape: len(shape) >= 1)
        shape, attributes = self.shapes[x], {}
        axis = self.axis(shape, attributes)
        extent = shape[axis]
        if self.chance(0.5):
            chosen = rng.choice(((), (1,), (3,), (7,), (2, 2)))
            op = "Gather"
        else:
            chosen = [rng.randint(1, e) for e in shape]
            chosen[axis] = rng.randint(1, extent + 2)
            op = "GatherElements"
        values = [self.position(extent) for _ in range(math.prod(chosen))]
        return self.node(op, [x, self.positions(chosen, values)], self.scale[x], **attributes)

    def gather_integers(self) -> str:
        """Integers or truth values, as numbers again."""
        x = self.pick(lambda shape: len(shape) >= 1, exact=True, deep=0.7)
        y = self.to_other_type(x, [c for c in TYPES if c != 1])
        return self.node("Cast", [self.gather(y)], self.scale[x], to=1)

    def tuples(self, shape: Shape, batch_dims: int, listed: int) -> str:
        """Positions in dimensions from `batch_dims` on."""
        outer = shape[:batch_dims] + self.rng.choice(((), (3,), (2, 2)))
        values = [self.position(e) for _ in range(math.prod(outer))
                  for e in shape[batch_dims:batch_dims + listed]]
        name = self.positions(outer + (listed,), values)
        self.graph.initializers[name].type = "int64"
        return name

    def gather_nd(self) -> str:
        if self.graph.opset < 12:
            raise Invalid("GatherND of an early opset")
        x = self.pick(lambda shape: len(shape) >= 1)
        shape = self.shapes[x]
        batch_dims = self.rng.choice((0, 0, 1)) if len(shape) > 1 else 0
        listed = self.rng.randint(1, len(shape) - batch_dims)
        attributes = {"batch_dims": batch_dims} if batch_dims or self.chance(0.3) else {}
        return self.node("GatherND", [x, self.tuples(shape, batch_dims, listed)], self.scale[x],
                         **attributes)

    def reduction_kind(self, attributes: Dict[str, Attribute]) -> bool:
        """Whether updates replace elements: then no two may meet."""
        kinds = ["none"] + ["add"] * (self.graph.opset >= 16) + ["max", "min"] * (self.graph.opset >= 18)
        kind = self.rng.choice(kinds)
        if kind != "none" or self.chance(0.2) and self.graph.opset >= 16:
            attributes["reduction"] = kind
        return kind == "none"

    def scatter_elements(self) -> str:
        """Lines of different positions, or any where updates are combined."""
        rng = self.rng
        x = self.pick(lambda shape: len(shape) >= 1)
        shape, attributes = self.shapes[x], {}
        axis = self.axis(shape, attributes)
        extent = shape[axis]
        assigns = self.reduction_kind(attributes)
        count = rng.randint(1, extent) if assigns else rng.randint(1, extent + 2)
        chosen = [rng.randint(1, e) for e in shape]
        chosen[axis] = count
        inner = math.prod(chosen[axis + 1:])
        line = [rng.sample(range(extent), count) if assigns else
                [self.position(extent) for _ in range(count)]
                for _ in range(math.prod(chosen) // count)]
        values = [line[i // (count * inner) * inner + i % inner][i // inner % count]
                  for i in range(math.prod(chosen))]
        updates = self.constant(tuple(chosen), "u", self.normal(1.0))
        op = "ScatterElements" if self.graph.opset >= 11 else "Scatter"
        return self.node(op, [x, self.positions(chosen, values), updates],
                         self.scale[x] + math.sqrt(count), **attributes)

    def scatter_nd(self) -> str:
        if self.graph.opset < 16:
            raise Invalid("ScatterND of an early opset")
        x = self.pick(lambda shape: len(shape) >= 1)
        shape, attributes = self.shapes[x], {}
        assigns = self.reduction_kind(attributes)
        listed = self.rng.randint(1, len(shape))
        at = self.tuples(shape, 0, listed)
        tuples = self.graph.initializers[at]
        if assigns:  # one tuple alone
            tuples.shape, tuples.values = (1, listed), tuples.values[:listed]
        updates = self.constant(tuples.shape[:-1] + shape[listed:], "u", self.normal(1.0))
        return self.node("ScatterND", [x, at, updates], self.scale[x] + 2.0, **attributes)

    def top_k(self) -> str:
        """The greatest elements or their positions, as numbers."""
        if self.graph.opset < 11:
            raise Invalid("TopK of an early opset")
        x = self.pick(lambda shape: len(shape) >= 1, exact=True, deep=0.7)
        shape, attributes = self.shapes[x], {}
        axis = self.axis(shape, attributes, default=-1)
        if self.chance(0.5):
            attributes["largest"] = self.rng.choice((0, 1))
        inputs = [x, self.integers([self.rng.randint(1, shape[axis])])]
        if self.chance(0.5):
            return self.node("TopK", inputs, self.scale[x], results=2, **attributes)
        y = self.node("TopK", inputs, shape[axis] / 2, slot=1, results=2, **attributes)
        return self.node("Cast", [y], self.scale[y], to=1)

    def hard(self) -> str:
        """Hardmax, or OneHot of a constant."""
        rng = self.rng
        if self.chance(0.5):
            x = self.pick(lambda shape: len(shape) >= 2, exact=True, deep=0.7)
            rank = len(self.shapes[x])
            return self.node("Hardmax", [x], 0.5, axis=rank - 1 if self.graph.opset < 13 else
                             rng.randrange(-rank, rank))
        chosen, depth = rng.choice(((3,), (2, 4), (1,))), rng.randint(1, 6)
        indices = self.positions(chosen, [rng.randrange(-depth - 2, depth + 2)
                                          for _ in range(math.prod(chosen))])
        values = self.constant((2,), "v", self.normal(1.0))
        attributes = {"axis": rng.randint(-len(chosen) - 1, len(chosen))} if self.chance(0.7) else {}
        return self.node("OneHot", [indices, self.integers([depth]), values], 1.0, **attributes)

    def triangle(self) -> str:
        if self.graph.opset < 14:
            raise Invalid("Trilu of an early opset")
        x = self.pick(lambda shape: len(shape) >= 2)
        inputs: List[str] = [x]
        if self.chance(0.7):
            k = self.integers([self.rng.choice((0, 1, -1, 3, -7, 2 ** 40))])
            self.graph.initializers[k].shape = ()
            inputs.append(k)
        attributes = {"upper": self.rng.choice((0, 1))} if self.chance(0.6) else {}
        return self.node("Trilu", inputs, self.scale[x], **attributes)

    def running_sum(self) -> str:
        if self.graph.opset < 11:
            raise Invalid("CumSum of an early opset")
        x = self.pick(lambda shape: len(shape) >= 1)
        shape = self.shapes[x]
        axis = self.rng.randrange(-len(shape), len(shape))
        name = self.integers([axis])
        self.graph.initializers[name].shape = ()
        attributes = {key: 1 for key in ("exclusive", "reverse") if self.chance(0.3)}
        return self.node("CumSum", [x, name], self.scale[x] * math.sqrt(shape[axis]), **attributes)

    def diagonal(self) -> str:
        """A value plus the identity matrix, as it is broadcast."""
        x = self.pick(lambda shape: len(shape) >= 2)
        two = self.pick(lambda shape: len(shape) == 2 and shape == self.shapes[x][-2:], deep=1.0)
        attributes = {"k": self.rng.choice((-1, 0, 1, 5))} if self.chance(0.7) else {}
        eye = self.node("EyeLike", [two], 0.5, **attributes)
        return self.node("Add", [x, eye], self.scale[x] + 0.5)
