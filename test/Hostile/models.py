#!/usr/bin/env python3
#===- models.py - Models that no exporter writes --------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""usage: models.py FOLDER [--no-limits | --write]

Writes each model of cases.txt into FOLDER and compiles it. The compiler must
refuse it: exit code 1, a message that names the file and says what is given
there, no output file, in less than 2 s of processor time and 512 MiB of memory
(--no-limits: as much as it takes, for builds with sanitizers). Ends in
"N passed, N failed". --write only writes them.
"""

import os
import pathlib
import re
import subprocess
import sys

SECONDS, MEBIBYTES = 2.0, 512

TEXT = """<ir_version: 10, opset_import: ["": 21]>
hostile ({inputs}) => ({outputs})
<{initializers}>
{{
 {nodes}
}}
"""

# The two kinds of lines in cases.txt: what models share, and a model's nodes.
MODEL = re.compile(r"(?P<inputs>.*) => (?P<outputs>[^<]*)(?: <(?P<initializers>.*)>)?")
NODE = re.compile(r"(?:<(?P<initializers>[^>]*)> )?(?:(?P<count>\d+) \* )?(?P<node>.*)")


def read_cases():
    """Name, text of the model, what the message says."""
    model = None
    for line in pathlib.Path(__file__).with_name("cases.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        if "|" not in line:
            model = MODEL.fullmatch(line)
            continue
        name, text, expected = map(str.strip, line.split(" | "))
        node = NODE.fullmatch(text)
        nodes = " ".join(node["node"].replace("{}", str(i)) for i in range(int(node["count"] or 1)))
        initializers = node["initializers"] or model["initializers"] or ""
        yield name, TEXT.format(inputs=model["inputs"], outputs=model["outputs"],
                                initializers=initializers, nodes=nodes), expected


def compile_model(path, product):
    """Exit code, messages, processor time in seconds, memory in MiB."""
    process = subprocess.Popen(["voxc", path, "-o", product], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, errors="replace")
    messages = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    return (os.waitstatus_to_exitcode(status), messages,
            usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def check(path, expected, limits):
    """What is wrong with how the compiler takes a model; empty if nothing is."""
    product = path.with_suffix("")
    code, messages, seconds, mebibytes = compile_model(path, product)
    if code != 1:
        return f"exit code {code}; expected 1\n{messages}"
    if not messages.startswith(f"{path}:") or f": {expected}\n" not in messages:
        return f"says\n{messages}expected\n{expected}"
    if product.exists():
        return "left an output file"
    if limits and (seconds > SECONDS or mebibytes > MEBIBYTES):
        return f"took {seconds:.1f} s and {mebibytes:.0f} MiB"
    return ""


def main():
    folder, options = pathlib.Path(sys.argv[1]), sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    cases = list(read_cases())
    for name, text, _ in cases:
        (folder / f"{name}.onnxtxt").write_text(text)
    if "--write" in options:
        return 0
    failed = 0
    for name, _, expected in cases:
        fault = check(folder / f"{name}.onnxtxt", expected, limits="--no-limits" not in options)
        if fault:
            failed += 1
            print(f"{name}: {fault}")
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
