#===- window_shapes.py - Shape rules of convolutions and pools -------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Shape rules of the ops that slide a window."""

from __future__ import annotations

from node import Invalid, Node, Shape, Shapes


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
            # What windows that end before the input does are to cover, programs
            # do not agree on.
            if pool and (count - 1) * stride + reach < extent:
                raise Invalid("a last window that ends before the input")
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


def conv(_: object, node: Node, shapes: Shapes) -> Shape:
    x, w = shapes[:2]
    groups = node.attributes.get("group", 1)
    if len(x) != len(w) or x[1] != w[1] * groups or w[0] % groups:
        raise Invalid("weights do not fit the input")
    if len(shapes) > 2 and shapes[2] != (w[0],):
        raise Invalid("bias")
    return (x[0], w[0]) + window_shape(x[2:], w[2:], node, pool=False)


def conv_transpose(_: object, node: Node, shapes: Shapes) -> Shape:
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


def pool(_: object, node: Node, shapes: Shapes) -> Shape:
    x, kernel = shapes[0], tuple(node.attributes["kernel_shape"])
    return x[:2] + window_shape(x[2:], kernel, node, pool=True)


def global_pool(_: object, node: Node, shapes: Shapes) -> Shape:
    x = shapes[0]
    if not 3 <= len(x) <= 5:
        raise Invalid("spatial rank")
    return x[:2] + (1,) * (len(x) - 2)
