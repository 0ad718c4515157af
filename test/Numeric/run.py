#!/usr/bin/env python3
#===- run.py - Numeric tests of the kernel templates -----------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Compiles networks of one kernel template over a covering array of its factors
and compares the results with the float64 evaluator.

    run.py conv                  every pair of levels (what the test suite runs)
    run.py conv --strength=3     every triple
    run.py conv --full           every combination, in a fixed scattered order

The full sweep of a template takes hours to days. `--shard=I/N` takes every Nth
case, `--minutes` ends it in time; it then prints the position at which
`--from` goes on. The environment variable VOXC_FULL_SWEEP=1 makes --strength=3
the default. VOXC_NUMERIC_SHARE=N runs every Nth case of a covering array: builds
with sanitizers do, which look at the compiler and not at what it compiles.

Each result has a bound of its own (Case.limit in builder.py). A case that
fails is run again alone and kept as a file of its own. The last line is
`N passed, N failed`; the exit code is 1 where anything failed.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from typing import Iterable, Iterator, List, Sequence, Tuple

sys.dont_write_bytecode = True  # the source folder stays as it is

from builder import Case, module_text  # noqa: E402
from covering import all_cases, covering_array, uncovered  # noqa: E402
from templates import TEMPLATES, Levels, Template  # noqa: E402

VERIFY = re.compile(r'verify: output "y(\d+)": max error (\S+) .*\(limit (\S+)\)')
#: Integers are exact.
VERIFY_EXACT = re.compile(r'verify: output "y(\d+)": (\d+) of \d+ elements differ')


def make_case(template: Template, number: int, levels: Levels) -> Case:
    text = f"{template.name} " + ", ".join(f"{k} = {v}" for k, v in levels.items())
    case = Case(number, text)
    case.result = template.build(case, levels)
    return case


def telling_lines(output: str) -> List[str]:
    """The errors and comparisons, or, where there are none, the last lines."""
    lines = [line[:300] for line in output.splitlines()]
    return [line for line in lines if "error:" in line or "verify:" in line] or lines[-8:]


@dataclasses.dataclass
class Outcome:
    #: The greatest error of each case, as a share of its own limit.
    errors: dict
    output: str
    command: str
    timed_out: bool = False

    def passed(self, case: Case) -> bool:
        return self.errors.get(case.number, float("inf")) <= 1.0


class Runner:
    """Runs modules and keeps count."""

    def __init__(self, template: Template, arguments: argparse.Namespace, total: int):
        self.template, self.arguments, self.total = template, arguments, total
        self.passed = self.failed = 0
        self.worst = 0.0
        self.begin = time.monotonic()

    def run(self, cases: Sequence[Case], path: pathlib.Path) -> Outcome:
        path = path.resolve()
        path.write_text(module_text(cases))
        tolerance = max(case.limit() for case in cases) * self.arguments.limit_factor
        command = [self.arguments.vox_run, str(path), "--fill=random",
                   f"--seed={self.arguments.seed}", "--verify=reference", "--rtol=0",
                   f"--atol={tolerance:.6e}", *self.arguments.argument]
        try:
            result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                    timeout=self.arguments.timeout, check=False,
                                    cwd=path.parent)  # for the compiler's reproducers
        except subprocess.TimeoutExpired:
            return Outcome({}, "", shlex.join(command), timed_out=True)
        output = result.stdout.decode(errors="replace")
        limits = {case.number: case.limit() * self.arguments.limit_factor / tolerance for case in cases}
        errors = {}
        if result.returncode in (0, 2):
            # Both figures are shares of the result's RMS, so only the module's
            # tolerance stands between the printed limit and the case's own.
            for number, error, limit in VERIFY.findall(output):
                errors[int(number)] = float(error) / (float(limit) * limits[int(number)])
            for number, differing in VERIFY_EXACT.findall(output):
                errors[int(number)] = float("inf") if int(differing) else 0.0
        return Outcome(errors, output, shlex.join(command))

    def run_module(self, cases: Sequence[Case], folder: pathlib.Path) -> None:
        outcome = self.run(cases, folder / "module.mlir")
        for case in cases:
            if outcome.passed(case):
                self.passed += 1
                self.worst = max(self.worst, outcome.errors[case.number])
            else:
                self.run_alone(case)

    def run_alone(self, case: Case) -> None:
        """A module with a bad case may say nothing of the others."""
        folder = pathlib.Path(self.arguments.dump)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.template.name}-{case.number}.mlir"
        outcome = self.run([case], path)
        if outcome.passed(case):
            self.passed += 1
            path.unlink()
            return
        self.failed += 1
        what = "timeout" if outcome.timed_out else "fails"
        if case.number in outcome.errors:
            what = f"error is {outcome.errors[case.number]:.3g} of the limit"
        print(f"FAILED: {case.text}: {what}\n  {outcome.command}")
        for line in telling_lines(outcome.output):
            print(f"  {line}")
        sys.stdout.flush()

    def progress(self) -> None:
        of = f"/{self.total}" if self.total else ""
        print(f"{self.template.name}: {self.passed + self.failed}{of} cases, {self.failed} failed, "
              f"worst error {self.worst:.2f} of its limit, {time.monotonic() - self.begin:.0f} s",
              flush=True)


def batches(items: Iterable, size: int) -> Iterator[List]:
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch


def choose_cases(template: Template, arguments: argparse.Namespace) -> Tuple[int, Iterator]:
    """How many cases (0: not known), and the cases with their positions."""
    if arguments.full:
        shard, shards = arguments.shard
        cases = all_cases(template.factors, template.constraints, arguments.seed, arguments.begin)
        return 0, ((p, c) for p, c in cases if p % shards == shard - 1)
    array = covering_array(template.factors, template.constraints, arguments.seed,
                           arguments.strength)
    missed, valid = uncovered(array, template.factors, template.constraints, arguments.strength)
    kind = "pairs" if arguments.strength == 2 else "triples"
    print(f"{template.name}: {len(array)} cases cover {valid - missed} of {valid} valid {kind}", flush=True)
    if missed:
        sys.exit("covering.py: error: the array is not complete")
    share = 1 if arguments.write else int(os.environ.get("VOXC_NUMERIC_SHARE", "1"))
    chosen = list(enumerate(array))[::share]
    return len(chosen), iter(chosen)


def parse_shard(text: str) -> Tuple[int, int]:
    found = re.fullmatch(r"(\d+)/(\d+)", text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise argparse.ArgumentTypeError(f"'{text}'; expected I/N with 1 <= I <= N")
    return int(found[1]), int(found[2])


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("template", choices=[*TEMPLATES, "all"])
    parser.add_argument("--vox-run", default="vox-run", metavar="PATH", help="default: found in PATH")
    parser.add_argument("--seed", type=int, default=1, help="of the array and of the inputs (1)")
    parser.add_argument("--strength", type=int, choices=(2, 3),
                        default=3 if os.environ.get("VOXC_FULL_SWEEP") == "1" else 2)
    parser.add_argument("--size", type=int, default=12, help="cases per module (12)")
    parser.add_argument("--full", action="store_true", help="every combination")
    parser.add_argument("--shard", type=parse_shard, default=(1, 1), metavar="I/N")
    parser.add_argument("--from", type=int, default=0, dest="begin", metavar="POSITION")
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--limit-factor", type=float, default=1.0, metavar="FACTOR",
                        help="multiplies all limits; with a small one all tests fail")
    parser.add_argument("--timeout", type=float, default=600, help="seconds for one module (600)")
    parser.add_argument("--dump", default="numeric-failures", metavar="DIR",
                        help="where failing cases are kept (numeric-failures)")
    parser.add_argument("--write", metavar="DIR", help="write the modules there, run nothing")
    parser.add_argument("--argument", action="append", default=[], metavar="FLAG",
                        help="a further flag for vox-run, such as --argument=-O0")
    return parser.parse_args()


def check_template(template: Template, arguments: argparse.Namespace,
                   folder: pathlib.Path) -> Tuple[int, int]:
    total, chosen = choose_cases(template, arguments)
    runner = Runner(template, arguments, total)
    for batch in batches(chosen, arguments.size):
        cases = [make_case(template, position, levels) for position, levels in batch]
        if arguments.write:
            target = pathlib.Path(arguments.write) / f"{template.name}-{cases[0].number}.mlir"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(module_text(cases))
            continue
        runner.run_module(cases, folder)
        runner.progress()
        if time.monotonic() - runner.begin > 60 * arguments.minutes:
            if arguments.full:
                print(f"time is up; goes on with --from={cases[-1].number + 1}")
            break
    return runner.passed, runner.failed


def main() -> int:
    arguments = parse_arguments()
    if not arguments.write:
        found = shutil.which(arguments.vox_run)
        if not found:
            sys.exit(f"{arguments.vox_run}: error: not found; build vox-run and put build/bin in PATH")
        arguments.vox_run = str(pathlib.Path(found).absolute())
    names = list(TEMPLATES) if arguments.template == "all" else [arguments.template]
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="voxc-numeric-") as folder:
        for name in names:
            counts = check_template(TEMPLATES[name], arguments, pathlib.Path(folder))
            passed, failed = passed + counts[0], failed + counts[1]
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
