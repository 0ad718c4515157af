#===- computing.py - Random layers of functions and of integers ------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Functions of elements, arithmetic on integers, and what repeats elements."""

from __future__ import annotations

import math
from typing import Dict, List, Optional

from element_types import RELATIONS, TYPES
from gathering import GatheringLayers
from node import Attribute, Initializer, Invalid, Shape

#: Where functions are defined, and neither steep nor large.
DOMAINS = {"Sin": (-9.0, 9.0), "Cos": (-9.0, 9.0), "Tan": (-1.0, 1.0), "Asin": (-0.9, 0.9),
           "Acos": (-0.9, 0.9), "Atan": (-9.0, 9.0), "Sinh": (-2.0, 2.0), "Cosh": (-2.0, 2.0),
           "Asinh": (-9.0, 9.0), "Acosh": (1.25, 3.0), "Atanh": (-0.9, 0.9)}


class ComputingLayers(GatheringLayers):
    """Layers that compute with integers, or with floats element by element."""

    def clipped(self, x: str, low: float, high: float) -> str:
        if self.graph.opset < 11:
            return self.node("Clip", [x], max(abs(low), high), min=low, max=high)
        return self.node("Clip", [x, self.scalar(low), self.scalar(high)], max(abs(low), high))

    def smooth_function(self) -> str:
        op = self.rng.choice(list(DOMAINS))
        x = self.clipped(self.pick(), *DOMAINS[op])
        return self.node(op, [x], 1.5)

    def smooth_activation(self) -> str:
        rng, opset = self.rng, self.graph.opset
        ops = ["Elu", "HardSigmoid", "Selu", "Softplus", "Softsign"]
        for op, since in (("Celu", 12), ("HardSwish", 14), ("Mish", 18), ("Gelu", 20), ("Swish", 24)):
            ops += [op] * (opset >= since)
        op, x = rng.choice(ops), self.pick()
        attributes: Dict[str, Attribute] = {}
        if op in ("Celu", "Elu", "HardSigmoid", "Selu", "Swish") and self.chance(0.6):
            attributes["alpha"] = rng.choice((0.3, 1.5))
        if op == "HardSigmoid" and self.chance(0.5):
            attributes["beta"] = 0.4
        if op == "Selu" and self.chance(0.5):
            attributes["gamma"] = 1.2
        if op == "Gelu" and self.chance(0.6):
            attributes["approximate"] = rng.choice(("none", "tanh"))
        return self.node(op, [x], max(1.0, self.scale[x]), **attributes)

    def threshold(self) -> str:
        """Of what is exact, or the threshold might be on the other side."""
        x = self.pick(exact=True, deep=0.7)
        if self.graph.opset >= 10 and self.chance(0.5):
            attributes = {"alpha": self.rng.choice((0.0, 0.7))} if self.chance(0.6) else {}
            return self.node("ThresholdedRelu", [x], self.scale[x], **attributes)
        attributes = {"bias": self.rng.choice((0.25, -0.5))} if self.chance(0.6) else {}
        return self.node("Shrink", [x], self.scale[x], lambd=0.6, **attributes)

    def step(self) -> str:
        """Of what is exact, or the step might be on the other side."""
        x = self.pick(exact=True, deep=0.7)
        op = self.rng.choice(("Floor", "Ceil", "Sign") + ("Round",) * (self.graph.opset >= 11))
        return self.node(op, [x], max(1.0, self.scale[x]))

    def remainder(self) -> str:
        if self.graph.opset < 10:
            raise Invalid("no Mod")
        x = self.pick(exact=True, deep=0.7)
        divisor = self.constant(self.broadcastable(self.shapes[x]), "mod",
                                lambda: self.rng.choice((0.5, 1.5, -0.75, 2.0)))
        attributes: Dict[str, Attribute] = {"fmod": 1}
        if self.graph.opset >= 28 and self.chance(0.5):
            attributes = {}
        return self.node("Mod", [x, divisor], 1.0, **attributes)

    def not_a_number(self) -> str:
        """Among values that have none, and among some."""
        if self.graph.opset < 10:
            raise Invalid("no IsInf")
        x = self.pick(exact=True, deep=0.7)
        tested = x
        if self.graph.opset >= 11 and self.chance(0.7):
            extreme = self.node("Div", [x, self.scalar(0.0)], 1.0)
            is_less = self.node("Less", [x, self.scalar(0.0)], 1.0)
            tested = self.node("Where", [is_less, x, extreme], 1.0)
        attributes: Dict[str, Attribute] = {}
        op = self.rng.choice(("IsNaN", "IsInf"))
        if op == "IsInf" and self.chance(0.5):
            attributes[self.rng.choice(("detect_positive", "detect_negative"))] = 0
        condition = self.node(op, [tested], 1.0, **attributes)
        if tested != x:  # no other layer may see them
            self.types[tested] = self.types[extreme] = "hidden"
        return self.node("Where", [condition, self.scalar(1.5), x], max(1.5, self.scale[x]))

    def product(self) -> str:
        x = self.pick(lambda shape: any(2 <= e <= 6 for e in shape), deep=0.6)
        shape = self.shapes[x]
        axis = self.rng.choice([i for i, e in enumerate(shape) if 2 <= e <= 6])
        x = self.clipped(x, 0.7, 1.3)
        attributes: Dict[str, Attribute] = {"keepdims": self.rng.choice((0, 1))}
        if self.graph.opset >= 18:
            return self.node("ReduceProd", [x, self.integers([axis])], 1.5, **attributes)
        return self.node("ReduceProd", [x], 1.5, axes=[axis], **attributes)

    def function(self) -> str:
        x = self.pick()
        op = self.rng.choice(("Abs", "Neg", "Exp", "Log", "Sqrt", "Reciprocal", "Erf"))
        if op in ("Log", "Sqrt", "Reciprocal"):
            x = self.clipped(x, 0.5, 2.0)
        elif op == "Exp":  # no more than e^2, near what is below
            x = self.clipped(x, -8.0, 2.0)
        return self.node(op, [x], {"Abs": self.scale[x], "Neg": self.scale[x]}.get(op, 1.5))

    def power(self) -> str:
        """Squares and cubes, with exponents of several types, and powers of
        what is positive."""
        rng = self.rng
        if self.chance(0.5):
            x = self.pick()
            exponent = rng.choice((0, 1, 2, 2, 3))
            if exponent > 1 and self.scale[x] > 3.0:
                raise Invalid("too large")
            if self.graph.opset >= 12 and self.chance(0.4):
                y = self.integers([exponent])
            else:
                y = self.scalar(float(exponent))
            return self.node("Pow", [x, y], 2.0 * max(1.0, self.scale[x]) ** exponent)
        x = self.clipped(self.pick(), 0.5, 2.0)
        shape = self.broadcastable(self.shapes[x])
        y = self.constant(shape, "power", lambda: rng.uniform(-1.5, 1.5))
        return self.node("Pow", [x, y], 1.5)

    #===--------------------------------------------------------------------===#
    # Truth values
    #===--------------------------------------------------------------------===#

    def selection(self) -> str:
        """A comparison of what is exact, as a number or as Where's condition."""
        rng = self.rng
        x = self.pick(exact=True, deep=0.7)
        shape = self.shapes[x]
        relations = ("Equal", "Less", "Greater") if self.graph.opset < 12 else RELATIONS
        if self.graph.opset < 11:  # no floats before
            relations = relations[1:]
        other = self.constant(self.broadcastable(shape), "border", lambda: rng.choice((0.0, 0.0, 0.5, -1.0)))
        inputs = [x, other] if self.chance(0.7) else [other, x]
        condition = self.node(rng.choice(relations), inputs, 1.0)
        if self.chance(0.2):
            return self.node("Cast", [condition], 1.0, to=1)

        def fits(candidate: Shape) -> bool:
            return all(a == b or 1 in (a, b) for a, b in zip(candidate[::-1], shape[::-1]))

        y = self.pick(fits, deep=1.0)
        branches = [y, self.scalar(rng.choice((0.0, 1.5))) if self.chance(0.5) else x]
        rng.shuffle(branches)
        return self.node("Where", [condition, *branches], max(1.5, self.scale[x], self.scale[y]))

    def logic(self) -> str:
        """Truth values of what is exact, combined, as numbers."""
        x = self.pick(exact=True, deep=0.7)
        y = self.node("Cast", [x], 1.0, to=9)
        if self.chance(0.4):
            y = self.node("Not", [y], 1.0)
        if self.chance(0.8):
            bound = self.constant(self.broadcastable(self.shapes[x]), "border", self.normal(1.0))
            other = self.node("Less", [x, bound], 1.0)
            inputs = [y, other] if self.chance(0.5) else [other, y]
            y = self.node(self.rng.choice(("And", "Or", "Xor")), inputs, 1.0)
        return self.node("Cast", [y], 1.0, to=1)

    #===--------------------------------------------------------------------===#
    # Reductions
    #===--------------------------------------------------------------------===#

    def reduce(self) -> str:
        x = self.pick(lambda shape: len(shape) >= 1, deep=0.6)
        rank = len(self.shapes[x])
        axes = sorted(self.rng.sample(range(rank), self.rng.randint(0, rank)))
        self.rng.shuffle(axes)
        op = self.rng.choice(("ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax",
                              "ReduceMax", "ReduceMean", "ReduceMean", "ReduceMin", "ReduceSum", "ReduceSum",
                              "ReduceSumSquare"))
        if op == "ReduceLogSum":
            x = self.clipped(x, 0.5, 2.0)
        elif op == "ReduceLogSumExp":
            x = self.clipped(x, -4.0, 4.0)
        return self.reduction(op, x, axes)

    def reduction(self, op: str, x: str, axes: List[int]) -> str:
        """Without axes it is over all dimensions, or over none."""
        shape = self.shapes[x]
        scale = self.scale[x]
        count = math.prod(shape[a] for a in axes or range(len(shape)))
        if op in ("ReduceSum", "ReduceL2"):
            scale *= math.sqrt(count)
        elif op in ("ReduceL1", "ReduceSumSquare"):
            scale = count * (scale if op == "ReduceL1" else scale ** 2)
        elif op.startswith("ReduceLog"):
            scale += math.log(count)
        attributes: Dict[str, Attribute] = {}
        if self.chance(0.5):
            attributes["keepdims"] = self.rng.choice((0, 1))
        if self.chance(0.3) and self.graph.opset >= 11:
            axes = [a - len(shape) for a in axes]
        if self.graph.opset >= (13 if op == "ReduceSum" else 18):
            if not axes and self.chance(0.5):
                attributes["noop_with_empty_axes"] = 1
            inputs = [x, self.integers(axes)] if axes or self.chance(0.5) else [x]
            return self.node(op, inputs, scale, **attributes)
        if axes:
            attributes["axes"] = axes
        return self.node(op, [x], scale, **attributes)

    #===--------------------------------------------------------------------===#
    # Integers
    #===--------------------------------------------------------------------===#

    def integer_constant(self, shape: Shape, kind: str, divides: bool) -> str:
        name = f"n.{len(self.graph.initializers)}.{len(self.values)}"
        choices = [1, 2, 3, 5, 7] + ([] if divides else [0]) + \
            ([] if kind.startswith("u") else [-1, -2, -3])
        values = [self.rng.choice(choices) for _ in range(math.prod(shape))]
        self.graph.initializers[name] = Initializer(shape, values, type=kind, node=self.chance(0.2))
        return name

    def integer_arithmetic(self) -> str:
        """A few ops on integers, and floats of what they give."""
        rng, graph = self.rng, self.graph
        x = self.pick(exact=True, deep=0.7)
        kinds = [code for code, name in TYPES.items() if name in ("int32", "int64")]
        if graph.opset >= 14:
            kinds = [code for code, name in TYPES.items() if name not in ("float", "bool")]
        y = self.to_other_type(x, kinds)
        for _ in range(rng.choice((1, 1, 2, 3))):
            y = self.one_on_integers(y, self.types[y])
        y = self.node("Cast", [y], 8.0, to=1)
        return self.node("Mul", [y, self.scalar(0.125)], 1.0)

    def one_on_integers(self, y: str, kind: str) -> str:
        rng, graph = self.rng, self.graph
        signed, shape, choice = not kind.startswith("u"), self.shapes[y], rng.random()
        if choice < 0.25:
            ops = ["Abs", "Sign"] + ["Neg"] * signed + ["Relu"] * (signed and graph.opset >= 14)
            return self.node(rng.choice(ops), [y], 8.0)
        if choice < 0.4 and shape and kind in ("int32", "int64"):
            axis = rng.randrange(len(shape))
            op = rng.choice(("ReduceMax", "ReduceMin", "ReduceSum"))
            if graph.opset >= (13 if op == "ReduceSum" else 18):
                return self.node(op, [y, self.integers([axis])], 8.0)
            return self.node(op, [y], 8.0, axes=[axis])
        if choice < 0.55 and graph.opset >= 12:
            relation = rng.choice(RELATIONS)
            condition = self.node(relation, [y, self.integer_constant((), kind, False)], 1.0)
            other = self.integer_constant(self.broadcastable(shape), kind, False)
            return self.node("Where", [condition, *rng.sample((y, other), 2)], 8.0)
        ops = ["Add", "Sub", "Mul", "Div"] + ["Mod"] * (graph.opset >= 10)
        ops += ["Max", "Min"] * (graph.opset >= 12)
        op = rng.choice(ops)
        other = self.integer_constant(self.broadcastable(shape), kind, op in ("Div", "Mod"))
        attributes: Dict[str, Attribute] = {"fmod": 1} if op == "Mod" and self.chance(0.5) else {}
        inputs = [y, other] if op in ("Div", "Mod") or self.chance(0.6) else [other, y]
        return self.node(op, inputs, 8.0, **attributes)

    #===--------------------------------------------------------------------===#
    # Repetitions
    #===--------------------------------------------------------------------===#

    def tile(self, x: Optional[str] = None) -> str:
        x = x or self.pick(lambda shape: len(shape) >= 1)
        repeats = [self.rng.choice((1, 1, 2, 3)) for _ in self.shapes[x]]
        return self.node("Tile", [x, self.integers(repeats)], self.scale[x])

    def expand(self) -> str:
        x = self.pick()
        shape = [self.rng.choice((1, 3)) if e == 1 else self.rng.choice((1, e)) for e in self.shapes[x]]
        shape = shape[self.rng.choice((0, 0, 1)):] if self.chance(0.5) else [2, *shape]
        if not shape:
            raise Invalid("no extent")
        return self.node("Expand", [x, self.integers(shape)], self.scale[x])

    def repeating_pad(self) -> str:
        """The modes that repeat elements; wrap is new in operator set 19."""
        rng = self.rng
        x = self.pick(lambda shape: len(shape) >= 1)
        shape = self.shapes[x]
        mode = rng.choice(("edge", "reflect") + ("wrap",) * (self.graph.opset >= 19))
        pads = [rng.choice((0, 0, 1, 2, 3)) for _ in 2 * shape]
        if mode == "reflect":  # no farther than others than us allow
            pads = [min(p, e - 1) for p, e in zip(pads, 2 * shape)]
        elif mode == "wrap":
            pads = [min(p, e) for p, e in zip(pads, 2 * shape)]
        if self.graph.opset < 11:
            return self.node("Pad", [x], self.scale[x], pads=pads, mode=mode)
        return self.node("Pad", [x, self.integers(pads)], self.scale[x], mode=mode)
