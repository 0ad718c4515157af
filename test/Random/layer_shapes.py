#===- layer_shapes.py - Shape rules of layers with parameters --------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Shape rules of products, normalisations, recurrent nets, attention and losses."""

from __future__ import annotations

from node import Invalid, Node, Shape, Shapes, axis_of, broadcast


def attention(_: object, node: Node, shapes: Shapes) -> Shape:
    q, k, v = shapes[:3]
    if len(q) != 4 or len(k) != 4 or k[:3] != v[:3] or q[0] != k[0] or q[3] != k[3] or q[1] % k[1]:
        raise Invalid("attention")
    if len(shapes) > 3:
        broadcast(shapes[3], q[:3] + k[2:3])
    return q[:3] + v[3:]


def causal_conv(_: object, node: Node, shapes: Shapes) -> Shape:
    x, weights = shapes[:2]
    if len(x) != 3 or weights[:2] != (x[1], 1):
        raise Invalid("weights do not fit the input")
    return x


def gemm(_: object, node: Node, shapes: Shapes) -> Shape:
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


def loss(_: object, node: Node, shapes: Shapes) -> Shape:
    scores, labels = shapes[:2]
    if len(scores) < 2 or labels != scores[:1] + scores[2:] or \
            any(s != scores[1:2] for s in shapes[2:]):
        raise Invalid("labels")
    return labels if node.attributes.get("reduction") == "none" else ()


def mat_mul(_: object, node: Node, shapes: Shapes) -> Shape:
    a, b = shapes
    if not a or not b or a[-1] != b[max(len(b) - 2, 0)]:
        raise Invalid("MatMul's inner extents differ")
    return broadcast(a[:-2], b[:-2]) + a[:-1][-1:] + (b[-1:] if len(b) > 1 else ())


def norm(_: object, node: Node, shapes: Shapes) -> Shape:
    """Of channels, with a scale and a bias of each."""
    channels = shapes[0][1:2]
    if len(shapes[0]) < 2 or any(s != channels for s in shapes[1:]) or \
            channels[0] % node.attributes.get("num_groups", 1):
        raise Invalid("parameters of channels")
    return shapes[0]


def norm_of_last(_: object, node: Node, shapes: Shapes) -> Shape:
    x = shapes[0]
    axis_of(node.attributes.get("axis", -1), len(x))
    if any(broadcast(s, x) != x for s in shapes[1:]):
        raise Invalid("parameters larger than the input")
    return x


def recurrent(_: object, node: Node, shapes: Shapes) -> Shape:
    x, hidden = shapes[0], node.attributes["hidden_size"]
    if len(x) != 3 or shapes[1][2] != x[2]:
        raise Invalid("sequence")
    directions, layout = shapes[1][0], node.attributes.get("layout", 0)
    steps, batch = x[layout], x[1 - layout]
    if node.slot:
        return (batch, directions, hidden) if layout else (directions, batch, hidden)
    return ((batch, steps, directions, hidden) if layout
            else (steps, directions, batch, hidden))


def rotary(_: object, node: Node, shapes: Shapes) -> Shape:
    x, table = shapes[0], shapes[1]
    if len(x) != 4 or x[3] % 2 or 2 * table[-1] != (node.attributes.get("rotary_embedding_dim") or x[3]) or \
            (x[0], x[2]) != (shapes[3] if len(shapes) > 3 else table[:2]):
        raise Invalid("positions")
    return x
