#!/usr/bin/env python3
#===- recognize.py - Checks the recognition of activations -----------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""usage: recognize.py FOLDER SOURCE

SOURCE is `spellings` or `look-alikes` (spellings.py), or a file of Inputs. All
its formulas, each on an input of its own, become one network in FOLDER. Each
spelling must have become the one op it stands for, and no look-alike one op;
and the float64 evaluator must find the network's output the same with and
without the pass. Ends in "N passed, N failed"."""

import pathlib
import random
import re
import sys
from typing import Dict, List, Tuple

sys.dont_write_bytecode = True  # the source folder stays as it is
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import npy  # noqa: E402
import programs  # noqa: E402
from graph import SHAPE, Value, Writer  # noqa: E402
from spellings import LOOK_ALIKES, SPELLINGS  # noqa: E402

ELEMENTS = SHAPE[0] * SHAPE[1] * SHAPE[2]
#: At least this much of a value, or of 1, for the rounding of constants.
TOLERANCE = 1e-6
PASS = "vox-recognize-activations"


class Formula:
    def __init__(self, name: str, expected: str, lines: List[str], result: str):
        self.name, self.expected, self.lines, self.result = name, expected, lines, result


def write_formula(name: str, expected: str, function, prefix: str, swaps: int) -> Tuple[Formula, int]:
    writer = Writer(prefix, swaps)
    result = function(Value(writer, f"{prefix}_x"))
    return Formula(name, expected, writer.lines, result.name), writer.commutative


def with_all_orders(name: str, expected: str, function, prefix: str) -> List[Formula]:
    """As written, all operands swapped, and those of each node alone."""
    formula, count = write_formula(name, expected, function, prefix, 0)
    orders = sorted({(1 << count) - 1, *(1 << i for i in range(count))} - {0})
    return [formula] + [
        write_formula(f"{name}, order {order:b}", expected, function, f"{prefix}o{order}", order)[0]
        for order in orders]


def read_formulas(source: str) -> Tuple[List[Formula], int]:
    """The formulas and their operator set."""
    formulas: List[Formula] = []
    if source == "spellings":
        for expected, functions in SPELLINGS.items():
            for i, function in enumerate(functions):
                formulas += with_all_orders(f"{expected} #{i}", expected, function, f"f{len(formulas)}")
        return formulas, 17
    if source == "look-alikes":
        for name, function in LOOK_ALIKES.items():
            formulas.append(write_formula(name, "", function, f"f{len(formulas)}", 0)[0])
        return formulas, 17
    header, *sections = pathlib.Path(source).read_text().split("\n== ")
    for i, section in enumerate(sections):
        title, *lines = section.strip().split("\n")
        name, expected = title.split(": ")
        text = re.sub(r"\b(v\d+|x|y)\b", rf"f{i}_\1", "\n".join(lines))
        *lines, last = text.split("\n")
        formulas.append(Formula(name, expected, lines, last.split(" = ")[1]))
    return formulas, int(re.search(r"opset (\d+)", header).group(1))


def write_model(formulas: List[Formula], opset: int) -> str:
    rows = SHAPE[0]
    total = rows * len(formulas)
    lines = ["axes = Constant <value = int64[1] {0}> ()"]
    for i, formula in enumerate(formulas):
        prefix = formula.result.split("_")[0]
        lines += [f"{prefix}_begin = Constant <value = int64[1] {{{rows * i}}}> ()",
                  f"{prefix}_end = Constant <value = int64[1] {{{rows * i + rows}}}> ()",
                  f"{prefix}_x = Slice (x, {prefix}_begin, {prefix}_end, axes)", *formula.lines]
    lines.append(f"y = Concat <axis = 0> ({', '.join(formula.result for formula in formulas)})")
    shape = f"float[{total},{SHAPE[1]},{SHAPE[2]}]"
    return (f'<ir_version: 8, opset_import: ["" : {opset}]>\nformulas ({shape} x) => ({shape} y)\n'
            "{\n  " + "\n  ".join(lines) + "\n}\n")


def make_inputs(count: int) -> List[float]:
    """Values from -20 to 20, and those at which branches meet."""
    values: List[float] = []
    for i in range(count):
        numbers = random.Random(i)
        own = [numbers.choice((1.0, 4.0, 20.0)) * numbers.uniform(-1, 1) for _ in range(ELEMENTS - 4)]
        own += [0.0, 1.5, -3.0, 6.0]
        numbers.shuffle(own)
        values += own
    return values


def run(*command: object) -> None:
    code, output = programs.run(*command)
    if code:
        sys.exit(f"{' '.join(str(part) for part in command)}\n{output[-3000:]}")


def describe(function: str, parameters: str) -> str:
    numbers = re.findall(r"= ([^,>]+)", parameters)
    return function + (f"({', '.join(f'{float(n):.8g}' for n in numbers)})" if numbers else "")


#: What "elu(1)" and its like are without the defaults, which are not printed.
DEFAULTS = {"elu(1)": "elu", "celu(1)": "celu", "swish(1)": "swish", "leaky_relu(0.01)": "leaky_relu",
            "selu(1.6732632, 1.050701)": "selu", "thresholded_relu(1)": "thresholded_relu",
            "hard_sigmoid(0.2, 0.5)": "hard_sigmoid",
            "hard_sigmoid(0.16666667, 0.5)": "hard_sigmoid(0.16666667)"}


def read_results(text: str) -> List[str]:
    """For each operand of the concatenation, the op, if it is one, that makes it
    of its formula's input."""
    ops: Dict[str, str] = dict(re.findall(r"^ *(%\w+) = (.*)$", text, re.MULTILINE))
    concat = next(op for op in ops.values() if op.startswith("vox.concat"))
    results = []
    for value in re.findall(r"%\w+", concat):
        activation = re.match(r"vox\.activation #vox\.(\w+)(<[^>]*>)? (%\w+)", ops[value])
        softmax = re.match(r"vox\.(softmax|log_softmax) (%\w+) axis = (\d+)", ops[value])
        name = ""
        if activation and ops[activation.group(3)].startswith("vox.slice"):
            name = describe(activation.group(1), activation.group(2) or "")
        elif softmax and ops[softmax.group(2)].startswith("vox.slice"):
            name = f"{softmax.group(1)}({softmax.group(3)})"
        results.append(name)
    return results


def main() -> int:
    folder, source = pathlib.Path(sys.argv[1]), sys.argv[2]
    folder.mkdir(parents=True, exist_ok=True)
    formulas, opset = read_formulas(source)
    model = folder / "formulas.onnxtxt"
    model.write_text(write_model(formulas, opset))
    shape = (SHAPE[0] * len(formulas), *SHAPE[1:])
    npy.write(folder / "x.npy", make_inputs(len(formulas)), shape)

    outputs = []
    for name, flags in (("with", []), ("without", [f"--disable-pass={PASS}"])):
        graph, output = folder / f"{name}.mlir", folder / f"{name}.npy"
        run("voxc", model, "--compile-to=graph", "-o", graph, *flags)
        run("vox-run", graph, "--compile-from=graph", "--evaluate=reference",
            f"--input=x=@{folder / 'x.npy'}", f"--output=y=@{output}")
        outputs.append(npy.read(output, "<f8"))
    results = read_results((folder / "with.mlir").read_text())

    failures = 0
    worst = 0.0
    for i, (formula, result) in enumerate(zip(formulas, results)):
        expected = DEFAULTS.get(formula.expected, formula.expected)
        error = max(abs(a - b) / max(1.0, abs(b)) for a, b in
                    zip(*(values[i * ELEMENTS:(i + 1) * ELEMENTS] for values in outputs)))
        worst = max(worst, error)
        if result != expected or not error <= TOLERANCE:
            failures += 1
            print(f"{formula.name}: became {result or 'no activation'}, error {error:.2e}")
    print(f"worst error {worst:.1e}")
    print(f"{len(formulas) - failures} passed, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
