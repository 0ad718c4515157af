#===- gathering.py - Templates of gathers, scatters and top k --------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Elements at computed positions: inside, counted from the end, and far outside
of what they point into."""

from __future__ import annotations

import math
from typing import Sequence, Tuple

from builder import Case, Shape, Value, tensor_type
from covering import Factors
from factors import FLAGS, INTEGERS, LAYOUTS, Levels, Template, axis_exists, axis_number, lay_out
from factors import lay_out_as
from structure import ELEMENTS, relu

POSITIONS = ("inside", "negative", "outside")
INDICES = ("i32", "i64")


def position(case: Case, kind: str, extent: int, element: str) -> int:
    if kind == "inside":
        return case.rng.randrange(extent)
    if kind == "negative" or case.rng.random() < 0.5:
        return case.rng.randrange(-extent, extent)
    bits = int(element[1:])
    # The last two are inside if one keeps 32 bits of them.
    far = (extent, -extent - 1, 2 ** (bits - 1) - 1, -2 ** (bits - 1)) + (2 ** 32, -2 ** 32) * (bits > 32)
    return case.rng.choice(far)


def positions(case: Case, shape: Sequence[int], element: str, kind: str,
              extents: Sequence[int]) -> Value:
    """A constant of tuples of positions, one per extent."""
    value = Value(case.name(), tuple(shape), element)
    numbers = [position(case, kind, extents[i % len(extents)], element)
               for i in range(math.prod(shape))]
    data = b"".join(n.to_bytes(int(element[1:]) // 8, "little", signed=True) for n in numbers)
    case.lines.append(f'{value.name} = vox.constant dense<"0x{data.hex().upper()}"> : {value.type}')
    return value


def shape_along(levels: Levels) -> Tuple[int, Shape]:
    axis = axis_number(levels["axis"], levels["rank"])
    shape = [levels["other"]] * levels["rank"]
    shape[axis] = levels["extent"]
    return axis, tuple(shape)


def types_of(*values: Value) -> str:
    return ", ".join(v.type for v in values)


#===------------------------------------------------------------------------===#
# Gathers
#===------------------------------------------------------------------------===#

ALONG: Factors = {
    "rank": (1, 2, 3, 4, 5), "axis": ("first", "second", "last"), "extent": (1, 3, 16, 17),
    "other": (1, 2, 5), "positions": POSITIONS, "index": INDICES,
}

GATHER: Factors = {
    **ALONG, "shape": ("scalar", "vector", "matrix", "elements", "more-elements"),
    "element": ELEMENTS, "layout": LAYOUTS, "relu": FLAGS,
}


def build_gather(case: Case, levels: Levels) -> Value:
    axis, shape = shape_along(levels)
    x = lay_out_as(case, shape, levels)
    before, after = shape[:axis], shape[axis + 1:]
    if "elements" in levels["shape"]:  # fewer than there are, or more, along the axis
        count = 2 * levels["extent"] + 1 if levels["shape"] == "more-elements" else 2
        chosen = tuple((e + 1) // 2 for e in before) + (count,) + after
        op, result = "gather_elements", chosen
    else:
        chosen = {"scalar": (), "vector": (19,), "matrix": (2, 3)}[levels["shape"]]
        op, result = "gather", before + chosen + after
    indices = positions(case, chosen, levels["index"], levels["positions"], (levels["extent"],))
    case.adds_error()
    y = case.op(f"{op} {x.name}, {indices.name} axis = {axis} : ({types_of(x, indices)}) -> "
                f"{tensor_type(result, x.element)}", result, x.element)
    return relu(case, y) if levels["relu"] else y


TUPLES: Factors = {
    "rank": (1, 2, 3, 4, 5), "listed": (1, 2, 3), "extent": (1, 3, 5), "width": (1, 2, 9, 17),
    "tuples": ("one", "vector", "matrix"), "positions": POSITIONS, "index": INDICES,
}

GATHER_ND: Factors = {**TUPLES, "batch_dims": (0, 1, 2), "element": ELEMENTS, "layout": LAYOUTS}


def tuples_fit(rank: int, batch_dims: int, listed: int) -> bool:
    return batch_dims + listed <= rank


def build_gather_nd(case: Case, levels: Levels) -> Value:
    batch_dims, listed = levels["batch_dims"], levels["listed"]
    shape = (levels["extent"],) * (levels["rank"] - 1) + (levels["width"],)
    x = lay_out_as(case, shape, levels)
    listed_extents = shape[batch_dims:batch_dims + listed]
    tuples = shape[:batch_dims] + {"one": (), "vector": (7,), "matrix": (2, 3)}[levels["tuples"]]
    indices = positions(case, tuples + (listed,), levels["index"], levels["positions"], listed_extents)
    result = tuples + shape[batch_dims + listed:]
    case.adds_error()
    return case.op(f"gather_nd {x.name}, {indices.name} batch_dims = {batch_dims} : "
                   f"({types_of(x, indices)}) -> {tensor_type(result, x.element)}", result, x.element)


#===------------------------------------------------------------------------===#
# Scatters
#===------------------------------------------------------------------------===#

KINDS = ("assign", "add", "mul", "max", "min")


def kind_fits(kind: str, element: str) -> bool:
    return kind == "assign" or element != "i1"


def finish_scatter(case: Case, levels: Levels, text: str, values: Sequence[Value], rest: str,
                   updates: int) -> Value:
    """The op, and its error: products of several normal numbers differ in size
    far more than their roundings do."""
    x = values[0]
    case.adds_error(updates, roundings=4.0 + updates, gain=4.0)
    names = ", ".join(v.name for v in values)
    y = case.op(f"{text} {levels['kind']} {names}{rest} : ({types_of(*values)}) -> {x.type}",
                x.shape, x.element)
    return relu(case, y) if levels["relu"] else y


SCATTER: Factors = {
    **ALONG, "kind": KINDS, "count": (1, 5, 17), "element": ("f32",) + INTEGERS, "layout": LAYOUTS,
    "relu": FLAGS,
}


def build_scatter(case: Case, levels: Levels) -> Value:
    axis, shape = shape_along(levels)
    x = lay_out_as(case, shape, levels)
    chosen = tuple((e + 1) // 2 for e in shape[:axis]) + (levels["count"],) + shape[axis + 1:]
    indices = positions(case, chosen, levels["index"], levels["positions"], (levels["extent"],))
    values = (x, indices, case.input(chosen, x.element))
    return finish_scatter(case, levels, "scatter_elements", values, f" axis = {axis}", levels["count"])


SCATTER_ND: Factors = {
    **TUPLES, "kind": KINDS, "element": ("f32",) + INTEGERS, "layout": LAYOUTS, "relu": FLAGS,
}


def build_scatter_nd(case: Case, levels: Levels) -> Value:
    listed = levels["listed"]
    shape = (levels["extent"],) * (levels["rank"] - 1) + (levels["width"],)
    x = lay_out_as(case, shape, levels)
    tuples = {"one": (), "vector": (7,), "matrix": (2, 3)}[levels["tuples"]]
    indices = positions(case, tuples + (listed,), levels["index"], levels["positions"], shape[:listed])
    values = (x, indices, case.input(tuples + shape[listed:], x.element))
    return finish_scatter(case, levels, "scatter_nd", values, "", math.prod(tuples))


#===------------------------------------------------------------------------===#
# Top k
#===------------------------------------------------------------------------===#

TOP_K: Factors = {
    "rank": (1, 2, 3, 4, 5), "axis": ("first", "second", "last"),
    "extent": (1, 2, 3, 16, 17, 33, 100), "other": (1, 2, 5), "k": ("one", "half", "all"),
    "smallest": FLAGS, "values": ("random", "ties", "special"),
    "element": ("f32", "ui8", "i16", "i32", "i64"), "layout": LAYOUTS,
    "result": ("positions", "elements", "cast"),
}
SPECIAL = (float("nan"), float("inf"), float("-inf"), 0.0, -0.0, 1e-40, -1e-40, 1.0, -1.0, 3e38)


def build_top_k(case: Case, levels: Levels) -> Value:
    axis, shape = shape_along(levels)
    element, special = levels["element"], levels["values"] == "special"
    if special and element == "f32":
        x = case.constant(shape, lambda: case.rng.choice(SPECIAL))
    elif special:
        x = case.integers(shape, element, small=False)
    elif element == "f32":
        x = lay_out(case, shape, levels)
        # Which of two is the greater must not hang on the last digit.
        if levels["values"] == "ties" or levels["layout"] == "blocked":
            x = case.cast(case.cast(x, "i8"), "f32")
    else:
        x = case.input(shape, element)
    count = {"one": 1, "half": (shape[axis] + 1) // 2, "all": shape[axis]}[levels["k"]]
    result = shape[:axis] + (count,) + shape[axis + 1:]
    smallest = " {smallest}" if levels["smallest"] else ""
    case.adds_error()
    y = case.op(f"topk {x.name} axis = {axis}{smallest} : {x.type} -> {tensor_type(result, 'i64')}",
                result, "i64")
    if levels["result"] == "elements" and not (special and element == "f32"):
        return case.op(f"gather_elements {x.name}, {y.name} axis = {axis} : ({types_of(x, y)}) -> "
                       f"{tensor_type(result, element)}", result, element)
    return case.cast(y, "f32") if levels["result"] == "cast" else y


GATHERING_TEMPLATES: Tuple[Template, ...] = (
    Template("gather", GATHER, build_gather, ((("axis", "rank"), axis_exists),)),
    Template("gather-nd", GATHER_ND, build_gather_nd, (
        (("rank", "batch_dims", "listed"), tuples_fit),)),
    Template("scatter", SCATTER, build_scatter, (
        (("axis", "rank"), axis_exists), (("kind", "element"), kind_fits))),
    Template("scatter-nd", SCATTER_ND, build_scatter_nd, (
        (("rank", "listed"), lambda rank, listed: listed <= rank), (("kind", "element"), kind_fits))),
    Template("topk", TOP_K, build_top_k, ((("axis", "rank"), axis_exists),)),
)
