#===- factors.py - What the templates' factors have in common --------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Levels of the factors that several templates have.

Channel counts are one, few, one more than a vector, and two whole vectors (of
16; four of 8); extents 1 to 9 lie below, at and above a register tile. `layout`
says whether the op reads planar input or blocks of channels.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Callable, Dict, List, Sequence, Tuple

from builder import Case, Shape, Value
from covering import Constraint, Factors

Levels = Dict[str, Any]

CHANNELS = (1, 3, 17, 32)
EXTENTS = tuple(range(1, 10))
#: The spatial dimensions before the last one.
HEIGHTS = (1, 2, 4, 6, 9)
LAYOUTS = ("planar", "blocked")
FLAGS = (False, True)

#: Products that the evaluator computes per case, and weights: what keeps a case
#: below a fraction of a second.
MAX_PRODUCTS = 20_000_000
MAX_WEIGHTS = 150_000


@dataclasses.dataclass
class Template:
    name: str
    factors: Factors
    build: Callable[[Case, Levels], Value]
    constraints: Sequence[Constraint] = ()


def extents(levels: Levels) -> Shape:
    """`width` innermost, then `height`, then half of it."""
    rank, height = levels["rank"], levels["height"]
    return ((height + 1) // 2, height, levels["width"])[3 - rank:]


def lay_out(case: Case, shape: Shape, levels: Levels) -> Value:
    x = case.input(shape)
    return case.blocked(x) if levels["layout"] == "blocked" else x


def full_shape(rank: int, channels: int, width: int) -> Shape:
    if rank == 1:
        return (width,)
    return (2, channels) + (3, 2, width)[5 - rank:] if rank > 2 else (2, channels)


def axis_number(axis: str, rank: int) -> int:
    return {"first": 0, "second": 1, "last": rank - 1}[axis]


def axis_exists(axis: str, rank: int) -> bool:
    return axis == "first" or rank > {"second": 1, "last": 2}[axis]


#: What elements may be, beside float32.
INTEGERS = ("ui8", "i8", "ui16", "i16", "i32", "i64", "i1")


def lay_out_as(case: Case, shape: Shape, levels: Levels) -> Value:
    """`lay_out` in the element type of `levels`; what lies in blocks is cast."""
    element = levels["element"]
    if element == "f32":
        return lay_out(case, shape, levels)
    if levels["layout"] == "planar":
        return case.input(shape, element)
    return case.cast(case.binary("mul", lay_out(case, shape, levels), case.constant((), lambda: 40.0)),
                     element)
