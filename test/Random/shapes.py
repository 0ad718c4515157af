#===- shapes.py - The shape that each op gives -----------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Shape rules, written from the ONNX operator pages, on purpose not by the
compiler's own code. They raise `Invalid` for what ONNX does not allow.

A rule gets the shapes of the operands that are there; those that are left out
have no place in the list.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Callable, Dict, List, Optional

import layer_shapes as layers
import position_shapes as positions
import window_shapes as windows
from node import Invalid, Node, Shape, Shapes, axis_of, broadcast

if TYPE_CHECKING:
    from graph import Graph


def _axes(graph: Graph, node: Node) -> Optional[List[int]]:
    if "axes" in node.attributes:
        return node.attributes["axes"]
    return graph.ints(node.inputs[1]) if len(node.inputs) > 1 else None


def _arg_max(_: Graph, node: Node, shapes: Shapes) -> Shape:
    axis = axis_of(node.attributes.get("axis", 0), len(shapes[0]))
    kept = (1,) if node.attributes.get("keepdims", 1) else ()
    return shapes[0][:axis] + kept + shapes[0][axis + 1:]


def _binary(_: Graph, node: Node, shapes: Shapes) -> Shape:
    result = shapes[0]
    for shape in shapes[1:]:
        result = broadcast(result, shape)
    return result


def _center_crop_pad(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    wanted, rank = graph.ints(node.inputs[1]), len(shapes[0])
    axes = [axis_of(a, rank) for a in node.attributes.get("axes", range(rank))]
    if len(axes) != len(wanted):
        raise Invalid("axes")
    return tuple(dict(zip(axes, wanted)).get(i, e) for i, e in enumerate(shapes[0]))


def _concat(_: Graph, node: Node, shapes: Shapes) -> Shape:
    axis = axis_of(node.attributes["axis"], len(shapes[0]))
    for shape in shapes:
        if shape[:axis] + shape[axis + 1:] != shapes[0][:axis] + shapes[0][axis + 1:] or \
                len(shape) != len(shapes[0]):
            raise Invalid("Concat's shapes differ")
    return shapes[0][:axis] + (sum(s[axis] for s in shapes),) + shapes[0][axis + 1:]


def _constant_shape(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    return tuple(graph.ints(node.inputs[0]))


def _depth_to_space(_: Graph, node: Node, shapes: Shapes) -> Shape:
    block = node.attributes["blocksize"]
    if len(shapes[0]) != 4 or shapes[0][1] % block ** 2:
        raise Invalid("blocks")
    n, c, h, w = shapes[0]
    return n, c // block ** 2, h * block, w * block


def _expand(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    return broadcast(shapes[0], tuple(graph.ints(node.inputs[1])))


def _extents(_: Graph, node: Node, shapes: Shapes) -> Shape:
    attributes = node.attributes
    counted = shapes[0][attributes.get("start", 0):attributes.get("end", len(shapes[0]))]
    return (len(counted),)


def _flatten(_: Graph, node: Node, shapes: Shapes) -> Shape:
    axis = node.attributes.get("axis", 1)
    if not -len(shapes[0]) <= axis <= len(shapes[0]):
        raise Invalid("Flatten's axis")
    axis += len(shapes[0]) if axis < 0 else 0
    return math.prod(shapes[0][:axis]), math.prod(shapes[0][axis:])


def _matrices(_: Graph, node: Node, shapes: Shapes) -> Shape:
    if len(shapes[0]) < 2 or node.op == "EyeLike" and len(shapes[0]) != 2:
        raise Invalid("no matrix")
    return shapes[0]


def _pad(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    rank = len(shapes[0])
    pads = node.attributes.get("pads") or graph.ints(node.inputs[1])
    axes = list(range(rank))
    if len(node.inputs) > 3:
        axes = [axis_of(a, rank) for a in graph.ints(node.inputs[3])]
    if len(pads) != 2 * len(axes):
        raise Invalid("pads")
    result = list(shapes[0])
    for i, axis in enumerate(axes):
        before, after = pads[i], pads[len(axes) + i]
        if min(before, 0) + min(after, 0) + result[axis] < 1:
            raise Invalid("cropped to nothing")
        result[axis] += before + after
    return tuple(result)


def _prelu(_: Graph, node: Node, shapes: Shapes) -> Shape:
    if broadcast(shapes[0], shapes[1]) != shapes[0]:
        raise Invalid("a slope larger than the input")
    return shapes[0]


def _range(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    start, limit, step = (graph.initializers[i].values[0] for i in node.inputs)
    return (max(math.ceil((limit - start) / step), 0),)


def _reduce(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    rank = len(shapes[0])
    axes = [axis_of(a, rank) for a in _axes(graph, node) or ()]
    if not axes and node.attributes.get("noop_with_empty_axes", 0):
        return shapes[0]
    axes = axes or list(range(rank))
    kept = [(1 if i in axes else e) for i, e in enumerate(shapes[0])
            if i not in axes or node.attributes.get("keepdims", 1)]
    return tuple(kept)


def _reshape(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    wanted = graph.ints(node.inputs[1])
    result = []
    for i, extent in enumerate(wanted):
        if extent == 0 and i >= len(shapes[0]):
            raise Invalid("Reshape copies a dimension that does not exist")
        result.append(shapes[0][i] if extent == 0 else extent)
    size = math.prod(shapes[0])
    known = math.prod(e for e in result if e != -1)
    if -1 in result:
        result[result.index(-1)] = size // known
    if math.prod(result) != size:
        raise Invalid("Reshape changes the number of elements")
    return tuple(result)


def _resize(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    if len(node.inputs) > 3:
        result = tuple(graph.ints(node.inputs[3]))
    else:
        scales = graph.initializers[node.inputs[-1]].values
        result = tuple(math.floor(e * s) for e, s in zip(shapes[0], scales))
    if len(result) != len(shapes[0]):
        raise Invalid("Resize's rank")
    return result


def _running_sum(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    axis_of(graph.ints(node.inputs[1])[0], len(shapes[0]))
    return shapes[0]


def _same(_: Graph, node: Node, shapes: Shapes) -> Shape:
    return shapes[0]


def _scalar(_: Graph, node: Node, shapes: Shapes) -> Shape:
    return ()


def _slice(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    shape, rank = list(shapes[0]), len(shapes[0])
    if "starts" in node.attributes:
        lists = [node.attributes[n] for n in ("starts", "ends", "axes")]
    else:
        lists = [graph.ints(i) for i in node.inputs[1:]]
    starts, ends, axes = lists[:3]
    steps = lists[3] if len(lists) > 3 else [1] * len(axes)
    for start, end, axis, step in zip(starts, ends, axes, steps):
        axis = axis_of(axis, rank)
        shape[axis] = len(range(*slice(start, end, step).indices(shapes[0][axis])))
    return tuple(shape)


def _softmax(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    axis_of(node.attributes.get("axis", -1 if graph.opset >= 13 else 1), len(shapes[0]))
    return shapes[0]


def _space_to_depth(_: Graph, node: Node, shapes: Shapes) -> Shape:
    block = node.attributes["blocksize"]
    if len(shapes[0]) != 4 or any(e % block for e in shapes[0][2:]):
        raise Invalid("blocks")
    n, c, h, w = shapes[0]
    return n, c * block ** 2, h // block, w // block


def _split(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    axis = axis_of(node.attributes.get("axis", 0), len(shapes[0]))
    extent, count = shapes[0][axis], node.results
    if "split" in node.attributes or len(node.inputs) > 1:
        parts = node.attributes.get("split") or graph.ints(node.inputs[1])
    elif graph.opset >= 18:  # the last may be smaller
        part = -(-extent // count)
        parts = [part] * (count - 1) + [extent - part * (count - 1)]
    else:
        parts = [extent // count] * count
    if len(parts) != count or sum(parts) != extent or min(parts) < 1:
        raise Invalid("parts")
    return shapes[0][:axis] + (parts[node.slot],) + shapes[0][axis + 1:]


def _squeeze(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    axes = _axes(graph, node)
    rank = len(shapes[0])
    chosen = {axis_of(a, rank) for a in axes} if axes is not None else \
        {i for i, e in enumerate(shapes[0]) if e == 1}
    if any(shapes[0][a] != 1 for a in chosen):
        raise Invalid("Squeeze of an extent other than 1")
    return tuple(e for i, e in enumerate(shapes[0]) if i not in chosen)


def _alike(_: Graph, node: Node, shapes: Shapes) -> Shape:
    if any(s != shapes[0] for s in shapes):
        raise Invalid("shapes differ")
    return shapes[0]


def _tile(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    repeats = graph.ints(node.inputs[1])
    if len(repeats) != len(shapes[0]):
        raise Invalid("repeats")
    return tuple(e * r for e, r in zip(shapes[0], repeats))


def _transpose(_: Graph, node: Node, shapes: Shapes) -> Shape:
    rank = len(shapes[0])
    perm = node.attributes.get("perm", list(range(rank))[::-1])
    if sorted(perm) != list(range(rank)):
        raise Invalid("perm")
    return tuple(shapes[0][i] for i in perm)


def _unsqueeze(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    axes = _axes(graph, node)
    rank = len(shapes[0]) + len(axes)
    chosen = {axis_of(a, rank) for a in axes}
    if len(chosen) != len(axes):
        raise Invalid("Unsqueeze names an axis twice")
    rest = iter(shapes[0])
    return tuple(1 if i in chosen else next(rest) for i in range(rank))


def _window(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    return (graph.ints(node.inputs[0])[0],)


_RULES = (
    ("SwiGLU", _alike),
    ("ArgMax ArgMin", _arg_max),
    ("Attention", layers.attention),
    ("Add And Div Equal Greater GreaterOrEqual Less LessOrEqual Max Mean Min Mod Mul Or "
     "Pow Sub Sum Where Xor", _binary),
    ("CausalConvWithState", layers.causal_conv),
    ("CenterCropPad", _center_crop_pad),
    ("Concat", _concat),
    ("ConstantOfShape", _constant_shape),
    ("Conv", windows.conv),
    ("ConvTranspose", windows.conv_transpose),
    ("DepthToSpace", _depth_to_space),
    ("Expand", _expand),
    ("Shape", _extents),
    ("Flatten", _flatten),
    ("Gather", positions.gather),
    ("GatherElements", positions.gather_elements),
    ("GatherND", positions.gather_nd),
    ("Gemm", layers.gemm),
    ("GlobalAveragePool GlobalLpPool GlobalMaxPool", windows.global_pool),
    ("NegativeLogLikelihoodLoss SoftmaxCrossEntropyLoss", layers.loss),
    ("MatMul", layers.mat_mul),
    ("EyeLike Trilu", _matrices),
    ("BatchNormalization GroupNormalization InstanceNormalization", layers.norm),
    ("LayerNormalization RMSNormalization", layers.norm_of_last),
    ("OneHot", positions.one_hot),
    ("Pad", _pad),
    ("AveragePool LpPool MaxPool", windows.pool),
    ("PRelu", _prelu),
    ("Range", _range),
    ("GRU LSTM RNN", layers.recurrent),
    ("ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin "
     "ReduceProd ReduceSum ReduceSumSquare", _reduce),
    ("Reshape", _reshape),
    ("Resize Upsample", _resize),
    ("RotaryEmbedding", layers.rotary),
    ("CumSum", _running_sum),
    ("Abs Acos Acosh Asin Asinh Atan Atanh Cast CastLike Ceil Celu Clip Cos Cosh Dropout "
     "Elu Erf Exp Floor Gelu HardSigmoid HardSwish Identity IsInf IsNaN LRN LeakyRelu Log "
     "LpNormalization MeanVarianceNormalization Mish Neg Not Reciprocal Relu Round Selu "
     "Shrink Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Swish Tan Tanh ThresholdedRelu", _same),
    ("Size", _scalar),
    ("Scatter ScatterElements", positions.scatter_elements),
    ("ScatterND", positions.scatter_nd),
    ("Slice", _slice),
    ("Hardmax LogSoftmax Softmax", _softmax),
    ("SpaceToDepth", _space_to_depth),
    ("Split", _split),
    ("Squeeze", _squeeze),
    ("Tile", _tile),
    ("TopK", positions.top_k),
    ("Transpose", _transpose),
    ("Unsqueeze", _unsqueeze),
    ("BlackmanWindow HammingWindow HannWindow", _window),
)

Rule = Callable[["Graph", Node, Shapes], Shape]
RULES: Dict[str, Rule] = {op: rule for ops, rule in _RULES for op in ops.split()}
