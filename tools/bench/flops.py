#===- flops.py - Floating-point operations of an ONNX graph --------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Counts what effective GF/s are counted in: two operations for each
multiply-add of the convolutions, transposed convolutions, matrix products and
recurrent layers, computed directly. Everything else (norms, activations, pools)
counts nothing, and an algorithm that needs fewer multiplications is credited with
all of them.
"""

import math

import onnx
import onnx.reference
from onnx import helper, numpy_helper

# Sizes and scales are lists this long at most, and what exporters compute them by.
FOLDED_ELEMENTS = 64
FOLDED_OPS = ("Add", "Cast", "Concat", "Constant", "Div", "Gather", "Mod", "Mul",
              "Reshape", "Slice", "Squeeze", "Sub", "Unsqueeze")


def evaluate(node, inputs, opsets):
    """The outputs of a node by itself, as its operator set has it."""
    info = [helper.make_tensor_value_info(
        name, helper.np_dtype_to_tensor_dtype(value.dtype), value.shape)
        for name, value in inputs.items()]
    outputs = [helper.make_empty_tensor_value_info(name) for name in node.output]
    model = helper.make_model(helper.make_graph([node], "node", info, outputs),
                              opset_imports=opsets)
    return onnx.reference.ReferenceEvaluator(model).run(None, inputs)


def fold_sizes(model):
    """Makes constants of what nodes compute of small ones alone, such as the
    scales of a Resize or the shape of a Reshape: shape inference does not follow
    all of it."""
    graph = model.graph
    constants = {t.name: numpy_helper.to_array(t) for t in graph.initializer
                 if math.prod(t.dims) <= FOLDED_ELEMENTS}
    for node in list(graph.node):
        if node.op_type not in FOLDED_OPS or any(
                name and name not in constants for name in node.input):
            continue
        inputs = {name: constants[name] for name in node.input if name}
        results = evaluate(node, inputs, model.opset_import)
        if all(value.size <= FOLDED_ELEMENTS for value in results):
            constants.update(zip(node.output, results))
            graph.initializer.extend(
                numpy_helper.from_array(value, name)
                for name, value in zip(node.output, results))
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
    fold_sizes(model)
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
    if node.op_type in ("LSTM", "GRU", "RNN"):
        # Each step of each sequence takes all weights, of inputs and of states.
        steps, weights, states = (shapes[name] for name in node.input[:3])
        return 2 * math.prod(steps[:2]) * (math.prod(weights) + math.prod(states))
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
