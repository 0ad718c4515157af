#===- opinion.py - A second opinion on what a graph means ------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Compares the float64 evaluator with another implementation of ONNX.

The compiler and its evaluator are written by the same hands, which may have read
ONNX in the same wrong way. The other implementation computes in float32 too: what
counts is whether both mean the same, so the bound is loose. How well compiled
code computes is told by comparing it with the evaluator, as ever.
"""

from __future__ import annotations

import importlib.util
import pathlib
import re
import shlex
import sys
from typing import Callable, Dict, List, Optional, Sequence, Tuple

import numpy

from graph import Graph
from node import Node
from runs import WRONG, Check, Failure, Runner, Verdict, without_numbers

#: What rounding may explain, as a share of the output's root mean square.
TOLERANCE = 1e-3
PEER = pathlib.Path(__file__).resolve().parent / "peer.py"
NEEDED = ("onnx", "onnxruntime")


def check_packages() -> None:
    """Ends the program where the default peer can't run."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        sys.exit(f"error: --second-opinion needs {' and '.join(missing)} in {sys.executable}; expected "
                 "a Python with numpy, onnx and onnxruntime, such as build/deps/bench/bin/python3 "
                 "(tools/bench.sh and tools/check.sh --second-opinion install it)")


class SecondOpinion(Check):
    """The comparison with the evaluator, and the evaluator's with a peer."""

    def __init__(self, runner: Runner, peer: str):
        super().__init__(runner)
        self.peer = str(pathlib.Path(peer or PEER).resolve())

    def run(self, graph: Graph, seed: int, level: str, model: pathlib.Path) -> Verdict:
        """Tensors go to a folder beside the model."""
        self.write(graph, seed, model)
        folder = model.resolve().with_suffix(".data")
        folder.mkdir(exist_ok=True)
        inputs = self.write_inputs(graph, seed, folder)
        failure = self.runner.vox_run(model, [*inputs, "--verify=reference", f"-O{level}"])
        if failure:
            return Verdict(failure)
        outputs = [f"--output={name}=@{folder / f'reference-{number}.npy'}"
                   for number, name in enumerate(graph.outputs)]
        failure = self.runner.vox_run(model, [*inputs, "--evaluate=reference", *outputs])
        if failure:
            return Verdict(failure)
        command = [sys.executable, self.peer, str(model.resolve()), str(folder)]
        failure = self.runner.execute(command, folder)
        if failure:
            return Verdict(notes=[f"no opinion: {reason_of(failure)}"])
        return self.judge(graph, folder, shlex.join(command))

    def write_inputs(self, graph: Graph, seed: int, folder: pathlib.Path) -> List[str]:
        """Standard normal ones; an input that has a value of its own, too."""
        random = numpy.random.default_rng(seed)
        shapes = dict(graph.inputs)
        shapes.update((n, i.shape) for n, i in graph.initializers.items() if i.overridable)
        arguments = []
        for number, (name, shape) in enumerate(shapes.items()):
            path = folder / f"input-{number}.npy"
            numpy.save(path, random.standard_normal(shape).astype(numpy.float32))
            arguments.append(f"--input={name}=@{path}")
        return arguments

    def judge(self, graph: Graph, folder: pathlib.Path, command: str) -> Verdict:
        differences = []
        for number, name in enumerate(graph.outputs):
            reference = numpy.load(folder / f"reference-{number}.npy")
            other = numpy.load(folder / f"output-{number}.npy")
            difference = compare(reference, other)
            if difference:
                differences.append(f'verify: output "{name}", evaluator and peer: {difference}')
        if not differences:
            return Verdict(notes=["the second opinion agrees"])
        reason = known_difference(graph)
        if reason:
            return Verdict(notes=[f"known difference: {reason}"])
        return Verdict(Failure(WRONG + " by the second opinion", "\n".join(differences), command))


def compare(reference: numpy.ndarray, other: numpy.ndarray) -> str:
    """What differs, or ""."""
    if reference.shape != other.shape:
        return f"shapes {reference.shape} and {other.shape}"
    is_float = other.dtype.kind == "f"
    reference, other = reference.astype(numpy.float64), other.astype(numpy.float64)
    with numpy.errstate(over="ignore"):
        rounded = reference.astype(numpy.float32)  # what the other can hold
    finite = numpy.isfinite(rounded)
    same = (rounded == other) | numpy.isnan(reference) & numpy.isnan(other)
    if not same[~finite].all() or not numpy.isfinite(other[finite]).all():
        return "numbers where the other has none"
    errors = numpy.zeros_like(reference)
    errors[finite] = numpy.abs(reference[finite] - other[finite])
    if not errors.any():
        return ""
    worst = numpy.unravel_index(errors.argmax(), errors.shape)
    text = f"{reference[worst]:.7g} and {other[worst]:.7g} at {list(map(int, worst))}"
    if not is_float:
        return f"{numpy.count_nonzero(errors)} of {errors.size} elements differ, {text}"
    rms = numpy.sqrt(numpy.mean(reference[finite] ** 2))
    if errors[worst] <= (TOLERANCE * rms if rms > 0 else 1e-6):
        return ""
    return f"{errors[worst] / rms:.2e} of RMS, {text}" if rms > 0 else text


def known_difference(graph: Graph) -> Optional[str]:
    """Why the two may differ on this graph, by ONNX's text."""
    types = graph.types()
    for node in graph.nodes:
        for applies, reason in KNOWN:
            if applies(node, types):
                return reason
    return None


def casts_negative(node: Node, types: Dict[str, str]) -> bool:
    return (node.op in ("Cast", "CastLike") and types[node.inputs[0]] == "float" and
            types[node.output].startswith("uint"))


def crops(node: Node, _: Dict[str, str]) -> bool:
    return (node.op == "Resize" and node.attributes.get("mode", "nearest") == "nearest" and
            node.attributes.get("coordinate_transformation_mode") == "tf_crop_and_resize")


def aligns_scaled(node: Node, _: Dict[str, str]) -> bool:
    return (node.op == "Resize" and len(node.inputs) == 3 and
            node.attributes.get("coordinate_transformation_mode") == "align_corners")


def pads_dilated(node: Node, _: Dict[str, str]) -> bool:
    return (node.op.endswith("Pool") and "dilations" in node.attributes and
            str(node.attributes.get("auto_pad")).startswith("SAME"))


#: Whether a node is one on which implementations may or do differ, and why.
KNOWN: Sequence[Tuple[Callable[[Node, Dict[str, str]], bool], str]] = (
    (casts_negative, "ONNX does not define the cast of a negative number to an unsigned type"),
    (crops, "ONNX Runtime rounds positions in a region of interest, where two neighbours are as near"),
    (aligns_scaled, "ONNX Runtime aligns the corners of the rounded extent, ONNX's own cases those "
                    "of the scaled one"),
    (pads_dilated, "ONNX Runtime leaves dilations out of the padding that auto_pad asks for"),
)


def reason_of(failure: Failure) -> str:
    """The end of what the peer says, without what differs from graph to graph."""
    if "no opinion: " not in failure.output:
        return f"the peer {failure.kind}"
    text = without_numbers(failure.output.rsplit("no opinion: ", 1)[1])
    text = " ".join(re.sub(r"'\w*_'", "_", text).split())
    return text if len(text) <= 90 else "..." + text[-90:].split(" ", 1)[-1]
