#===- structure.py - Templates of ops that move data -----------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Softmax, and the ops that move elements of any type."""

from __future__ import annotations

import math
from typing import List, Tuple

from builder import Case, Value, ints, tensor_type
from factors import CHANNELS, FLAGS, INTEGERS, LAYOUTS, Levels, Template, axis_exists, axis_number
from factors import full_shape, lay_out, lay_out_as
from covering import Factors

#: Ops that move elements see their size only.
ELEMENTS = ("f32", "ui8", "i16", "i32", "i64", "i1")

#===------------------------------------------------------------------------===#
# Softmax and structure
#===------------------------------------------------------------------------===#

SOFTMAX: Factors = {
    "op": ("softmax", "log_softmax"),
    "rank": (1, 2, 3, 4, 5), "axis": ("first", "second", "last"),
    "extent": (1, 3, 17, 32, 100), "other": (1, 2, 5), "layout": LAYOUTS,
    "epilogue": ("none", "relu-used-twice"),
}


def relu(case: Case, x: Value) -> Value:
    return case.activation(x if x.element == "f32" else case.cast(x, "f32"), "relu")


def build_softmax(case: Case, levels: Levels) -> Value:
    axis = axis_number(levels["axis"], levels["rank"])
    shape = [levels["other"]] * levels["rank"]
    shape[axis] = levels["extent"]
    x = lay_out(case, tuple(shape), levels)
    case.adds_error(levels["extent"], roundings=4.0)
    # Of n normal numbers none has much more than e^3 / (n sqrt(e)) of the sum.
    # A logarithm's error is that of numbers up to log(n) + 3.
    log = levels["op"] == "log_softmax"
    case.error *= 3.0 + math.log(levels["extent"]) if log else min(1.0, 12.0 / levels["extent"])
    y = case.op(f"{levels['op']} {x.name} axis = {axis} : {x.type}", x.shape)
    return case.epilogue(y, levels["epilogue"])


CONCAT: Factors = {
    "rank": (1, 2, 3, 4, 5), "axis": ("first", "second", "last"), "first": (1, 3, 16, 17, 32),
    "second": (None, 1, 3, 16, 17, 32), "third": (None, "same", "constant"), "width": (1, 5),
    "layout": LAYOUTS, "element": ELEMENTS,
}


def build_concat(case: Case, levels: Levels) -> Value:
    axis = axis_number(levels["axis"], levels["rank"])
    shape = list(full_shape(levels["rank"], 3, levels["width"]))

    def part(extent: int) -> Tuple[int, ...]:
        return tuple(shape[:axis] + [extent] + shape[axis + 1:])

    element = levels["element"]
    parts = [lay_out_as(case, part(levels["first"]), levels)]
    if levels["second"]:
        parts.append(case.input(part(levels["second"]), element))
    if levels["third"] == "same":
        parts.append(parts[0])
    elif levels["third"] == "constant":
        parts.append(case.normal(part(2)) if element == "f32" else case.integers(part(2), element))
    result = part(sum(p.shape[axis] for p in parts))
    case.adds_error()
    return case.op(f"concat {', '.join(p.name for p in parts)} axis = {axis} : "
                   f"({', '.join(p.type for p in parts)}) -> {tensor_type(result, element)}",
                   result, element)


TRANSPOSE: Factors = {
    "rank": (1, 2, 3, 4, 5),
    "permutation": ("identity", "reverse", "rotate-left", "rotate-right", "swap-last"),
    "channels": CHANNELS, "width": (1, 2, 5, 9, 17), "layout": LAYOUTS, "relu": FLAGS,
    "element": ELEMENTS,
}


def permutation_of(kind: str, rank: int) -> List[int]:
    order = list(range(rank))
    if kind == "swap-last":
        return order[:-2] + order[-2:][::-1]
    return {"identity": order, "reverse": order[::-1], "rotate-left": order[1:] + order[:1],
            "rotate-right": order[-1:] + order[:-1]}[kind]


def build_transpose(case: Case, levels: Levels) -> Value:
    x = lay_out_as(case, full_shape(levels["rank"], levels["channels"], levels["width"]), levels)
    permutation = permutation_of(levels["permutation"], levels["rank"])
    shape = tuple(x.shape[i] for i in permutation)
    case.adds_error()
    y = case.op(f"transpose {x.name} permutation = {ints(permutation)} : {x.type} -> "
                f"{tensor_type(shape, x.element)}", shape, x.element)
    return relu(case, y) if levels["relu"] else y


PAD: Factors = {
    "mode": ("constant", "edge", "reflect", "wrap"),
    "rank": (1, 2, 3, 4, 5), "channels": CHANNELS, "width": (2, 5, 9),
    "where": ("first", "second", "last", "all"), "before": (-1, 0, 1, 3, 11), "after": (-1, 0, 2, 10),
    "value": ("0.000000e+00", "1.000000e+00", "1.500000e+00"), "layout": LAYOUTS, "relu": FLAGS,
    "element": ELEMENTS,
}


def pad_fits(rank: int, channels: int, width: int, where: str, before: int, after: int) -> bool:
    shape = full_shape(rank, channels, width)
    axes = range(rank) if where == "all" else (axis_number(where, rank),)
    if where != "all" and not axis_exists(where, rank):
        return False
    return all(shape[a] + min(before, 0) + min(after, 0) >= 1 for a in axes)


def build_pad(case: Case, levels: Levels) -> Value:
    rank = levels["rank"]
    x = lay_out_as(case, full_shape(rank, levels["channels"], levels["width"]), levels)
    padded = [levels["where"] == "all" or a == axis_number(levels["where"], rank) for a in range(rank)]
    # Far beyond the extents along one dimension only.
    most = 3 if levels["where"] == "all" else 11
    before = [min(levels["before"], most) if p else 0 for p in padded]
    after = [min(levels["after"], most) if p else 0 for p in padded]
    shape = tuple(e + b + a for e, b, a in zip(x.shape, before, after))
    case.adds_error()
    y = case.op(f"pad {x.name} mode = {levels['mode']} pads = {ints(before + after)} value = {levels['value']} : "
                f"{x.type} -> {tensor_type(shape, x.element)}", shape, x.element)
    return relu(case, y) if levels["relu"] else y


RESHAPE: Factors = {
    "rank": (3, 4, 5), "channels": CHANNELS, "width": (1, 2, 5, 9),
    "to": ("flat", "matrix", "split-channels", "merged-space"), "layout": LAYOUTS,
    "after": ("nothing", "relu", "dense", "twice"), "element": ELEMENTS,
}


def build_reshape(case: Case, levels: Levels) -> Value:
    x = lay_out_as(case, full_shape(levels["rank"], levels["channels"], levels["width"]), levels)
    n, c, rest = x.shape[0], x.shape[1], math.prod(x.shape[2:])
    shape = {"flat": (n * c * rest,), "matrix": (n, c * rest),
             "split-channels": (n, 1, c) + x.shape[2:][-2:], "merged-space": (n, c, rest)}[levels["to"]]
    if math.prod(shape) != n * c * rest:  # three spatial dimensions do not fit
        shape = (n, 1, c, rest)
    case.adds_error()
    y = case.op(f"reshape {x.name} : {x.type} -> {tensor_type(shape, x.element)}", shape, x.element)
    if levels["after"] == "relu":
        return relu(case, y)
    if levels["after"] == "dense":
        return case.dense(y, 17, bias=True)
    if levels["after"] == "twice":
        back = case.op(f"reshape {y.name} : {y.type} -> {x.type}", x.shape)
        return case.binary("add", back, x)
    return y


SLICE: Factors = {
    "rank": (1, 2, 3, 4, 5), "channels": (1, 3, 16, 17, 32), "width": (1, 2, 5, 9, 17),
    "where": ("first", "second", "last", "all"), "start": ("first", "middle", "last", "block"),
    "step": (1, 2, 3, -1, -2), "layout": LAYOUTS, "relu": FLAGS, "element": ELEMENTS,
}


def slice_fits(rank: int, channels: int, where: str, start: str) -> bool:
    if start == "block":  # the second block of channels
        return where == "second" and rank > 2 and channels > 16
    return where == "all" or axis_exists(where, rank)


def build_slice(case: Case, levels: Levels) -> Value:
    rank = levels["rank"]
    x = lay_out_as(case, full_shape(rank, levels["channels"], levels["width"]), levels)
    starts, steps, shape = [0] * rank, [1] * rank, list(x.shape)
    for axis in range(rank):
        if levels["where"] != "all" and axis != axis_number(levels["where"], rank):
            continue
        extent, step = x.shape[axis], levels["step"]
        start = {"first": 0, "middle": extent // 2, "last": extent - 1, "block": 16}[levels["start"]]
        starts[axis], steps[axis] = start, step
        shape[axis] = -(-(extent - start) // step) if step > 0 else start // -step + 1
    case.adds_error()
    y = case.op(f"slice {x.name} starts = {ints(starts)} steps = {ints(steps)} : {x.type} -> "
                f"{tensor_type(shape, x.element)}", tuple(shape), x.element)
    return relu(case, y) if levels["relu"] else y


#===------------------------------------------------------------------------===#
# Element types
#===------------------------------------------------------------------------===#

CAST: Factors = {
    "from": ("f32",) + INTEGERS, "to": ("f32",) + INTEGERS, "after": (None, "i32", "i64", "ui8", "i8", "i16", "i1"),
    "rank": (1, 2, 3, 4), "channels": CHANNELS, "width": (1, 5, 17),
    "values": ("input", "blocked", "special"), "epilogue": ("none", "relu"),
}
#: Around the borders of the integers' ranges, all floats.
BORDERS = (float("nan"), float("inf"), float("-inf"), 127.5, 128.0, -128.5, -129.0, 255.5, 256.0,
           32767.5, 32768.0, -32768.5, -32769.0, 65535.5, 65536.0, -0.5, -1.0, 2.0 ** 31,
           2.0 ** 31 - 128, -2.0 ** 31, -2.0 ** 31 - 256, 2.0 ** 63, 2.0 ** 63 - 2.0 ** 39,
           -2.0 ** 63, -2.0 ** 63 - 2.0 ** 40, 0.0, -0.0, 1e-40)


def build_cast(case: Case, levels: Levels) -> Value:
    shape = full_shape(levels["rank"], levels["channels"], levels["width"])
    source, to = levels["from"], levels["to"]
    case.adds_error()
    if levels["values"] == "special":
        if source == "f32":
            borders = BORDERS[3:] if to == "f32" and levels["after"] is None else BORDERS
            x = case.constant(shape, lambda: case.rng.choice(borders))
        else:
            x = case.integers(shape, source, small=False)
        case.error = 2.0 ** 64  # where the result is float: of its last digit
    else:
        x = lay_out_as(case, shape, {
            "element": source, "layout": "blocked" if levels["values"] == "blocked" else "planar"})
        case.error += 100.0
    if levels["after"]:
        x = case.cast(x, levels["after"])
    y = case.cast(x, to)
    return relu(case, y) if levels["epilogue"] == "relu" else y


ARGMAX: Factors = {
    "rank": (1, 2, 3, 4, 5), "axis": ("first", "second", "last"),
    "extent": (1, 2, 3, 5, 17, 32, 33, 100), "other": (1, 2, 5, 9), "select_last": FLAGS,
    "values": ("random", "ties", "special"), "layout": LAYOUTS,
    "epilogue": ("none", "ui8", "i32", "relu"),
}


def build_argmax(case: Case, levels: Levels) -> Value:
    axis = axis_number(levels["axis"], levels["rank"])
    shape = [levels["other"]] * levels["rank"]
    shape[axis] = levels["extent"]
    if levels["values"] == "special":
        numbers = (float("nan"), float("inf"), float("-inf"), 0.0, -0.0, 1.0, -1.0)
        x = case.constant(tuple(shape), lambda: case.rng.choice(numbers))
    else:
        x = lay_out(case, tuple(shape), levels)
        if levels["values"] == "ties":
            x = case.cast(case.cast(x, "i8"), "f32")
    shape[axis] = 1
    last = " {select_last}" if levels["select_last"] else ""
    case.adds_error()
    y = case.op(f"argmax {x.name} axis = {axis}{last} : {x.type} -> {tensor_type(shape, 'i64')}",
                tuple(shape), "i64")
    if levels["epilogue"] == "relu":
        return relu(case, y)
    return y if levels["epilogue"] == "none" else case.cast(y, levels["epilogue"])


# Chunks are of 256 positions; the columns' figures differ in size, so that each
# group of columns is compared by itself.
STATISTICS: Factors = {
    "rank": (1, 2, 3, 4, 5), "axis": ("first", "second", "last"), "channels": CHANNELS,
    "width": (1, 2, 5, 17, 33, 300, 1031), "values": ("relu", "far", "special"),
    "bounds": FLAGS, "samples": (0, 1, 7, 16, 100), "layout": LAYOUTS,
    "columns": ("counts", "mean", "variance", "extremes", "samples"),
}


def build_statistics(case: Case, levels: Levels) -> Value:
    rank, samples = levels["rank"], levels["samples"]
    shape = full_shape(rank, levels["channels"], levels["width"])
    axis = axis_number(levels["axis"], rank)
    size = 1.0
    if levels["values"] == "special":
        numbers = (float("nan"), float("inf"), 0.0, -0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
        x = case.constant(shape, lambda: case.rng.choice(numbers))
    else:
        x = lay_out(case, shape, levels)
        if levels["values"] == "relu":
            x = relu(case, x)
        else:  # integers around 1000: exact, but for what the kernel does
            x = case.cast(case.cast(x, "i16"), "f32")
            x = case.binary("add", x, case.constant((), lambda: 1000.0))
            size = 1000.0 if levels["columns"] == "mean" else 1.0
    low, high = ("1.0", "1001.0") if levels["bounds"] else ("0xFFF0000000000000", "0x7FF0000000000000")
    y = case.op(f"activation_statistics {x.name} axis = {axis} low = {low} high = {high} "
                f"samples = {samples} : {x.type} -> {tensor_type((shape[axis], 7 + samples))}",
                (shape[axis], 7 + samples))
    first, last = {"counts": (0, 3), "mean": (3, 4), "variance": (4, 5), "extremes": (5, 7),
                   "samples": (7, 7 + samples)}[levels["columns"]]
    case.adds_error(roundings=4.0 * size)
    part = (shape[axis], last - first)
    return case.op(f"slice {y.name} starts = [0, {first}] steps = [1, 1] : {y.type} -> "
                   f"{tensor_type(part)}", part)


#===------------------------------------------------------------------------===#
# Resize
#===------------------------------------------------------------------------===#

RESIZE: Factors = {
    "kind": ("nearest", "linear"), "rank": (1, 2, 3, 4, 5), "channels": CHANNELS,
    "width": (1, 2, 5, 9, 17), "where": ("spatial", "last", "second", "all"),
    "scale": (2.0, 3.0, 0.5, 1.7, 0.3, 1.0),
    "coordinates": ("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric"),
    "rounding": ("round_prefer_floor", "round_prefer_ceil", "floor", "ceil"),
    "element": ELEMENTS, "epilogue": ("none", "relu"), "layout": LAYOUTS,
}


def resize_fits(kind: str, rank: int, where: str, element: str) -> bool:
    if kind == "linear" and element != "f32":
        return False
    return rank > {"spatial": 2, "second": 1}.get(where, 0)


def build_resize(case: Case, levels: Levels) -> Value:
    rank = levels["rank"]
    x = lay_out_as(case, full_shape(rank, levels["channels"], levels["width"]), levels)
    axes = {"spatial": range(2, rank), "last": (rank - 1,), "second": (1,), "all": range(rank)}
    scales = [levels["scale"] if a in axes[levels["where"]] else 1.0 for a in range(rank)]
    shape = tuple(max(1, int(e * s)) for e, s in zip(x.shape, scales))
    case.adds_error(roundings=2.0 * rank)
    y = case.op(f"resize {levels['kind']} {x.name} scales = [{', '.join(f'{s:.6e}' for s in scales)}] "
                f"coordinates = {levels['coordinates']} rounding = {levels['rounding']} : "
                f"{x.type} -> {tensor_type(shape, x.element)}", shape, x.element)
    return relu(case, y) if levels["epilogue"] == "relu" else y


RESAMPLE: Factors = {
    "rank": (1, 2, 3, 4, 5), "axis": ("first", "second", "last"), "extent": (1, 2, 7, 17, 32),
    "rows": (1, 3, 16, 33), "taps": (1, 2, 4, 5, 33, 40), "other": (1, 3, 17), "layout": LAYOUTS,
    "outside": FLAGS, "epilogue": ("none", "relu-used-twice", "residual"),
}


def build_resample(case: Case, levels: Levels) -> Value:
    axis, rows, taps = axis_number(levels["axis"], levels["rank"]), levels["rows"], levels["taps"]
    shape = [levels["other"] if d in (1, levels["rank"] - 1) else 2 for d in range(levels["rank"])]
    shape[axis] = levels["extent"]
    x = lay_out(case, tuple(shape), levels)
    # Starts of which no tap leaves the input, as far as there are, or any.
    last = max(levels["extent"] - taps, 0)
    low, high = (-taps - 2, levels["extent"] + 2) if levels["outside"] else (0, last)
    starts = [case.rng.randint(low, high) for _ in range(rows)]
    if levels["outside"]:
        starts[0], starts[-1] = -2 ** 31, 2 ** 31 - 1
    starts, weights = case.positions(starts), case.normal((rows, taps), taps ** -0.5)
    shape[axis] = rows
    case.adds_error(taps, roundings=2.0, gain=2.0)
    y = case.op(f"resample {x.name}, {starts.name}, {weights.name} axis = {axis} : ({x.type}, "
                f"{starts.type}, {weights.type}) -> {tensor_type(shape)}", tuple(shape))
    epilogue = levels["epilogue"]
    return case.epilogue(y, "none" if epilogue == "residual" and levels["rank"] < 2 else epilogue)


STRUCTURE_TEMPLATES: Tuple[Template, ...] = (
    Template("softmax", SOFTMAX, build_softmax, ((("axis", "rank"), axis_exists),)),
    Template("concat", CONCAT, build_concat, ((("axis", "rank"), axis_exists),)),
    Template("transpose", TRANSPOSE, build_transpose),
    Template("pad", PAD, build_pad, (
        (("value", "element"), lambda value, element: value != "1.500000e+00" or element == "f32"),
        (("rank", "channels", "width", "where", "before", "after"), pad_fits),)),
    Template("slice", SLICE, build_slice, ((("rank", "channels", "where", "start"), slice_fits),)),
    Template("reshape", RESHAPE, build_reshape, (
        (("after", "element"), lambda after, element: after in ("nothing", "relu") or element == "f32"),)),
    Template("cast", CAST, build_cast),
    Template("argmax", ARGMAX, build_argmax, ((("axis", "rank"), axis_exists),)),
    Template("statistics", STATISTICS, build_statistics, (
        (("axis", "rank"), axis_exists),
        (("columns", "samples"), lambda columns, samples: columns != "samples" or samples > 0),)),
    Template("resize", RESIZE, build_resize, (
        (("kind", "rank", "where", "element"), resize_fits),)),
    Template("resample", RESAMPLE, build_resample, ((("axis", "rank"), axis_exists),)),
)
