"""Imports models, exports and imports them again: nothing may change.

Usage: round-trip.py FOLDER OUTPUT

Every .onnxtxt file of FOLDER is taken that is imported without options. Texts
must be equal, and so must the float64 reference's outputs.
"""

import pathlib
import subprocess
import sys

folder, output = map(pathlib.Path, sys.argv[1:])
output.mkdir(parents=True, exist_ok=True)


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def import_text(model):
    return run("voxc", model, "--compile-to=import", "-o", "-")


def evaluate(model):
    lines = run("vox-run", model, "--evaluate=reference", "--print").splitlines()
    return [line for line in lines if not line.startswith(b"model:")]


faults = count = 0
for model in sorted(folder.glob("*.onnxtxt")):
    if "# RUN: voxc %s --compile-to=import -o - |" not in model.read_text():
        continue
    first, again = output / (model.stem + ".mlir"), output / (model.stem + ".onnx")
    run("voxc", model, "--compile-to=import", "-o", first)
    run("vox-translate", "--mlir-to-onnx", first, "-o", again)
    if import_text(model) != import_text(again):
        print(f"{model.name}: differs after export")
        faults += 1
    if evaluate(model) != evaluate(again):
        print(f"{model.name}: computes something else after export")
        faults += 1
    count += 1
print(f"{count} models")
sys.exit(faults != 0)
