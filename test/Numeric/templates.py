#===- templates.py - What the numeric tests vary, per kind of kernel -------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Factors, constraints and networks of each kernel template.

Channel counts are one, few, one more than a vector, and two whole vectors (of
16; four of 8); extents 1 to 9 lie below, at and above a register tile. `layout`
says whether the op reads planar input or blocks of channels.
"""

from __future__ import annotations

import dataclasses
import math
from typing import Any, Callable, Dict, List, Sequence, Tuple

from builder import Case, Shape, Value, ints, tensor_type, window_extent
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


GLOBAL_POOL: Factors = {
    "kind": ("max", "average"), "rank": (1, 2, 3), "batch": (1, 2), "channels": CHANNELS,
    "width": EXTENTS, "height": HEIGHTS, "epilogue": ("none", "relu", "residual"),
    "layout": LAYOUTS,
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
    "rank": (1, 2, 3), "rows": (1, 3, 17), "inputs": (1, 3, 17, 32, 100),
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


#===------------------------------------------------------------------------===#
# One element at a time
#===------------------------------------------------------------------------===#

BINARY: Factors = {
    "op": ("add", "sub", "mul", "div"), "rank": (1, 2, 3, 4, 5), "channels": CHANNELS,
    "width": (1, 2, 5, 9, 16), "operand": ("argument", "constant", "computed"),
    "shape": ("same", "scalar", "ones", "channel", "batch", "last", "crossed"),
    "swapped": FLAGS, "layout": LAYOUTS,
}


def full_shape(rank: int, channels: int, width: int) -> Shape:
    if rank == 1:
        return (width,)
    return (2, channels) + (3, 2, width)[5 - rank:] if rank > 2 else (2, channels)


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


#===------------------------------------------------------------------------===#
# Softmax and structure
#===------------------------------------------------------------------------===#

SOFTMAX: Factors = {
    "rank": (1, 2, 3, 4, 5), "axis": ("first", "second", "last"),
    "extent": (1, 3, 17, 32, 100), "other": (1, 2, 5), "layout": LAYOUTS,
    "epilogue": ("none", "relu-used-twice"),
}


def axis_number(axis: str, rank: int) -> int:
    return {"first": 0, "second": 1, "last": rank - 1}[axis]


def axis_exists(axis: str, rank: int) -> bool:
    return axis == "first" or rank > {"second": 1, "last": 2}[axis]


def build_softmax(case: Case, levels: Levels) -> Value:
    axis = axis_number(levels["axis"], levels["rank"])
    shape = [levels["other"]] * levels["rank"]
    shape[axis] = levels["extent"]
    x = lay_out(case, tuple(shape), levels)
    case.adds_error(levels["extent"], roundings=4.0)
    # Of n normal numbers none has much more than e^3 / (n sqrt(e)) of the sum.
    case.error *= min(1.0, 12.0 / levels["extent"])
    y = case.op(f"softmax {x.name} axis = {axis} : {x.type}", x.shape)
    return case.epilogue(y, levels["epilogue"])


CONCAT: Factors = {
    "rank": (1, 2, 3, 4, 5), "axis": ("first", "second", "last"), "first": (1, 3, 16, 17, 32),
    "second": (None, 1, 3, 16, 17, 32), "third": (None, "same", "constant"), "width": (1, 5),
    "layout": LAYOUTS,
}


def build_concat(case: Case, levels: Levels) -> Value:
    axis = axis_number(levels["axis"], levels["rank"])
    shape = list(full_shape(levels["rank"], 3, levels["width"]))

    def part(extent: int) -> Tuple[int, ...]:
        return tuple(shape[:axis] + [extent] + shape[axis + 1:])

    parts = [lay_out(case, part(levels["first"]), levels)]
    if levels["second"]:
        parts.append(case.input(part(levels["second"])))
    if levels["third"] == "same":
        parts.append(parts[0])
    elif levels["third"] == "constant":
        parts.append(case.normal(part(2)))
    result = part(sum(p.shape[axis] for p in parts))
    case.adds_error()
    return case.op(f"concat {', '.join(p.name for p in parts)} axis = {axis} : "
                   f"({', '.join(p.type for p in parts)}) -> {tensor_type(result)}", result)


TRANSPOSE: Factors = {
    "rank": (1, 2, 3, 4, 5),
    "permutation": ("identity", "reverse", "rotate-left", "rotate-right", "swap-last"),
    "channels": CHANNELS, "width": (1, 2, 5, 9, 17), "layout": LAYOUTS, "relu": FLAGS,
}


def permutation_of(kind: str, rank: int) -> List[int]:
    order = list(range(rank))
    if kind == "swap-last":
        return order[:-2] + order[-2:][::-1]
    return {"identity": order, "reverse": order[::-1], "rotate-left": order[1:] + order[:1],
            "rotate-right": order[-1:] + order[:-1]}[kind]


def build_transpose(case: Case, levels: Levels) -> Value:
    x = lay_out(case, full_shape(levels["rank"], levels["channels"], levels["width"]), levels)
    permutation = permutation_of(levels["permutation"], levels["rank"])
    shape = tuple(x.shape[i] for i in permutation)
    case.adds_error()
    y = case.op(f"transpose {x.name} permutation = {ints(permutation)} : {x.type} -> "
                f"{tensor_type(shape)}", shape)
    return case.activation(y, "relu") if levels["relu"] else y


PAD: Factors = {
    "rank": (1, 2, 3, 4, 5), "channels": CHANNELS, "width": (2, 5, 9),
    "where": ("first", "second", "last", "all"), "before": (-1, 0, 1, 3), "after": (-1, 0, 2),
    "value": ("0.000000e+00", "1.500000e+00"), "layout": LAYOUTS, "relu": FLAGS,
}


def pad_fits(rank: int, channels: int, width: int, where: str, before: int, after: int) -> bool:
    shape = full_shape(rank, channels, width)
    axes = range(rank) if where == "all" else (axis_number(where, rank),)
    if where != "all" and not axis_exists(where, rank):
        return False
    return all(shape[a] + min(before, 0) + min(after, 0) >= 1 for a in axes)


def build_pad(case: Case, levels: Levels) -> Value:
    rank = levels["rank"]
    x = lay_out(case, full_shape(rank, levels["channels"], levels["width"]), levels)
    padded = [levels["where"] == "all" or a == axis_number(levels["where"], rank) for a in range(rank)]
    before = [levels["before"] if p else 0 for p in padded]
    after = [levels["after"] if p else 0 for p in padded]
    shape = tuple(e + b + a for e, b, a in zip(x.shape, before, after))
    case.adds_error()
    y = case.op(f"pad {x.name} pads = {ints(before + after)} value = {levels['value']} : "
                f"{x.type} -> {tensor_type(shape)}", shape)
    return case.activation(y, "relu") if levels["relu"] else y


RESHAPE: Factors = {
    "rank": (3, 4, 5), "channels": CHANNELS, "width": (1, 2, 5, 9),
    "to": ("flat", "matrix", "split-channels", "merged-space"), "layout": LAYOUTS,
    "after": ("nothing", "relu", "dense", "twice"),
}


def build_reshape(case: Case, levels: Levels) -> Value:
    x = lay_out(case, full_shape(levels["rank"], levels["channels"], levels["width"]), levels)
    n, c, rest = x.shape[0], x.shape[1], math.prod(x.shape[2:])
    shape = {"flat": (n * c * rest,), "matrix": (n, c * rest),
             "split-channels": (n, 1, c) + x.shape[2:][-2:], "merged-space": (n, c, rest)}[levels["to"]]
    if math.prod(shape) != n * c * rest:  # three spatial dimensions do not fit
        shape = (n, 1, c, rest)
    case.adds_error()
    y = case.op(f"reshape {x.name} : {x.type} -> {tensor_type(shape)}", shape)
    if levels["after"] == "relu":
        return case.activation(y, "relu")
    if levels["after"] == "dense":
        return case.dense(y, 17, bias=True)
    if levels["after"] == "twice":
        back = case.op(f"reshape {y.name} : {y.type} -> {x.type}", x.shape)
        return case.binary("add", back, x)
    return y


TEMPLATES: Dict[str, Template] = {t.name: t for t in (
    Template("conv", CONV, build_conv, (
        (("groups", "inputs", "outputs"), conv_groups_fit),
        (("rank", "width", "height", "kernel", "dilation", "padding"), conv_window_fits),
        (CONV_SIZE, conv_is_small))),
    Template("pool", POOL, build_pool, (
        (("rank", "width", "height", "kernel", "stride", "dilation", "padding", "ceil_mode"),
         pool_fits),
        (("kind", "count_include_pad"), lambda kind, flag: kind == "average" or not flag))),
    Template("global-pool", GLOBAL_POOL, build_global_pool),
    Template("dense", DENSE, build_dense, (
        (("rank", "input"), lambda rank, source: source == "argument" or rank == 2),
        # Without a second dimension there are no channels to normalise.
        (("rank", "epilogue"), lambda rank, epilogue: rank > 1 or epilogue != "residual"))),
    Template("binary", BINARY, build_binary, (
        (("rank", "shape"), lambda rank, shape: rank > 1 or shape not in ("channel", "crossed")),)),
    Template("activation", ACTIVATION, build_activation),
    Template("batch-norm", BATCH_NORM, build_batch_norm),
    Template("softmax", SOFTMAX, build_softmax, ((("axis", "rank"), axis_exists),)),
    Template("concat", CONCAT, build_concat, ((("axis", "rank"), axis_exists),)),
    Template("transpose", TRANSPOSE, build_transpose),
    Template("pad", PAD, build_pad, (
        (("rank", "channels", "width", "where", "before", "after"), pad_fits),)),
    Template("reshape", RESHAPE, build_reshape),
)}
