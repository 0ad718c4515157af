#!/usr/bin/env python3
#===- random-graphs.py - Compile random graphs, compare with the evaluator -===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Compiles and runs seeded random ONNX graphs and compares the results with the
float64 evaluator.

Graph number S is the same on every machine. `vox-run` compiles it, runs it on
random inputs and verifies it, at -O0 or -O2 in turn (`--opt=both` does both).
A wrong result, a refusal (all graphs are valid and use supported ops), a crash
or a timeout is a failure: its seed and command are printed, and the graph and a
reduced one that fails in the same way are written to a folder. The last line is
`N passed, N failed`; the exit code is 1 where anything failed.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from typing import List, Optional

sys.dont_write_bytecode = True  # the source folder stays as it is
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from generator import generate  # noqa: E402
from graph import Graph  # noqa: E402
from shrink import shrink  # noqa: E402

KINDS = {1: "refused", 2: "wrong result", 70: "fault of the compiler"}


@dataclasses.dataclass
class Failure:
    kind: str
    #: What vox-run printed.
    output: str
    command: str

    def signature(self) -> str:
        """Equal for failures of the same cause, as far as one can tell: the
        kind and the first error, without names and numbers."""
        if self.kind == KINDS[2]:
            return self.kind
        errors = [line for line in self.output.splitlines() if "error:" in line]
        message = errors[0].split("error:", 1)[1] if errors else ""
        return self.kind + re.sub(r'"[^"]*"|#?\d+', "_", message)

    def telling_lines(self) -> List[str]:
        """The errors and comparisons, or, where there are none, the last lines."""
        lines = [line[:300] for line in self.output.splitlines()]
        return [line for line in lines if "error:" in line or "verify:" in line] or lines[-12:]


class Runner:
    """Runs vox-run on graphs."""

    def __init__(self, arguments: argparse.Namespace, cache: str):
        name = arguments.vox_run or str(pathlib.Path(arguments.build) / "bin" / "vox-run")
        found = shutil.which(name)
        if not found:
            sys.exit(f"{name}: error: not found; build vox-run first")
        self.program = str(pathlib.Path(found).absolute())
        self.extra: List[str] = arguments.argument
        self.timeout: float = arguments.timeout
        self.environment = dict(os.environ)
        # Most kernels are of one graph only: keep them out of the user's cache.
        self.environment.setdefault("VOXC_CACHE_DIR", cache)

    def run(self, model: pathlib.Path, seed: int, level: str,
            folder: pathlib.Path) -> Optional[Failure]:
        """Runs in `folder`: the compiler leaves reproducers where it runs."""
        command = [self.program, str(model.resolve()), "--fill=random", f"--seed={seed}",
                   "--verify=reference", f"-O{level}", *self.extra]
        text = shlex.join(command)
        try:
            result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                    timeout=self.timeout, env=self.environment, cwd=folder,
                                    check=False)
        except subprocess.TimeoutExpired as error:
            return Failure("timeout", (error.stdout or b"").decode(errors="replace"), text)
        output = result.stdout.decode(errors="replace")
        if result.returncode == 0:
            return None
        kind = KINDS.get(result.returncode, f"ended with exit code {result.returncode}")
        return Failure(kind, output, text)

    def run_graph(self, graph: Graph, seed: int, level: str) -> Optional[Failure]:
        with tempfile.TemporaryDirectory(prefix="voxc-random-") as folder:
            model = pathlib.Path(folder) / "graph.onnxtxt"
            model.write_text(graph.text())
            return self.run(model, seed, level, model.parent)


class Report:
    """Prints failures and progress, and keeps what failed."""

    def __init__(self, runner: Runner, arguments: argparse.Namespace):
        self.runner = runner
        self.folder = pathlib.Path(arguments.dump or
                                   pathlib.Path(arguments.build) / "random-failures")
        self.count: int = arguments.count
        self.seconds: float = arguments.shrink_seconds
        self.begin = self.said = time.monotonic()
        self.passed = self.failed = 0
        self.lock = threading.Lock()

    def add(self, seed: int, level: str, failure: Optional[Failure]) -> None:
        if failure:
            self.keep(seed, level, failure)
        with self.lock:
            self.passed += failure is None
            self.failed += failure is not None
            now, done = time.monotonic(), self.passed + self.failed
            if now - self.said >= 10:
                self.said = now
                left = (now - self.begin) / done * max(self.count - done, 0)
                print(f"{done}/{self.count} runs, {self.failed} failed, "
                      f"{now - self.begin:.0f} s, about {left:.0f} s left", flush=True)

    def keep(self, seed: int, level: str, failure: Failure) -> None:
        graph = generate(seed)
        signature = failure.signature()

        def fails_likewise(candidate: Graph) -> bool:
            found = self.runner.run_graph(candidate, seed, level)
            return found is not None and found.signature() == signature

        small = shrink(graph, fails_likewise, self.seconds)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"seed-{seed}.onnxtxt").write_text(graph.text())
        reduced = self.folder / f"seed-{seed}.min.onnxtxt"
        reduced.write_text(small.text())
        again = self.runner.run(reduced, seed, level, self.folder) or failure
        with self.lock:
            print(f"FAILED: seed {seed} at -O{level}: {failure.kind}; reduced to "
                  f"{len(small.nodes)} of {len(graph.nodes)} nodes\n  {again.command}")
            for line in again.telling_lines():
                print(f"  {line}")
            sys.stdout.flush()


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("--count", type=int, default=100, help="graphs to make (default 100)")
    parser.add_argument("--seed", type=int, default=1, help="the first seed (default 1)")
    parser.add_argument("--build", default="build", help="build folder (default build)")
    parser.add_argument("--vox-run", metavar="PATH", help="default BUILD/bin/vox-run")
    parser.add_argument("--opt", choices=("0", "1", "2", "3", "both"),
                        help="-O level, or 0 and 2 for each graph; default 0 and 2 in turn")
    parser.add_argument("--jobs", type=int, default=2, help="graphs at once (default 2)")
    parser.add_argument("--keep-going", action="store_true", help="do not end at the first failure")
    parser.add_argument("--dump", metavar="DIR",
                        help="folder for graphs that fail (default BUILD/random-failures)")
    parser.add_argument("--generate-only", action="store_true",
                        help="write the graphs to the folder of --dump, run none")
    parser.add_argument("--timeout", type=float, default=300, help="seconds for one graph (300)")
    parser.add_argument("--shrink-seconds", type=float, default=120,
                        help="seconds to reduce one failing graph (120)")
    parser.add_argument("--argument", action="append", default=[], metavar="FLAG",
                        help="a further flag for vox-run, such as --argument=--threads=2")
    arguments = parser.parse_args()
    if arguments.count < 1 or arguments.jobs < 1:
        parser.error("--count and --jobs take positive numbers")
    if arguments.generate_only and not arguments.dump:
        parser.error("--generate-only needs --dump=DIR")
    return arguments


def levels(arguments: argparse.Namespace, seed: int) -> List[str]:
    if arguments.opt == "both":
        return ["0", "2"]
    return [arguments.opt or ("2" if seed % 2 else "0")]


def main() -> int:
    arguments = parse_arguments()
    seeds = range(arguments.seed, arguments.seed + arguments.count)
    if arguments.generate_only:
        folder = pathlib.Path(arguments.dump)
        folder.mkdir(parents=True, exist_ok=True)
        for seed in seeds:
            (folder / f"seed-{seed}.onnxtxt").write_text(generate(seed).text())
        return 0

    with tempfile.TemporaryDirectory(prefix="voxc-random-cache-") as cache:
        return run_graphs(arguments, seeds, Runner(arguments, cache))


def run_graphs(arguments: argparse.Namespace, seeds: range, runner: Runner) -> int:
    report = Report(runner, arguments)
    work = [(seed, level) for seed in seeds for level in levels(arguments, seed)]
    report.count = len(work)
    stop = threading.Event()

    def check(item: tuple) -> None:
        if stop.is_set():
            return
        seed, level = item
        failure = runner.run_graph(generate(seed), seed, level)
        if failure and not arguments.keep_going:
            stop.set()
        report.add(seed, level, failure)

    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        try:
            list(pool.map(check, work))
        except KeyboardInterrupt:
            stop.set()
            print("interrupted")
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed or report.passed < len(work) else 0


if __name__ == "__main__":
    sys.exit(main())
