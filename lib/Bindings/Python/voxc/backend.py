#===- backend.py - ONNX's backend interface ------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""The interface of onnx.backend.base, by which ONNX's own cases are run:

    import voxc.backend
    outputs = voxc.backend.prepare(model).run([x, y])

Voxc computes shapes when it compiles, while ONNX's cases hand axes, sizes or
bounds over as inputs. A model that is refused as it is and has inputs like that
(scalars and vectors of at most 64 elements) is therefore compiled in run(),
with the values of as few of them as it takes written into the model as
constants, once for each set of values; what else there is, is fed as ever.
VoxcRep.constants tells which inputs those were.
"""

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnx.backend.base import Backend, BackendRep

from .compiler import CompileError
from .compiler import compile as compile_model
from .model import match_inputs

MOST_ELEMENTS = 64  # of an input whose value may be compiled in
MOST_MODELS = 16  # that one VoxcRep keeps, one for each set of such values


def _may_be_constant(info):
    """Whether an input may be one that gives a shape, a size or a bound."""
    kind = info.type.tensor_type
    rank = len(kind.shape.dim) if kind.HasField("shape") else 0
    return rank == 0 or rank == 1 and kind.shape.dim[0].dim_value <= MOST_ELEMENTS


def _list_choices(names, arrays):
    """Which inputs to make constants, the most likely choice first: integers and
    single numbers, then small vectors of floats too, and the first input, which
    most ops compute with, only if nothing else helps."""
    def is_small(array):
        return array.ndim <= 1 and array.size <= MOST_ELEMENTS and array.dtype.kind in "biuf"

    small = [name for name in names if is_small(arrays[name])]
    exact = [name for name in small
             if arrays[name].dtype.kind in "biu" or arrays[name].size == 1]
    choices = []
    for choice in ([n for n in exact if n != names[0]], [n for n in small if n != names[0]],
                   exact, small):
        if choice and choice not in choices:
            choices.append(choice)
    return choices


def _with_constants(model, arrays):
    """A copy of the model in which the inputs `arrays` names are constants."""
    result = onnx.ModelProto()
    result.CopyFrom(model)
    graph = result.graph
    if model.ir_version >= 4:  # before, constants are listed among the inputs
        kept = [info for info in graph.input if info.name not in arrays]
        del graph.input[:]
        graph.input.extend(kept)
    graph.initializer.extend(numpy_helper.from_array(array, name)
                             for name, array in arrays.items())
    return result


class VoxcRep(BackendRep):
    """A compiled model; run() takes inputs in order, or a dictionary."""

    def __init__(self, model, options):
        """Compiles, or raises CompileError where run() could not either."""
        self.constants = ()  # inputs whose values the last run was compiled for
        self._source, self._options = model, options
        self._models = {}
        self._choice = None
        try:
            self.model = compile_model(model, **options)
        except CompileError as error:
            self.model, self._refusal = None, error
            if not self._has_choice():
                raise

    def run(self, inputs, **kwargs):
        if isinstance(inputs, dict):
            inputs = {name: np.asarray(array, order="C") for name, array in inputs.items()}
        else:
            inputs = [np.asarray(array, order="C") for array in inputs]
        model = self.model
        if not model:
            names = [info.name for info in self._inputs()]
            by_name = isinstance(inputs, dict)
            inputs = match_inputs(names, () if by_name else inputs, inputs if by_name else {})
            model = self._find_model(inputs)
            inputs = {name: array for name, array in inputs.items()
                      if name not in self.constants}
        call = model.bind(inputs)
        call.run()
        return tuple(call.outputs.values())

    def _has_choice(self):
        """Whether there are inputs whose values could be compiled in."""
        if not isinstance(self._source, onnx.ModelProto):
            return False
        inputs = self._inputs()
        return (all(info.type.HasField("tensor_type") for info in inputs)
                and any(map(_may_be_constant, inputs)))

    def _inputs(self):
        graph = self._source.graph
        constants = {tensor.name for tensor in graph.initializer}
        return [info for info in graph.input if info.name not in constants]

    def _find_model(self, arrays):
        """The model compiled for the values of some of these inputs; raises
        CompileError where none compiles, with the messages of the first choice."""
        choices = [self._choice] if self._choice else _list_choices(list(arrays), arrays)
        refusal = self._refusal
        for i, choice in enumerate(choices):
            values = {name: arrays[name] for name in choice}
            key = tuple((name, a.dtype.str, a.shape, a.tobytes()) for name, a in values.items())
            try:
                if key not in self._models:
                    compiled = self._compile_for(values)
                    while len(self._models) >= MOST_MODELS:
                        del self._models[next(iter(self._models))]
                    self._models[key] = compiled
            except CompileError as error:
                refusal = error if i == 0 else refusal
                continue
            self._choice = self.constants = tuple(choice)
            return self._models[key]
        raise refusal

    def _compile_for(self, values):
        options = dict(self._options)
        shapes = {name: shape for name, shape in (options.pop("shapes", None) or {}).items()
                  if name not in values}
        return compile_model(_with_constants(self._source, values), shapes=shapes, **options)


class VoxcBackend(Backend):
    """Refuses by voxc.CompileError, with the compiler's message, in prepare() or,
    where a model has small inputs, in run()."""

    @classmethod
    def prepare(cls, model, device="CPU", **kwargs):
        return VoxcRep(model, kwargs)

    @classmethod
    def run_node(cls, node, inputs, device="CPU", outputs_info=None, **kwargs):
        """Inputs as arrays, outputs_info as pairs of dtype and shape."""
        if outputs_info is None:
            raise TypeError("run_node lacks outputs_info; expected a pair of dtype and "
                            "shape for each output")

        def describe(names, infos):
            return [helper.make_tensor_value_info(
                name, helper.np_dtype_to_tensor_dtype(np.dtype(dtype)), shape)
                for name, (dtype, shape) in zip(names, infos)]

        arrays = [np.asarray(x) for x in inputs]
        names = [name for name in node.input if name]
        if len(arrays) != len(names):
            raise TypeError(f"{len(arrays)} inputs are given; expected {len(names)}: "
                            f"{', '.join(names)}")
        # A node may read one input twice and leave outputs out.
        given = dict(zip(names, arrays))
        graph = helper.make_graph(
            [node], "node", describe(given, [(a.dtype, a.shape) for a in given.values()]),
            describe([name for name in node.output if name], outputs_info))
        model = helper.make_model(graph, opset_imports=kwargs.pop("opset_imports", None))
        return cls.prepare(model, device, **kwargs).run(list(given.values()))

    @classmethod
    def supports_device(cls, device):
        return device.split(":")[0] == "CPU"


prepare = VoxcBackend.prepare
run_node = VoxcBackend.run_node
run_model = VoxcBackend.run_model
supports_device = VoxcBackend.supports_device
