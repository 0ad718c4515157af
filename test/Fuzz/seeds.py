#!/usr/bin/env python3
#===- seeds.py - Models of other tests to begin a search with -------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""usage: seeds.py FOLDER

Writes into FOLDER/import and FOLDER/text the hostile models of other tests, and
the models in text that the importer is tested with, without their comments.
None is longer than what libFuzzer makes unless a seed is: 4096 bytes.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

LONGEST = 4096
TESTS = pathlib.Path(__file__).resolve().parents[1]
COMMENT = re.compile(rb"^\s*#.*\n", re.MULTILINE)


def make(script, *options):
    """The models that a script writes into a folder."""
    with tempfile.TemporaryDirectory(prefix="voxc-seeds-") as folder:
        subprocess.run([sys.executable, TESTS / script, folder, *options], check=True)
        return {path.name: path.read_bytes() for path in pathlib.Path(folder).glob("*.onnx*")}


def main():
    imported = {path.name: COMMENT.sub(b"", path.read_bytes())
                for path in (TESTS / "Frontend").glob("*.onnxtxt")}
    seeds = {"import": make("Frontend/Inputs/make-hostile.py"),
             "text": {**imported, **make("Hostile/models.py", "--write")}}
    for name, models in seeds.items():
        folder = pathlib.Path(sys.argv[1]) / name
        folder.mkdir(parents=True, exist_ok=True)
        for model, contents in models.items():
            if len(contents) <= LONGEST:
                (folder / model).write_bytes(contents)


if __name__ == "__main__":
    main()
