#!/usr/bin/env python3
#===- conformance.py - ONNX's own test cases -----------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Runs the cases of onnx.backend.test through voxc.backend.

    conformance.py                    all cases of all four suites
    conformance.py --suite=node       one suite
    conformance.py --filter=REGEX     cases whose name matches
    conformance.py --share=6 --seed=3 every sixth case, by the seed
    conformance.py --write            enters what came out into refused.txt and
                                      constant.txt, and writes docs/Conformance.md
                                      of that
    conformance.py --refused=REGEX    cases that are listed for such a reason

A case passes (within its own tolerance), passes with constant inputs (it has to
be compiled with the values of small inputs like axes and sizes, voxc.backend),
is refused (the compiler says what it does not support) or is wrong: another
result, a crash, or no end within the time limit. refused.txt lists the refused
cases with the compiler's reason, constant.txt those that pass with constant
inputs, with the names of those; a case that comes out otherwise than listed
counts as failed. The last line is "N passed, N failed"; refused cases are neither.
"""

import argparse
import collections
import dataclasses
import multiprocessing
import multiprocessing.connection
import os
import pathlib
import random
import re
import subprocess
import sys
import time
import traceback

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "lib/Bindings/Python"))

import numpy as np  # noqa: E402
import onnx  # noqa: E402
import voxc  # noqa: E402
import voxc.backend  # noqa: E402
from onnx import TensorProto, numpy_helper  # noqa: E402
from onnx.backend.test import loader  # noqa: E402

SUITES = ("node", "simple", "pytorch-operator", "pytorch-converted")
# The cases that do not simply pass, with what there is to say of each.
LISTS = {"refused": (HERE / "refused.txt",
                     "# Cases of ONNX's suites that voxc refuses: suite, case, the compiler's "
                     "reason."),
         "constant": (HERE / "constant.txt",
                      "# Cases of ONNX's suites that pass with constant inputs: suite, case, "
                      "those inputs.")}
OUTCOMES = {"passed": "passed", "constant": "constant inputs", "refused": "refused",
            "wrong": "wrong"}
PAGE = ROOT / "docs/Conformance.md"
LIMIT = 120  # seconds that one case may take


@dataclasses.dataclass
class Result:
    suite: str
    name: str
    outcome: str  # of OUTCOMES
    reason: str = ""


# --- The cases ---------------------------------------------------------------


def sorted_cases():
    """All cases as pairs of suite and TestCase."""
    from onnx.backend.test.case import node
    cases = [("node", case) for case in node.collect_testcases(None)]
    for suite in SUITES[1:]:
        cases += [(suite, case) for case in loader.load_model_tests(kind=suite)]
    return sorted(cases, key=lambda pair: (SUITES.index(pair[0]), pair[1].name))


def load_model(case):
    return case.model or onnx.load(os.path.join(case.model_dir, "model.onnx"))


def read_tensor(path, kind):
    data = pathlib.Path(path).read_bytes()
    if kind.WhichOneof("value") != "tensor_type":
        raise voxc.CompileError(f"{kind.WhichOneof('value')} inputs and outputs")
    return numpy_helper.to_array(TensorProto.FromString(data))


def load_data_sets(case, graph):
    if case.data_sets is not None:
        return case.data_sets
    inputs = [i for i in graph.input if i.name not in {t.name for t in graph.initializer}]
    sets = []
    for folder in sorted(pathlib.Path(case.model_dir).glob("test_data_set_*")):
        sets.append(([read_tensor(folder / f"input_{i}.pb", info.type)
                      for i, info in enumerate(inputs)],
                     [read_tensor(folder / f"output_{i}.pb", info.type)
                      for i, info in enumerate(graph.output)]))
    return sets


def open_shapes(graph, inputs):
    """Shapes of the inputs that the model leaves open, from its data."""
    shapes = {}
    infos = [i for i in graph.input if i.name not in {t.name for t in graph.initializer}]
    for info, value in zip(infos, inputs):
        kind = info.type.tensor_type
        fixed = kind.HasField("shape") and all(d.HasField("dim_value") for d in kind.shape.dim)
        if not fixed and isinstance(value, np.ndarray) and value.ndim:
            shapes[info.name] = value.shape
    return shapes


def compare(got, expected, case):
    """What differs, or None."""
    if not isinstance(expected, np.ndarray):
        expected = np.asarray(expected)
    if got.dtype != expected.dtype or got.shape != expected.shape:
        return (f"{got.dtype}{list(got.shape)}; "
                f"expected {expected.dtype}{list(expected.shape)}")
    close = np.isclose(got, expected, rtol=case.rtol, atol=case.atol, equal_nan=True)
    if close.all():
        return None
    worst = np.argwhere(~close)[0]
    return (f"{(~close).sum()} of {close.size} elements differ; at {worst.tolist()} "
            f"{got[tuple(worst)]}, expected {expected[tuple(worst)]}")


def run_case(suite, case):
    def result(outcome, reason=""):
        return Result(suite, case.name, outcome, reason)

    try:
        model = load_model(case)
        sets = load_data_sets(case, model.graph)
        compiled = voxc.backend.prepare(
            model, shapes=open_shapes(model.graph, sets[0][0]) if sets else None,
            threads=1, timeout=LIMIT)
    except voxc.CompileError as error:
        return result("refused", shorten(str(error)))
    except subprocess.TimeoutExpired:
        return result("wrong", f"compiling took more than {LIMIT} s")
    if not sets:
        return result("wrong", "the case has no data")
    constants = []
    for inputs, outputs in sets:
        try:
            results = compiled.run(inputs)
        except voxc.CompileError as error:
            return result("refused", shorten(str(error)))
        except subprocess.TimeoutExpired:
            return result("wrong", f"compiling took more than {LIMIT} s")
        constants = compiled.constants
        for info, got, expected in zip(model.graph.output, results, outputs, strict=True):
            difference = compare(got, expected, case)
            if difference:
                return result("wrong", f"{info.name}: {difference}")
    return result("constant", " ".join(constants)) if constants else result("passed")


def shorten(message):
    """The first error without the file's and node's names, which are the case's."""
    line = next((s for s in message.splitlines() if "error:" in s), message.split("\n")[0])
    line = line.split("error:", 1)[-1].strip()
    line = re.sub(r'^node (?:"[^"]*"|#\d+) \(([^)]*)\): ', r"\1: ", line)
    return line


# --- Running them, each in a process of its own ---------------------------------


def run_in_child(pipe, suite, case):
    try:
        pipe.send(run_case(suite, case))
    except Exception:
        pipe.send(Result(suite, case.name, "wrong",
                         traceback.format_exc().strip().splitlines()[-1]))


def run_all(cases, jobs):
    context = multiprocessing.get_context("fork")
    waiting, running, results = list(reversed(cases)), {}, []
    begin = shown = time.monotonic()
    while waiting or running:
        while waiting and len(running) < jobs:
            suite, case = waiting.pop()
            here, there = context.Pipe(duplex=False)
            child = context.Process(target=run_in_child, args=(there, suite, case))
            child.start()
            there.close()
            running[here] = (child, suite, case, time.monotonic())
        for pipe in multiprocessing.connection.wait(list(running), timeout=1):
            child, suite, case, _ = running.pop(pipe)
            try:
                result = pipe.recv()
            except EOFError:
                result = None
            child.join(10)
            if child.exitcode is None:
                child.kill()
            if child.exitcode != 0 or not result:
                result = Result(suite, case.name, "wrong",
                                f"the process ended with {child.exitcode}")
            results.append(result)
        for pipe, (child, suite, case, started) in list(running.items()):
            if time.monotonic() - started > 2 * LIMIT:
                child.kill()
                del running[pipe]
                results.append(Result(suite, case.name, "wrong", "it does not end"))
        if time.monotonic() - shown > 10:
            shown = time.monotonic()
            print(f"{len(results)} of {len(cases)} cases, {shown - begin:.0f} s",
                  file=sys.stderr, flush=True)
    return sorted(results, key=lambda r: (SUITES.index(r.suite), r.name))


# --- What came out ------------------------------------------------------------


def read_lists():
    """Pairs of outcome and reason by suite and name."""
    listed = {}
    for outcome, (path, _) in LISTS.items():
        for line in path.read_text().splitlines() if path.exists() else []:
            if line and not line.startswith("#"):
                suite, name, reason = line.split(" ", 2)
                listed[suite, name] = outcome, reason
    return listed


def write_lists(cases, results):
    """The lists, brought up to date by `results`, of all `cases`."""
    listed = read_lists()
    for r in results:
        listed.pop((r.suite, r.name), None)
        if r.outcome in LISTS:
            listed[r.suite, r.name] = r.outcome, r.reason
    for outcome, (path, title) in LISTS.items():
        lines = [title, "# Written by conformance.py --write."]
        for suite, case in cases:
            kind, reason = listed.get((suite, case.name), ("passed", ""))
            if kind == outcome:
                lines.append(f"{suite} {case.name} {reason}")
        path.write_text("\n".join(lines) + "\n")


def group(reason):
    """What many reasons have in common."""
    for pattern, text in [(r"^([A-Z]\w*)-\d+: the op is not supported", r"op \1"),
                          (r"^-\d+: the op is not supported", "op of another operator set"),
                          (r".* has type (\w+);.*", r"elements of \1"),
                          (r".*casts to (\w+),.*", r"elements of \1"),
                          (r".*(is not a tensor|^\w+ inputs).*", "sequences, optional values"),
                          (r".*(has extent 0|has no elements|given extent 0).*",
                           "tensors without elements"),
                          (r"^(\w+)-\d+: .*not known at compile time.*",
                           r"\1 whose shape-giving inputs are computed"),
                          (r"^(\w+)(-\d+)?: (.*)", r"\1: \3")]:
        found, count = re.subn(pattern, text, reason)
        if count:
            return found
    return reason


def write_page(cases):
    """docs/Conformance.md, of the lists: no case is wrong where they are written."""
    listed = read_lists()
    results = [Result(suite, case.name, *listed.get((suite, case.name), ("passed", "")))
               for suite, case in cases]
    count = collections.Counter(group(r.reason) for r in results if r.outcome == "refused")
    rows = "\n".join(f"| {reason} | {cases} |" for reason, cases in
                     sorted(count.items(), key=lambda item: (-item[1], item[0])))
    PAGE.write_text(f"""# Conformance
<!-- Written by test/Conformance/conformance.py --write; do not edit. -->
ONNX {onnx.__version__} comes with cases that say what its ops compute: models, inputs and outputs.
`tools/check.sh --conformance=1` runs all of them through `voxc.backend` (`--conformance=6` every sixth, drawn by
`--seed`). A case passes within its own tolerance, or is refused with a message; another result is a fault.

Many cases hand axes, sizes or bounds over as inputs, which Voxc wants to know when it compiles. Where such a case is
refused as it is, the backend compiles it with the values of those inputs, scalars and vectors of at most 64 elements;
the column *constant inputs* counts what passes that way, and [constant.txt](../test/Conformance/constant.txt) names the
inputs.

```text
{summarize(results)}
```

What the refused ones ask for. [refused.txt](../test/Conformance/refused.txt) names each case with the compiler's
message; a case that is refused and not listed there fails, as does one that is listed and passes.

| asks for | cases |
|---|---:|
{rows}
""")


def summarize(results):
    count = collections.Counter((r.suite, r.outcome) for r in results)
    rows = [("suite", *OUTCOMES.values())]
    for suite in SUITES:
        figures = [count[suite, outcome] for outcome in OUTCOMES]
        if any(figures):
            rows.append((suite, *map(str, figures)))
    return "\n".join(f"{a:18}{b:>8}{c:>17}{d:>9}{e:>7}" for a, b, c, d, e in rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", choices=SUITES)
    parser.add_argument("--filter", default="", metavar="REGEX")
    parser.add_argument("--share", type=int, default=1, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--refused", metavar="REGEX")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="name the listed cases too")
    arguments = parser.parse_args()
    everything, listed = sorted_cases(), read_lists()
    cases = [(suite, case) for suite, case in everything
             if arguments.suite in (None, suite) and re.search(arguments.filter, case.name)]
    if arguments.refused:
        cases = [(suite, case) for suite, case in cases
                 if (suite, case.name) in listed and listed[suite, case.name][0] == "refused"
                 and re.search(arguments.refused, listed[suite, case.name][1])]
    if arguments.share > 1:
        random.Random(arguments.seed).shuffle(cases)
        cases = cases[:: arguments.share]
    results = run_all(cases, arguments.jobs)
    failed = [r for r in results if r.outcome == "wrong"]
    for r in failed:
        print(f"WRONG   {r.suite} {r.name}: {r.reason}")
    if arguments.write and not failed:
        write_lists(everything, results)
        write_page(everything)
    elif not arguments.write:
        for r in results:
            known = listed.get((r.suite, r.name), ("passed", ""))[0]
            if r.outcome in (known, "wrong"):
                continue
            failed.append(r)
            print(f"LIST    {r.suite} {r.name}: is listed under {OUTCOMES[known]!r}; it comes out "
                  f"under {OUTCOMES[r.outcome]!r}" + (f": {r.reason}" if r.reason else ""))
    if arguments.verbose:
        for r in results:
            if r.outcome in LISTS:
                print(f"{r.outcome:9}{r.suite} {r.name}: {r.reason}")
    print(summarize(results))
    passed = sum(r.outcome in ("passed", "constant") for r in results)
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
