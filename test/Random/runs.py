#===- runs.py - Runs of vox-run and what came of them ----------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Running vox-run on a graph, and what is wrong with a run."""

from __future__ import annotations

import dataclasses
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
from typing import Dict, List, Optional, Sequence

from graph import Graph

WRONG = "wrong result"
TIMEOUT = "timeout"
REFUSED = "refused"
KINDS = {1: REFUSED, 2: WRONG, 70: "fault of the compiler"}


@dataclasses.dataclass
class Failure:
    kind: str
    #: What vox-run printed.
    output: str
    command: str

    def error(self) -> str:
        """The first error."""
        errors = [line for line in self.output.splitlines() if "error:" in line]
        return errors[0].split("error:", 1)[1].strip() if errors else ""

    def signature(self) -> str:
        """Equal for failures of the same cause, as far as one can tell: the
        kind and the first error, without names and numbers."""
        return self.kind if self.kind == WRONG else f"{self.kind}: {without_numbers(self.error())}"

    def telling_lines(self) -> List[str]:
        """The errors and comparisons, or, where there are none, the last lines."""
        lines = [line[:300] for line in self.output.splitlines()]
        return [line for line in lines if "error:" in line or "verify:" in line] or lines[-12:]


@dataclasses.dataclass
class Verdict:
    """What a check has to say of one graph."""
    failure: Optional[Failure] = None
    #: How far the check went, for the counts at the end.
    notes: List[str] = dataclasses.field(default_factory=list)


def without_numbers(message: str) -> str:
    return re.sub(r'"[^"]*"|#?-?\d+', "_", message)


class Runner:
    """Runs programs on graphs, above all vox-run."""

    def __init__(self, program: str, extra: Sequence[str], timeout: float, cache: str):
        found = shutil.which(program)
        if not found:
            sys.exit(f"{program}: error: not found; build vox-run first")
        self.program = str(pathlib.Path(found).absolute())
        self.extra = list(extra)
        self.timeout = timeout
        self.environment: Dict[str, str] = dict(os.environ)
        # Most kernels are of one graph only: keep them out of the user's cache.
        self.environment.setdefault("VOXC_CACHE_DIR", cache)

    def execute(self, command: Sequence[str], folder: pathlib.Path) -> Optional[Failure]:
        """Runs in `folder`: the compiler leaves reproducers where it runs."""
        text = shlex.join(command)
        try:
            result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                    timeout=self.timeout, env=self.environment, cwd=folder,
                                    check=False)
        except subprocess.TimeoutExpired as error:
            return Failure(TIMEOUT, (error.stdout or b"").decode(errors="replace"), text)
        output = result.stdout.decode(errors="replace")
        if result.returncode == 0:
            return None
        kind = KINDS.get(result.returncode, f"ended with exit code {result.returncode}")
        return Failure(kind, output, text)

    def vox_run(self, model: pathlib.Path, arguments: Sequence[str]) -> Optional[Failure]:
        command = [self.program, str(model.resolve()), *arguments, *self.extra]
        return self.execute(command, model.parent)


class Check:
    """Compiles a graph, runs it on random inputs and compares the results with
    the float64 evaluator."""

    def __init__(self, runner: Runner):
        self.runner = runner

    def write(self, graph: Graph, seed: int, model: pathlib.Path) -> None:
        """Writes what is checked."""
        model.write_text(graph.text())

    def run(self, graph: Graph, seed: int, level: str, model: pathlib.Path) -> Verdict:
        """Writes the graph to `model` and checks it there."""
        self.write(graph, seed, model)
        return Verdict(self.runner.vox_run(
            model, ["--fill=random", f"--seed={seed}", "--verify=reference", f"-O{level}"]))
