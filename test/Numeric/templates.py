#===- templates.py - What the numeric tests vary, per kind of kernel -------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Factors, constraints and networks of each kernel template."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Sequence, Tuple

from builder import Case, Shape, Value, ints, tensor_type, transposed_extent, window_extent
from covering import Factors
from factors import CHANNELS, EXTENTS, FLAGS, HEIGHTS, LAYOUTS, Levels, Template
from elements import ELEMENT_TEMPLATES
from factors import MAX_PRODUCTS, MAX_WEIGHTS, extents, full_shape, lay_out
from gathering import GATHERING_TEMPLATES
from integers import INTEGER_TEMPLATES
from structure import STRUCTURE_TEMPLATES

#===------------------------------------------------------------------------===#
# Convolution
#===------------------------------------------------------------------------===#


def kernel_of(kernel: int, rank: int) -> Tuple[int, ...]:
    """The full extent innermost; smaller ones outside keep the work small."""
    return (min(kernel, 2), min(kernel, 3), kernel)[3 - rank:]


def pads_of(padding: str, kernel: int, dilation: int) -> Tuple[int, int]:
    reach = dilation * (kernel - 1)
    return {"none": (0, 0), "same": (reach // 2, reach - reach // 2),
            "asymmetric": (reach, 0), "wide": (reach + 1, reach + 2)}[padding]


def channels_of(groups: str, inputs: int, outputs: int) -> Tuple[int, int, int]:
    """Input channels, output channels and number of groups."""
    return {"one": (inputs, outputs, 1), "two": (inputs, outputs, 2),
            "two-of-whole-blocks": (2 * inputs, 2 * outputs, 2),
            "three": (3 * inputs, 3 * outputs, 3),
            "depthwise": (inputs, outputs, inputs),
            "depthwise-twice": (inputs, 2 * outputs, inputs)}[groups]


def conv_pads(levels: Levels) -> Tuple[List[int], List[int]]:
    kernel = kernel_of(levels["kernel"], levels["rank"])
    both = [pads_of(levels["padding"], k, levels["dilation"]) for k in kernel]
    return [b for b, _ in both], [a for _, a in both]


CONV: Factors = {
    "rank": (1, 2, 3), "batch": (1, 2), "inputs": CHANNELS, "outputs": CHANNELS,
    "width": EXTENTS, "height": HEIGHTS, "kernel": (1, 2, 3, 5, 7),
    "stride": (1, 2, 3), "dilation": (1, 2, 3),
    "padding": ("none", "same", "asymmetric", "wide"),
    "groups": ("one", "two", "two-of-whole-blocks", "three", "depthwise", "depthwise-twice"),
    "bias": FLAGS, "epilogue": ("none", "relu", "sigmoid", "residual"), "layout": LAYOUTS,
}


def conv_groups_fit(groups: str, inputs: int, outputs: int) -> bool:
    if groups.startswith("depthwise"):
        return inputs == outputs > 1
    return groups != "two" or inputs % 2 == outputs % 2 == 0


def conv_window_fits(rank: int, width: int, height: int, kernel: int, dilation: int,
                     padding: str) -> bool:
    shape = extents({"rank": rank, "width": width, "height": height})
    return all(sum(pads_of(padding, k, dilation)) + extent > dilation * (k - 1)
               for extent, k in zip(shape, kernel_of(kernel, rank)))


def conv_is_small(*values: Any) -> bool:
    levels = dict(zip(CONV_SIZE, values))
    kernel = kernel_of(levels["kernel"], levels["rank"])
    inputs, outputs, groups = channels_of(levels["groups"], levels["inputs"], levels["outputs"])
    weights = outputs * inputs // groups * math.prod(kernel)
    before, after = conv_pads(levels)
    positions = math.prod(
        window_extent(e, k, levels["stride"], levels["dilation"], b + a)
        for e, k, b, a in zip(extents(levels), kernel, before, after))
    return weights <= MAX_WEIGHTS and weights * positions * levels["batch"] <= MAX_PRODUCTS


CONV_SIZE = ("rank", "batch", "inputs", "outputs", "width", "height", "kernel", "stride",
             "dilation", "padding", "groups")


def build_conv(case: Case, levels: Levels) -> Value:
    rank = levels["rank"]
    inputs, outputs, groups = channels_of(levels["groups"], levels["inputs"], levels["outputs"])
    x = lay_out(case, (levels["batch"], inputs) + extents(levels), levels)
    before, after = conv_pads(levels)
    y = case.conv(x, outputs, kernel_of(levels["kernel"], rank), [levels["stride"]] * rank,
                  [levels["dilation"]] * rank, before + after, groups, levels["bias"])
    return case.epilogue(y, levels["epilogue"])


#===------------------------------------------------------------------------===#
# Transposed convolution
#===------------------------------------------------------------------------===#

CONV_TRANSPOSE: Factors = {
    "rank": (1, 2, 3), "batch": (1, 2), "inputs": CHANNELS, "outputs": CHANNELS,
    "width": EXTENTS, "height": (1, 2, 4, 5), "kernel": (1, 2, 3, 4), "stride": (1, 2, 3, 5),
    "outer_stride": ("same", "one"), "dilation": (1, 2, 3),
    # "stride" cuts off one on both sides, which leaves no border at all where
    # it and the dilation make all phases begin inside.
    "padding": ("none", "half", "before", "after", "stride"), "output_pad": (0, 1, 2),
    "groups": ("one", "two", "two-of-whole-blocks", "three", "depthwise"),
    "bias": FLAGS, "epilogue": ("none", "relu", "prelu", "residual"), "layout": LAYOUTS,
}
TRANSPOSE_SIZE = ("rank", "batch", "inputs", "outputs", "width", "height", "kernel", "stride",
                  "outer_stride", "dilation", "padding", "output_pad", "groups")


def transpose_strides(rank: int, stride: int, outer_stride: str) -> List[int]:
    return [1 if outer_stride == "one" and d + 1 < rank else stride for d in range(rank)]


def output_pad_fits(output_pad: int, stride: int, dilation: int, outer_stride: str, rank: int) -> bool:
    return all(output_pad < max(s, dilation) for s in transpose_strides(rank, stride, outer_stride))


def transpose_pads(levels: Levels) -> Tuple[List[int], List[int]]:
    reach = [levels["dilation"] * (k - 1) for k in kernel_of(levels["kernel"], levels["rank"])]
    both = [{"none": (0, 0), "half": (r // 2, r - r // 2), "before": (r + 1, 0),
             "after": (0, r + 1), "stride": (levels["stride"],) * 2}[levels["padding"]] for r in reach]
    return [b for b, _ in both], [a for _, a in both]


def transpose_shape(levels: Levels) -> List[int]:
    rank = levels["rank"]
    before, after = transpose_pads(levels)
    return [transposed_extent(e, k, s, levels["dilation"], b + a, levels["output_pad"])
            for e, k, s, b, a in zip(
                extents(levels), kernel_of(levels["kernel"], rank),
                transpose_strides(rank, levels["stride"], levels["outer_stride"]), before, after)]


def transpose_fits(*values: Any) -> bool:
    levels = dict(zip(TRANSPOSE_SIZE, values))
    kernel = kernel_of(levels["kernel"], levels["rank"])
    inputs, outputs, groups = channels_of(levels["groups"], levels["inputs"], levels["outputs"])
    weights = outputs * inputs // groups * math.prod(kernel)
    shape = transpose_shape(levels)
    return (min(shape) >= 1 and weights <= MAX_WEIGHTS and
            weights * math.prod(shape) * levels["batch"] <= MAX_PRODUCTS)


def build_conv_transpose(case: Case, levels: Levels) -> Value:
    rank = levels["rank"]
    inputs, outputs, groups = channels_of(levels["groups"], levels["inputs"], levels["outputs"])
    x = lay_out(case, (levels["batch"], inputs) + extents(levels), levels)
    before, after = transpose_pads(levels)
    y = case.conv_transpose(
        x, outputs, kernel_of(levels["kernel"], rank),
        transpose_strides(rank, levels["stride"], levels["outer_stride"]),
        [levels["dilation"]] * rank, before + after, [levels["output_pad"]] * rank, groups,
        levels["bias"])
    return case.epilogue(y, levels["epilogue"])


#===------------------------------------------------------------------------===#
# Pools
#===------------------------------------------------------------------------===#

POOL: Factors = {
    "kind": ("max", "average"), "rank": (1, 2, 3), "channels": (1, 3, 16, 17, 32),
    "width": EXTENTS, "height": HEIGHTS, "kernel": (1, 2, 3, 5), "stride": (1, 2, 3),
    "dilation": (1, 2), "padding": ("none", "same", "asymmetric"), "ceil_mode": FLAGS,
    "count_include_pad": FLAGS, "epilogue": ("none", "relu", "residual"), "layout": LAYOUTS,
}


def pool_extent(extent: int, kernel: int, stride: int, dilation: int, padding: str,
                ceil_mode: bool) -> int:
    """Output extent; 0 where a window would hold nothing, to which ONNX gives
    no value, or where holes of a padded window cover the input, which the
    dialect refuses."""
    before, after = pads_of(padding, kernel, dilation)
    if extent + before + after <= dilation * (kernel - 1) or (before and extent < dilation):
        return 0
    count = window_extent(extent, kernel, stride, dilation, before + after, ceil_mode, before)
    for p in range(count):
        if not any(0 <= p * stride + k * dilation - before < extent for k in range(kernel)):
            return 0
    return count


def pool_fits(rank: int, width: int, height: int, kernel: int, stride: int, dilation: int,
              padding: str, ceil_mode: bool) -> bool:
    shape = extents({"rank": rank, "width": width, "height": height})
    return all(pool_extent(e, k, stride, dilation, padding, ceil_mode)
               for e, k in zip(shape, kernel_of(kernel, rank)))


def build_pool(case: Case, levels: Levels) -> Value:
    rank, stride, dilation = levels["rank"], levels["stride"], levels["dilation"]
    kernel = kernel_of(levels["kernel"], rank)
    x = lay_out(case, (2, levels["channels"]) + extents(levels), levels)
    before, after = conv_pads(levels)
    shape = x.shape[:2] + tuple(
        pool_extent(e, k, stride, dilation, levels["padding"], levels["ceil_mode"])
        for e, k in zip(x.shape[2:], kernel))
    flags = ", ".join(flag for flag in ("ceil_mode", "count_include_pad") if levels[flag])
    case.adds_error(math.prod(kernel) if levels["kind"] == "average" else 0)
    y = case.op(f"pool {levels['kind']} {x.name} kernel = {ints(kernel)} "
                f"strides = {ints([stride] * rank)} dilations = {ints([dilation] * rank)} "
                f"pads = {ints(before + after)} {{{flags}}} : {x.type} -> {tensor_type(shape)}", shape)
    return case.epilogue(y, levels["epilogue"])


POOL_INDICES: Factors = {
    **{name: POOL[name] for name in ("rank", "channels", "width", "height", "kernel", "stride",
                                     "dilation", "padding", "ceil_mode", "layout")},
    "column_major": FLAGS, "values": ("random", "ties", "special"),
    "epilogue": ("none", "i32", "relu"),
}


def build_pool_indices(case: Case, levels: Levels) -> Value:
    rank = levels["rank"]
    kernel = kernel_of(levels["kernel"], rank)
    full = (2, levels["channels"]) + extents(levels)
    if levels["values"] == "special":
        numbers = (float("nan"), float("inf"), float("-inf"), 0.0, -0.0, 1.0, -1.0)
        x = case.constant(full, lambda: case.rng.choice(numbers))
    else:
        x = case.input(full) if levels["values"] == "random" else lay_out(case, full, levels)
        if levels["values"] == "ties":
            x = case.cast(case.cast(x, "i8"), "f32")
    before, after = conv_pads(levels)
    shape = full[:2] + tuple(
        pool_extent(e, k, levels["stride"], levels["dilation"], levels["padding"],
                    levels["ceil_mode"]) for e, k in zip(full[2:], kernel))
    flags = ", ".join(flag for flag in ("ceil_mode", "column_major") if levels[flag])
    y = case.op(f"pool_indices {x.name} kernel = {ints(kernel)} "
                f"strides = {ints([levels['stride']] * rank)} "
                f"dilations = {ints([levels['dilation']] * rank)} pads = {ints(before + after)} "
                f"{{{flags}}} : {x.type} -> {tensor_type(shape, 'i64')}", shape, "i64")
    case.adds_error()
    if levels["epilogue"] == "relu":
        return case.activation(case.cast(y, "f32"), "relu")
    return y if levels["epilogue"] == "none" else case.cast(y, levels["epilogue"])


GLOBAL_POOL: Factors = {
    "kind": ("max", "average"), "rank": (1, 2, 3), "batch": (1, 2), "channels": CHANNELS,
    # From 32 on a dimension is reduced in two steps.
    "width": (1, 5, 31, 32, 33, 1000), "height": (1, 2, 4, 9, 33),
    "epilogue": ("none", "relu", "residual"), "layout": LAYOUTS,
}


def build_global_pool(case: Case, levels: Levels) -> Value:
    x = lay_out(case, (levels["batch"], levels["channels"]) + extents(levels), levels)
    shape = x.shape[:2] + (1,) * levels["rank"]
    case.adds_error(math.prod(x.shape[2:]) if levels["kind"] == "average" else 0)
    y = case.op(f"global_pool {levels['kind']} {x.name} : {x.type} -> {tensor_type(shape)}", shape)
    return case.epilogue(y, levels["epilogue"])


#===------------------------------------------------------------------------===#
# Dense
#===------------------------------------------------------------------------===#

DENSE: Factors = {
    "rank": (1, 2, 3), "rows": (1, 3, 17),
    # Sums of 512 terms are made of parts, those of 257 can't be.
    "inputs": (1, 3, 17, 32, 100, 257, 512),
    "outputs": (1, 3, 17, 32, 100), "bias": FLAGS,
    "epilogue": ("none", "relu", "sigmoid", "residual"),
    "input": ("argument", "flattened"),
}


def build_dense(case: Case, levels: Levels) -> Value:
    k = levels["inputs"]
    lead = {1: (), 2: (levels["rows"],), 3: (2, levels["rows"])}[levels["rank"]]
    if levels["input"] == "flattened":  # as after the last pool of a network
        x = case.blocked(case.input((levels["rows"], k, 1, 1)))
        x = case.op(f"flatten {x.name} axis = 1 : {x.type} -> {tensor_type((levels['rows'], k))}",
                    (levels["rows"], k))
    else:
        x = case.input(lead + (k,))
    return case.epilogue(case.dense(x, levels["outputs"], levels["bias"]), levels["epilogue"])


#: Vectors are of 16, 8 or fewer; tiles and tasks end anywhere in a row; a sum
#: of 512 terms is made of parts.
MATMUL: Factors = {
    "rank": (2, 3, 4, 5), "rows": (1, 2, 5, 17, 70), "inner": (1, 3, 17, 64, 512),
    "columns": (1, 2, 5, 9, 16, 33, 64, 100), "batches": ("same", "left", "right", "crossed"),
    "right": ("input", "computed", "constant"),
    "epilogue": ("none", "relu", "scaled", "residual"),
}


def build_matmul(case: Case, levels: Levels) -> Value:
    m, k, n = levels["rows"], levels["inner"], levels["columns"]
    lead = (2, 3, 2)[:levels["rank"] - 2]
    left, right = {"same": (lead, lead), "left": (lead, ()), "right": ((1,) * len(lead), lead),
                   "crossed": (lead[:1] + (1,) * len(lead[1:]), (1,) + lead[1:])}[
                       levels["batches"] if lead else "same"]
    a = case.input(left + (m, k))
    # Divided, so that the sums have variance 1.
    b = case.normal(right + (k, n), k ** -0.5) if levels["right"] == "constant" else case.binary(
        "mul", case.input(right + (k, n)), case.constant((), lambda: k ** -0.5))
    if levels["right"] == "computed":
        b = case.activation(b, "leaky_relu<alpha = 5.000000e-01>")
    shape = lead + (m, n)
    case.adds_error(k, roundings=2.0, gain=2.0)
    y = case.op(f"matmul {a.name}, {b.name} : ({a.type}, {b.type}) -> {tensor_type(shape)}", shape)
    if levels["epilogue"] == "scaled":  # as attention's scores
        return case.binary("add", case.binary("mul", y, case.constant((), lambda: 0.125)),
                           case.input((n,)))
    return case.epilogue(y, levels["epilogue"])


#===------------------------------------------------------------------------===#
# One element at a time
#===------------------------------------------------------------------------===#

BINARY: Factors = {
    "op": ("add", "sub", "mul", "div"), "rank": (1, 2, 3, 4, 5), "channels": CHANNELS,
    "width": (1, 2, 5, 9, 16), "operand": ("argument", "constant", "computed"),
    "shape": ("same", "scalar", "ones", "channel", "batch", "last", "crossed"),
    "swapped": FLAGS, "layout": LAYOUTS,
}


def broadcast_shapes(kind: str, full: Shape) -> Tuple[Shape, Shape]:
    """The shapes of the two operands."""
    rank = len(full)
    if kind == "crossed":  # neither has the result's shape
        return (1,) + full[1:], (full[0],) + (1,) * (rank - 1)
    other = {"same": full, "scalar": (), "ones": (1,) * rank,
             "channel": full[1:2] + (1,) * (rank - 2),
             "batch": full[:1] + (1,) * (rank - 1), "last": full[-1:]}[kind]
    return full, other


def build_binary(case: Case, levels: Levels) -> Value:
    left, right = broadcast_shapes(
        levels["shape"], full_shape(levels["rank"], levels["channels"], levels["width"]))
    x = lay_out(case, left, levels)
    if levels["operand"] == "constant":
        y = case.uniform(right, 0.5, 2.0)
    else:
        y = case.input(right)
    # A divisor near zero would make the error of no meaning.
    if levels["operand"] == "computed" or levels["op"] == "div":
        y = case.activation(y, "clip<min = 5.000000e-01, max = 2.000000e+00>")
        if levels["op"] == "div" and levels["swapped"]:
            x = case.activation(x, "clip<min = 5.000000e-01, max = 2.000000e+00>")
    return case.binary(levels["op"], *((y, x) if levels["swapped"] else (x, y)))


ACTIVATION: Factors = {
    "function": ("relu", "leaky_relu<alpha = 2.000000e-01>", "leaky_relu<alpha = -1.500000e+00>",
                 "sigmoid", "tanh", "identity", "clip<min = -5.000000e-01, max = 7.500000e-01>",
                 "clip<max = 0.000000e+00>", "clip<min = 1.000000e+00, max = -1.000000e+00>"),
    "rank": (1, 2, 3, 4, 5), "channels": CHANNELS, "width": (1, 2, 5, 9, 16),
    "epilogue": ("none", "relu-used-twice"), "layout": LAYOUTS,
}


def build_activation(case: Case, levels: Levels) -> Value:
    x = lay_out(case, full_shape(levels["rank"], levels["channels"], levels["width"]), levels)
    return case.epilogue(case.activation(x, levels["function"]), levels["epilogue"])


PRELU: Factors = {
    "rank": (1, 2, 3, 4, 5), "channels": CHANNELS, "width": (1, 2, 5, 9, 16),
    "slope": ("same", "scalar", "channel", "last"), "source": ("argument", "constant"),
    "after": ("nothing", "conv"), "layout": LAYOUTS,
}


def build_prelu(case: Case, levels: Levels) -> Value:
    shape = full_shape(levels["rank"], levels["channels"], levels["width"])
    x = lay_out(case, shape, levels)
    if levels["after"] == "conv":
        x = case.blocked(x)
    slope = {"same": shape, "scalar": (), "channel": shape[1:2] + (1,) * (len(shape) - 2),
             "last": shape[-1:]}[levels["slope"]]
    if levels["source"] == "argument":
        return case.prelu(x, case.input(slope))
    return case.prelu(x, case.uniform(slope, -1.0, 2.0))


BATCH_NORM: Factors = {
    "rank": (2, 3, 4, 5), "channels": CHANNELS, "width": (1, 2, 5, 9, 16),
    "epilogue": ("none", "relu", "residual", "relu-used-twice"), "layout": LAYOUTS,
    "before": ("nothing", "relu"),
}


def build_batch_norm(case: Case, levels: Levels) -> Value:
    x = lay_out(case, full_shape(levels["rank"], levels["channels"], levels["width"]), levels)
    if levels["before"] == "relu":  # keeps it from being folded
        x = case.activation(x, "relu")
    return case.epilogue(case.batch_norm(x), levels["epilogue"])


TEMPLATES: Dict[str, Template] = {t.name: t for t in (
    Template("conv", CONV, build_conv, (
        (("groups", "inputs", "outputs"), conv_groups_fit),
        (("rank", "width", "height", "kernel", "dilation", "padding"), conv_window_fits),
        (CONV_SIZE, conv_is_small))),
    Template("conv-transpose", CONV_TRANSPOSE, build_conv_transpose, (
        (("groups", "inputs", "outputs"), conv_groups_fit),
        (("output_pad", "stride", "dilation", "outer_stride", "rank"), output_pad_fits),
        (TRANSPOSE_SIZE, transpose_fits))),
    Template("pool", POOL, build_pool, (
        (("rank", "width", "height", "kernel", "stride", "dilation", "padding", "ceil_mode"),
         pool_fits),
        (("kind", "count_include_pad"), lambda kind, flag: kind == "average" or not flag))),
    Template("pool-indices", POOL_INDICES, build_pool_indices, (
        (("rank", "width", "height", "kernel", "stride", "dilation", "padding", "ceil_mode"),
         pool_fits),
        (("values", "layout"), lambda values, layout: values == "ties" or layout == "planar"))),
    Template("global-pool", GLOBAL_POOL, build_global_pool),
    Template("dense", DENSE, build_dense, (
        (("rank", "input"), lambda rank, source: source == "argument" or rank == 2),
        # Without a second dimension there are no channels to normalise.
        (("rank", "epilogue"), lambda rank, epilogue: rank > 1 or epilogue != "residual"))),
    Template("matmul", MATMUL, build_matmul),
    Template("binary", BINARY, build_binary, (
        (("rank", "shape"), lambda rank, shape: rank > 1 or shape not in ("channel", "crossed")),)),
    Template("activation", ACTIVATION, build_activation),
    Template("batch-norm", BATCH_NORM, build_batch_norm),
    Template("prelu", PRELU, build_prelu),
    *ELEMENT_TEMPLATES,
    *INTEGER_TEMPLATES,
    *STRUCTURE_TEMPLATES,
    *GATHERING_TEMPLATES,
)}
