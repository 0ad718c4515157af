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

Two modes do more than that:
  --second-opinion  ONNX Runtime must agree with the float64 evaluator; where it
                    does not run a graph that is counted as no opinion
  --open            extents of the inputs stay open, as far as the graph bears it,
                    and the compiled graph runs at several sizes; a refusal of
                    open extents is counted, not a failure
"""

from __future__ import annotations

import argparse
import collections
import concurrent.futures
import pathlib
import sys
import tempfile
import threading
import time
from typing import Counter, List

sys.dont_write_bytecode = True  # the source folder stays as it is
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from generator import generate  # noqa: E402
from graph import Graph  # noqa: E402
from opened import OpenCheck  # noqa: E402
from runs import Check, Failure, Runner, Verdict  # noqa: E402
from shrink import shrink  # noqa: E402


class Report:
    """Prints failures and progress, and keeps what failed."""

    def __init__(self, check: Check, arguments: argparse.Namespace):
        self.check = check
        self.folder = pathlib.Path(arguments.dump or
                                   pathlib.Path(arguments.build) / "random-failures")
        self.count: int = arguments.count
        self.seconds: float = arguments.shrink_seconds
        self.begin = self.said = time.monotonic()
        self.passed = self.failed = 0
        self.notes: Counter[str] = collections.Counter()
        self.lock = threading.Lock()

    def add(self, seed: int, level: str, verdict: Verdict) -> None:
        if verdict.failure:
            self.keep(seed, level, verdict.failure)
        with self.lock:
            self.notes.update(verdict.notes)
            self.passed += verdict.failure is None
            self.failed += verdict.failure is not None
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
            found = run_in_folder(self.check, candidate, seed, level).failure
            return found is not None and found.signature() == signature

        small = shrink(graph, fails_likewise, self.seconds)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.check.write(graph, seed, self.folder / f"seed-{seed}.onnxtxt")
        reduced = self.folder / f"seed-{seed}.min.onnxtxt"
        again = self.check.run(small, seed, level, reduced).failure or failure
        with self.lock:
            print(f"FAILED: seed {seed} at -O{level}: {failure.kind}; reduced to "
                  f"{len(small.nodes)} of {len(graph.nodes)} nodes\n  {again.command}")
            for line in again.telling_lines():
                print(f"  {line}")
            sys.stdout.flush()

    def print_notes(self) -> None:
        """How often each thing was noted, and the reasons of each."""
        for kind, count in collections.Counter(self.kinds()).most_common():
            print(f"graphs: {count} {kind}")
            for note, times in self.notes.most_common():
                if note.startswith(kind + ": "):
                    print(f"graphs:   {times} x {note[len(kind) + 2:]}")

    def kinds(self) -> List[str]:
        return [note.split(": ", 1)[0] for note in self.notes.elements()]


def run_in_folder(check: Check, graph: Graph, seed: int, level: str) -> Verdict:
    with tempfile.TemporaryDirectory(prefix="voxc-random-") as folder:
        return check.run(graph, seed, level, pathlib.Path(folder) / "graph.onnxtxt")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
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
    parser.add_argument("--second-opinion", nargs="?", const="", metavar="PROGRAM",
                        help="compare the evaluator with ONNX Runtime, or with another program "
                             "that is used as peer.py is")
    parser.add_argument("--open", action="store_true", help="leave extents of the inputs open")
    parser.add_argument("--argument", action="append", default=[], metavar="FLAG",
                        help="a further flag for vox-run, such as --argument=--threads=2")
    arguments = parser.parse_args()
    if arguments.count < 1 or arguments.jobs < 1:
        parser.error("--count and --jobs take positive numbers")
    if arguments.generate_only and not arguments.dump:
        parser.error("--generate-only needs --dump=DIR")
    if arguments.open and arguments.second_opinion is not None:
        parser.error("--open and --second-opinion do not go together")
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
        return run_graphs(arguments, seeds, make_check(arguments, cache))


def make_check(arguments: argparse.Namespace, cache: str) -> Check:
    program = arguments.vox_run or str(pathlib.Path(arguments.build) / "bin" / "vox-run")
    runner = Runner(program, arguments.argument, arguments.timeout, cache)
    if arguments.open:
        return OpenCheck(runner)
    if arguments.second_opinion is None:
        return Check(runner)
    try:
        import opinion
    except ImportError as error:
        sys.exit(f"error: --second-opinion needs {error.name} in {sys.executable}; expected a Python "
                 "with numpy, onnx and onnxruntime, such as build/deps/bench/bin/python3")
    if not arguments.second_opinion:
        opinion.check_packages()
    return opinion.SecondOpinion(runner, arguments.second_opinion)


def run_graphs(arguments: argparse.Namespace, seeds: range, check: Check) -> int:
    report = Report(check, arguments)
    work = [(seed, level) for seed in seeds for level in levels(arguments, seed)]
    report.count = len(work)
    stop = threading.Event()

    def work_on(item: tuple) -> None:
        if stop.is_set():
            return
        seed, level = item
        verdict = run_in_folder(check, generate(seed), seed, level)
        if verdict.failure and not arguments.keep_going:
            stop.set()
        report.add(seed, level, verdict)

    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        try:
            list(pool.map(work_on, work))
        except KeyboardInterrupt:
            stop.set()
            print("interrupted")
    report.print_notes()
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed or report.passed < len(work) else 0


if __name__ == "__main__":
    sys.exit(main())
