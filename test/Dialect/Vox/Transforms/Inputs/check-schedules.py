# ===- check-schedules.py - What every chosen schedule must fulfil ----------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# Reads IR with scheduled groups from standard input and checks, whatever the
# figures: register tiles fit the registers and the tensor, blocks of channels
# are divided evenly, tasks are equally large, and vectors are blocks.
#
# ===------------------------------------------------------------------------=== #

import argparse
import re
import sys

GROUP = re.compile(
    r"vox\.group .*?-> tensor<([0-9x]+)x[a-z0-9]+(?:, #vox\.layout<block = (\d+)>)?> \{"
    r"\s*%\S+ = vox\.(\w+)(.*?)\} schedule <(.*?)>\n",
    re.DOTALL,
)


def parse_schedule(text):
    fields = {"lanes": "1", "columns": "1", "vectors": "1", "rows": "1", "parallel": "none"}
    fields.update(field.split(" = ") for field in text.split(", "))
    return {name: int(value) if value.isdigit() else value for name, value in fields.items()}


def problems(shape, block, anchor, body, schedule, registers):
    if anchor == "conv_transpose":  # tiles and rows are of one phase
        strides = [int(s) for s in re.search(r"strides = \[(.*?)\]", body).group(1).split(", ")]
        shape = shape[:2] + [-(-extent // s) for extent, s in zip(shape[2:], strides)]
    convolves = anchor in ("conv", "conv_transpose")
    columns, vectors, rows = (schedule[name] for name in ("columns", "vectors", "rows"))
    if columns * vectors > registers:
        yield f"{columns} x {vectors} accumulators for {registers} registers"
    if block and schedule["lanes"] != block:
        yield f"{schedule['lanes']} lanes for blocks of {block}"
    if columns > max(shape[-1], 1) and convolves:
        yield f"{columns} columns for a width of {shape[-1]}"
    if block and convolves:
        groups = int(re.search(r"groups = (\d+)", body).group(1))
        blocks = -(-shape[1] // block)
        if schedule["algorithm"] != "depthwise" and (blocks // groups) % vectors:
            yield f"{vectors} vectors for {blocks} blocks in {groups} groups"
    if len(shape) >= 4 and shape[-2] % rows and anchor != "matmul":
        yield f"tasks of {rows} rows for {shape[-2]}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--registers", type=int, default=32)
    registers = parser.parse_args().registers
    found = list(GROUP.finditer(sys.stdin.read()))
    if not found:
        sys.exit("no scheduled group on standard input")
    failed = False
    for match in found:
        extents, block, anchor, body, schedule = match.groups()
        shape = [int(extent) for extent in extents.split("x")]
        fields = parse_schedule(schedule)
        for problem in problems(shape, int(block or 0), anchor, body, fields, registers):
            print(f"{anchor} {extents} <{schedule}>: {problem}", file=sys.stderr)
            failed = True
    sys.exit(failed)


main()
