#===- network.py - What the networks of the suite share ------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""A network of the benchmark suite: its definition, its weights, its files.

Each script beside this one defines a NETWORK in plain PyTorch, from the public
description of it, and writes it when it is run:

    FOLDER/NAME.onnx       opset 17, the batch-norms still nodes of their own
    FOLDER/NAME.pt         the same weights for PyTorch
    FOLDER/input.npz       an input by its name
    FOLDER/expected.npz    what PyTorch makes of it in float64, by name

Weights are random, from a seed, and of a size that keeps activations in range;
batch-norms get scales, shifts and statistics that fit (common.calibrate). What
is computed is meaningless, how long it takes and how errors grow is not. A
network of docs/examples is taken from there instead, with weights and a sample.

usage: python NAME.py FOLDER [--small]
"""

import argparse
import collections.abc
import dataclasses
import json
import math
import pathlib
import shutil
import sys
import zlib

import nibabel
import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "docs/examples"))

import common  # noqa: E402

INPUT, OUTPUT = "input", "output"


@dataclasses.dataclass(frozen=True)
class Network:
    """What a script of this folder calls NETWORK."""
    title: str
    # N, C and the spatial extents of the input: those that are measured, and
    # smaller ones for trying things out.
    extents: tuple
    small: tuple
    # From the extents to the module.
    make: collections.abc.Callable
    # From the extents to an input; by default what looks like pictures, clips
    # or volumes.
    sample: collections.abc.Callable = lambda extents: common.smooth_noise(extents, seed=1)
    # In the batch that the batch-norms' statistics are taken from.
    samples: int = 2
    # How far ONNX Runtime may be from float64 before the export counts as
    # wrong, relative to the RMS of the output. Not a measurement.
    tolerance: float = 1e-4
    # The folder of docs/examples that the network comes from, if it does.
    example: str | None = None

    def module(self, small):
        return self.make(self.small if small else self.extents).eval()


def output_terms(module):
    """How many products one element of a layer's result is a sum of."""
    weight = module.weight
    if not isinstance(module, nn.modules.conv._ConvTransposeNd):
        return weight[0].numel()
    # Each input element is spread over the kernel's taps, and of those only one
    # in `stride` along each axis meets a given output element.
    return weight.shape[0] * math.prod(weight.shape[2:]) / math.prod(module.stride)


def randomise(model):
    """Draws all weights. He's rule keeps the variance through a ReLU."""
    layers = (nn.modules.conv._ConvNd, nn.Linear)
    norms = (nn.modules.instancenorm._InstanceNorm, nn.GroupNorm, nn.LayerNorm)
    for module in model.modules():
        if isinstance(module, layers):
            nn.init.normal_(module.weight, 0.0, math.sqrt(2 / output_terms(module)))
            if module.bias is not None:
                nn.init.normal_(module.bias, 0.0, 0.1)
        elif isinstance(module, norms):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0.0, 0.2)
        elif isinstance(module, nn.PReLU):
            nn.init.uniform_(module.weight, 0.05, 0.4)


def random_ids(extents, count):
    """Numbers of words, drawn among `count`."""
    generator = torch.Generator().manual_seed(1)
    return torch.randint(count, extents, generator=generator)


def write(name, network, folder, small):
    """Makes the network called `name` and writes its four files."""
    say = common.Progress()
    common.prepare(zlib.crc32(name.encode()))
    model = network.module(small)
    randomise(model)
    extents = network.small if small else network.extents
    if any(isinstance(m, nn.modules.batchnorm._BatchNorm) for m in model.modules()):
        common.calibrate(model, [common.smooth_noise(
            (network.samples, *extents[1:]), seed=100)], say)
    sample = network.sample(extents).numpy()

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    error = common.export(model, path, sample, INPUT, OUTPUT,
                          tolerance=network.tolerance)
    say(f"wrote {path}: {path.stat().st_size / 2**20:.1f} MiB; ONNX Runtime is "
        f"within {error:.1e} of float64")
    write_beside(model, folder, name, {INPUT: sample},
                 {OUTPUT: common.in_float64(model, sample)})
    parameters = sum(p.numel() for p in model.parameters())
    say(f"{network.title}: {parameters / 1e6:.2f} M parameters, input "
        + "x".join(map(str, extents)))


def write_beside(model, folder, name, inputs, outputs):
    """The files that go with the ONNX file."""
    torch.save(model.state_dict(), folder / f"{name}.pt")
    np.savez(folder / "input.npz", **inputs)
    np.savez(folder / "expected.npz", **outputs)


# --- Networks of docs/examples ----------------------------------------------


def load_weights(model, graph):
    """Fills a module with the weights of the ONNX file exported from it, which
    go by the same names."""
    weights = {tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy())
               for tensor in graph.initializer}
    missing = [key for key in model.state_dict()
               if key not in weights and not key.endswith("num_batches_tracked")]
    if missing:
        raise SystemExit(f"error: the ONNX file has no weights called {missing[0]}")
    model.load_state_dict(weights, strict=False)


def read_volume(path, extents):
    """A sample as float32; NIfTI's axes are x, y, z, the network's z, y, x."""
    if path.suffix == ".npy":
        array = np.load(path)
    else:
        array = nibabel.load(path).get_fdata().transpose(2, 1, 0)
    return np.ascontiguousarray(array.reshape(extents), np.float32)


def write_example(name, network, folder):
    """The files of a network of docs/examples, with its first sample as input."""
    source = ROOT / "docs/examples" / network.example
    example = json.loads((source / "example.json").read_text())
    file = onnx.load(source / example["model"])
    model = network.module(small=False)
    load_weights(model, file.graph)
    sample = read_volume(source / example["samples"][0]["input"], network.extents)
    with torch.no_grad():
        outputs = model.double()(torch.from_numpy(sample).double())
    model.float()
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)

    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / example["model"], folder / f"{name}.onnx")
    write_beside(model, folder, name, {file.graph.input[0].name: sample}, {
        value.name: output.numpy()
        for value, output in zip(file.graph.output, outputs)})


# --- The command line of the scripts ----------------------------------------


def parse_arguments(script):
    parser = argparse.ArgumentParser(description=f"Writes the network {script.stem}.")
    parser.add_argument("folder", type=pathlib.Path, help="where to write")
    parser.add_argument("--small", action="store_true",
                        help="with a smaller input, for trying things out; a network "
                        "of docs/examples has one size only")
    return parser.parse_args()


def main(script, network):
    """The main function of the scripts of this folder."""
    script = pathlib.Path(script)
    options = parse_arguments(script)
    if network.example:
        write_example(script.stem, network, options.folder)
    else:
        write(script.stem, network, options.folder, options.small)
