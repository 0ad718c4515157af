#===- graph.py - Small ONNX graphs, their shapes and their text ------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Graphs as the generator makes them and the shrinker takes them apart.

A graph is plain data. `Graph.infer` gives every value's shape by rules written
from the ONNX operator pages, on purpose not by the compiler's own code, and
raises `Invalid` for what ONNX does not allow. `Graph.text` writes ONNX's text
syntax (https://onnx.ai/onnx/repo-docs/Syntax.html).
"""

from __future__ import annotations

import dataclasses
import math
from typing import Callable, Dict, List, Optional, Sequence, Tuple, Union

Shape = Tuple[int, ...]
Attribute = Union[int, float, str, List[int], List[float]]

#: Element types by ONNX's numbers.
TYPES = {1: "float", 2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 6: "int32", 7: "int64", 9: "bool"}
#: Ops whose results are truth values.
RELATIONS = ("Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual")
#: Ops that take elements of any type and leave it alone. All others compute
#: with floats.
MOVES = ("Concat", "Flatten", "Gather", "GatherElements", "GatherND", "Identity", "Pad", "Reshape",
         "Resize", "ScatterElements", "ScatterND", "Slice", "Squeeze", "Tile", "Transpose", "Trilu",
         "Unsqueeze", "Expand")
#: Ops whose operands have one type.
ALIKE = ("Add", "Concat", "Div", "Max", "Min", "Mod", "Mul", "Sub") + RELATIONS
#: Ops that compute with integers, too.
ON_NUMBERS = tuple(op for op in ALIKE if op != "Concat") + (
    "Abs", "ArgMax", "Neg", "ReduceMax", "ReduceMin", "ReduceSum", "Relu", "Sign")


class Invalid(Exception):
    """The graph breaks a rule of ONNX."""


@dataclasses.dataclass
class Initializer:
    shape: Shape
    values: List[float]
    type: str = "float"
    #: Also a graph input, whose value the caller may override.
    overridable: bool = False
    #: Written as a Constant node instead of an initializer.
    node: bool = False


@dataclasses.dataclass
class Node:
    op: str
    #: Names of values; "" leaves an optional input out.
    inputs: List[str]
    output: str
    attributes: Dict[str, Attribute] = dataclasses.field(default_factory=dict)
    #: Which of the op's results `output` is. Those before it have no use.
    slot: int = 0


@dataclasses.dataclass
class Graph:
    opset: int
    inputs: Dict[str, Shape] = dataclasses.field(default_factory=dict)
    initializers: Dict[str, Initializer] = dataclasses.field(default_factory=dict)
    nodes: List[Node] = dataclasses.field(default_factory=list)
    outputs: List[str] = dataclasses.field(default_factory=list)

    def infer(self) -> Dict[str, Shape]:
        """The shape of every value."""
        shapes: Dict[str, Shape] = dict(self.inputs)
        for name, initializer in self.initializers.items():
            shapes[name] = initializer.shape
        for node in self.nodes:
            shapes[node.output] = self.infer_node(node, shapes)
        return shapes

    def infer_node(self, node: Node, shapes: Dict[str, Shape]) -> Shape:
        shape = _RULES[node.op](self, node, [shapes[i] for i in node.inputs if i])
        if any(extent < 1 for extent in shape):
            raise Invalid(f"{node.op} gives the empty shape {shape}")
        return shape

    def types(self) -> Dict[str, str]:
        """The element type of every value; graph inputs are floats."""
        types = {name: "float" for name in self.inputs}
        types.update((name, i.type) for name, i in self.initializers.items())
        for node in self.nodes:
            types[node.output] = self.type_of(node, types)
        return types

    def type_of(self, node: Node, types: Dict[str, str]) -> str:
        kind = types[node.inputs[0]]
        if node.op == "Cast":
            return TYPES[node.attributes["to"]]
        if node.op == "Where":
            if kind != "bool" or types[node.inputs[1]] != types[node.inputs[2]]:
                raise Invalid("Where's types")
            return types[node.inputs[1]]
        if node.op == "OneHot":
            return types[node.inputs[2]]
        if node.op == "EyeLike":
            return TYPES[node.attributes["dtype"]] if "dtype" in node.attributes else kind
        if node.op in ("ScatterElements", "ScatterND") and types[node.inputs[2]] != kind:
            raise Invalid(f"{node.op} of several types")
        if node.op in ("MaxPool", "TopK") and node.slot == 1:
            return "int64"
        numbers = ON_NUMBERS if kind not in ("float", "bool") else ()
        if kind != "float" and (node.op not in (*MOVES, *numbers) or
                                node.attributes.get("mode") == "linear"):
            raise Invalid(f"{node.op} of {kind}")
        if node.op in ALIKE and any(types[i] != kind for i in node.inputs):
            raise Invalid(f"{node.op} of several types")
        if node.op in RELATIONS or node.op in ("IsInf", "IsNaN"):
            return "bool"
        return "int64" if node.op == "ArgMax" else kind

    def ints(self, name: str) -> List[int]:
        """The values of an integer initializer."""
        return [int(value) for value in self.initializers[name].values]

    def prune(self) -> None:
        """Removes what no output needs. At least one input stays."""
        needed = set(self.outputs)
        for node in reversed(self.nodes):
            if node.output in needed:
                needed.update(node.inputs)
        self.nodes = [n for n in self.nodes if n.output in needed]
        self.initializers = {n: i for n, i in self.initializers.items() if n in needed}
        used = {n: s for n, s in self.inputs.items() if n in needed}
        self.inputs = used or dict(list(self.inputs.items())[:1])

    def text(self) -> str:
        shapes, types = self.infer(), self.types()
        plain, inputs, constants = [], [], []
        for name, shape in self.inputs.items():
            inputs.append(f"{_type('float', shape)} {_quote(name)}")
        for name, initializer in self.initializers.items():
            kind = _type(initializer.type, initializer.shape)
            values = f"{{{', '.join(_number(v, initializer.type) for v in initializer.values)}}}"
            if initializer.node:
                constants.append(f"  {_quote(name)} = Constant <value = {kind} {values}> ()")
            elif initializer.overridable:
                inputs.append(f"{kind} {_quote(name)} = {values}")
            else:
                plain.append(f"{kind} {_quote(name)} = {values}")
        outputs = [f"{_type(types[n], shapes[n])} {_quote(n)}" for n in self.outputs]
        lines = [
            f'<ir_version: 10, opset_import: ["" : {self.opset}]>',
            f"random ({', '.join(inputs)}) => ({', '.join(outputs)})",
        ]
        if plain:
            lines.append("<" + ",\n ".join(plain) + ">")
        lines.append("{")
        lines += constants
        for number, node in enumerate(self.nodes):
            attributes = ""
            if node.attributes:
                texts = [f"{k} = {_attribute(v)}" for k, v in node.attributes.items()]
                attributes = f" <{', '.join(texts)}>"
            operands = ", ".join(_quote(i) for i in node.inputs)
            results = ", ".join([_quote(f"{node.output}.{i}") for i in range(node.slot)] +
                                [_quote(node.output)] +
                                [_quote(f"{node.output}.1")] * (node.op == "TopK" and node.slot == 0))
            lines.append(f'  ["{node.op}_{number}"] {results} = '
                         f"{node.op}{attributes} ({operands})")
        lines.append("}")
        return "\n".join(lines) + "\n"


def _quote(name: str) -> str:
    return f'"{name}"'


def _type(kind: str, shape: Shape) -> str:
    return f"{kind}[{','.join(map(str, shape))}]" if shape else kind


def _number(value: float, kind: str) -> str:
    return str(int(value)) if kind != "float" else f"{value:.6g}"


def _attribute(value: Attribute) -> str:
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, list):  # of integers or of floats
        return f"[{', '.join(map(str, value))}]"
    return repr(value)  # a float keeps its point, which tells it from an int


#===------------------------------------------------------------------------===#
# Shape rules
#===------------------------------------------------------------------------===#


def broadcast(a: Shape, b: Shape) -> Shape:
    """numpy's rule: aligned at the end, extents of 1 are repeated."""
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    for x, y in zip(a, b):
        if x != y and 1 not in (x, y):
            raise Invalid(f"{a} and {b} can't be broadcast together")
    return tuple(max(x, y) for x, y in zip(a, b))


def axis_of(axis: int, rank: int) -> int:
    if not -rank <= axis < rank:
        raise Invalid(f"axis {axis} of rank {rank}")
    return axis % rank


def window_shape(extents: Shape, kernel: Shape, node: Node, pool: bool) -> Shape:
    """Output extents of a convolution or pool.

    A pool's windows must each hold at least one element of the input: ONNX
    gives no value to an empty maximum or average.
    """
    rank = len(extents)
    if not 1 <= rank <= 3 or len(kernel) != rank:
        raise Invalid("spatial rank")
    strides = node.attributes.get("strides", [1] * rank)
    dilations = node.attributes.get("dilations", [1] * rank)
    pads = node.attributes.get("pads", [0] * 2 * rank)
    mode = node.attributes.get("auto_pad", "NOTSET")
    if any(len(a) != n for a, n in ((strides, rank), (dilations, rank), (pads, 2 * rank))):
        raise Invalid("window rank")
    result = []
    for d, (extent, stride, dilation) in enumerate(zip(extents, strides, dilations)):
        reach = dilation * (kernel[d] - 1) + 1
        before, after = pads[d], pads[rank + d]
        if mode.startswith("SAME"):
            count = -(-extent // stride)
            total = max((count - 1) * stride + reach - extent, 0)
            before = total // 2 if mode == "SAME_UPPER" else total - total // 2
            after = total - before
        room = extent + before + after - reach
        if room < 0:
            raise Invalid("the window is larger than the padded input")
        count = room // stride + 1
        if node.attributes.get("ceil_mode", 0) and room % stride:
            # Versions of ONNX disagree on a last window that would start in
            # the padding after the input: not a case to judge a compiler by.
            if count * stride >= extent + before:
                raise Invalid("a last window that starts in the padding")
            count += 1
        if pool:
            if before >= reach or after >= reach:
                raise Invalid("padding as large as the window")
            for p in range(count):
                positions = (p * stride + k * dilation - before for k in range(kernel[d]))
                if not any(0 <= i < extent for i in positions):
                    raise Invalid("a window wholly in the padding")
        result.append(count)
    return tuple(result)


Shapes = List[Shape]


def _same(_: Graph, node: Node, shapes: Shapes) -> Shape:
    return shapes[0]


def _conv(_: Graph, node: Node, shapes: Shapes) -> Shape:
    x, w = shapes[:2]
    groups = node.attributes.get("group", 1)
    if len(x) != len(w) or x[1] != w[1] * groups or w[0] % groups:
        raise Invalid("weights do not fit the input")
    if len(shapes) > 2 and shapes[2] != (w[0],):
        raise Invalid("bias")
    return (x[0], w[0]) + window_shape(x[2:], w[2:], node, pool=False)


def _conv_transpose(_: Graph, node: Node, shapes: Shapes) -> Shape:
    x, w = shapes[:2]
    rank = len(x) - 2
    groups = node.attributes.get("group", 1)
    if not 1 <= rank <= 3 or len(w) != len(x) or x[1] != w[0] or x[1] % groups:
        raise Invalid("weights do not fit the input")
    if len(shapes) > 2 and shapes[2] != (w[1] * groups,):
        raise Invalid("bias")
    strides = node.attributes.get("strides", [1] * rank)
    dilations = node.attributes.get("dilations", [1] * rank)
    pads = node.attributes.get("pads", [0] * 2 * rank)
    extra = node.attributes.get("output_padding", [0] * rank)
    if node.attributes.get("auto_pad", "NOTSET").startswith("SAME"):
        return (x[0], w[1] * groups) + tuple(e * s for e, s in zip(x[2:], strides))
    if any(e >= max(s, d) for e, s, d in zip(extra, strides, dilations)):
        raise Invalid("output_padding")
    return (x[0], w[1] * groups) + tuple(
        (x[2 + d] - 1) * strides[d] + dilations[d] * (w[2 + d] - 1) + 1 - pads[d] - pads[rank + d] +
        extra[d] for d in range(rank))


def _prelu(_: Graph, node: Node, shapes: Shapes) -> Shape:
    if broadcast(shapes[0], shapes[1]) != shapes[0]:
        raise Invalid("a slope larger than the input")
    return shapes[0]


def _arg_max(_: Graph, node: Node, shapes: Shapes) -> Shape:
    axis = axis_of(node.attributes.get("axis", 0), len(shapes[0]))
    kept = (1,) if node.attributes.get("keepdims", 1) else ()
    return shapes[0][:axis] + kept + shapes[0][axis + 1:]


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


def _resize(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    if len(node.inputs) > 3:
        result = tuple(graph.ints(node.inputs[3]))
    else:
        scales = graph.initializers[node.inputs[-1]].values
        result = tuple(math.floor(e * s) for e, s in zip(shapes[0], scales))
    if len(result) != len(shapes[0]):
        raise Invalid("Resize's rank")
    return result


def _pool(_: Graph, node: Node, shapes: Shapes) -> Shape:
    x, kernel = shapes[0], tuple(node.attributes["kernel_shape"])
    return x[:2] + window_shape(x[2:], kernel, node, pool=True)


def _batch_norm(_: Graph, node: Node, shapes: Shapes) -> Shape:
    if len(shapes[0]) < 2 or any(s != shapes[0][1:2] for s in shapes[1:]):
        raise Invalid("batch norm parameters")
    return shapes[0]


def _softmax(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    axis_of(node.attributes.get("axis", -1 if graph.opset >= 13 else 1), len(shapes[0]))
    return shapes[0]


def _global_pool(_: Graph, node: Node, shapes: Shapes) -> Shape:
    x = shapes[0]
    if not 3 <= len(x) <= 5:
        raise Invalid("spatial rank")
    return x[:2] + (1,) * (len(x) - 2)


def _reduce(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    rank = len(shapes[0])
    axes = [axis_of(a, rank) for a in _axes(graph, node) or ()]
    if not axes and node.attributes.get("noop_with_empty_axes", 0):
        return shapes[0]
    axes = axes or list(range(rank))
    kept = [(1 if i in axes else e) for i, e in enumerate(shapes[0])
            if i not in axes or node.attributes.get("keepdims", 1)]
    return tuple(kept)


def _gemm(_: Graph, node: Node, shapes: Shapes) -> Shape:
    a, b = shapes[:2]
    if len(a) != 2 or len(b) != 2:
        raise Invalid("Gemm takes matrices")
    a = a[::-1] if node.attributes.get("transA", 0) else a
    b = b[::-1] if node.attributes.get("transB", 0) else b
    if a[1] != b[0]:
        raise Invalid("Gemm's inner extents differ")
    result = (a[0], b[1])
    if len(shapes) > 2 and broadcast(shapes[2], result) != result:
        raise Invalid("Gemm's addend")
    return result


def _mat_mul(_: Graph, node: Node, shapes: Shapes) -> Shape:
    a, b = shapes
    if not a or not b or a[-1] != b[max(len(b) - 2, 0)]:
        raise Invalid("MatMul's inner extents differ")
    return broadcast(a[:-2], b[:-2]) + a[:-1][-1:] + (b[-1:] if len(b) > 1 else ())


def _binary(_: Graph, node: Node, shapes: Shapes) -> Shape:
    result = shapes[0]
    for shape in shapes[1:]:
        result = broadcast(result, shape)
    return result


def _concat(_: Graph, node: Node, shapes: Shapes) -> Shape:
    axis = axis_of(node.attributes["axis"], len(shapes[0]))
    for shape in shapes:
        if shape[:axis] + shape[axis + 1:] != shapes[0][:axis] + shapes[0][axis + 1:] or \
                len(shape) != len(shapes[0]):
            raise Invalid("Concat's shapes differ")
    return shapes[0][:axis] + (sum(s[axis] for s in shapes),) + shapes[0][axis + 1:]


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


def _flatten(_: Graph, node: Node, shapes: Shapes) -> Shape:
    axis = node.attributes.get("axis", 1)
    if not -len(shapes[0]) <= axis <= len(shapes[0]):
        raise Invalid("Flatten's axis")
    axis += len(shapes[0]) if axis < 0 else 0
    return math.prod(shapes[0][:axis]), math.prod(shapes[0][axis:])


def _transpose(_: Graph, node: Node, shapes: Shapes) -> Shape:
    rank = len(shapes[0])
    perm = node.attributes.get("perm", list(range(rank))[::-1])
    if sorted(perm) != list(range(rank)):
        raise Invalid("perm")
    return tuple(shapes[0][i] for i in perm)


def _axes(graph: Graph, node: Node) -> Optional[List[int]]:
    if "axes" in node.attributes:
        return node.attributes["axes"]
    return graph.ints(node.inputs[1]) if len(node.inputs) > 1 else None


def _squeeze(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    axes = _axes(graph, node)
    rank = len(shapes[0])
    chosen = {axis_of(a, rank) for a in axes} if axes is not None else \
        {i for i, e in enumerate(shapes[0]) if e == 1}
    if any(shapes[0][a] != 1 for a in chosen):
        raise Invalid("Squeeze of an extent other than 1")
    return tuple(e for i, e in enumerate(shapes[0]) if i not in chosen)


def _unsqueeze(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    axes = _axes(graph, node)
    rank = len(shapes[0]) + len(axes)
    chosen = {axis_of(a, rank) for a in axes}
    if len(chosen) != len(axes):
        raise Invalid("Unsqueeze names an axis twice")
    rest = iter(shapes[0])
    return tuple(1 if i in chosen else next(rest) for i in range(rank))


def _positions(graph: Graph, name: str, extents: Sequence[int]) -> None:
    """Whether all positions, of which one per extent follow each other, exist."""
    for i, value in enumerate(graph.ints(name)):
        if not -extents[i % len(extents)] <= value < extents[i % len(extents)]:
            raise Invalid("a position outside")


def _gather(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    data, indices = shapes
    axis = axis_of(node.attributes.get("axis", 0), len(data))
    _positions(graph, node.inputs[1], data[axis:axis + 1])
    return data[:axis] + indices + data[axis + 1:]


def _along(graph: Graph, node: Node, shapes: Shapes) -> int:
    data, indices = shapes[:2]
    axis = axis_of(node.attributes.get("axis", 0), len(data))
    if len(indices) != len(data) or any(i > e for d, (i, e) in enumerate(zip(indices, data)) if d != axis):
        raise Invalid("indices larger than the data")
    _positions(graph, node.inputs[1], data[axis:axis + 1])
    return axis


def _gather_elements(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    _along(graph, node, shapes)
    return shapes[1]


def _scatter_elements(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    """Without a reduction no two updates may meet, of which here is looked at
    those of one line."""
    axis = _along(graph, node, shapes)
    data, indices, updates = shapes
    if updates != indices:
        raise Invalid("updates")
    if node.attributes.get("reduction", "none") == "none":
        inner, count = math.prod(indices[axis + 1:]), indices[axis]
        values = [v % data[axis] for v in graph.ints(node.inputs[1])]
        lines: Dict[int, set] = {}
        for i, value in enumerate(values):
            lines.setdefault(i // (count * inner) * inner + i % inner, set()).add(value)
        if any(len(line) < count for line in lines.values()):
            raise Invalid("two updates of one element")
    return data


def _gather_nd(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    data, indices = shapes[:2]
    batch_dims = node.attributes.get("batch_dims", 0)
    if not indices or batch_dims >= min(len(data), len(indices)) or \
            data[:batch_dims] != indices[:batch_dims]:
        raise Invalid("batch_dims")
    listed = data[batch_dims:batch_dims + indices[-1]]
    if len(listed) != indices[-1]:
        raise Invalid("longer tuples than there are dimensions")
    _positions(graph, node.inputs[1], listed)
    return indices[:-1] + data[batch_dims + len(listed):]


def _scatter_nd(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    if _gather_nd(graph, node, shapes) != shapes[2]:
        raise Invalid("updates")
    if node.attributes.get("reduction", "none") == "none" and math.prod(shapes[1][:-1]) > 1:
        raise Invalid("perhaps two updates of one element")
    return shapes[0]


def _top_k(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    shape = list(shapes[0])
    axis, k = axis_of(node.attributes.get("axis", -1), len(shape)), graph.ints(node.inputs[1])[0]
    if k > shape[axis]:
        raise Invalid("k")
    shape[axis] = k
    return tuple(shape)


def _one_hot(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    axis = axis_of(node.attributes.get("axis", -1), len(shapes[0]) + 1)
    return shapes[0][:axis] + (graph.ints(node.inputs[1])[0],) + shapes[0][axis:]


def _matrices(_: Graph, node: Node, shapes: Shapes) -> Shape:
    if len(shapes[0]) < 2 or node.op == "EyeLike" and len(shapes[0]) != 2:
        raise Invalid("no matrix")
    return shapes[0]


def _running_sum(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    axis_of(graph.ints(node.inputs[1])[0], len(shapes[0]))
    return shapes[0]


def _tile(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    repeats = graph.ints(node.inputs[1])
    if len(repeats) != len(shapes[0]):
        raise Invalid("repeats")
    return tuple(e * r for e, r in zip(shapes[0], repeats))


def _expand(graph: Graph, node: Node, shapes: Shapes) -> Shape:
    return broadcast(shapes[0], tuple(graph.ints(node.inputs[1])))


def _recurrent(_: Graph, node: Node, shapes: Shapes) -> Shape:
    x, hidden = shapes[0], node.attributes["hidden_size"]
    if len(x) != 3 or shapes[1][2] != x[2]:
        raise Invalid("sequence")
    directions, layout = shapes[1][0], node.attributes.get("layout", 0)
    steps, batch = x[layout], x[1 - layout]
    if node.slot:
        return (batch, directions, hidden) if layout else (directions, batch, hidden)
    return ((batch, steps, directions, hidden) if layout
            else (steps, directions, batch, hidden))


_RULES: Dict[str, Callable[[Graph, Node, Shapes], Shape]] = {
    "ArgMax": _arg_max, "AveragePool": _pool, "BatchNormalization": _batch_norm, "Cast": _same,
    "Clip": _same, "CumSum": _running_sum, "EyeLike": _matrices, "Gather": _gather,
    "GatherElements": _gather_elements, "GatherND": _gather_nd, "Hardmax": _softmax,
    "OneHot": _one_hot, "ScatterElements": _scatter_elements, "ScatterND": _scatter_nd,
    "TopK": _top_k, "Trilu": _matrices, "Concat": _concat, "Conv": _conv, "ConvTranspose": _conv_transpose,
    "Dropout": _same, "Flatten": _flatten, "Gemm": _gemm, "GlobalAveragePool": _global_pool,
    "GlobalLpPool": _global_pool, "GlobalMaxPool": _global_pool, "Identity": _same, "LeakyRelu": _same,
    "LogSoftmax": _softmax,
    "LpPool": _pool, "MatMul": _mat_mul, "MaxPool": _pool, "PRelu": _prelu, "Pad": _pad, "Relu": _same,
    "Reshape": _reshape, "Resize": _resize, "Sigmoid": _same, "Slice": _slice,
    "Softmax": _softmax, "Squeeze": _squeeze, "Tanh": _same, "Transpose": _transpose,
    "Unsqueeze": _unsqueeze,
    "Expand": _expand, "Tile": _tile, "GRU": _recurrent, "LSTM": _recurrent, "RNN": _recurrent,
    **dict.fromkeys(("Abs", "Erf", "Exp", "Log", "Neg", "Reciprocal", "Sqrt"), _same),
    **dict.fromkeys(("Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Ceil", "Cos", "Cosh", "Floor",
                     "IsInf", "IsNaN", "Round", "Sign", "Sin", "Sinh", "Tan"), _same),
    **dict.fromkeys(("Add", "Div", "Max", "Mean", "Min", "Mod", "Mul", "Pow", "Sub", "Sum", "Where"), _binary),
    **dict.fromkeys(RELATIONS, _binary),
    **dict.fromkeys(("ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum"), _reduce),
}
