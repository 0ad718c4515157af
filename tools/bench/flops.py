#===- flops.py - Floating-point operations of an ONNX graph --------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Counts what effective GF/s are counted in: two operations for each
multiply-add of the convolutions, transposed convolutions and matrix products,
computed directly. Everything else (norms, activations, pools) counts nothing,
and an algorithm that needs fewer multiplications is credited with all of them.
"""

import math

import numpy as np
import onnx
from onnx import numpy_helper

# Sizes and scales are lists this long at most.
FOLDED_ELEMENTS = 64


def attribute(node, name):
    for found in node.attribute:
        if found.name == name:
            return onnx.helper.get_attribute_value(found)
    return None


def join_sizes(graph):
    """Makes constants of the lists that nodes join of small ones, such as the
    scales of a Resize: shape inference does not follow floats."""
    constants = {t.name: numpy_helper.to_array(t) for t in graph.initializer
                 if math.prod(t.dims) <= FOLDED_ELEMENTS}
    for node in list(graph.node):
        if node.op_type == "Constant" and attribute(node, "value") is not None:
            value = attribute(node, "value")
            if math.prod(value.dims) <= FOLDED_ELEMENTS:
                constants[node.output[0]] = numpy_helper.to_array(value)
        elif node.op_type == "Concat" and all(name in constants for name in node.input):
            joined = np.concatenate([constants[name] for name in node.input],
                                    attribute(node, "axis"))
            constants[node.output[0]] = joined
            graph.initializer.append(numpy_helper.from_array(joined, node.output[0]))
            graph.node.remove(node)


def fixed_model(path, shapes):
    """The model with its inputs' shapes fixed and all shapes inferred."""
    model = onnx.load(path)
    for value in model.graph.input:
        if value.name in shapes:
            dims = value.type.tensor_type.shape
            del dims.dim[:]
            for extent in shapes[value.name]:
                dims.dim.add().dim_value = extent
    join_sizes(model.graph)
    # Shapes that an exporter wrote down can contradict the ones just fixed.
    del model.graph.value_info[:]
    for value in model.graph.output:
        value.type.tensor_type.ClearField("shape")
    return onnx.shape_inference.infer_shapes(model, data_prop=True)


def known_shapes(graph):
    """Name to extents, of every value whose shape is known."""
    shapes = {t.name: list(t.dims) for t in graph.initializer}
    for value in [*graph.input, *graph.value_info, *graph.output]:
        tensor = value.type.tensor_type
        if tensor.HasField("shape"):
            extents = [d.dim_value for d in tensor.shape.dim]
            if all(extents) or not extents:
                shapes[value.name] = extents
    for node in graph.node:
        if node.op_type == "Constant":
            for attribute in node.attribute:
                if attribute.name == "value":
                    shapes[node.output[0]] = list(attribute.t.dims)
    return shapes


def node_flop(node, shapes):
    """Operations of one node; 0 for the ops that do not count."""
    if node.op_type == "Conv":
        # Each output element is a dot product over one filter.
        weights, output = shapes[node.input[1]], shapes[node.output[0]]
        return 2 * math.prod(output) * math.prod(weights[1:])
    if node.op_type == "ConvTranspose":
        # Each input element is multiplied with its channel's filters.
        inputs, weights = shapes[node.input[0]], shapes[node.input[1]]
        return 2 * math.prod(inputs) * math.prod(weights[1:])
    if node.op_type == "Gemm":
        left = shapes[node.input[0]]
        transposed = any(a.name == "transA" and a.i for a in node.attribute)
        return 2 * math.prod(shapes[node.output[0]]) * left[0 if transposed else 1]
    if node.op_type == "MatMul":
        return 2 * math.prod(shapes[node.output[0]]) * shapes[node.input[0]][-1]
    return 0


def count_flop(path, shapes):
    """Operations of the whole model. Raises ValueError, with the node's name,
    where a shape that counts is not known."""
    graph = fixed_model(path, shapes).graph
    known = known_shapes(graph)
    total = 0
    for node in graph.node:
        try:
            total += node_flop(node, known)
        except KeyError as missing:
            raise ValueError(f'node "{node.name}" ({node.op_type}): the shape of '
                             f"{missing} is not known") from None
    return total
