# ===- check-arena.py - Values that live together lie apart -----------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# Reads IR after vox-plan-memory from standard input. Follows each function line
# by line and checks that the parts of a join lie one after the other, that a launch writes no byte that is read there or later by
# way of another value, that offsets are aligned and inside the arena, and that
# outputs, and only they, have a number instead of an offset.
#
# Shares no code and no idea with the pass: it walks backwards from the readers.
#
# ===------------------------------------------------------------------------=== #

import math
import re
import sys

FUNCTION = re.compile(r"^ *func\.func @(\w+)(\(.*)\{\n((?:.*\n)*?)^ *\}", re.M)
LAUNCH = re.compile(
    r"(%\w+) = vox\.launch @\w+\((.*?)\) (?:\{(.*?)\} )?: .*-> tensor<([0-9x]+)xf32(?:, #vox\.layout<block = (\d+)>)?>$"
)
RESHAPE = re.compile(r"(%\w+) = vox\.reshape (%\w+) ")
JOIN = re.compile(r"(%\w+) = vox\.join (.*?) axis = 0 \{offset = (\d+) : i64\}")
RETURN = re.compile(r"return (.*?) :")


def size_in_bytes(extents, block):
    shape = [int(extent) for extent in extents.split("x")]
    if block:
        shape[1] = -(-shape[1] // int(block)) * int(block)
    return 4 * math.prod(shape)


def check(name, arena, lines):
    views, launches, reads, outputs = {}, {}, {}, []
    joins, joined = {}, {}

    def source(value):
        while value in views:
            value = views[value]
        return value

    def total_size(value):
        if value in joins:
            return sum(total_size(part) for part in joins[value])
        return launches[value][1]

    for number, line in enumerate(lines):
        if match := RESHAPE.search(line):
            views[match.group(1)] = match.group(2)
        elif match := LAUNCH.search(line):
            value, inputs, attributes, extents, block = match.groups()
            fields = dict(re.findall(r"(offset|output) = (\d+)", attributes or ""))
            launches[value] = (number, size_in_bytes(extents, block), fields)
            for operand in inputs.split(", "):
                reads.setdefault(source(operand), []).append(number)
        elif match := JOIN.search(line):
            value, parts, offset = match.groups()
            joins[value] = parts.split(", ")
            joined |= {part: value for part in joins[value]}
            launches[value] = (number, 0, {"offset": offset})
        elif match := RETURN.search(line):
            outputs = [source(value) for value in match.group(1).split(", ")]

    # A join is where its parts are, one after the other, and reads them when it
    # is read itself. The last one comes first: it may hold others.
    for value, parts in reversed(joins.items()):
        at = int(launches[value][2]["offset"])
        for part in parts:
            if int(launches[part][2].get("offset", -1)) != at:
                yield f"{name}: {part} is not at {at}, its place in {value}"
            at += total_size(part)
            reads.setdefault(part, []).extend(reads.get(value, []) + [launches[value][0]])

    occupied = []
    for value, (first, size, fields) in launches.items():
        if value in joins:
            continue
        if value in outputs:
            if fields != {"output": str(outputs.index(value))}:
                yield f"{name}: {value} is output {outputs.index(value)} and has {fields}"
            continue
        if set(fields) != {"offset"}:
            yield f"{name}: {value} is no output and has {fields}"
            continue
        offset = int(fields["offset"])
        if offset % (4 if value in joined else 64) or offset + size > arena:
            yield f"{name}: {value} has bytes {offset} to {offset + size} of {arena}"
        occupied.append((value, offset, offset + size, first, max(reads.get(value, [first]))))

    for index, (value, begin, end, first, last) in enumerate(occupied):
        for other, begin2, end2, first2, last2 in occupied[index + 1 :]:
            if begin < end2 and begin2 < end and first <= last2 and first2 <= last:
                yield (
                    f"{name}: {value} and {other} share bytes {max(begin, begin2)} to"
                    f" {min(end, end2)}, live at line {max(first, first2)}"
                )


def main():
    text = sys.stdin.read()
    functions = FUNCTION.findall(text)
    if not functions:
        sys.exit("no function on standard input")
    found = []
    for name, head, body in functions:
        arena = re.search(r"vox\.arena_size = (\d+)", head)
        found += check(name, int(arena.group(1)) if arena else 0, body.splitlines())
    if found:
        sys.exit("\n".join(found))


main()
