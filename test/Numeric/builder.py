#===- builder.py - Test cases as modules of the vox dialect ----------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Writes cases as text of the vox dialect.

Each case is a small network of its own with its own inputs and one result; a
module's function returns the results of several, so that their kernels are
compiled side by side.

Constants come from Python's `random.Random(text)` (Mersenne Twister, seeded by
the case's text), drawn in the order in which the ops appear, rounded to
float32. Inputs are made by vox-run and are standard normal.
"""

from __future__ import annotations

import dataclasses
import math
import random
import struct
from typing import Callable, List, Optional, Sequence, Tuple

Shape = Tuple[int, ...]

#: Unit roundoff of float32.
ROUNDOFF = 2.0 ** -24
#: See Case.limit.
SAFETY = 8.0


@dataclasses.dataclass
class Value:
    name: str
    shape: Shape
    element: str = "f32"

    @property
    def type(self) -> str:
        return tensor_type(self.shape, self.element)


def tensor_type(shape: Sequence[int], element: str = "f32") -> str:
    return "tensor<" + "".join(f"{extent}x" for extent in shape) + element + ">"


def ints(values: Sequence[int]) -> str:
    return f"[{', '.join(map(str, values))}]"


class Case:
    """One network under construction. Methods add an op and return its value."""

    def __init__(self, number: int, text: str):
        self.number = number
        self.text = text
        self.rng = random.Random(text)
        self.inputs: List[Value] = []
        self.lines: List[str] = []
        self.result: Optional[Value] = None
        self.error = 0.0

    #===--------------------------------------------------------------------===#
    # Error bound
    #===--------------------------------------------------------------------===#

    def limit(self) -> float:
        """The greatest error that is allowed, for values of about unit size.

        A float32 sum of K products whose total has variance 1 passes through
        partial sums of RMS at most 1, each rounded by at most 2^-24 of itself;
        taken as independent, these errors add up to less than sqrt(K) 2^-24
        RMS. The factor covers the greatest of many elements (five deviations)
        and elements of several times the RMS. Each further op adds one
        rounding or, for functions computed by a polynomial, a few; an op that
        multiplies by `gain` multiplies what was there before.
        """
        return SAFETY * ROUNDOFF * self.error

    def adds_error(self, reduction: int = 0, roundings: float = 1.0, gain: float = 1.0) -> None:
        self.error = self.error * gain + math.sqrt(reduction) + roundings

    #===--------------------------------------------------------------------===#
    # Values
    #===--------------------------------------------------------------------===#

    def name(self) -> str:
        return f"%c{self.number}_{len(self.lines)}"

    def input(self, shape: Sequence[int], element: str = "f32") -> Value:
        value = Value(f"%x{self.number}_{len(self.inputs)}", tuple(shape), element)
        self.inputs.append(value)
        return value

    def constant(self, shape: Sequence[int], draw: Callable[[], float]) -> Value:
        data = b"".join(struct.pack("<f", draw()) for _ in range(math.prod(shape)))
        value = Value(self.name(), tuple(shape))
        self.lines.append(f'{value.name} = vox.constant dense<"0x{data.hex().upper()}"> : {value.type}')
        return value

    def integers(self, shape: Sequence[int], element: str, small: bool = True) -> Value:
        """A constant: below 100, or of all bits (53 of 64)."""
        value = Value(self.name(), tuple(shape), element)
        if element == "i1":
            text = "true"  # other lists of bits have no hexadecimal form
        else:
            size = int(element.lstrip("ui")) // 8
            numbers = [self.rng.randrange(100 if small else 256 ** size)
                       for _ in range(math.prod(shape))]
            if size == 8 and not small:  # what a float64, as the evaluator has it, holds
                numbers = [((n >> 11) - 2 ** 52) % 2 ** 64 for n in numbers]
            text = '"0x' + b"".join(n.to_bytes(size, "little") for n in numbers).hex().upper() + '"'
        self.lines.append(f"{value.name} = vox.constant dense<{text}> : {value.type}")
        return value

    def positions(self, values: Sequence[int]) -> Value:
        """A constant of 32-bit integers."""
        value = Value(self.name(), (len(values),), "i32")
        self.lines.append(f"{value.name} = vox.constant dense<{ints(values)}> : {value.type}")
        return value

    def normal(self, shape: Sequence[int], deviation: float = 1.0) -> Value:
        return self.constant(shape, lambda: self.rng.gauss(0.0, deviation))

    def uniform(self, shape: Sequence[int], low: float, high: float) -> Value:
        return self.constant(shape, lambda: self.rng.uniform(low, high))

    def op(self, text: str, shape: Sequence[int], element: str = "f32") -> Value:
        value = Value(self.name(), tuple(shape), element)
        self.lines.append(f"{value.name} = vox.{text}")
        return value

    #===--------------------------------------------------------------------===#
    # Ops
    #===--------------------------------------------------------------------===#

    def conv(self, x: Value, channels: int, kernel: Sequence[int], strides: Sequence[int],
             dilations: Sequence[int], pads: Sequence[int], groups: int = 1,
             bias: bool = False) -> Value:
        rank = len(kernel)
        reduction = x.shape[1] // groups * math.prod(kernel)
        w = self.normal((channels, x.shape[1] // groups, *kernel), reduction ** -0.5)
        operands, types = f"{x.name}, {w.name}", f"{x.type}, {w.type}"
        if bias:
            b = self.normal((channels,), 0.5)
            operands, types = f"{operands} bias {b.name}", f"{types}, {b.type}"
        spatial = tuple(window_extent(x.shape[2 + d], kernel[d], strides[d], dilations[d],
                                      pads[d] + pads[rank + d]) for d in range(rank))
        shape = (x.shape[0], channels) + spatial
        self.adds_error(reduction, roundings=2.0, gain=2.0)
        return self.op(
            f"conv {operands} strides = {ints(strides)} dilations = {ints(dilations)} "
            f"pads = {ints(pads)} groups = {groups} : ({types}) -> {tensor_type(shape)}", shape)

    def conv_transpose(self, x: Value, channels: int, kernel: Sequence[int], strides: Sequence[int],
                       dilations: Sequence[int], pads: Sequence[int], output_pads: Sequence[int],
                       groups: int, bias: bool) -> Value:
        rank = len(kernel)
        inputs = x.shape[1] // groups
        # Taps that meet one position of the result.
        reduction = inputs * math.prod(-(-k // s) for k, s in zip(kernel, strides))
        w = self.normal((channels, inputs, *kernel), reduction ** -0.5)
        operands, types = f"{x.name}, {w.name}", f"{x.type}, {w.type}"
        if bias:
            b = self.normal((channels,), 0.5)
            operands, types = f"{operands} bias {b.name}", f"{types}, {b.type}"
        shape = (x.shape[0], channels) + tuple(
            transposed_extent(x.shape[2 + d], kernel[d], strides[d], dilations[d],
                              pads[d] + pads[rank + d], output_pads[d]) for d in range(rank))
        self.adds_error(reduction, roundings=2.0, gain=2.0)
        return self.op(
            f"conv_transpose {operands} strides = {ints(strides)} dilations = {ints(dilations)} "
            f"pads = {ints(pads)} output_pads = {ints(output_pads)} groups = {groups} : "
            f"({types}) -> {tensor_type(shape)}", shape)

    def dense(self, x: Value, features: int, bias: bool) -> Value:
        reduction = x.shape[-1]
        w = self.normal((features, reduction), reduction ** -0.5)
        operands, types = f"{x.name}, {w.name}", f"{x.type}, {w.type}"
        if bias:
            b = self.normal((features,), 0.5)
            operands, types = f"{operands} bias {b.name}", f"{types}, {b.type}"
        shape = x.shape[:-1] + (features,)
        self.adds_error(reduction, roundings=2.0, gain=2.0)
        return self.op(f"dense {operands} : ({types}) -> {tensor_type(shape)}", shape)

    def blocked(self, x: Value) -> Value:
        """`x` through a convolution of one element, which leaves its result in
        blocks of channels, or unchanged where it has no spatial dimensions."""
        rank = len(x.shape) - 2
        if not 1 <= rank <= 3:
            return x
        return self.conv(x, x.shape[1], (1,) * rank, (1,) * rank, (1,) * rank, (0,) * 2 * rank)

    def batch_norm(self, x: Value) -> Value:
        channels = (x.shape[1],)
        scale = self.constant(channels, lambda: self.rng.uniform(0.5, 1.5) * self.rng.choice((1, 1, 1, -1)))
        bias, mean = self.normal(channels, 0.5), self.normal(channels, 0.5)
        variance = self.uniform(channels, 0.5, 1.5)
        self.adds_error(roundings=4.0, gain=2.0)
        return self.op(
            f"batch_norm {x.name} scale {scale.name} bias {bias.name} mean {mean.name} "
            f"variance {variance.name} epsilon = 1.000000e-05 : {x.type}, {scale.type}, "
            f"{bias.type}, {mean.type}, {variance.type}", x.shape)

    def activation(self, x: Value, function: str) -> Value:
        # Sigmoid and tanh are built from an exponential and a division.
        self.adds_error(roundings=4.0 if function in ("sigmoid", "tanh") else 1.0)
        return self.op(f"activation #vox.{function} {x.name} : {x.type}", x.shape)

    def prelu(self, x: Value, slope: Value) -> Value:
        self.adds_error(gain=2.0)
        return self.op(f"activation #vox.prelu {x.name} parameter {slope.name} : {x.type}, {slope.type}",
                       x.shape)

    def cast(self, x: Value, element: str) -> Value:
        return self.op(f"cast {x.name} : {x.type} -> {tensor_type(x.shape, element)}", x.shape, element)

    def compare(self, relation: str, x: Value, y: Value) -> Value:
        shape = broadcast(x.shape, y.shape)
        return self.op(f"compare {relation} {x.name}, {y.name} : ({x.type}, {y.type}) -> "
                       f"{tensor_type(shape, 'i1')}", shape, "i1")

    def select(self, condition: Value, x: Value, y: Value) -> Value:
        shape = broadcast(condition.shape, broadcast(x.shape, y.shape))
        return self.op(f"select {condition.name}, {x.name}, {y.name} : ({condition.type}, {x.type}, "
                       f"{y.type}) -> {tensor_type(shape)}", shape)

    def binary(self, op: str, x: Value, y: Value) -> Value:
        shape = broadcast(x.shape, y.shape)
        self.adds_error(gain=4.0 if op in ("mul", "div") else 2.0)
        return self.op(f"{op} {x.name}, {y.name} : ({x.type}, {y.type}) -> {tensor_type(shape)}", shape)

    def epilogue(self, x: Value, kind: str) -> Value:
        """What follows an anchor and is computed with it."""
        if kind == "none":
            return x
        if kind == "residual":  # the end of a residual block
            x = self.binary("add", self.batch_norm(x), self.input(x.shape))
            return self.activation(x, "leaky_relu<alpha = 2.000000e-01>")
        if kind == "relu-used-twice":  # the second user ends the fusion
            x = self.activation(x, "relu")
            return self.binary("mul", x, self.activation(x, "sigmoid"))
        if kind == "prelu":
            return self.prelu(x, self.uniform((x.shape[1],) + (1,) * (len(x.shape) - 2), -0.5, 1.5))
        return self.activation(x, kind)


def broadcast(x: Shape, y: Shape) -> Shape:
    rank = max(len(x), len(y))
    x, y = (1,) * (rank - len(x)) + x, (1,) * (rank - len(y)) + y
    return tuple(max(i, j) for i, j in zip(x, y))


def transposed_extent(extent: int, kernel: int, stride: int, dilation: int, pads: int,
                      output_pad: int) -> int:
    return (extent - 1) * stride + dilation * (kernel - 1) + 1 - pads + output_pad


def window_extent(extent: int, kernel: int, stride: int, dilation: int, pads: int,
                  ceil_mode: bool = False, before: int = 0) -> int:
    """Positions of a window; `before` matters with `ceil_mode` only."""
    room = extent + pads - dilation * (kernel - 1) - 1
    count = room // stride + 1
    if ceil_mode and room % stride and count * stride < extent + before:
        count += 1
    return count


def module_text(cases: Sequence[Case]) -> str:
    """One module whose result number i, "yN", is that of case number N."""
    arguments = [f'{v.name}: {v.type} {{vox.name = "{v.name[1:]}"}}' for c in cases for v in c.inputs]
    results = [f'{c.result.type} {{vox.name = "y{c.number}"}}' for c in cases]
    lines = ["module @numeric {",
             f"  func.func @main({', '.join(arguments)}) -> ({', '.join(results)}) {{"]
    for case in cases:
        lines.append(f"    // y{case.number}: {case.text}")
        lines += [f"    {line}" for line in case.lines]
    names = ", ".join(c.result.name for c in cases)
    types = ", ".join(c.result.type for c in cases)
    lines += [f"    return {names} : {types}", "  }", "}"]
    return "\n".join(lines) + "\n"
