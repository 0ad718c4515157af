# ===- refuse.py - Files that voxc must refuse ------------------------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: refuse.py FILE... -- VOXC-OPTION...
#        refuse.py --replace TEST BASE FOLDER -- VOXC-OPTION...
#
# Compiles each FILE and prints its name and what voxc says. With --replace the
# files are BASE with one text in it replaced by another everywhere, as each line
# "# replace: OLD => NEW" of TEST wants it; OLD may span lines of BASE. A line
# "# with: OPTION..." gives options to those behind it.
#
# Fails where a file is not refused as it ought to be: exit code 1, a message
# that begins with the file's name, no output.
#
# ===------------------------------------------------------------------------=== #

import pathlib
import re
import subprocess
import sys
import tempfile


def refuse(path, name, options):
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder) / "output.o"
        command = ["voxc", str(path), "-o", str(output), *options]
        run = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=120)
        leaves = [left.name for left in output.parent.iterdir()]
    print(f"{name}\n{run.stderr.replace(str(path), path.name)}", end="")
    faults = []
    if run.returncode != 1:
        faults.append(f"exit code {run.returncode}")
    if leaves:
        faults.append(f"left behind: {leaves}")
    if not re.match(r"\S+: error: |\S+:\d+:\d+: error: ", run.stderr.replace(str(path), path.name)):
        faults.append("no place in the message")
    for fault in faults:
        print(f"WRONG: {fault}")
    return not faults


def replacements(test, base, folder):
    """Yields (file, name, options) for each replacement."""
    text = pathlib.Path(base).read_text()
    extra = []
    pattern = r"^# (?:replace: (.*?) => ?(.*)|with: (.*))$"
    for old, new, options in re.findall(pattern, pathlib.Path(test).read_text(), re.M):
        if options:
            extra = options.split()
            continue
        where = re.compile(r"\s+".join(map(re.escape, old.split())))
        if not where.search(text):
            sys.exit(f"{base} does not hold {old!r}")
        path = pathlib.Path(folder) / "broken.mlir"
        path.write_text(where.sub(lambda match: new, text))
        yield path, f"{old} => {new}", extra


def main():
    at = sys.argv.index("--")
    arguments, options = sys.argv[1:at], sys.argv[at + 1 :]
    if arguments[0] == "--replace":
        cases = replacements(*arguments[1:])
    else:
        cases = ((pathlib.Path(file), pathlib.Path(file).name, []) for file in sorted(arguments))
    results = [refuse(path, name, options + extra) for path, name, extra in cases]
    sys.exit(not all(results))


main()
