#===- torch_model.py - A network of the suite in PyTorch -----------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Runs a network of tools/bench/networks in PyTorch: as it is (eager), with
channels innermost, or compiled."""

import importlib
import os
import pathlib
import shutil
import sys

import torch


def import_network(module):
    """The NETWORK of a script in tools/bench/networks; imports what it needs."""
    sys.path.insert(0, str(pathlib.Path(__file__).with_name("networks")))
    return importlib.import_module(module["name"]).NETWORK


class PyTorch:
    """`form` is eager, channels-last or compiled. The module is defined anew and
    filled with the weights that were saved with the ONNX file."""

    def __init__(self, job, inputs, network, form):
        torch.set_num_threads(job["threads"])
        torch.set_num_interop_threads(1)
        module = job["module"]
        self.model = network.module(module["small"])
        weights = torch.load(module["weights"], weights_only=True)
        self.model.load_state_dict(weights, assign=True)
        self.names = job["outputs"]
        (array,) = inputs.values()
        self.input = torch.from_numpy(array)
        if form == "channels-last":
            layout = (torch.channels_last if array.ndim == 4
                      else torch.channels_last_3d)
            self.model = self.model.to(memory_format=layout)
            self.input = self.input.to(memory_format=layout)
        elif form == "compiled":
            # Nothing from an earlier run: the first inference compiles.
            shutil.rmtree(job["cache"], ignore_errors=True)
            os.environ["TORCHINDUCTOR_CACHE_DIR"] = job["cache"]
            self.model = torch.compile(self.model)

    def run(self):
        with torch.inference_mode():
            self.values = self.model(self.input)

    def results(self):
        values = self.values
        if isinstance(values, torch.Tensor):
            values = (values,)
        return {name: value.numpy() for name, value in zip(self.names, values)}
