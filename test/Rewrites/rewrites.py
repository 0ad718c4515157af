#!/usr/bin/env python3
#===- rewrites.py - What graph rewriters get wrong, case by case -----------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""usage: rewrites.py LIST FOLDER

LIST is a .test file of test/Rewrites. A case begins with a line

    --- KIND: NAME

where KIND is `fires` (a rewrite must happen), `declines` (one must not, or must
do something else) or `refused` (the compiler must say no). Then come lines that
begin with a word of this list, and the graph in ONNX's text syntax:

    opset: N             17 where it is missing
    ir: N                the IR version; 8 where it is missing
    options: ...         for voxc and vox-run
    input NAME: X ...    its elements; inputs without are random
    output NAME: X ...   what it must be, computed by hand; a -0 has its sign
    PHASE: REGEX         the IR of import, graph, groups, layouts or schedules
                         has it; `no PHASE: REGEX` has it not
    remark: TEXT         a remark has it; `no remark: TEXT`, none has
    error: TEXT          of a refused case

Each case tells what is to be seen in the IR or the remarks. Its model is
compiled, run, and compared with the float64 evaluator, which works on the graph
as it was imported. `{random}` and `{positive}` stand for numbers of a constant.
Lines with # are comments. The last line is `N passed, N failed`."""

from __future__ import annotations

import dataclasses
import math
import pathlib
import random
import re
import sys
from typing import Dict, List, Tuple

sys.dont_write_bytecode = True  # the source folder stays as it is
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import npy  # noqa: E402
from programs import run  # noqa: E402

KINDS = ("fires", "declines", "refused")
PHASES = ("import", "graph", "groups", "layouts", "schedules")
KEY = re.compile(rf"(opset|ir|options|error|(?:no )?(?:remark|{'|'.join(PHASES)})"
                 r"|(?:input|output) \w+): ?(.*)")
STAND_IN = re.compile(r"(float(?:\[([\d,]*)\])?(?: \w+ =)? )\{(random|positive)\}")
TOLERANCE = 1e-5


@dataclasses.dataclass
class Case:
    kind: str
    name: str
    lines: List[str] = dataclasses.field(default_factory=list)
    keys: List[Tuple[str, str]] = dataclasses.field(default_factory=list)

    def get(self, key: str, default: str = "") -> str:
        return dict(self.keys).get(key, default)

    def numbers(self, key: str) -> Dict[str, List[float]]:
        """Those of inputs or outputs, by name."""
        return {name.split()[1]: [float(number) for number in values.split()]
                for name, values in self.keys if name.startswith(key + " ")}

    def model(self) -> str:
        text = STAND_IN.sub(lambda match: self.draw(*match.groups()), "\n".join(self.lines))
        versions = f'ir_version: {self.get("ir", "8")}, opset_import: ["" : {self.get("opset", "17")}]'
        return f"<{versions}>\n{text}\n"

    def draw(self, head: str, extents: str, kind: str) -> str:
        rng = random.Random(self.name + head)
        count = math.prod(int(extent) for extent in extents.split(",")) if extents else 1
        values = [rng.gauss(0, 1) if kind == "random" else rng.uniform(0.5, 1.5) for _ in range(count)]
        return f"{head}{{{', '.join(f'{value:.6g}' for value in values)}}}"

    def shape(self, name: str) -> Tuple[int, ...]:
        """Of a float input with extents."""
        found = re.search(rf"float(?:\[([\d,]+)\])? {name}\b", "\n".join(self.lines))
        return tuple(int(extent) for extent in (found[1] or "").split(",") if extent)


def read_list(path: pathlib.Path) -> List[Case]:
    cases: List[Case] = []
    for line in path.read_text().splitlines():
        if match := re.fullmatch(rf"--- ({'|'.join(KINDS)}): (.*)", line):
            cases.append(Case(*match.groups()))
        elif line.startswith("---"):
            sys.exit(f"{path.name}: error: no kind of case: {line}")
        elif cases and (match := KEY.fullmatch(line)):
            cases[-1].keys.append(match.groups())
        elif cases and not line.startswith("#"):
            cases[-1].lines.append(line)
    for case in cases:
        needed = ("error",) if case.kind == "refused" else PHASES + ("remark",)
        if not any(key.rpartition(" ")[2] in needed for key, _ in case.keys):
            sys.exit(f"{path.name}: error: nothing to be seen in case {case.name}")
    return cases


def agree(result: float, expected: float) -> bool:
    if math.isnan(expected) or math.isinf(expected):
        return result == expected or math.isnan(result) and math.isnan(expected)
    if expected == 0 and math.copysign(1, expected) < 0:
        return result == 0 and math.copysign(1, result) < 0
    return abs(result - expected) <= TOLERANCE * max(1.0, abs(expected))


def look(case: Case, folder: pathlib.Path, remarks: str) -> List[str]:
    """What is not to be seen, or is and should not be."""
    faults = []
    for key, wanted in case.keys:
        absent, what = key.startswith("no "), key.rpartition(" ")[2]
        if what == "remark":
            found = wanted in remarks
        elif what in PHASES:
            number = PHASES.index(what) + 1
            text = (folder / f"model.{number}.{what}.mlir").read_text()
            found = re.search(wanted, text) is not None
        else:
            continue
        if found == absent:
            faults.append(f"{what} {'has' if found else 'lacks'}: {wanted}")
    return faults


def check(case: Case, folder: pathlib.Path) -> List[str]:
    """The faults of a case."""
    model, options = folder / "model.onnxtxt", case.get("options").split()
    model.write_text(case.model())
    code, remarks = run("voxc", model, "--compile-to=schedules", "-o", folder / "model.mlir",
                        "--remarks", f"--dump-compilation-phases-to={folder}", *options)
    if case.kind == "refused":
        wanted = case.get("error")
        return [] if code == 1 and wanted in remarks else [
            f"exit code {code}, lacks: {wanted}", remarks[-2000:]]
    if code:
        return [f"voxc: exit code {code}", remarks[-2000:]]
    faults = look(case, folder, remarks)
    if faults:
        faults.append(remarks[-2000:])

    command = ["vox-run", model, "--verify=reference", "--rtol=5e-6", *options]
    for name, values in case.numbers("input").items():
        npy.write(folder / f"in-{name}.npy", values, case.shape(name))
        command.append(f"--input={name}=@{folder / f'in-{name}.npy'}")
    expected = case.numbers("output")
    command += [f"--output={name}=@{folder / f'out-{name}.npy'}" for name in expected]
    code, output = run(*command)
    if code or ": ok" not in output:
        return faults + [f"vox-run: exit code {code}", output[-2000:]]
    for name, values in expected.items():
        results = npy.read(folder / f"out-{name}.npy")
        if len(results) != len(values) or not all(map(agree, results, values)):
            faults.append(f"{name} is {results}")
    return faults


def main() -> int:
    path, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    cases = read_list(path)
    width = max(len(case.name) for case in cases)
    failures = 0
    for number, case in enumerate(cases):
        place = folder / str(number)
        place.mkdir(parents=True, exist_ok=True)
        faults = check(case, place)
        failures += bool(faults)
        print(f"{case.kind:8}  {case.name:{width}}  {'FAILED' if faults else 'ok'}")
        for fault in faults:
            print("    " + fault.rstrip().replace("\n", "\n    "))
    print(f"{len(cases) - failures} passed, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
