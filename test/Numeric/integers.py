#===- integers.py - Templates of arithmetic on integers --------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Arithmetic, comparisons, selections and reductions of every element type.

The evaluator holds integers as float64: those of 64 bits stay so small that all
results are exact. test/Frontend/arithmetic.test has larger ones.
"""

from __future__ import annotations

import math
from typing import Tuple

from builder import Case, Shape, Value, ints, tensor_type
from covering import Factors
from elements import broadcast_shape, reduced_axes, shape_exists
from factors import CHANNELS, FLAGS, INTEGERS, LAYOUTS, Levels, Template, axis_exists, axis_number
from factors import full_shape, lay_out, lay_out_as

NUMBERS = ("f32",) + INTEGERS[:-1]


def width_of(element: str) -> int:
    return int(element.lstrip("uif"))


def draw(case: Case, shape: Shape, element: str) -> Value:
    """A constant of borders, zeros, small numbers and any bits."""
    bits = width_of(element)
    signed = not element.startswith("u")
    # Products of two 64-bit ones are exact.
    most = 2 ** (26 if bits == 64 else bits - signed) - 1
    least = -most - 1 if signed else 0

    def one() -> int:
        if case.rng.random() < 0.5:
            return case.rng.choice((0, 0, 1, 2, 3, 7, most, least) + ((-1, -2, -3, -7) if signed else ()))
        return case.rng.randint(least, most)

    value = Value(case.name(), tuple(shape), element)
    data = b"".join(one().to_bytes(bits // 8, "little", signed=signed) for _ in range(math.prod(shape)))
    case.lines.append(f'{value.name} = vox.constant dense<"0x{data.hex().upper()}"> : {value.type}')
    return value


def halves(case: Case, x: Value) -> Value:
    """Exact floats near those of `x`: a quotient must not hang on a last digit."""
    return case.binary("mul", case.cast(case.cast(x, "i8"), "f32"), case.constant((), lambda: 0.5))


def operand(case: Case, shape: Shape, levels: Levels) -> Value:
    if levels["element"] == "f32":
        return halves(case, lay_out(case, shape, levels))
    if levels["layout"] == "blocked":
        return lay_out_as(case, shape, levels)
    return draw(case, shape, levels["element"])


ARITHMETIC: Factors = {
    "op": ("add", "sub", "mul", "div", "mod", "rem", "max", "min"), "element": NUMBERS,
    "rank": (1, 2, 3, 4, 5), "channels": CHANNELS, "width": (1, 2, 5, 9, 16),
    "other": ("same", "scalar", "channel", "last"), "swapped": FLAGS, "layout": LAYOUTS,
    "epilogue": ("none", "abs", "neg", "sign", "relu"),
}


def build_arithmetic(case: Case, levels: Levels) -> Value:
    element = levels["element"]
    full = full_shape(levels["rank"], levels["channels"], levels["width"])
    other = broadcast_shape(levels["other"], full)
    x = operand(case, full, levels)
    y = halves(case, case.input(other)) if element == "f32" else draw(case, other, element)
    if levels["swapped"]:
        x, y = y, x
    case.adds_error(roundings=8.0)
    z = case.op(f"{levels['op']} {x.name}, {y.name} : ({x.type}, {y.type}) -> "
                f"{tensor_type(full, element)}", full, element)
    if levels["epilogue"] == "relu":
        if element == "f32":
            return case.activation(z, "relu")
        z = case.activation(case.cast(z, "f32"), "relu")
        case.error = 2.0 ** 64  # where the float is large: of its last digit
        return z
    if levels["epilogue"] == "none":
        return z
    return case.op(f"unary {levels['epilogue']} {z.name} : {z.type}", full, element)


CHOICE: Factors = {
    "relation": ("equal", "less", "less_or_equal", "greater", "greater_or_equal"),
    "element": INTEGERS, "chosen": ("f32",) + INTEGERS, "rank": (1, 2, 3, 4, 5),
    "channels": CHANNELS, "width": (1, 2, 5, 9, 16), "other": ("same", "scalar", "channel", "last"),
    "result": ("select", "condition"), "layout": LAYOUTS,
}


def build_choice(case: Case, levels: Levels) -> Value:
    full = full_shape(levels["rank"], levels["channels"], levels["width"])
    other = broadcast_shape(levels["other"], full)
    case.adds_error()

    def values(shape: Shape, element: str) -> Value:
        return case.input(shape, element) if element in ("f32", "i1") else draw(case, shape, element)

    if levels["layout"] == "blocked":
        x = lay_out_as(case, full, levels)
    else:
        x = values(full, levels["element"])
    condition = case.compare(levels["relation"], x, values(other, levels["element"]))
    if levels["result"] == "condition":
        return condition
    a, b = values(full, levels["chosen"]), values(other, levels["chosen"])
    return case.op(f"select {condition.name}, {a.name}, {b.name} : ({condition.type}, {a.type}, "
                   f"{b.type}) -> {a.type}", full, levels["chosen"])


REDUCE: Factors = {
    "kind": ("sum", "max", "min", "prod", "argmax", "argmax-last"), "element": INTEGERS[:-1],
    "rank": (1, 2, 3, 4), "axes": ("first", "second", "last", "inner", "all", "none"),
    "extent": (1, 3, 17, 32, 33, 100, 1000), "other": (1, 2, 5, 17), "layout": LAYOUTS,
}


def reduce_fits(kind: str, rank: int, axes: str, extent: int, other: int) -> bool:
    if kind.startswith("argmax") and axes not in ("first", "second", "last"):
        return False
    if axes in ("first", "second", "last") and not axis_exists(axes, rank):
        return False
    return extent * other ** (rank - 1) <= 20_000 and (rank > 1 or axes != "inner")


def build_reduce(case: Case, levels: Levels) -> Value:
    rank, element, kind = levels["rank"], levels["element"], levels["kind"]
    axes = reduced_axes(levels["axes"], rank)
    shape = [levels["other"]] * rank
    shape[axes[-1] if axes else 0] = levels["extent"]
    x = operand(case, tuple(shape), levels)
    result = tuple(1 if a in axes else e for a, e in enumerate(shape))
    case.adds_error()
    if kind.startswith("argmax"):
        last = " {select_last}" if kind == "argmax-last" else ""
        return case.op(f"argmax {x.name} axis = {axes[0]}{last} : {x.type} -> "
                       f"{tensor_type(result, 'i64')}", result, "i64")
    if element == "i64" and kind == "prod":  # few elements that are no 0 or 1
        x = case.op(f"unary sign {x.name} : {x.type}", x.shape, element)
    return case.op(f"reduce {kind} {x.name} axes = {ints(axes)} : {x.type} -> "
                   f"{tensor_type(result, element)}", result, element)


TILE: Factors = {
    "rank": (1, 2, 3, 4, 5), "channels": CHANNELS, "width": (1, 2, 5, 9),
    "where": ("first", "second", "last", "all"), "times": (1, 2, 3, 7), "layout": LAYOUTS,
    "element": ("f32",) + INTEGERS, "relu": FLAGS,
}


def tile_fits(rank: int, where: str) -> bool:
    return where == "all" or axis_exists(where, rank)


def build_tile(case: Case, levels: Levels) -> Value:
    rank = levels["rank"]
    x = lay_out_as(case, full_shape(rank, levels["channels"], levels["width"]), levels)
    times = min(levels["times"], 3) if levels["where"] == "all" else levels["times"]
    shape = tuple(e * times if levels["where"] == "all" or a == axis_number(levels["where"], rank) else e
                  for a, e in enumerate(x.shape))
    case.adds_error()
    y = case.op(f"tile {x.name} : {x.type} -> {tensor_type(shape, x.element)}", shape, x.element)
    if not levels["relu"]:
        return y
    return case.activation(y if y.element == "f32" else case.cast(y, "f32"), "relu")


INTEGER_TEMPLATES: Tuple[Template, ...] = (
    Template("arithmetic", ARITHMETIC, build_arithmetic, ((("rank", "other"), shape_exists),)),
    Template("choice", CHOICE, build_choice, ((("rank", "other"), shape_exists),)),
    Template("reduce-integers", REDUCE, build_reduce,
             ((("kind", "rank", "axes", "extent", "other"), reduce_fits),)),
    Template("tile", TILE, build_tile, ((("rank", "where"), tile_fits),)),
)
