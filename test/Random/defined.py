#===- defined.py - Random layers that ONNX defines by others ---------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Attention, losses, windows of signals and other ops that ONNX defines by simpler
ones, and what is made of shapes alone."""

from __future__ import annotations

import math
from typing import Dict

from element_types import TYPES, WINDOWS
from node import Attribute, Initializer, Invalid
from normalizing import NormalizingLayers


class DefinedLayers(NormalizingLayers):
    """Layers of many operations each."""

    def known(self, values: list, shape: tuple, kind: str = "int64") -> str:
        name = self.integers(values)
        self.graph.initializers[name].shape = shape
        self.graph.initializers[name].type = kind
        return name

    def made_of_shapes(self) -> str:
        """A value plus what comes from its extents or from constants alone."""
        rng, graph = self.rng, self.graph
        x = self.pick(lambda shape: len(shape) >= 1)
        last = self.shapes[x][-1]
        op = rng.choice(("Shape", "Size", "ConstantOfShape", "Range", "CastLike"))
        if op in ("Shape", "Size"):
            attributes: Dict[str, Attribute] = {}
            if op == "Shape" and graph.opset >= 15:
                attributes = {"start": rng.choice((-1, 0)), "end": len(self.shapes[x])}
            y = self.node("Cast", [self.node(op, [x], 1.0, **attributes)], 1.0, to=1)
            if op == "Shape":
                y = self.node("ReduceProd", [y], 1.0, keepdims=0)
            y = self.node("Mul", [y, self.scalar(1e-3)], 1.0)
        elif op == "CastLike":
            if graph.opset < 15:
                raise Invalid("no CastLike")
            like = self.known([1], (1,), rng.choice([t for t in TYPES.values() if t[0] not in "fu"]))
            x = self.pick(exact=True, deep=0.7)
            y = self.node("CastLike", [x, like], self.scale[x])
            return self.node("CastLike", [y, self.scalar(1.0)], self.scale[x])
        elif op == "Range":
            if graph.opset < 11:
                raise Invalid("no Range")
            step = rng.choice((1, 2, -3))
            bounds = [self.known([v], ()) for v in (-2, last * step - 2, step)]
            y = self.node("Cast", [self.node(op, bounds, 8.0)], 8.0, to=1)
            y = self.node("Mul", [y, self.scalar(0.1)], 1.0)
        else:
            kind, value = rng.choice((("float", 1.5), ("int32", -3), ("bool", 1), ("int64", 2)))
            attributes = {"value": Initializer((1,), [value], kind)} if self.chance(0.8) else {}
            y = self.node(op, [self.known([last], (1,))], 3.0, **attributes)
            if self.types[y] != "float":
                y = self.node("Cast", [y], 3.0, to=1)
        return self.node("Add", [x, y], self.scale[x] + self.scale[y])

    def window_function(self) -> str:
        if self.graph.opset < 17:
            raise Invalid("no windows")
        x = self.pick(lambda shape: shape and shape[-1] >= 2)
        attributes = {"periodic": self.rng.choice((0, 1))} if self.chance(0.7) else {}
        size = self.known([self.shapes[x][-1]], (), self.rng.choice(("int32", "int64")))
        y = self.node(self.rng.choice(WINDOWS), [size], 0.6, **attributes)
        return self.node("Mul", [x, y], 0.6 * self.scale[x])

    def loss(self) -> str:
        """Of labels that are known, not all of which are left out."""
        rng = self.rng
        if self.graph.opset < 12:
            raise Invalid("no losses")
        x = self.pick(lambda shape: len(shape) >= 2 and shape[1] >= 2)
        shape = self.shapes[x]
        labels = [rng.randrange(shape[1]) for _ in range(math.prod(shape[:1] + shape[2:]))]
        attributes: Dict[str, Attribute] = {"reduction": rng.choice(("none", "mean", "sum"))}
        inputs = [x, self.known(labels, shape[:1] + shape[2:], rng.choice(("int32", "int64")))]
        if self.chance(0.4):
            inputs.append(self.constant(shape[1:2], "w", lambda: rng.uniform(0.5, 1.5)))
        ignored = rng.randrange(shape[1])
        if self.chance(0.4) and set(labels) != {ignored}:
            attributes["ignore_index"] = ignored
        op = rng.choice(("SoftmaxCrossEntropyLoss", "NegativeLogLikelihoodLoss"))
        size = len(labels) if attributes["reduction"] == "sum" else 1
        y = self.node(op, inputs, min(size, 30.0), **attributes)
        return self.node("Mul", [y, self.scalar(1 / size)], self.scale[x] + 1.0)

    def attention(self) -> str:
        """By itself, or over keys and values that are known."""
        rng = self.rng
        if self.graph.opset < 23:
            raise Invalid("no Attention")
        x = self.pick(lambda shape: len(shape) == 4, deep=0.8)
        batch, heads, length, width = self.shapes[x]
        scale = self.scale[x]
        keys = values = x
        if self.chance(0.5):
            shared = rng.choice([h for h in range(1, heads + 1) if heads % h == 0])
            rows = rng.randint(1, 7)
            keys = self.constant((batch, shared, rows, width), "keys", self.normal(scale))
            values = self.constant((batch, shared, rows, rng.choice((1, 3, 8))), "keys", self.normal(1.0))
        rows = self.shapes[x][2] if keys == x else rows
        if heads * batch * length * rows * width > 200_000:
            raise Invalid("too much work")
        inputs = [x, keys, values]
        attributes: Dict[str, Attribute] = {"scale": round(1 / math.sqrt(width) / scale ** 2, 4)}
        if keys == x and self.chance(0.4):
            attributes["is_causal"] = 1
        if self.chance(0.3):
            attributes["softcap"] = 2.0
        if self.chance(0.4):
            extents = rng.choice(((length, rows), (1, 1, length, rows), (batch, heads, length, rows)))
            inputs.append(self.constant(extents, "mask", self.normal(1.0)))
        return self.node("Attention", inputs, scale if values == x else 1.0, **attributes)

    def rotary(self) -> str:
        rng = self.rng
        if self.graph.opset < 23:
            raise Invalid("no RotaryEmbedding")
        x = self.pick(lambda shape: len(shape) == 4 and shape[3] % 2 == 0, deep=1.0)
        batch, _, length, width = self.shapes[x]
        attributes: Dict[str, Attribute] = {}
        if self.chance(0.5):
            attributes["interleaved"] = rng.choice((0, 1))
        if width > 2 and self.chance(0.4):
            attributes["rotary_embedding_dim"] = width = 2 * rng.randint(1, width // 2)
        lead, tail = (batch, length), []
        if self.chance(0.5):  # positions in a table
            tail = [self.known([rng.randrange(9) for _ in range(batch * length)], lead)]
            lead = (9,)
        tables = [self.constant((*lead, width // 2), "turn", lambda: rng.uniform(-1, 1)) for _ in "cs"]
        return self.node("RotaryEmbedding", [x, *tables, *tail], self.scale[x], **attributes)

    def gated(self) -> str:
        if self.graph.opset < 28:
            raise Invalid("no SwiGLU")
        x = self.pick()
        y = self.pick(lambda shape: shape == self.shapes[x], deep=1.0)
        attributes = {"alpha": 1.7} if self.chance(0.5) else {}
        return self.node("SwiGLU", [x, y], self.scale[x] * self.scale[y], **attributes)

    def causal_conv(self) -> str:
        if self.graph.opset < 27:
            raise Invalid("no CausalConvWithState")
        x = self.pick(lambda shape: len(shape) == 3, deep=1.0)
        channels, size = self.shapes[x][1], self.rng.randint(1, 4)
        weights = self.constant((channels, 1, size), "w", self.normal(1 / math.sqrt(size) / self.scale[x]))
        inputs = [x, weights]
        if self.chance(0.5):
            inputs.append(self.constant((channels,), "b", self.normal(0.3)))
        attributes = {"activation": '"silu"'} if self.chance(0.4) else {}
        return self.node("CausalConvWithState", inputs, 1.0, results=2, **attributes)
