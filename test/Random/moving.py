#===- moving.py - Random layers that move elements -------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Layers that move elements of any type, and integers."""

from __future__ import annotations

import math
from typing import Dict, List, Optional

from element_types import TYPES
from node import Attribute, Initializer, Invalid
from values import MAX_RANK, Values


class MovingLayers(Values):
    """Layers that compute nothing."""

    def concat(self) -> str:
        x = self.pick(lambda shape: len(shape) >= 1)
        shape = self.shapes[x]
        axis = 1 if len(shape) > 1 and self.chance(0.6) else self.rng.randrange(len(shape))
        parts = [x]
        for _ in range(self.rng.choice((0, 1, 1, 2))):
            y = self.pick(lambda other: len(other) == len(shape) and
                          other[:axis] + other[axis + 1:] == shape[:axis] + shape[axis + 1:],
                          deep=1.0)
            parts.insert(self.rng.randrange(len(parts) + 1), y)
        if self.chance(0.15):
            parts.append(self.constant(shape, "b", self.normal(1.0), overridable=True))
        if self.chance(0.3) and self.graph.opset >= 11:
            axis -= len(shape)
        return self.node("Concat", parts, max(self.scale.get(p, 1.0) for p in parts), axis=axis)

    def pad(self) -> str:
        rng = self.rng
        x = self.pick(lambda shape: len(shape) >= 2)
        rank = len(self.shapes[x])
        pads = [0] * (2 * rank)
        for i in range(2 * rank):
            spatial = i % rank >= 2
            if self.chance(0.6 if spatial else 0.08):
                pads[i] = rng.choice((-1, 1, 1, 2, 3))
        value = rng.choice((None, 0.0, 1.5, -2.0))
        if self.graph.opset < 11:
            attributes: Dict[str, Attribute] = {"pads": pads}
            if value is not None:
                attributes["value"] = value
            return self.node("Pad", [x], self.scale[x], **attributes)
        inputs = [x]
        axes = sorted({i % rank for i in range(2 * rank) if pads[i]})
        if self.graph.opset >= 18 and axes and self.chance(0.4):
            inputs.append(self.integers([pads[a] for a in axes] + [pads[rank + a] for a in axes]))
            inputs.append("" if value is None else self.scalar(value))
            inputs.append(self.integers(axes))
        else:
            inputs.append(self.integers(pads))
            if value is not None:
                inputs.append(self.scalar(value))
        attributes = {"mode": "constant"} if self.chance(0.5) else {}
        return self.node("Pad", inputs, self.scale[x], **attributes)

    def slice(self, x: Optional[str] = None) -> str:
        rng = self.rng
        x = x or self.pick(lambda shape: len(shape) >= 1)
        shape = self.shapes[x]
        axes = sorted(rng.sample(range(len(shape)), rng.randint(1, min(2, len(shape)))))
        old = self.graph.opset < 10
        starts, ends, steps = [], [], []
        for axis in axes:
            extent = shape[axis]
            step = 1 if old else rng.choice((1, 1, 1, 2, -1, -2))
            start, count = rng.randrange(extent), rng.randint(1, extent)
            end = start + count if step > 0 else start - count
            if step > 0 and self.chance(0.3):
                end = rng.choice((extent, extent + 7, 2 ** 31 - 1))
            elif step < 0 and (end < 0 or self.chance(0.3)):
                end = -extent - 1  # to the first element
            if self.chance(0.3):
                start -= extent
            starts.append(start)
            ends.append(end)
            steps.append(step)
        if self.chance(0.3) and not old:
            axes = [a - len(shape) for a in axes]
        if old:
            return self.node("Slice", [x], self.scale[x], starts=starts, ends=ends, axes=axes)
        inputs = [x] + [self.integers(v) for v in (starts, ends, axes)]
        if any(s != 1 for s in steps) or self.chance(0.3):
            inputs.append(self.integers(steps))
        return self.node("Slice", inputs, self.scale[x])

    def resize(self, x: Optional[str] = None) -> str:
        rng = self.rng
        if self.graph.opset < 13:  # before, "roi" has to be given
            raise Invalid("Resize of an early opset")
        x = x or self.pick(lambda shape: len(shape) >= 1)
        shape = self.shapes[x]
        moved = [i >= 2 or self.chance(0.1) for i in range(len(shape))]
        floats, newest = self.types[x] == "float", self.graph.opset >= 19
        mode = rng.choice(("nearest", "nearest", "linear", "cubic")) if floats else "nearest"
        attributes: Dict[str, Attribute] = {"mode": mode}
        if self.chance(0.8):
            attributes["coordinate_transformation_mode"] = rng.choice(
                ("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric",
                 "tf_crop_and_resize", *("half_pixel_symmetric",) * newest))
        if mode == "nearest" and self.chance(0.6):
            attributes["nearest_mode"] = rng.choice(
                ("round_prefer_floor", "round_prefer_ceil", "floor", "ceil"))
        if mode != "nearest" and newest and self.chance(0.4):
            attributes["antialias"] = 1
        if mode == "cubic" and self.chance(0.3):
            attributes["exclude_outside"] = 1
        crops = attributes.get("coordinate_transformation_mode") == "tf_crop_and_resize"
        if crops or self.chance(0.4):
            sizes = [rng.randint(1, 2 * e) if m else e for e, m in zip(shape, moved)]
            roi = ""
            if crops:
                roi = f"roi.{len(self.graph.initializers)}.{len(self.values)}"
                values = [rng.choice((0.0, 0.25, -0.3)) if m else 0.0 for m in moved]
                values += [rng.choice((1.0, 0.6, 1.2)) if m else 1.0 for m in moved]
                self.graph.initializers[roi] = Initializer((len(values),), values)
                if self.chance(0.5):
                    attributes["extrapolation_value"] = 1.0
            return self.node("Resize", [x, roi, "", self.integers(sizes)], self.scale[x], **attributes)
        scale = rng.choice((2.0, 2.0, 3.0, 1.5, 0.5, 0.75))
        values = [scale if m and int(e * scale) else 1.0 for e, m in zip(shape, moved)]
        name = f"scales.{len(self.graph.initializers)}.{len(self.values)}"
        self.graph.initializers[name] = Initializer((len(values),), values)
        return self.node("Resize", [x, "", name], self.scale[x], **attributes)

    def integers_and_back(self) -> str:
        """Positions of maxima or minima, or values cast to integers or truth values, moved
        a little, and mostly cast to floats again."""
        rng = self.rng
        x = self.pick(lambda shape: len(shape) >= 1, exact=True, deep=0.7)
        if self.chance(0.5):
            attributes: Dict[str, Attribute] = {"axis": rng.randrange(len(self.shapes[x]))}
            if self.chance(0.5):
                attributes["keepdims"] = rng.choice((0, 1))
            if self.graph.opset >= 12 and self.chance(0.3):
                attributes["select_last_index"] = 1
            if self.graph.opset >= 11 and self.chance(0.3):
                attributes["axis"] -= len(self.shapes[x])
            y = self.node(rng.choice(("ArgMax", "ArgMin")), [x],
                          self.shapes[x][attributes["axis"]] / 2, **attributes)
        else:
            y = self.to_other_type(x, [c for c in TYPES if c != 1])
        for _ in range(rng.choice((0, 0, 1, 2))):
            kind = rng.choice(("Slice", "Resize", "Transpose", "Identity", "Concat", "Cast"))
            if kind == "Slice" and self.shapes[y]:
                y = self.slice(y)
            elif kind == "Resize" and self.shapes[y] and self.graph.opset >= 13:
                y = self.resize(y)
            elif kind == "Transpose":
                y = self.node(kind, [y], self.scale[y])
            elif kind == "Concat" and self.shapes[y]:
                y = self.node(kind, [y, y], self.scale[y], axis=rng.randrange(len(self.shapes[y])))
            elif kind == "Cast":
                y = self.node(kind, [y], self.scale[y], to=rng.choice(list(TYPES)))
            else:
                y = self.node("Identity", [y], self.scale[y])
        if self.chance(0.8):
            y = self.node("Cast", [y], self.scale[y], to=1)
        return y

    def to_other_type(self, x: str, codes: List[int]) -> str:
        """What an unsigned type has for a negative number is not defined: seldom."""
        code = self.rng.choice(codes)
        if TYPES[code].startswith("uint") and self.chance(0.9):
            x = self.node("Abs", [x], self.scale[x])
        return self.node("Cast", [x], self.scale[x], to=code)

    def reshape(self) -> str:
        rng = self.rng
        x = self.pick()
        shape = list(self.shapes[x])
        choice = rng.randrange(4)
        if choice == 0 and len(shape) >= 2:  # merge two dimensions
            i = rng.randrange(len(shape) - 1)
            shape[i:i + 2] = [shape[i] * shape[i + 1]]
        elif choice == 1 and shape:  # split one
            i = rng.randrange(len(shape))
            factor = rng.choice([f for f in range(1, shape[i] + 1) if shape[i] % f == 0])
            shape[i:i + 1] = [factor, shape[i] // factor]
        elif choice == 2:
            shape = shape[::-1]
        else:
            shape = [math.prod(shape[:1]), math.prod(shape[1:])]
        if shape and self.chance(0.5):
            shape[rng.randrange(len(shape))] = -1
        if shape[:1] == list(self.shapes[x][:1]) and shape and self.chance(0.5):
            shape[0] = 0
        return self.node("Reshape", [x, self.integers(shape)], self.scale[x])

    def flatten(self) -> str:
        x = self.pick()
        rank = len(self.shapes[x])
        low = -rank if self.graph.opset >= 11 else 0
        attributes = {"axis": self.rng.randint(low, rank)} if self.chance(0.5) or not rank else {}
        return self.node("Flatten", [x], self.scale[x], **attributes)

    def transpose(self) -> str:
        x = self.pick(lambda shape: len(shape) >= 2)
        perm = list(range(len(self.shapes[x])))
        self.rng.shuffle(perm)
        return self.node("Transpose", [x], self.scale[x],
                         **({"perm": perm} if self.chance(0.85) else {}))

    def with_axes(self, op: str, x: str, axes: List[int]) -> str:
        if self.graph.opset < 13:
            return self.node(op, [x], self.scale[x], axes=axes)
        return self.node(op, [x, self.integers(axes)], self.scale[x])

    def squeeze(self) -> str:
        x = self.pick(lambda shape: 1 in shape and len(shape) >= 2)
        ones = [i for i, e in enumerate(self.shapes[x]) if e == 1]
        if self.chance(0.3):
            return self.node("Squeeze", [x], self.scale[x])
        return self.with_axes("Squeeze", x, sorted(self.rng.sample(ones, self.rng.randint(1, len(ones)))))

    def unsqueeze(self) -> str:
        x = self.pick(lambda shape: len(shape) < MAX_RANK)
        rank = len(self.shapes[x]) + 1
        axis = self.rng.randrange(rank)
        if self.chance(0.3) and self.graph.opset >= 11:
            axis -= rank
        return self.with_axes("Unsqueeze", x, [axis])

    def split(self) -> str:
        """One part, or two of them in another order."""
        rng, opset = self.rng, self.graph.opset
        x = self.pick(lambda shape: any(e > 1 for e in shape))
        shape = self.shapes[x]
        axis = rng.choice([i for i, e in enumerate(shape) if e > 1])
        extent, count = shape[axis], rng.randint(2, min(3, shape[axis]))
        attributes: Dict[str, Attribute] = {"axis": axis - len(shape) * (opset >= 11 and self.chance(0.3))}
        inputs = [x]
        if self.chance(0.6) or extent % count and opset < 18:
            cuts = [0, *sorted(rng.sample(range(1, extent), count - 1)), extent]
            parts = [b - a for a, b in zip(cuts, cuts[1:])]
            if opset < 13:
                attributes["split"] = parts
            else:
                inputs.append(self.integers(parts))
        elif opset >= 18:
            attributes["num_outputs"] = count
        parts = [self.node("Split", inputs, self.scale[x], slot=slot, results=count, **attributes)
                 for slot in rng.sample(range(count), rng.choice((1, 2)))]
        if len(parts) == 1:
            return parts[0]
        return self.node("Concat", parts, self.scale[x], axis=axis)

    def blocks(self) -> str:
        """Blocks of pixels become channels, or the other way round."""
        rng, block = self.rng, self.rng.choice((1, 2, 2, 3))
        if self.chance(0.4):
            x = self.pick(lambda shape: len(shape) == 4 and not any(e % block for e in shape[2:]), deep=1.0)
            return self.node("SpaceToDepth", [x], self.scale[x], blocksize=block)
        x = self.pick(lambda shape: len(shape) == 4 and shape[1] % block ** 2 == 0, deep=1.0)
        attributes: Dict[str, Attribute] = {"blocksize": block}
        if self.graph.opset >= 11 and self.chance(0.7):
            attributes["mode"] = rng.choice(("CRD", "DCR"))
        return self.node("DepthToSpace", [x], self.scale[x], **attributes)

    def upsample(self) -> str:
        if self.graph.opset > 9:
            raise Invalid("no Upsample")
        x = self.pick(lambda shape: len(shape) >= 3)
        scale = self.rng.choice((1.0, 2.0, 3.0, 1.5))
        name = f"scales.{len(self.graph.initializers)}.{len(self.values)}"
        values = [1.0, 1.0] + [scale] * (len(self.shapes[x]) - 2)
        self.graph.initializers[name] = Initializer((len(values),), values)
        attributes = {"mode": self.rng.choice(("nearest", "linear"))} if self.chance(0.7) else {}
        return self.node("Upsample", [x, name], self.scale[x], **attributes)

    def center(self) -> str:
        """The middle, or more than there is."""
        rng = self.rng
        if self.graph.opset < 18:
            raise Invalid("no CenterCropPad")
        x = self.pick(lambda shape: len(shape) >= 2)
        shape = self.shapes[x]
        axes = sorted(rng.sample(range(len(shape)), rng.randint(1, 2)))
        wanted = [max(1, shape[a] + rng.choice((-3, -2, -1, 1, 2))) for a in axes]
        return self.node("CenterCropPad", [x, self.integers(wanted)], self.scale[x], axes=axes)
