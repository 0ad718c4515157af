#===- opened.py - Graphs whose inputs have open extents --------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Leaves extents of inputs open, as far as a graph bears it, and compares what the
compiled graph gives at several sizes with the evaluator."""

from __future__ import annotations

import copy
import dataclasses
import math
import pathlib
import random
import re
import shlex
from typing import Dict, Iterator, List, Optional, Tuple

from graph import Dims, Graph
from node import Invalid, Shape
from runs import REFUSED, Check, Failure, Runner, Verdict, without_numbers
from values import MAX_ELEMENTS

#: An input and the number of its dimension.
Place = Tuple[str, int]

#: What errors say that are about open extents.
OPEN_REFUSAL = re.compile(r"open extent|at the least shapes|the network is another one at|"
                          r"that is so at|the network does not take|of a result goes from|--minShapes")
#: The node that an error is about, by its place in the graph.
NODE = re.compile(r'error: node "[A-Za-z]\w*_(\d+)"')


@dataclasses.dataclass
class Size:
    """An extent that stays open, wherever it is."""
    places: List[Place]
    least: int
    greatest: int


class OpenGraph:
    """A graph and those of its extents that are open."""

    def __init__(self, graph: Graph, sizes: List[Size]):
        self.graph = graph
        self.sizes = sizes

    def shapes_at(self, values: List[int]) -> Dict[str, Shape]:
        shapes = {name: list(shape) for name, shape in self.graph.inputs.items()}
        for size, value in zip(self.sizes, values):
            for name, dim in size.places:
                shapes[name][dim] = value
        return {name: tuple(shape) for name, shape in shapes.items()}

    def infer_at(self, values: List[int]) -> Dict[str, Shape]:
        """Shapes of all values; raises Invalid where the graph does not take the
        sizes."""
        graph = copy.copy(self.graph)
        graph.inputs = self.shapes_at(values)
        shapes = graph.infer()
        if any(math.prod(shape) > 4 * MAX_ELEMENTS for shape in shapes.values()):
            raise Invalid("too large")
        return shapes

    def takes(self, values: List[int]) -> bool:
        try:
            self.infer_at(values)
            return True
        except (Invalid, IndexError, ZeroDivisionError):
            return False

    def least(self) -> List[int]:
        return [size.least for size in self.sizes]

    def greatest(self) -> List[int]:
        return [size.greatest for size in self.sizes]

    def takes_bounds(self) -> bool:
        """Whether it takes both, and no rank depends on them."""
        if not self.takes(self.least()) or not self.takes(self.greatest()):
            return False
        least, greatest = self.infer_at(self.least()), self.infer_at(self.greatest())
        return all(len(greatest[name]) == len(shape) for name, shape in least.items())

    def text(self) -> str:
        declared: Dict[str, Dims] = {n: list(s) for n, s in self.graph.inputs.items()}
        for number, size in enumerate(self.sizes):
            for name, dim in size.places:
                declared[name][dim] = f"size{number}" if len(size.places) > 1 or number % 2 else "?"
        least, greatest = self.infer_at(self.least()), self.infer_at(self.greatest())
        for name in self.graph.outputs:
            if name not in self.graph.inputs:
                declared[name] = [a if a == b else "?" for a, b in zip(least[name], greatest[name])]
        return self.graph.text(declared)

    def samples(self, rng: random.Random) -> List[List[int]]:
        """The bounds, and sizes between them."""
        found = [self.greatest(), self.least()]
        for _ in range(20):
            values = [rng.randint(size.least, size.greatest) for size in self.sizes]
            if len(found) < 4 and values not in found and self.takes(values):
                found.append(values)
        return found


def open_up(graph: Graph, rng: random.Random) -> OpenGraph:
    """Opens one dimension after the other that the graph takes open: batches,
    then those behind the channels, then any; alone, or together with another of
    the same extent."""
    opened = OpenGraph(graph, [])
    places = [(name, dim) for name, shape in graph.inputs.items() for dim in range(len(shape))]
    places.sort(key=lambda place: (place[1] == 1, place[1]))
    left = places[:4 + len(graph.inputs)]
    while left:
        place = left.pop(0)
        extent = graph.inputs[place[0]][place[1]]
        partners = [p for p in left if graph.inputs[p[0]][p[1]] == extent]
        for together in [[place], *([place, p] for p in partners)]:
            size = bounds_of(opened, together, extent, rng)
            if size:
                opened.sizes.append(size)
                left = [p for p in left if p not in together]
                break
    return opened


def bounds_of(opened: OpenGraph, places: List[Place], extent: int, rng: random.Random) -> Optional[Size]:
    for least, greatest in ((max(1, extent - rng.choice((0, 1, 2))), extent + rng.choice((1, 3, 5))),
                            (extent, extent + 1), (extent, 2 * extent), (max(1, extent // 2), extent)):
        size = Size(places, least, greatest)
        if least < greatest and OpenGraph(opened.graph, [*opened.sizes, size]).takes_bounds():
            return size
    return None


class OpenCheck(Check):
    """One graph, compiled once, at several sizes."""

    def __init__(self, runner: Runner):
        super().__init__(runner)
        self.compiler = str(pathlib.Path(runner.program).with_name("voxc"))

    def plan(self, graph: Graph, seed: int) -> OpenGraph:
        return open_up(graph, random.Random(f"open extents {seed}"))

    def write(self, graph: Graph, seed: int, model: pathlib.Path) -> None:
        model.write_text(self.plan(graph, seed).text())

    def run(self, graph: Graph, seed: int, level: str, model: pathlib.Path) -> Verdict:
        """With all sizes open; where that is refused with one of them, and then
        with those nodes alone that take them."""
        plan = self.plan(graph, seed)
        if not plan.sizes:
            return Verdict(notes=["no extent that could be open"])
        refusal = self.run_sizes(plan, seed, level, model)
        if not refusal:
            return Verdict(notes=["ran with open extents"])
        if not is_open_refusal(refusal):
            return Verdict(refusal)
        reason = without_numbers(refusal.error())[:100]
        for one in ones(plan):
            failure = self.run_sizes(one, seed, level, model)
            if not failure or not is_open_refusal(failure):
                return Verdict(failure, [f"ran with one open extent, not with all: {reason}"])
        part = without_refused(plan, refusal)
        while part:
            failure = self.run_sizes(part, seed, level, model)
            if not failure or not is_open_refusal(failure):
                return Verdict(failure, [f"ran in part with open extents, not as a whole: {reason}"])
            part = without_refused(part, failure)
        return Verdict(notes=[f"refused: {reason}"])

    def run_sizes(self, plan: OpenGraph, seed: int, level: str, model: pathlib.Path) -> Optional[Failure]:
        """Compiles once and runs that at several sizes."""
        model.write_text(plan.text())
        library = model.with_suffix(".so")
        compiling = [self.compiler, str(model.resolve()), f"-O{level}", "-o", str(library.resolve()),
                     f"--minShapes={shapes_text(plan.shapes_at(plan.least()))}",
                     f"--maxShapes={shapes_text(plan.shapes_at(plan.greatest()))}"]
        failure = self.runner.execute(compiling, model.parent)
        if failure:
            return failure
        for values in plan.samples(random.Random(f"sizes {seed}")):
            failure = self.runner.vox_run(library, [
                f"--source={model.resolve()}", f"--shapes={shapes_text(plan.shapes_at(values))}",
                "--fill=random", f"--seed={seed}", "--verify=reference"])
            if failure:
                failure.command = f"{shlex.join(compiling)} &&\n  {failure.command}"
                return failure
        return None


def ones(plan: OpenGraph) -> Iterator[OpenGraph]:
    """With one size each, where there are several."""
    if len(plan.sizes) > 1:
        for size in plan.sizes:
            one = OpenGraph(plan.graph, [size])
            if one.takes_bounds():
                yield one


def without_refused(plan: OpenGraph, refusal: Failure) -> Optional[OpenGraph]:
    """The graph up to the node that an error is about: without it and what
    depends on it."""
    found = NODE.search(refusal.output)
    if not found or int(found.group(1)) >= len(plan.graph.nodes):
        return None
    graph = copy.deepcopy(plan.graph)
    refused = graph.nodes[int(found.group(1))]
    gone = {refused.output}
    for node in graph.nodes:
        if gone.intersection(node.inputs):
            gone.add(node.output)
    graph.nodes = [node for node in graph.nodes if node.output not in gone]
    used = {i for node in graph.nodes for i in node.inputs}
    left = [node.output for node in graph.nodes]
    graph.outputs = [n for n in left if n in plan.graph.outputs or n not in used]
    if not graph.outputs:
        return None
    graph.prune()
    sizes = [Size([p for p in size.places if p[0] in graph.inputs], size.least, size.greatest)
             for size in plan.sizes]
    part = OpenGraph(graph, [size for size in sizes if size.places])
    return part if part.sizes and part.takes_bounds() else None


def is_open_refusal(failure: Failure) -> bool:
    return failure.kind == REFUSED and OPEN_REFUSAL.search(failure.output) is not None


def shapes_text(shapes: Dict[str, Shape]) -> str:
    return ",".join(f"{name}:{'x'.join(map(str, shape))}" for name, shape in shapes.items())
