#===- windows.py - Random convolutions and pools ---------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Convolutions and pools with all that places their windows."""

from __future__ import annotations

import math
from typing import Dict, List, Optional, Tuple

from node import Attribute, Invalid, Shape
from recurrent import RecurrentLayers
from values import CHANNELS, MAX_PRODUCTS


class WindowLayers(RecurrentLayers):
    """Layers that slide a window."""

    def window(self, extents: Shape, pool: bool) -> Tuple[List[int], Dict[str, Attribute]]:
        """A kernel and the attributes that place it, mostly fitting."""
        rng, rank = self.rng, len(extents)
        attributes: Dict[str, Attribute] = {}
        same = self.chance(0.5)
        kernel = [rng.choice((1, 2, 3, 3, 3, 5) if rank < 3 else (1, 2, 3, 3)) for _ in extents]
        kernel = [k if same or k <= e else e for k, e in zip(kernel, extents)]
        dilations = [1] * rank
        dilated = not pool or self.graph.opset >= 19
        if dilated and self.chance(0.25):
            dilations = [rng.choice((1, 2, 3)) for _ in extents]
            if pool:  # a dilation above the extent is refused beside padding
                dilations = [min(d, e) for d, e in zip(dilations, extents)]
            attributes["dilations"] = dilations
        if self.chance(0.35):
            attributes["strides"] = [rng.choice((1, 2, 2, 3)) for _ in extents]
        reach = [d * (k - 1) for d, k in zip(dilations, kernel)]
        choice = rng.random()
        if choice < 0.45:
            before = [r // 2 for r in reach]
            attributes["pads"] = before + [r - b for r, b in zip(reach, before)]
        elif choice < 0.65:
            attributes["pads"] = [rng.randint(0, r) for r in reach + reach]
        elif choice < 0.7 and not pool:
            attributes["pads"] = [r + rng.randint(0, 2) for r in reach + reach]
        elif choice < 0.8:
            attributes["auto_pad"] = rng.choice(("SAME_UPPER", "SAME_LOWER", "VALID"))
        return kernel, attributes

    def conv(self, x: Optional[str] = None, same: bool = False) -> str:
        rng = self.rng
        x = x or self.pick_spatial()
        shape = self.shapes[x]
        channels = shape[1]
        groups = 1
        if channels > 1 and self.chance(0.3):
            groups = rng.choice([g for g in range(2, channels + 1) if channels % g == 0])
        if same:
            kernel = [rng.choice((1, 3)) for _ in shape[2:]]
            attributes: Dict[str, Attribute] = {"pads": [k // 2 for k in kernel] * 2}
            outputs = channels
        else:
            kernel, attributes = self.window(shape[2:], pool=False)
            fitting = [c for c in CHANNELS if c % groups == 0]
            outputs = rng.choice(fitting + [groups])
        if groups > 1:
            attributes["group"] = groups
        if self.chance(0.5):
            attributes["kernel_shape"] = kernel
        k = channels // groups * math.prod(kernel)
        if outputs * k * shape[0] * math.prod(shape[2:]) > MAX_PRODUCTS:
            raise Invalid("too much work")
        deviation = 1 / math.sqrt(k) / self.scale[x]
        inputs = [x, self.constant((outputs, channels // groups, *kernel), "w",
                                   self.normal(deviation), overridable=True)]
        if self.chance(0.6):
            inputs.append(self.constant((outputs,), "b", self.normal(0.3), overridable=True))
        wild = any(self.is_overridable(i) for i in inputs)
        return self.node("Conv", inputs, math.sqrt(k) * self.scale[x] if wild else 1.1,
                         **attributes)

    def conv_transpose(self) -> str:
        rng = self.rng
        x = self.pick_spatial()
        shape = self.shapes[x]
        channels, rank = shape[1], len(shape) - 2
        attributes: Dict[str, Attribute] = {}
        groups = 1
        if channels > 1 and self.chance(0.25):
            groups = rng.choice([g for g in range(2, channels + 1) if channels % g == 0])
            attributes["group"] = groups
        outputs = rng.choice([c for c in CHANNELS if c % groups == 0] + [groups])
        kernel = [rng.choice((1, 2, 2, 3, 3, 4)) for _ in range(rank)]
        strides = [rng.choice((1, 2, 2, 2, 3)) for _ in range(rank)]
        if self.chance(0.85):
            attributes["strides"] = strides
        else:
            strides = [1] * rank
        dilations = [1] * rank
        if self.chance(0.2):
            attributes["dilations"] = dilations = [rng.choice((1, 2, 3)) for _ in range(rank)]
        choice = rng.random()
        if choice < 0.4:
            attributes["pads"] = [rng.randint(0, d * (k - 1)) for d, k in zip(dilations, kernel)] * 2
        elif choice < 0.5:
            attributes["auto_pad"] = "VALID"
        if choice < 0.8 and self.chance(0.3):
            attributes["output_padding"] = [
                rng.randrange(max(s, d)) for s, d in zip(strides, dilations)]
        if self.chance(0.5):
            attributes["kernel_shape"] = kernel
        k = channels // groups * math.prod(kernel)
        if outputs * k * shape[0] * math.prod(shape[2:]) > MAX_PRODUCTS:
            raise Invalid("too much work")
        # A position of the result meets the taps of one phase.
        met = channels // groups * math.prod(-(-a // b) for a, b in zip(kernel, strides))
        weights = self.constant((channels, outputs // groups, *kernel), "w",
                                self.normal(1 / math.sqrt(met) / self.scale[x]))
        inputs = [x, weights]
        if self.chance(0.6):
            inputs.append(self.constant((outputs,), "b", self.normal(0.3)))
        return self.node("ConvTranspose", inputs, 1.1, **attributes)

    def pool(self) -> str:
        x = self.pick_spatial()
        kernel, attributes = self.window(self.shapes[x][2:], pool=True)
        op = self.rng.choice(("MaxPool", "AveragePool", "MaxPool", "AveragePool", "LpPool"))
        if op == "AveragePool" and self.chance(0.4):
            attributes["count_include_pad"] = 1
        since = 19 if op == "LpPool" else 10
        if self.graph.opset >= since and "auto_pad" not in attributes and self.chance(0.3):
            attributes["ceil_mode"] = 1
        if op == "LpPool":
            attributes["p"] = p = self.rng.choice((1, 2, 2, 3))
            return self.node(op, [x], math.prod(kernel) ** (1 / p) * self.scale[x],
                             kernel_shape=kernel, **attributes)
        return self.node(op, [x], self.scale[x], kernel_shape=kernel, **attributes)

    def pool_indices(self) -> str:
        """Positions of maxima, mostly as numbers."""
        x = self.pick(lambda shape: 3 <= len(shape) <= 5, exact=True, deep=0.7)
        kernel, attributes = self.window(self.shapes[x][2:], pool=True)
        if self.graph.opset >= 10 and "auto_pad" not in attributes and self.chance(0.3):
            attributes["ceil_mode"] = 1
        if self.chance(0.4):
            attributes["storage_order"] = 1
        size = math.prod(self.shapes[x])
        y = self.node("MaxPool", [x], min(size, 20.0), slot=1, kernel_shape=kernel, **attributes)
        if self.chance(0.3):
            return y
        y = self.node("Cast", [y], min(size, 20.0), to=1)
        return self.node("Div", [y, self.scalar(float(size))], 1.0)

    def global_pool(self) -> str:
        x = self.pick_spatial()
        op = self.rng.choice(("GlobalAveragePool", "GlobalMaxPool", "ReduceMean", "GlobalLpPool"))
        if op == "GlobalLpPool":
            p = self.rng.choice((1, 2, 3))
            size = math.prod(self.shapes[x][2:])
            return self.node(op, [x], size ** (1 / p) * self.scale[x], p=p)
        if op != "ReduceMean":
            return self.node(op, [x], self.scale[x])
        return self.reduction(op, x, list(range(2, len(self.shapes[x]))))
