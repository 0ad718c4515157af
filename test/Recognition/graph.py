#===- graph.py - Formulas as ONNX nodes ------------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Writes the text of ONNX nodes while a Python formula is evaluated: each
operator and function becomes one node, just as it stands in the formula."""

from __future__ import annotations

from typing import List, Sequence, Union

#: The shape of each formula's input: batch, channels, positions.
SHAPE = (2, 4, 3)
COMMUTATIVE = ("Add", "Mul", "Max", "Min")


class Writer:
    """The nodes of one formula. Bit i of `swaps` says whether commutative node i
    has its operands swapped."""

    def __init__(self, prefix: str, swaps: int = 0):
        self.prefix, self.swaps = prefix, swaps
        self.commutative = 0
        self.lines: List[str] = []
        self.constants = {}

    def node(self, op: str, *operands: "Operand", attributes: str = "") -> "Value":
        names = [self.value(operand).name for operand in operands]
        if op in COMMUTATIVE:
            if self.swaps >> self.commutative & 1:
                names.reverse()
            self.commutative += 1
        name = f"{self.prefix}_{len(self.lines)}"
        self.lines.append(f"{name} = {op} {attributes}({', '.join(names)})")
        return Value(self, name)

    def value(self, operand: "Operand") -> "Value":
        if isinstance(operand, Value):
            return operand
        if operand not in self.constants:
            literal = (f"float {{{operand!r}}}" if isinstance(operand, float) else
                       f"int64[1] {{{operand}}}")
            self.constants[operand] = self.node("Constant", attributes=f"<value = {literal}> ")
        return self.constants[operand]


class Value:
    def __init__(self, writer: Writer, name: str):
        self.writer, self.name = writer, name

    def __add__(self, other): return self.writer.node("Add", self, other)
    def __radd__(self, other): return self.writer.node("Add", other, self)
    def __sub__(self, other): return self.writer.node("Sub", self, other)
    def __rsub__(self, other): return self.writer.node("Sub", other, self)
    def __mul__(self, other): return self.writer.node("Mul", self, other)
    def __rmul__(self, other): return self.writer.node("Mul", other, self)
    def __truediv__(self, other): return self.writer.node("Div", self, other)
    def __rtruediv__(self, other): return self.writer.node("Div", other, self)
    def __pow__(self, other): return self.writer.node("Pow", self, other)
    def __neg__(self): return self.writer.node("Neg", self)
    def __gt__(self, other): return self.writer.node("Greater", self, other)
    def __lt__(self, other): return self.writer.node("Less", self, other)
    def __ge__(self, other): return self.writer.node("GreaterOrEqual", self, other)
    def __le__(self, other): return self.writer.node("LessOrEqual", self, other)


Operand = Union[Value, float, int]


def function(op: str, attributes: str = ""):
    return lambda x: x.writer.node(op, x, attributes=attributes)


exp, log, erf, tanh, sigmoid = (function(op) for op in ("Exp", "Log", "Erf", "Tanh", "Sigmoid"))
absolute, reciprocal, relu, softplus = (function(op) for op in ("Abs", "Reciprocal", "Relu", "Softplus"))
as_float = function("Cast", "<to = 1> ")
logical_not = function("Not")


def maximum(a: Value, b: Operand) -> Value:
    return a.writer.node("Max", a, b)


def minimum(a: Value, b: Operand) -> Value:
    return a.writer.node("Min", a, b)


def clip(x: Value, low: float, high: float) -> Value:
    return x.writer.node("Clip", x, low, high)


def where(condition: Value, a: Operand, b: Operand) -> Value:
    return condition.writer.node("Where", condition, a, b)


def hard_sigmoid(x: Value, alpha: float, beta: float) -> Value:
    return x.writer.node("HardSigmoid", x, attributes=f"<alpha = {alpha}, beta = {beta}> ")


def elu(x: Value, alpha: float) -> Value:
    return x.writer.node("Elu", x, attributes=f"<alpha = {alpha}> ")


def softmax(x: Value, axis: int) -> Value:
    return x.writer.node("Softmax", x, attributes=f"<axis = {axis}> ")


def reduce_sum(x: Value, axis: int) -> Value:
    return x.writer.node("ReduceSum", x, axis)


def reduce_max(x: Value, axis: int) -> Value:
    return x.writer.node("ReduceMax", x, attributes=f"<axes = [{axis}]> ")


def parameter(x: Value, values: Sequence[float]) -> Value:
    """A constant with one element per channel."""
    literal = f"float[{len(values)},1] {{{', '.join(map(repr, values))}}}"
    return x.writer.node("Constant", attributes=f"<value = {literal}> ")
