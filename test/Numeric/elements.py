#===- elements.py - Templates of functions of elements ---------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Unary functions, powers, comparisons with selections, and reductions.

ulp.py tests how exact the functions are; here is where their elements lie, and
what becomes of infinities and NaN.
"""

from __future__ import annotations

import math
from typing import Sequence, Tuple

from builder import Case, Shape, Value, ints, tensor_type
from covering import Factors
from factors import CHANNELS, FLAGS, LAYOUTS, Levels, Template, axis_exists, axis_number
from factors import full_shape, lay_out

INFINITY = float("inf")
NAN = float("nan")
#: What takes a branch of its own somewhere.
SPECIAL = (NAN, INFINITY, -INFINITY, 0.0, -0.0, 1.0, -1.0, 1e-40, -1e-40, 0.5, -0.5, 2.0, 3.0, -3.0)


def special(case: Case, shape: Shape, numbers: Sequence[float] = SPECIAL) -> Value:
    """Elements of `numbers` that no fold sees: an input chooses among two."""
    a, b = (case.constant(shape, lambda: case.rng.choice(numbers)) for _ in range(2))
    return case.select(case.compare("less", case.input(shape), case.constant((), lambda: 0.0)), a, b)


def broadcast_shape(kind: str, full: Shape) -> Shape:
    rank = len(full)
    return {"same": full, "scalar": (), "last": full[-1:],
            "channel": full[1:2] + (1,) * (rank - 2)}[kind]


def shape_exists(rank: int, shape: str) -> bool:
    return rank > 1 or shape != "channel"


UNARY: Factors = {
    "function": ("abs", "neg", "exp", "log", "sqrt", "reciprocal", "erf", "floor", "ceil", "round",
                 "sign", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "asinh", "acosh",
                 "atanh"),
    "rank": (1, 2, 3, 4, 5), "channels": CHANNELS, "width": (1, 2, 5, 9, 16),
    "values": ("normal", "special"), "layout": LAYOUTS,
    "epilogue": ("none", "relu-used-twice"),
}


#: Between these numbers the others are defined and not steep.
DOMAINS = {"log": (0.5, 2.0), "sqrt": (0.5, 2.0), "reciprocal": (0.5, 2.0), "tan": (-1.0, 1.0),
           "asin": (-0.9, 0.9), "acos": (-0.9, 0.9), "atanh": (-0.9, 0.9), "acosh": (1.25, 3.0),
           "sinh": (-2.0, 2.0), "cosh": (-2.0, 2.0)}
STEPS = ("floor", "ceil", "round", "sign")


def build_unary(case: Case, levels: Levels) -> Value:
    shape = full_shape(levels["rank"], levels["channels"], levels["width"])
    if levels["values"] == "special":
        x = special(case, shape)
    else:
        x = lay_out(case, shape, levels)
        if levels["function"] in STEPS:  # no step may hang on the last digit
            x = case.cast(case.cast(case.binary("add", x, x), "i8"), "f32")
            x = case.binary("mul", x, case.constant((), lambda: 0.5))
        if levels["function"] in DOMAINS:
            low, high = DOMAINS[levels["function"]]
            x = case.activation(x, f"clip<min = {low:e}, max = {high:e}>")
    case.adds_error(gain=4.0)
    y = case.op(f"unary {levels['function']} {x.name} : {x.type}", shape)
    return case.epilogue(y, levels["epilogue"])


POW: Factors = {
    "rank": (1, 2, 3, 4, 5), "channels": CHANNELS, "width": (1, 2, 5, 9, 16),
    "exponent": ("same", "scalar", "channel", "last"),
    "values": ("squares", "roots", "computed", "special"), "swapped": FLAGS, "layout": LAYOUTS,
}


def build_pow(case: Case, levels: Levels) -> Value:
    full = full_shape(levels["rank"], levels["channels"], levels["width"])
    other = broadcast_shape(levels["exponent"], full)
    clip = "clip<min = 5.000000e-01, max = 2.000000e+00>"
    if levels["values"] == "special":
        # A root of what is tiny would hide all others' errors.
        numbers = [n for n in SPECIAL if n == 0 or not abs(n) < 0.5]
        x, y = special(case, full, numbers), special(case, other, numbers)
    elif levels["values"] == "squares":
        x = lay_out(case, full, levels)
        y = case.constant(other, lambda: case.rng.choice((2.0, 3.0, 0.0)))
    else:
        x = case.activation(lay_out(case, full, levels), clip)
        y = case.uniform(other, -1.0, 2.0) if levels["values"] == "roots" else case.input(other)
        y = y if levels["values"] == "roots" else case.activation(y, clip)
    if levels["swapped"] and levels["values"] != "squares":
        x, y = y, x
    case.adds_error(gain=8.0)
    return case.binary("pow", x, y)


SELECT: Factors = {
    "relation": ("equal", "less", "less_or_equal", "greater", "greater_or_equal"),
    "rank": (1, 2, 3, 4, 5), "channels": CHANNELS, "width": (1, 2, 5, 9, 16),
    "compared": ("same", "scalar", "channel", "last"), "other": ("same", "scalar", "channel", "last"),
    "values": ("normal", "special"), "result": ("select", "condition", "cast"), "after": FLAGS,
    "layout": LAYOUTS,
}


def build_select(case: Case, levels: Levels) -> Value:
    full = full_shape(levels["rank"], levels["channels"], levels["width"])
    compared = broadcast_shape(levels["compared"], full)
    if levels["values"] == "special":
        x, y = special(case, full), special(case, compared)
    else:
        x, y = lay_out(case, full, levels), case.input(compared)
        if levels["layout"] == "blocked" and levels["result"] != "select":
            # Truth values must not hang on the last digit.
            x = case.cast(case.cast(x, "i8"), "f32")
            y = case.cast(case.cast(y, "i8"), "f32")
    condition = case.compare(levels["relation"], x, y)
    case.adds_error()
    if levels["result"] == "condition":
        return condition
    if levels["result"] == "cast":
        return case.cast(condition, "f32")
    if levels["values"] == "normal" and levels["layout"] == "blocked":
        # As above: where x is near y, both branches are near.
        branch = case.binary("sub", x, y)
        zero = case.constant((), lambda: 0.0)
        if levels["relation"] != "equal":
            return case.select(condition, branch, zero)
    other = case.input(broadcast_shape(levels["other"], full))
    result = case.select(condition, x, other)
    return case.activation(result, "leaky_relu<alpha = 2.000000e-01>") if levels["after"] else result


def select_fits(rank: int, compared: str, other: str) -> bool:
    return shape_exists(rank, compared) and shape_exists(rank, other)


EXTREMES: Factors = {
    "op": ("max", "min"), "rank": (1, 2, 3, 4, 5), "channels": CHANNELS, "width": (1, 2, 5, 9, 16),
    "other": ("same", "scalar", "channel", "last"), "values": ("normal", "special"),
    "swapped": FLAGS, "layout": LAYOUTS,
}


def build_extremes(case: Case, levels: Levels) -> Value:
    full = full_shape(levels["rank"], levels["channels"], levels["width"])
    other = broadcast_shape(levels["other"], full)
    if levels["values"] == "special":
        x, y = special(case, full), special(case, other)
    else:
        x, y = lay_out(case, full, levels), case.input(other)
    return case.binary(levels["op"], *((y, x) if levels["swapped"] else (x, y)))


REDUCE: Factors = {
    "kind": ("sum", "mean", "max", "min", "prod"), "rank": (1, 2, 3, 4, 5),
    "axes": ("first", "second", "last", "inner", "outer", "ends", "all", "none"),
    "extent": (1, 3, 17, 31, 32, 33, 100, 1000), "other": (1, 2, 5, 17),
    "values": ("normal", "special"), "layout": LAYOUTS, "epilogue": ("none", "relu-used-twice"),
}


def reduced_axes(axes: str, rank: int) -> Tuple[int, ...]:
    if axes in ("first", "second", "last"):
        return (axis_number(axes, rank),)
    every = tuple(range(rank))
    return {"all": every, "none": (), "inner": every[1:], "outer": every[:-1],
            "ends": tuple(sorted({0, rank - 1}))}[axes]


def reduce_fits(rank: int, axes: str, extent: int, other: int) -> bool:
    if axes in ("first", "second", "last"):
        return axis_exists(axes, rank) and extent * other ** (rank - 1) <= 100_000
    return extent * other ** (rank - 1) <= 100_000 and (rank > 1 or axes in ("all", "none"))


def build_reduce(case: Case, levels: Levels) -> Value:
    rank = levels["rank"]
    axes = reduced_axes(levels["axes"], rank)
    # The long dimension is one of those that are reduced.
    shape = [levels["other"]] * rank
    shape[axes[-1] if axes else 0] = levels["extent"]
    special_values = levels["values"] == "special"
    # Products that vanish or overflow in float32 alone become NaN beside others.
    numbers = [n for n in SPECIAL if levels["kind"] != "prod" or not 0 < abs(n) < INFINITY or abs(n) == 1]
    x = special(case, tuple(shape), numbers) if special_values else lay_out(case, tuple(shape), levels)
    count = math.prod(shape[a] for a in axes)
    if levels["kind"] == "prod" and not special_values:
        # Factors near 1, so that the product is.
        near = case.constant((), lambda: 1.0 / count)
        x = case.activation(x, "clip<min = -1.000000e+00, max = 1.000000e+00>")
        x = case.binary("add", case.binary("mul", x, near), case.constant((), lambda: 1.0))
    result = tuple(1 if a in axes else e for a, e in enumerate(shape))
    if levels["kind"] == "prod":
        case.adds_error(roundings=4.0 * math.sqrt(count), gain=1.0 + count / 10)
    elif levels["kind"] in ("sum", "mean"):
        case.adds_error(count, gain=math.sqrt(count))
        if levels["kind"] == "mean":
            case.error /= count
            case.error += 1.0
    else:
        case.adds_error()
    y = case.op(f"reduce {levels['kind']} {x.name} axes = {ints(axes)} : {x.type} -> "
                f"{tensor_type(result)}", result)
    return case.epilogue(y, levels["epilogue"])


ELEMENT_TEMPLATES: Tuple[Template, ...] = (
    Template("unary", UNARY, build_unary),
    Template("pow", POW, build_pow, ((("rank", "exponent"), shape_exists),)),
    Template("select", SELECT, build_select, ((("rank", "compared", "other"), select_fits),)),
    Template("extremes", EXTREMES, build_extremes, ((("rank", "other"), shape_exists),)),
    Template("reduce", REDUCE, build_reduce, ((("rank", "axes", "extent", "other"), reduce_fits),)),
)
