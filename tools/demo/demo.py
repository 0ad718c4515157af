#===- demo.py - Compiles and runs the bundled networks -------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Compiles every network of docs/examples that has an example.json, to an
executable and to a static library, runs it on its samples, and prints a table.
Needs nothing but Python's standard library. Called by tools/demo.sh.
"""

import hashlib
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import time

import nifti
import npy
import slices

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = ROOT / "build" / "bin"
WORK = ROOT / "build" / "demo"

# What the compiled networks are held to, over the RMS of the output, unless
# their example.json says otherwise.
LIMIT = 2e-5
# Inferences that are timed, after the program's own warming up: so many, or
# fewer where they would come to more work than this.
ITERATIONS = 100
FLOP = 1e12


class DemoError(Exception):
    """Shown in one line, with exit code 1."""


def run(title, command):
    """Runs a command with a progress line; returns (seconds, output)."""
    command = [str(word) for word in command]
    begin = shown = time.monotonic()
    with open(WORK / "log", "w+") as log:
        child = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT,
                                 stdin=subprocess.DEVNULL)
        while child.poll() is None:
            time.sleep(0.01)
            now = time.monotonic()
            if sys.stdout.isatty():
                print(f"\r\033[K{title}, {now - begin:.0f} s", end="", flush=True)
            elif now - shown >= 10:
                print(f"{title}, {now - begin:.0f} s", flush=True)
                shown = now
        seconds = time.monotonic() - begin
        if sys.stdout.isatty():
            print("\r\033[K", end="", flush=True)
        log.seek(0)
        output = log.read()
    if child.returncode:
        raise DemoError(f"{title} failed with exit code {child.returncode}\n"
                        f"  {' '.join(command)}\n{output.rstrip()}")
    return seconds, output


def compile_network(model, out, shapes):
    """Compiles `model` to `out` and returns the seconds that took."""
    out.parent.mkdir(parents=True, exist_ok=True)
    command = [BIN / "voxc", model, "-o", out]
    if shapes:
        command.append(f"--shapes={shapes}")
    return run(f"{out.parent.name}: compiling {out.name}", command)[0]


def error_of(actual, expected):
    """The largest difference, over the RMS of what was expected."""
    rms = math.sqrt(math.fsum(v * v for v in expected) / len(expected)) or 1.0
    worst = 0.0
    for a, e in zip(actual, expected, strict=True):
        # A NaN must not look like no difference.
        worst = max(worst, abs(a - e) / rms if math.isfinite(a) else math.inf)
    return worst


def read_values(path):
    """The elements of a tensor file as a flat list."""
    if path.name.endswith(".nii.gz"):
        return nifti.read_nifti(path).voxels.tolist()
    return npy.read_npy(path)[1]


def rmse(outputs, labels):
    squares = [(output - label) ** 2
               for output, label in zip(outputs, labels, strict=True)]
    return math.sqrt(math.fsum(squares) / len(squares))


def accuracy(outputs, labels):
    """`outputs` are the scores of all classes, label after label."""
    classes = len(outputs) // len(labels)
    hits = sum(max(range(classes), key=outputs[i * classes:][:classes].__getitem__)
               == label for i, label in enumerate(labels))
    return hits / len(labels)


def dice(outputs, labels):
    """The mean overlap over all labels but 0, the background."""
    overlaps = []
    for label in sorted(set(labels) - {0}):
        both = sum(o == label == l for o, l in zip(outputs, labels, strict=True))
        overlaps.append(2 * both / (outputs.count(label) + labels.count(label)))
    return math.fsum(overlaps) / len(overlaps)


METRICS = {"rmse": rmse, "accuracy": accuracy, "dice": dice}


class Example:
    """One bundled network and what is measured of it."""

    def __init__(self, folder):
        self.folder = folder
        self.facts = json.loads((folder / "example.json").read_text())
        self.name = self.facts["name"]
        self.model = folder / self.facts["model"]
        self.input = self.facts["input"]["name"]
        self.output = self.facts["output"]["name"]
        self.work = WORK / self.name
        self.samples = self.facts["samples"]
        self.latency_sample = self.facts.get("latency_sample", self.samples[0])
        self.crop = self.facts.get("crop")
        self.limit = self.facts.get("limit", LIMIT)
        self.iterations = max(3, min(ITERATIONS, int(FLOP / self.facts["flop"])))
        self.errors = []

    def shape_text(self):
        """The input's extents as they are compiled for."""
        if self.facts["shapes"]:
            return self.facts["shapes"].rpartition(":")[2]
        return "x".join(map(str, self.facts["input"]["shape"]))

    def compile(self):
        self.program = self.work / self.name
        self.compile_seconds = compile_network(self.model, self.program,
                                               self.facts["shapes"])
        compile_network(self.model, self.work / f"{self.name}.a",
                        self.facts["shapes"])
        self.scoring_program = self.program
        if self.facts["scoring_shapes"]:
            self.scoring_program = self.work / f"{self.name}-scoring"
            compile_network(self.model, self.scoring_program,
                            self.facts["scoring_shapes"])

    def infer(self, program, sample, *options):
        """Runs a program on a sample, notes its error, returns the output."""
        source, expected = (self.folder / sample[key] for key in ("input", "expected"))
        suffix = ".nii.gz" if expected.name.endswith(".nii.gz") else ".npy"
        result = self.work / f"output{suffix}"
        result.unlink(missing_ok=True)
        run(f"{self.name}: running on {source.name}", [
            program, f"--input={self.input}=@{source}",
            f"--output={self.output}=@{result}", *options])
        actual, expected = read_values(result), read_values(expected)
        if len(actual) != len(expected):
            raise DemoError(f"{self.name}: {len(actual)} outputs for "
                            f"{source.name}; expected {len(expected)}")
        # Labels are right or wrong; how far the scores behind them are off is
        # seen in the crop.
        if not self.crop:
            self.errors.append(error_of(actual, expected))
        return actual

    def measure(self):
        times = self.work / "times.json"
        self.infer(self.program, self.latency_sample, f"--iterations={self.iterations}",
                   f"--exportTimes={times}")
        self.milliseconds = sorted(entry["computeMs"]
                                   for entry in json.loads(times.read_text()))

    def score(self):
        """Runs all samples and works out the task's metric."""
        outputs, labels = [], []
        for sample in self.samples:
            outputs += self.infer(self.scoring_program, sample)
            labels += (read_values(self.folder / sample["truth"])
                       if "truth" in sample else sample["labels"])
        self.metric = METRICS[self.facts["metric"]["kind"]](outputs, labels)

    def verify(self):
        """Compares with Voxc's own float64 evaluator, which takes a while; the
        result is kept until the model or the compiler changes. A large network
        is compared on a crop of its sample."""
        model, source = self.model, self.latency_sample["input"]
        if self.crop:
            model, source = self.folder / self.crop["model"], self.crop["input"]
        key = hashlib.sha256()
        for path in (model, BIN / "vox-run", BIN / "vox-compile-kernel"):
            key.update(path.read_bytes())
        kept = self.work / f"verified-{key.hexdigest()[:16]}"
        if not kept.exists():
            command = [BIN / "vox-run", model, "--verify=reference",
                       f"--input={self.input}=@{self.folder / source}"]
            if self.facts["shapes"]:
                command.append(f"--shapes={self.facts['shapes']}")
            output = run(f"{self.name}: comparing with the evaluator", command)[1]
            errors = re.findall(r"^verify: .* max error (\S+) of RMS", output, re.M)
            if not errors:
                raise DemoError(f"{self.name}: vox-run printed no verification:\n"
                                f"{output.rstrip()}")
            kept.write_text(str(max(map(float, errors))))
        self.errors.append(float(kept.read_text()))

    def verify_crop(self):
        """Compares a crop with what PyTorch says in float64."""
        program = self.work / f"{self.name}-crop"
        compile_network(self.folder / self.crop["model"], program, None)
        result = self.work / "crop.npy"
        run(f"{self.name}: running on a crop", [
            program, f"--input={self.input}=@{self.folder / self.crop['input']}",
            f"--output={self.crop['output']}=@{result}"])
        self.errors.append(error_of(read_values(result),
                                    read_values(self.folder / self.crop["expected"])))

    def draw(self):
        """Labels over the volume they were found in."""
        sample = self.latency_sample
        picture = self.work / "labels.png"
        slices.draw_slices(picture, nifti.read_nifti(self.folder / sample["input"]),
                           nifti.read_nifti(self.work / "output.nii.gz"))
        return picture

    def metric_text(self):
        """Ours, PyTorch's, and whether they agree in the digits promised."""
        metric = self.facts["metric"]
        ours, theirs = (f"{value:.{metric['digits']}f}"
                        for value in (self.metric, metric["expected"]))
        self.agrees = ours == theirs
        unit = f" {metric['unit']}" if metric["unit"] else ""
        return f"{metric['kind']} {ours}{unit} (PyTorch {theirs}{unit})"

    def row(self):
        low = self.milliseconds[0]
        middle = self.milliseconds[len(self.milliseconds) // 2]
        return [self.name, self.shape_text(), f"{self.compile_seconds:.1f}",
                f"{low:.3f}", f"{middle:.3f}",
                f"{self.facts['flop'] / middle / 1e6:.1f}",
                f"{max(self.errors):.1e}", self.metric_text()]


def print_aligned(rows):
    """Text to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(cell.rjust(width) if 2 <= i <= 6 else cell.ljust(width)
                        for i, (cell, width) in enumerate(zip(row, widths))).rstrip())


def processor():
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return "unknown processor"


def main():
    # Kernels are kept here, so that the first run of the demo shows what a
    # compilation costs and the later ones are quick.
    cache = WORK / "cache"
    cached = cache.is_dir()
    os.environ["VOXC_CACHE_DIR"] = str(cache)
    WORK.mkdir(parents=True, exist_ok=True)
    folders = sorted(path.parent for path in
                     (ROOT / "docs" / "examples").glob("*/example.json"))
    if not folders:
        raise DemoError("docs/examples holds no example.json; expected the bundled "
                        "networks there")
    examples = [Example(folder) for folder in folders]
    for example in examples:
        example.compile()
        example.measure()
        example.score()
        example.verify()
        if example.crop:
            example.verify_crop()
        print(f"{example.name}: compiled, run on {len(example.samples)} "
              f"sample file{'s' if len(example.samples) > 1 else ''}, verified",
              flush=True)
    print()
    print_aligned([["network", "input", "compile s", "min ms", "median ms", "GF/s",
                    "error", "task"], *(example.row() for example in examples)])
    print(f"""
{processor()}, {len(os.sched_getaffinity(0))} threads, {ITERATIONS} runs
(fewer where they are long); GF/s of the median.
error: largest difference from float64 (PyTorch's and our evaluator's), over RMS.""")
    if cached:
        print("Kernels came from build/demo/cache; delete it to see a first compilation.")
    print("Executables, libraries and C headers: "
          + " ".join(f"build/demo/{example.name}/" for example in examples))
    for example in examples:
        if example.facts["metric"]["kind"] == "dice":
            print(f"Labels over the volume: {example.draw().relative_to(ROOT)}")
    wrong = [example for example in examples
             if not example.agrees or not max(example.errors) <= example.limit]
    for example in wrong:
        print(f"error: {example.name}: wrong result; expected an error of at most "
              f"{example.limit:g} and PyTorch's metric", file=sys.stderr)
    if wrong:
        return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DemoError as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
