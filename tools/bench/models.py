#===- models.py - What is measured: a model, compiled --------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""ONNX files with an input each, what they have to answer, and their library."""

import hashlib
import math
import pathlib
import re
import shutil

import numpy as np
import onnx

import flops
from tool import BIN, ROOT, WORK, BenchError, run_tool

SEED = 1


def input_shapes(path, fixed):
    """The extents of every input, those of `fixed` first."""
    graph = onnx.load(path, load_external_data=False).graph
    weights = {tensor.name for tensor in graph.initializer}
    shapes = {}
    for value in graph.input:
        if value.name in weights:
            continue
        extents = [d.dim_value for d in value.type.tensor_type.shape.dim]
        shapes[value.name] = fixed.get(value.name, extents)
        if not all(shapes[value.name]):
            raise BenchError(
                f'{path}: input "{value.name}" has open extents; fix them with '
                f"--shapes={value.name}:" + "x".join(str(e or "N") for e in extents))
    return shapes


class Model:
    """One ONNX file. Its input is random and its answer that of our evaluator,
    unless `inputs` and `expected`, .npz files, hold them. `module` says where
    PyTorch finds the network (see torch_model.py)."""

    def __init__(self, path, fixed, name=None, title=None, inputs=None,
                 expected=None, module=None):
        self.path = pathlib.Path(path)
        try:
            self.shapes = input_shapes(path, fixed)
            self.flop = flops.count_flop(path, self.shapes)
            self.outputs = [o.name for o in
                            onnx.load(path, load_external_data=False).graph.output]
        except BenchError:
            raise
        except Exception as error:  # the onnx package throws many kinds
            raise BenchError(f"{path}: {str(error).splitlines()[0]}") from None
        stem = self.path.stem
        if stem == "model":
            stem = self.path.resolve().parent.name
        self.name = name or re.sub(r"\W", "_", stem)
        self.title = title or self.name
        self.folder = WORK / self.name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.shared_object = self.folder / f"{self.name}.so"
        self.inputs, self.expected, self.module = inputs, expected, module
        if not inputs:
            self.inputs = self.folder / "inputs.npz"
            np.savez(self.inputs, **self.draw_inputs())

    def draw_inputs(self):
        """Random numbers for each input. Which whole numbers a network takes, such
        as the numbers of words, is not in the file."""
        for value in onnx.load(self.path, load_external_data=False).graph.input:
            if (value.name in self.shapes
                    and value.type.tensor_type.elem_type != onnx.TensorProto.FLOAT):
                raise BenchError(f'{self.path}: input "{value.name}" is not float32')
        rng = np.random.default_rng(SEED)
        return {name: rng.standard_normal(extents, dtype=np.float32)
                for name, extents in self.shapes.items()}

    def shapes_text(self):
        return ",".join(name + ":" + "x".join(map(str, extents))
                        for name, extents in self.shapes.items())

    def compile(self, cold):
        """Writes the shared library and returns the seconds that took. With
        `cold` no kernel comes from an earlier compilation."""
        environment = {}
        if cold:
            cache = self.folder / "kernels"
            shutil.rmtree(cache, ignore_errors=True)
            environment["VOXC_CACHE_DIR"] = str(cache)
        return run_tool(f"{self.name}: compiling", [
            BIN / "voxc", self.path, "-o", self.shared_object, f"--name={self.name}",
            f"--shapes={self.shapes_text()}"], environment)

    def reference(self):
        """Who computed the right outputs, and these by name."""
        if self.expected:
            return "PyTorch in float64", dict(np.load(self.expected))
        return "our evaluator in float64", self.evaluate()

    def evaluate(self):
        """The outputs of vox-run's evaluator, now or from the last time."""
        key = hashlib.sha256()
        for part in (self.path.read_bytes(), self.shapes_text().encode(),
                     self.inputs.read_bytes(), (BIN / "vox-run").read_bytes()):
            key.update(part)
        files = {name: self.folder / f"reference-{key.hexdigest()[:16]}-{i}.npy"
                 for i, name in enumerate(self.outputs)}
        if not all(file.exists() for file in files.values()):
            arguments = []
            for i, (name, array) in enumerate(np.load(self.inputs).items()):
                file = self.folder / f"input-{i}.npy"
                np.save(file, array)
                arguments.append(f"--input={name}=@{file}")
            run_tool(f"{self.name}: evaluating in float64", [
                BIN / "vox-run", self.path, "--evaluate=reference",
                f"--shapes={self.shapes_text()}", *arguments,
                *(f"--output={n}=@{f}" for n, f in files.items())])
        return {name: np.load(file) for name, file in files.items()}

    def description(self):
        """The part of the results that needs no measurement (see report.py)."""
        return {"name": self.name, "title": self.title, "model": str(
                    self.path.resolve()).replace(f"{ROOT}/", ""),
                "shapes": self.shapes, "flop": self.flop, "reference": None,
                "compile_seconds": None, "cold": False, "error": None,
                "contestants": {}}


def output_error(actual, expected):
    """The largest difference over the RMS of what was expected; of labels, which
    are whole numbers, the share that differs."""
    if actual is None or actual.size != expected.size:
        return None
    actual, expected = actual.ravel(), expected.ravel()
    if not np.issubdtype(actual.dtype, np.floating):
        return float(np.mean(actual != expected))
    expected = expected.astype(np.float64)
    rms = math.sqrt(float(np.mean(np.square(expected)))) or 1.0
    return float(np.max(np.abs(actual - expected), initial=0.0)) / rms


def largest_error(outputs, reference):
    """Over all outputs, labels apart where there are others: one voxel between
    two classes would hide what the rest is like. None if one is absent."""
    reals = {name for name, array in outputs.items()
             if np.issubdtype(array.dtype, np.floating)}
    errors = [output_error(outputs.get(name), expected)
              for name, expected in reference.items()
              if name in reals or not reals or name not in outputs]
    return max(errors) if errors and None not in errors else None
