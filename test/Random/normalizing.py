#===- normalizing.py - Random normalisations -------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Normalisations of channels, of last dimensions and of neighbours, and softmax."""

from __future__ import annotations

import math
from typing import Dict

from node import Attribute, Invalid
from windows import WindowLayers


class NormalizingLayers(WindowLayers):
    """Layers that divide by what they measure."""

    def varied(self, x: str) -> str:
        """What differs along each dimension: rounding errors of equal elements
        would be all that a normalisation sees."""
        shape, scale = self.shapes[x], self.scale[x]
        other = self.constant((1,) * (len(shape) > 1) + shape[1:], "varied", self.normal(2.0 * scale))
        return self.node("Add", [x, other], 2.2 * scale)

    def tempered(self, x: str, attributes: Dict[str, Attribute]) -> str:
        """`x` as it is with a large epsilon, or else a varied one."""
        if self.chance(0.6):
            attributes["epsilon"] = self.rng.choice((0.01, 0.1))
            return x
        return self.varied(x)

    def batch_norm(self, x: Optional[str] = None) -> str:
        x = x or self.pick(lambda shape: len(shape) >= 2)
        c, scale = (self.shapes[x][1],), self.scale[x]
        inputs = [x, self.constant(c, "g", self.signed(0.5, 1.5), overridable=True),
                  self.constant(c, "b", self.normal(0.3), overridable=True),
                  self.constant(c, "m", self.normal(0.3 * scale)),
                  self.constant(c, f"q{scale:.3g}",
                                lambda: self.rng.uniform(0.5, 1.5) * scale * scale)]
        attributes = {"epsilon": self.rng.choice((1e-3, 0.1))} if self.chance(0.3) else {}
        return self.node("BatchNormalization", inputs, 1.2, **attributes)

    def channel_norm(self) -> str:
        rng = self.rng
        groups = self.graph.opset >= 21 and self.chance(0.6)  # before, parameters were of groups
        x = self.pick(lambda shape: 3 <= len(shape) and math.prod(shape[2:]) >= 4)
        attributes: Dict[str, Attribute] = {}
        x = self.tempered(x, attributes)
        channels = self.shapes[x][1]
        if groups:
            attributes["num_groups"] = rng.choice([g for g in range(1, channels + 1) if channels % g == 0])
        inputs = [x, self.constant((channels,), "g", self.signed(0.5, 1.5), overridable=True),
                  self.constant((channels,), "b", self.normal(0.3), overridable=True)]
        return self.node("GroupNormalization" if groups else "InstanceNormalization", inputs, 1.2,
                         **attributes)

    def layer_norm(self) -> str:
        """Over the dimensions from an axis on."""
        rng = self.rng
        if self.graph.opset < 17:
            raise Invalid("no LayerNormalization")
        x = self.pick(lambda shape: len(shape) >= 2 and shape[-1] >= 4)
        attributes: Dict[str, Attribute] = {}
        x = self.tempered(x, attributes)
        shape = self.shapes[x]
        axis = rng.choice((-1, len(shape) - 1, rng.randrange(-len(shape), len(shape))))
        if axis != -1 or self.chance(0.5):
            attributes["axis"] = axis
        inputs = [x, self.constant(shape[axis:], "g", self.signed(0.5, 1.5))]
        if self.graph.opset >= 23 and self.chance(0.5):
            return self.node("RMSNormalization", inputs, 1.2, **attributes)
        if self.chance(0.6):
            inputs.append(self.constant(shape[axis:], "b", self.normal(0.3)))
        return self.node("LayerNormalization", inputs, 1.2, **attributes)

    def other_norm(self) -> str:
        rng = self.rng
        x = self.pick(lambda shape: len(shape) >= 3 and math.prod(shape[2:]) >= 4)
        shape = self.shapes[x]
        attributes: Dict[str, Attribute] = {}
        op = rng.choice(("LRN", "LpNormalization", "MeanVarianceNormalization"))
        if op == "LRN":
            if self.chance(0.6):
                attributes = {"alpha": rng.choice((0.1, 1.0)), "beta": rng.choice((0.5, 0.75, 1.0)),
                              "bias": rng.choice((1.0, 2.0))}
            return self.node(op, [x], self.scale[x], size=rng.choice((1, 2, 3, 4, 5)), **attributes)
        x = self.varied(x)
        if op == "LpNormalization":
            axis = rng.choice([i for i in range(1, len(shape)) if shape[i] > 1])
            attributes = {"axis": axis - len(shape) * self.chance(0.5), "p": rng.choice((1, 2))}
            return self.node(op, [x], 0.5, **attributes)
        if self.chance(0.5):  # of all images together, without axes
            attributes["axes"] = list(range(2, len(shape)))
        elif len(shape) != 4:
            raise Invalid("the axes left out are those of images")
        # Its mean is 0 but for rounding errors, which is no result to compare.
        return self.varied(self.node(op, [x], 1.0, **attributes))

    def softmax(self) -> str:
        x = self.pick(lambda shape: len(shape) >= 2)
        rank = len(self.shapes[x])
        attributes = {"axis": self.rng.randrange(-rank, rank)} if self.chance(0.8) else {}
        axis = attributes.get("axis", -1)
        if self.graph.opset < 11 and axis < 0:
            attributes, axis = {"axis": axis + rank}, axis + rank
        if self.chance(0.3):
            return self.node("LogSoftmax", [x], math.log(self.shapes[x][axis]) + self.scale[x], **attributes)
        return self.node("Softmax", [x], 1.0 / self.shapes[x][axis], **attributes)
