#===- backend.py - ONNX's backend interface ------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""The interface of onnx.backend.base, by which ONNX's own cases are run:

    import voxc.backend
    outputs = voxc.backend.prepare(model).run([x, y])
"""

import numpy as np
from onnx import helper
from onnx.backend.base import Backend, BackendRep

from .compiler import compile as compile_model


class VoxcRep(BackendRep):
    """A compiled model; run() takes inputs in order, or a dictionary."""

    def __init__(self, model):
        self.model = model

    def run(self, inputs, **kwargs):
        if isinstance(inputs, dict):
            inputs = {name: np.asarray(array, order="C") for name, array in inputs.items()}
        else:
            inputs = [np.asarray(array, order="C") for array in inputs]
        call = self.model.bind(inputs)
        call.run()
        return tuple(call.outputs.values())


class VoxcBackend(Backend):
    """Refuses by voxc.CompileError, with the compiler's message."""

    @classmethod
    def prepare(cls, model, device="CPU", **kwargs):
        return VoxcRep(compile_model(model, **kwargs))

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
        # A node may read one input twice and leave outputs out.
        given = dict(zip([name for name in node.input if name], arrays))
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
