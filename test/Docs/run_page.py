#!/usr/bin/env python3
# ===- run_page.py - Runs the commands of a documentation page --------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: run_page.py PAGE.md REPOSITORY
#
# Executes the ```sh blocks of a page in order, in one temporary folder, each by
# a shell of its own that ends at the first failing command. $VOXC is the
# repository, as the page tells its readers to set it.
#
# A ```text block right after a ```sh block is what that block prints on standard
# output and error. It may hold fewer lines than come, in order, where a line
# "..." stands for those left out; "..." inside a line stands for any text. A
# number with a fraction or an exponent matches any number: such numbers depend
# on the machine. Runs of blanks are equal. Progress lines ("kernels 1/3, ...")
# come on slow machines only and are left out.
#
# A comment <!-- file: NAME --> before another kind of block writes the block to
# that file first.
#
# ===------------------------------------------------------------------------=== #

import os
import pathlib
import re
import subprocess
import sys
import tempfile

FENCE = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.M | re.S,
)
REAL = re.compile(r"-?\d+(?:\.\d+(?:e[-+]?\d+)?|e[-+]?\d+)")
PROGRESS = re.compile(r"kernels \d+/\d+, ")
ANY_NUMBER = r"-?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|nan|inf)"
TIMEOUT_S = 900


def to_pattern(line):
    """A regular expression for one line of an expected output."""
    pattern = ""
    for part in re.split(r"(\.\.\.|\s+)", line.strip()):
        if part == "...":
            pattern += ".*"
        elif part.isspace():
            pattern += r"\s+"
        else:
            pieces = re.split(f"({REAL.pattern})", part)
            for i, piece in enumerate(pieces):
                pattern += ANY_NUMBER if i % 2 else re.escape(piece)
    return re.compile(pattern + r"\s*$")


def compare(expected, output):
    """The first expected line that does not come, or None."""
    lines = [line.strip() for line in output.splitlines()]
    got = [line for line in lines if line and not PROGRESS.match(line)]
    at, skipping = 0, False
    for line in expected.splitlines():
        if not line.strip():
            continue
        if line.strip() == "...":
            skipping = True
            continue
        pattern = to_pattern(line)
        while skipping and at < len(got) and not pattern.match(got[at]):
            at += 1
        if at == len(got) or not pattern.match(got[at]):
            return line
        at, skipping = at + 1, False
    if at < len(got) and not skipping:
        return f"(no more lines; got: {got[at]})"
    return None


def main():
    page, repository = pathlib.Path(sys.argv[1]), os.path.abspath(sys.argv[2])
    text = page.read_text()
    environment = dict(os.environ, VOXC=repository)
    output, count = None, 0
    with tempfile.TemporaryDirectory(prefix="voxc-docs-") as folder:
        for match in FENCE.finditer(text):
            line = text.count("\n", 0, match.start("text"))
            kind, block = match["kind"], match["text"]
            if match["file"]:
                (pathlib.Path(folder) / match["file"]).write_text(block)
            elif kind == "sh":
                run = subprocess.run(
                    ["bash", "-euo", "pipefail", "-c", block],
                    cwd=folder,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                    timeout=TIMEOUT_S,
                )
                output, count = run.stdout, count + 1
                if run.returncode:
                    sys.exit(
                        f"{page}:{line}: exit code {run.returncode} of\n{block}\n{output}"
                    )
                continue
            elif kind == "text" and output is not None:
                missing = compare(block, output)
                if missing is not None:
                    sys.exit(f"{page}:{line}: expected\n  {missing}\ngot\n{output}")
            output = None
    if not count:
        sys.exit(f"{page}: has no ```sh block; expected at least one")
    print(f"{page}: {count} blocks run")


main()
