#===- suite.py - The networks of a suite ---------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Makes the networks of a suite, once: each by its script in tools/bench/networks,
again when one of the scripts it is made of has changed."""

import ast
import hashlib
import shutil
import sys

from models import Model
from tool import ROOT, WORK, BenchError, run_tool

NETWORKS = ROOT / "tools/bench/networks"
EXAMPLES = ROOT / "docs/examples"


def title_of(script):
    """The title in a script, which is not run for it: that would take PyTorch."""
    for node in ast.walk(ast.parse(script.read_text())):
        if isinstance(node, ast.keyword) and node.arg == "title":
            return ast.literal_eval(node.value)
    raise BenchError(f"{script}: defines no title")


def content_key(script):
    """What a network is made from, as a hash."""
    files = [script, NETWORKS / "network.py", EXAMPLES / "common.py",
             ROOT / "tools/setup/suite.txt"]
    example = EXAMPLES / script.stem
    files += [path for path in sorted(example.glob("*"))
              if path.suffix in (".py", ".onnx", ".json")]
    key = hashlib.sha256()
    for path in files:
        key.update(path.read_bytes())
    return key.hexdigest()


def make(name, small):
    """The folder of a network's files, made if need be."""
    script = NETWORKS / f"{name}.py"
    folder = WORK / "networks" / (f"{name}-small" if small else name)
    stamp, key = folder / "stamp", content_key(script)
    if stamp.is_file() and stamp.read_text() == key:
        return folder
    # Made beside it, so that a folder with a stamp is complete.
    shutil.rmtree(folder, ignore_errors=True)
    unfinished = folder.with_name(folder.name + ".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    run_tool(f"{name}: making the network", [
        sys.executable, script, unfinished, *(["--small"] if small else [])])
    (unfinished / "stamp").write_text(key)
    unfinished.rename(folder)
    return folder


def load(name, small):
    """A network of the suite, as a model to measure."""
    folder = make(name, small)
    return Model(folder / f"{name}.onnx", {}, name=f"{name}_small" if small else name,
                 title=title_of(NETWORKS / f"{name}.py"),
                 inputs=folder / "input.npz", expected=folder / "expected.npz",
                 module={"name": name, "small": small,
                         "weights": str(folder / f"{name}.pt")})


def failed(name, error):
    """The results of a network that could not be made (see report.py)."""
    return {"name": name, "title": title_of(NETWORKS / f"{name}.py"), "shapes": {},
            "flop": 0, "reference": None, "compile_seconds": None, "cold": False,
            "error": str(error), "contestants": {}}
