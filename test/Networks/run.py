#!/usr/bin/env python3
#===- run.py - Compiles and checks the small networks ----------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""usage: run.py FOLDER [OPTION...]

Writes the networks of networks.py into FOLDER, compiles each with the options,
runs it and compares it with the float64 evaluator. Every activation that
vox-activations lists must be in some network. Ends in "N passed, N failed"."""

import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True  # the source folder stays as it is

from networks import NETWORKS  # noqa: E402


def main() -> int:
    folder, options = pathlib.Path(sys.argv[1]), sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    table = subprocess.run(["vox-activations", "--list"], stdout=subprocess.PIPE, text=True, check=True)
    names = [row.split()[0] for row in table.stdout.splitlines()[1:]]
    missing = [name for name in names if f"cnn_{name}" not in NETWORKS and name != "identity"]
    if missing:
        print(f"error: no network has {', '.join(missing)}")
        return 1
    failures = 0
    for name, write in NETWORKS.items():
        path = folder / f"{name}.onnxtxt"
        path.write_text(write())
        run = subprocess.run(["vox-run", path, "--verify=reference", "--rtol=5e-6", *options],
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if run.returncode != 0 or ": ok" not in run.stdout:
            failures += 1
            print(f"{name}: exit code {run.returncode}\n{run.stdout}")
    print(f"{len(NETWORKS) - failures} passed, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
