#===- bench.py - Voxc beside its peers, interleaved ----------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Measures models compiled by Voxc beside ONNX Runtime and OpenVINO.

On a shared machine the clock and the cores change from second to second, so
figures are comparable only when they were taken together. All contestants are
therefore loaded at once and take turns in rounds, the first place going round,
and the FMA peak of the machine is one of them. Each lives in a process of its
own that is stopped (SIGSTOP) outside its turns: the peers' thread pools go on
spinning after an inference, and in one process they would slow down whoever
comes next. In its turn each runs one inference untimed, to wake its threads and
fill the caches, and then the same number of seconds' worth of timed ones.

Printed are the minimum (what the code can do) and the median (what one gets
here) of all; the error is the largest difference from the float64 evaluator on
the same random input, relative to the RMS of the output.
"""

import argparse
import hashlib
import importlib.metadata
import json
import math
import os
import pathlib
import platform
import re
import shlex
import signal
import statistics
import subprocess
import sys
import time

import numpy as np
import onnx

import flops

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = ROOT / "build" / "bin"
WORK = ROOT / "build" / "bench"

SEED = 1
# A turn's timed part, and how many inferences it may be at most.
TURN_SECONDS = 0.1
TURN_INFERENCES = 100
# Below this many rounds a minimum says little.
FEWEST_ROUNDS = 5


class BenchError(Exception):
    """Something the user can put right; shown in one line."""


def progress(text):
    """A line that is written over on a terminal; elsewhere one every ten
    seconds. An empty one clears the line."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
    elif text and time.monotonic() - progress.shown >= 10:
        progress.shown = time.monotonic()
        print(text, file=sys.stderr)


progress.shown = time.monotonic()


def run_tool(title, command):
    """Runs one of our own programs with a progress line."""
    command = [str(word) for word in command]
    begin = time.monotonic()
    with open(WORK / "tool.log", "w+") as log:
        child = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        while child.poll() is None:
            progress(f"{title}, {time.monotonic() - begin:.0f} s")
            time.sleep(0.05)
        progress("")
        log.seek(0)
        if child.returncode:
            lines = log.read().strip().splitlines() or ["no message"]
            raise BenchError(f"{title} failed: {lines[0]}")
    return time.monotonic() - begin


# --- Models and their inputs ------------------------------------------------


def parse_shapes(text):
    """"x:1x1x64,y:2x3" as name to extents."""
    shapes = {}
    for part in filter(None, text.split(",")):
        name, separator, extents = part.rpartition(":")
        if not separator or not re.fullmatch(r"[1-9]\d*(x[1-9]\d*)*", extents):
            raise BenchError(f"--shapes: '{part}' is no shape; expected "
                             "NAME:1x1x64x64x64")
        shapes[name] = [int(extent) for extent in extents.split("x")]
    return shapes


def input_shapes(path, fixed):
    """The extents of every input, those of `fixed` first."""
    graph = onnx.load(path, load_external_data=False).graph
    weights = {tensor.name for tensor in graph.initializer}
    shapes = {}
    for value in graph.input:
        if value.name in weights:
            continue
        if value.type.tensor_type.elem_type != onnx.TensorProto.FLOAT:
            raise BenchError(f'{path}: input "{value.name}" is not float32')
        extents = [d.dim_value for d in value.type.tensor_type.shape.dim]
        shapes[value.name] = fixed.get(value.name, extents)
        if not all(shapes[value.name]):
            raise BenchError(
                f'{path}: input "{value.name}" has open extents; fix them with '
                f"--shapes={value.name}:" + "x".join(str(e or "N") for e in extents))
    return shapes


class Model:
    """One ONNX file, compiled, with its input and its float64 outputs."""

    def __init__(self, path, fixed):
        self.path = pathlib.Path(path)
        if not self.path.is_file():
            raise BenchError(f"{path}: no such file")
        try:
            self.shapes = input_shapes(path, fixed)
            self.flop = flops.count_flop(path, self.shapes)
        except BenchError:
            raise
        except Exception as error:  # the onnx package throws many kinds
            raise BenchError(f"{path}: {str(error).splitlines()[0]}") from None
        stem = self.path.stem
        if stem == "model":
            stem = self.path.resolve().parent.name
        self.name = re.sub(r"\W", "_", stem)
        self.folder = WORK / self.name
        self.folder.mkdir(parents=True, exist_ok=True)
        rng = np.random.default_rng(SEED)
        self.inputs = {name: rng.standard_normal(extents, dtype=np.float32)
                       for name, extents in self.shapes.items()}
        self.input_files = {}
        for i, (name, array) in enumerate(self.inputs.items()):
            self.input_files[name] = self.folder / f"input-{i}.npy"
            np.save(self.input_files[name], array)
        np.savez(self.folder / "inputs.npz", **self.inputs)

    def shapes_text(self):
        return ",".join(name + ":" + "x".join(map(str, extents))
                        for name, extents in self.shapes.items())

    def compile(self):
        """Writes the shared library and returns the seconds that took."""
        self.library = self.folder / f"{self.name}.so"
        return run_tool(f"{self.name}: compiling", [
            BIN / "voxc", self.path, "-o", self.library,
            f"--shapes={self.shapes_text()}"])

    def reference(self):
        """The outputs in float64, from the evaluator or from the last time."""
        key = hashlib.sha256()
        for part in (self.path.read_bytes(), self.shapes_text().encode(),
                     (BIN / "vox-run").read_bytes()):
            key.update(part)
        names = [o.name for o in onnx.load(self.path).graph.output]
        files = {name: self.folder / f"reference-{key.hexdigest()[:16]}-{i}.npy"
                 for i, name in enumerate(names)}
        if not all(file.exists() for file in files.values()):
            run_tool(f"{self.name}: evaluating in float64", [
                BIN / "vox-run", self.path, "--evaluate=reference",
                f"--shapes={self.shapes_text()}",
                *(f"--input={n}=@{f}" for n, f in self.input_files.items()),
                *(f"--output={n}=@{f}" for n, f in files.items())])
        return {name: np.load(file).astype(np.float64)
                for name, file in files.items()}


def largest_error(outputs, reference):
    """Over all outputs, relative to each one's RMS; None if one is absent."""
    errors = []
    for name, expected in reference.items():
        if name not in outputs or outputs[name].size != expected.size:
            return None
        difference = outputs[name].astype(np.float64).ravel() - expected.ravel()
        rms = math.sqrt(float(np.mean(np.square(expected)))) or 1.0
        errors.append(float(np.max(np.abs(difference), initial=0.0)) / rms)
    return max(errors, default=None)


# --- Contestants ------------------------------------------------------------


class Contestant:
    """The process of one runtime, stopped except in its turn."""

    def __init__(self, kind, folder, job):
        self.kind, self.folder = kind, folder
        self.times, self.error, self.largest_error = [], None, None
        path = folder / f"{kind}.json"
        path.write_text(json.dumps(job))
        self.log = open(folder / f"{kind}.log", "w")
        # A session of its own: the user's interrupt is for bench.py alone.
        self.process = subprocess.Popen(
            [sys.executable, pathlib.Path(__file__).with_name("contestant.py"),
             kind, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.log, text=True, start_new_session=True)
        answer = self.receive()
        if not self.error:
            self.count = max(1, min(TURN_INFERENCES, int(
                TURN_SECONDS / max(answer["ready"][0], 1e-9))))
            self.stop()

    def signal(self, number):
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)

    def stop(self):
        self.signal(signal.SIGSTOP)

    def receive(self):
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {
            "error": f"ended by itself, see {self.log.name}"}
        self.error = answer.get("error")
        return answer

    def ask(self, text):
        """Wakes the process, sends a request, returns its answer."""
        self.signal(signal.SIGCONT)
        try:
            self.process.stdin.write(text + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        answer = self.receive()
        self.stop()
        return answer

    def turn(self):
        if not self.error:
            self.times += self.ask(f"run {self.count}").get("seconds", [])

    def outputs(self):
        if self.error:
            return {}
        file = self.folder / f"{self.kind}.npz"
        self.ask(f"outputs {file}")
        return dict(np.load(file)) if not self.error else {}

    def close(self):
        self.signal(signal.SIGKILL)
        self.process.wait()
        self.log.close()

    def minimum(self):
        return min(self.times)

    def median(self):
        return statistics.median(self.times)


def build_fma_kernel():
    library = WORK / "fma_peak.so"
    run_tool("compiling the FMA kernel", [
        "clang-22", "-O2", "-march=native", "-mprefer-vector-width=512", "-shared",
        "-fPIC", ROOT / "tools/bench/fma_peak.c", "-o", library])
    return library


def play(model, kinds, options):
    """All rounds of one model. Returns the contestants, closed."""
    job = {"threads": options.threads, "model": str(model.path),
           "inputs": str(model.folder / "inputs.npz"),
           "library": str(model.library), "prefix": model.name}
    contestants = []
    try:
        for kind in kinds:
            progress(f"{model.name}: loading {kind}")
            fma = {"threads": options.threads, "library": str(WORK / "fma_peak.so")}
            contestants.append(
                Contestant(kind, model.folder, fma if kind == "fma" else job))
        if not options.skip_errors:
            reference = model.reference()
            for contestant in contestants:
                if contestant.kind != "fma":
                    contestant.largest_error = largest_error(
                        contestant.outputs(), reference)
        play_rounds(model, contestants, options.seconds)
        fma = next(c for c in contestants if c.kind == "fma")
        fma.flop = float(fma.outputs().get("flop", math.nan))
    finally:
        for contestant in contestants:
            contestant.close()
    return contestants


def play_rounds(model, contestants, seconds):
    begin, rounds = time.monotonic(), 0
    try:
        while rounds < FEWEST_ROUNDS or time.monotonic() - begin < seconds:
            first = rounds % len(contestants)
            for contestant in contestants[first:] + contestants[:first]:
                contestant.turn()
            rounds += 1
            progress(f"{model.name}: round {rounds}, "
                     f"{time.monotonic() - begin:.0f} of {seconds:g} s")
    except KeyboardInterrupt:
        if not rounds:
            raise
        print("interrupted; the table shows the rounds so far", file=sys.stderr)
    progress("")


# --- The table --------------------------------------------------------------


def print_aligned(rows):
    """The first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(cell.ljust(width) if i == 0 else cell.rjust(width)
                        for i, (cell, width) in enumerate(zip(row, widths))).rstrip())


def print_table(model, contestants):
    fma = next(c for c in contestants if c.kind == "fma")
    rows = [["contestant", "min ms", "median ms", "runs", "GF/s min", "GF/s median",
             "of peak min", "of peak median", "error"]]

    def row(name, contestant, flop):
        low, middle = contestant.minimum(), contestant.median()
        cells = [name, f"{low * 1e3:.3f}", f"{middle * 1e3:.3f}",
                 str(len(contestant.times)), f"{flop / low / 1e9:.1f}",
                 f"{flop / middle / 1e9:.1f}"]
        if contestant is fma or not fma.times:
            return cells + ["", "", ""]
        # The best against the best, the usual against the usual.
        error = contestant.largest_error
        return cells + [f"{flop / low / (fma.flop / fma.minimum()):.1%}",
                        f"{flop / middle / (fma.flop / fma.median()):.1%}",
                        "-" if error is None else f"{error:.1e}"]

    for contestant in contestants:
        if contestant.times:
            flop = fma.flop if contestant is fma else model.flop
            rows.append(row("FMA peak" if contestant is fma else contestant.kind,
                            contestant, flop))
    print_aligned(rows)
    for contestant in contestants:
        if contestant.error:
            print(f"{contestant.kind}: {contestant.error}")
    print_ratios({c.kind: c for c in contestants if c.times and c is not fma})


def print_ratios(ran):
    """How much faster than each peer we are; above 1 is faster."""
    ours = ran.pop("voxc", None)
    if ours and ran:
        print("voxc is faster by (min, median): " + ", ".join(
            f"{kind} {peer.minimum() / ours.minimum():.2f}x "
            f"{peer.median() / ours.median():.2f}x" for kind, peer in ran.items()))
        best = min(ran.values(), key=Contestant.median)
        print(f"against the best peer, {best.kind}: "
              f"{best.minimum() / ours.minimum():.2f}x by minimum, "
              f"{best.median() / ours.median():.2f}x by median")


def describe_machine(options):
    """What a reader needs to judge the figures, as label to text."""
    cpu = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo")
                if line.startswith("model name")), platform.machine())
    version = subprocess.run([BIN / "voxc", "--version"], text=True,
                             capture_output=True).stdout.strip().splitlines()
    return {
        "command": shlex.join(["tools/bench.sh", *sys.argv[1:]]),
        "processor": f"{cpu}, {len(os.sched_getaffinity(0))} cores, "
                     f"load {os.getloadavg()[0]:.1f}",
        "threads": str(options.threads),
        "voxc": version[0] if version else "unknown",
        **{peer: importlib.metadata.version(peer) + ", float32"
           for peer in ("onnxruntime", "openvino")},
    }


def summary(model, contestants, compile_seconds):
    """One model's figures for --json."""
    return {
        "model": str(model.path), "shapes": model.shapes, "flop": model.flop,
        "compile_seconds": compile_seconds,
        "contestants": {c.kind: {
            "seconds": c.times, "largest_error": c.largest_error, "error": c.error,
            **({"flop": c.flop} if c.kind == "fma" else {}),
        } for c in contestants}}


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="tools/bench.sh", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", metavar="MODEL.onnx")
    parser.add_argument("--threads", type=int, metavar="N",
                        default=len(os.sched_getaffinity(0)),
                        help="threads of every contestant (default: %(default)s)")
    parser.add_argument("--shapes", default="", metavar="NAME:1x1x64x64x64,...",
                        help="extents of inputs that leave them open")
    parser.add_argument("--seconds", type=float, default=20, metavar="S",
                        help="how long the rounds of each model last, in all "
                        "(default: %(default)s)")
    parser.add_argument("--json", metavar="FILE",
                        help="also write every single time there")
    parser.add_argument("--peers", default="onnxruntime,openvino", metavar="LIST",
                        help="who takes part beside voxc (default: %(default)s)")
    parser.add_argument("--skip-errors", action="store_true",
                        help="do not evaluate in float64, which takes minutes for "
                        "a large network")
    options = parser.parse_args()
    if options.threads < 1 or not options.seconds > 0:
        parser.error("--threads and --seconds must be positive")
    for peer in filter(None, options.peers.split(",")):
        if peer not in ("onnxruntime", "openvino"):
            parser.error(f"--peers: '{peer}' is unknown; expected onnxruntime "
                         "or openvino")
    return options


def main():
    # Each table at once, also into a file or a pipe.
    sys.stdout.reconfigure(line_buffering=True)
    options = parse_arguments()
    WORK.mkdir(parents=True, exist_ok=True)
    fixed = parse_shapes(options.shapes)
    models = [Model(path, fixed) for path in options.models]
    unused = set(fixed) - {name for model in models for name in model.shapes}
    if unused:
        raise BenchError(f"--shapes: no model has an input called {min(unused)!r}")
    build_fma_kernel()
    machine = describe_machine(options)
    for label, text in machine.items():
        print(f"{label:<12} {text}")
    results = []
    kinds = ["voxc", *filter(None, options.peers.split(",")), "fma"]
    for model in models:
        seconds = model.compile()
        print(f"\n{model.name}: {model.shapes_text()}, {model.flop / 1e9:.3f} GFLOP, "
              f"compiled in {seconds:.1f} s")
        contestants = play(model, kinds, options)
        print_table(model, contestants)
        results.append(summary(model, contestants, seconds))
    if options.json:
        pathlib.Path(options.json).write_text(
            json.dumps({"machine": machine, "models": results}, indent=1) + "\n")
    broken = any(result["contestants"]["voxc"]["error"] for result in results)
    return 1 if broken else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BenchError as error:
        progress("")
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
