#===- rounds.py - Contestants and their turns ----------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Lets the contestants take turns.

On a shared machine the clock and the cores change from second to second, so
figures are comparable only when they were taken together. All contestants are
therefore loaded at once and take turns in rounds, the first place going round,
and the FMA peak of the machine is one of them. Each lives in a process of its
own that is stopped (SIGSTOP) outside its turns: the peers' thread pools go on
spinning after an inference, and in one process they would slow down whoever
comes next. In its turn each runs one inference untimed, to wake its threads and
fill the caches, and then the same number of seconds' worth of timed ones.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import numpy as np

import models
from tool import ROOT, WORK, BenchError, progress, reason_of, run_tool

# A turn's timed part, and how many inferences it may be at most.
TURN_SECONDS = 0.1
TURN_INFERENCES = 100
# Below this many rounds a minimum says little.
FEWEST_ROUNDS = 5


class Contestant:
    """The process of one runtime, stopped except in its turn."""

    def __init__(self, kind, folder, job):
        self.kind, self.folder = kind, folder
        self.times, self.error, self.largest_error = [], None, None
        path = folder / f"{kind}.json"
        path.write_text(json.dumps(job))
        self.log_path = folder / f"{kind}.log"
        self.log = open(self.log_path, "w")
        # A session of its own: the user's interrupt is for bench.py alone.
        self.process = subprocess.Popen(
            [sys.executable, pathlib.Path(__file__).with_name("contestant.py"),
             kind, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.log, text=True, start_new_session=True)
        self.count, self.figures = 1, {}

    def load(self):
        """Waits until it is ready, with its figures of getting there."""
        answer = self.receive()
        if not self.error:
            once = answer.pop("ready")[0]
            self.count = max(1, min(TURN_INFERENCES,
                                    int(TURN_SECONDS / max(once, 1e-9))))
            self.figures = answer
            self.stop()

    def signal(self, number):
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)

    def stop(self):
        self.signal(signal.SIGSTOP)

    def receive(self):
        line = self.process.stdout.readline()
        if line:
            answer = json.loads(line)
            self.error = answer.get("error")
            return answer
        self.error = "ended by itself: " + reason_of(
            self.log_path.read_text(errors="replace").splitlines()[-1:],
            f"exit code {self.process.wait()}")
        return {}

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

    def result(self):
        """Its part of the results (see report.py)."""
        return {"seconds": self.times, "error": self.error,
                "largest_error": self.largest_error, **self.figures}


def build_fma_kernel():
    library = WORK / "fma_peak.so"
    run_tool("compiling the FMA kernel", [
        "clang-22", "-O2", "-march=native", "-mprefer-vector-width=512", "-shared",
        "-fPIC", ROOT / "tools/bench/fma_peak.c", "-o", library])
    return library


def make_job(model, kind, threads):
    """What contestant.py needs to know."""
    if kind == "fma":
        return {"threads": threads, "library": str(WORK / "fma_peak.so")}
    return {"threads": threads, "model": str(model.path),
            "inputs": str(model.inputs), "outputs": model.outputs,
            "library": str(model.shared_object), "prefix": model.name,
            "module": model.module, "cache": str(model.folder / "inductor")}


def measure(model, kinds, options, cold):
    """Compiles a model and lets all play. Returns the results, and whether the
    user interrupted the rounds."""
    result = model.description()
    results = result["contestants"]
    try:
        result["compile_seconds"] = model.compile(cold)
        result["cold"] = cold
    except BenchError as error:
        results["voxc"] = {"seconds": [], "error": f"cannot compile: {error}"}
        kinds = [kind for kind in kinds if kind != "voxc"]
    contestants, interrupted = [], False
    try:
        for kind in kinds:
            progress(f"{model.name}: loading {kind}")
            contestants.append(Contestant(
                kind, model.folder, make_job(model, kind, options.threads)))
            contestants[-1].load()
            if kind == "fma" and not contestants[-1].error:
                contestants[-1].figures["flop"] = float(
                    contestants[-1].outputs()["flop"])
        if not options.skip_errors:
            result["reference"] = compare(model, contestants)
        interrupted = play_rounds(model, contestants, options.seconds)
    finally:
        for contestant in contestants:
            contestant.close()
    results.update((c.kind, c.result()) for c in contestants)
    return result, interrupted


def compare(model, contestants):
    """Fills in everyone's error. Returns who was right, None if no one knows."""
    try:
        name, expected = model.reference()
    except BenchError as error:
        print(f"{model.name}: no errors are shown: {error}", file=sys.stderr)
        return None
    for contestant in contestants:
        if contestant.kind != "fma":
            contestant.largest_error = models.largest_error(
                contestant.outputs(), expected)
    return name


def play_rounds(model, contestants, seconds):
    """All rounds; true if the user interrupted them."""
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
        progress("")
        print("interrupted; what is shown are the rounds so far", file=sys.stderr)
        return True
    progress("")
    return False
