#!/usr/bin/env python3
# ===- range_rules.py - How often each rule about ranges fires --------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: range_rules.py [NAME=]MODEL[:INPUT:LO:HI]...
#
# Imports models with voxc, runs the graph passes with vox-opt, which must both be
# on the PATH, and prints a table in markdown: for each rule of
# vox-simplify-by-range and vox-prune-channels how often it fired, and below what
# was known and not enough. INPUT:LO:HI are bounds that are promised for an input.
# A column is headed NAME, or the model's file name, and counts all models of that
# name.
#
# ===------------------------------------------------------------------------=== #

import collections
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCES = pathlib.Path(__file__).resolve().parents[2] / "lib/Dialect/Vox/Transforms"
RULE = re.compile(r'decision\.rule = "(\w+)"|(remarkPassed|remarkMissed)\(\w+, kPass, "(\w+)"')
REMARK = re.compile(r"remark: \[(Passed|Missed)\] (\w+) \|")


def read_rules():
    """Names of rules, those that do something first, in the sources' order."""
    done, kept = [], []
    for file in ("SimplifyByRange.cpp", "PruneChannels.cpp"):
        for rule, kind, name in RULE.findall((SOURCES / file).read_text()):
            (kept if kind == "remarkMissed" else done).append(rule or name)
    return list(dict.fromkeys(done)), list(dict.fromkeys(kept))


def parse(argument):
    name, equals, model = argument.rpartition("=")
    match = re.fullmatch(r"(.+\.(?:onnx|onnxtxt|mlir))(?::(.+))?", model)
    if not match:
        sys.exit(f"range_rules.py: error: '{argument}'; expected [NAME=]MODEL[:INPUT:LO:HI]")
    return name if equals else pathlib.Path(match[1]).stem, match[1], match[2]


def run(*command):
    result = subprocess.run(command, stderr=subprocess.PIPE, text=True)
    if result.returncode:
        sys.exit(result.stderr)
    return result.stderr


def count_rules(model, bounds):
    with tempfile.TemporaryDirectory() as folder:
        imported = pathlib.Path(folder) / "imported.mlirbc"
        run("voxc", model, "--compile-to=import", "-o", imported)
        ranges = f"=input-ranges={bounds}" if bounds else ""
        remarks = run("vox-opt", imported, "--canonicalize", "--cse", "--vox-recognize-activations",
                      f"--vox-simplify-by-range{ranges}", f"--vox-prune-channels{ranges}",
                      "--remarks-filter=vox-(simplify-by-range|prune-channels)",
                      "--remark-format=emitRemark", "-o", "/dev/null")
    return collections.Counter(name for _, name in REMARK.findall(remarks))


def main():
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        sys.exit("usage: range_rules.py [NAME=]MODEL[:INPUT:LO:HI]...")
    columns = {}
    for argument in sys.argv[1:]:
        name, model, bounds = parse(argument)
        columns.setdefault(name, collections.Counter()).update(count_rules(model, bounds))
    print("| rule | " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * len(columns))
    done, kept = read_rules()
    for rules, note in ((done, ""), (kept, "not done: ")):
        for rule in rules:
            print(f"| {note}`{rule}` | " + " | ".join(str(count[rule] or "") for count in columns.values()) + " |")


main()
