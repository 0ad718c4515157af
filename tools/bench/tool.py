#===- tool.py - Running programs, with progress --------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""What the modules of the benchmark share: folders, a progress line, running a
program with one, and the exception for what a user can put right."""

import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = ROOT / "build" / "bin"
WORK = ROOT / "build" / "bench"


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


def reason_of(lines, fallback):
    """The line of a program's output that says why it failed, with paths below
    the repository made relative."""
    lines = [line.strip() for line in lines if line.strip()]
    errors = [line for line in lines if "error:" in line.lower()]
    return (errors or lines or [fallback])[0].replace(f"{ROOT}{os.sep}", "")


def run_tool(title, command, environment=None):
    """Runs a program with a progress line; returns the seconds it took."""
    command = [str(word) for word in command]
    begin = time.monotonic()
    with open(WORK / "tool.log", "w+") as log:
        try:
            child = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT,
                                     env={**os.environ, **(environment or {})})
        except OSError as error:
            raise BenchError(f"{title}: {command[0]}: {error.strerror}") from None
        try:
            while child.poll() is None:
                progress(f"{title}, {time.monotonic() - begin:.0f} s")
                time.sleep(0.05)
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        progress("")
        log.seek(0)
        if child.returncode:
            raise BenchError(reason_of(log.read().splitlines(),
                                       f"{title}: exit code {child.returncode}"))
    return time.monotonic() - begin
