#!/usr/bin/env python3
# ===- monitor-pytorch.py - Monitors against PyTorch's hooks ----------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
"""Runs the `imf` example on its samples twice and compares what its ReLUs did:
once with `vox-run --monitor`, once in PyTorch, with a hook on every nn.ReLU.

    build/examples-venv/bin/python monitor-pytorch.py --vox-run=build/bin/vox-run

Dead units must be the same ones, zero shares equal within 1e-5, means and
deviations within 1e-4 of the layer's deviation. The exit code is 1 otherwise.
Needs what docs/examples/requirements.txt lists.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import nibabel
import numpy as np
import onnx
import onnx.numpy_helper
import torch

sys.dont_write_bytecode = True  # the source folder stays as it is
IMF = pathlib.Path(__file__).resolve().parents[4] / "docs" / "examples" / "imf"
sys.path.insert(0, str(IMF))

import train  # noqa: E402

ZERO_SHARE_TOLERANCE = 1e-5
MOMENT_TOLERANCE = 1e-4


class Units:
    """What a ReLU gave, per unit, over all samples."""

    def __init__(self):
        self.values = []

    def __call__(self, module, inputs, output):
        # Units first; all else are positions.
        self.values.append(output.detach().double().transpose(0, 1).flatten(1))

    def all(self):
        return torch.cat(self.values, dim=1)


def load_model():
    """The network of the ONNX file as PyTorch has it."""
    graph = onnx.load(str(IMF / "model.onnx")).graph
    state = {tensor.name: torch.from_numpy(onnx.numpy_helper.to_array(tensor).copy())
             for tensor in graph.initializer}
    model = train.FatNet()
    unmatched = model.load_state_dict(state, strict=False)
    assert not unmatched.unexpected_keys
    assert all(key.endswith("num_batches_tracked") for key in unmatched.missing_keys)
    return model.eval()


def run_pytorch():
    model = load_model()
    units = {}
    for name, module in model.named_modules():
        if isinstance(module, torch.nn.ReLU):
            units["/" + name.replace(".", "/") + "/Relu"] = Units()
            module.register_forward_hook(units["/" + name.replace(".", "/") + "/Relu"])
    for path in sorted((IMF / "samples").glob("phantom-*.nii.gz")):
        # NIfTI's k, j, i are the network's z, y, x.
        volume = np.asarray(nibabel.load(path).dataobj, np.float32).transpose(2, 1, 0)
        with torch.no_grad():
            model(torch.from_numpy(volume.copy())[None, None])
    return {name: unit.all() for name, unit in units.items()}


def run_voxc(vox_run, arguments):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "monitor.json"
        subprocess.run([vox_run, str(IMF / "model.onnx"), f"--monitor={IMF / 'samples'}",
                        f"--exportMonitor={path}", *arguments], check=True, stdout=subprocess.DEVNULL)
        layers = json.loads(path.read_text())["layers"]
    return {layer["layer"]: layer["units"] for layer in layers}


def compare(name, units, values):
    """Prints a line on a layer and returns whether all is well."""
    def column(key):
        return np.array([unit[key] for unit in units])

    values = values.numpy()
    zero_share = np.abs(column("zeros") / column("count") - (values == 0).mean(axis=1))
    dead = (column("min") == 0) & (column("max") == 0)
    expected_dead = (values == 0).all(axis=1)
    deviation = values.std() or 1.0
    mean = np.abs(column("mean") - values.mean(axis=1)) / deviation
    spread = np.abs(np.sqrt(column("variance")) - values.std(axis=1)) / deviation
    counts = (column("count") == values.shape[1]).all()
    good = (counts and (dead == expected_dead).all() and zero_share.max() <= ZERO_SHARE_TOLERANCE
            and max(mean.max(), spread.max()) <= MOMENT_TOLERANCE)
    print(f"{name}: {len(units)} units, {dead.sum()} dead (PyTorch {expected_dead.sum()}), "
          f"greatest differences: zero share {zero_share.max():.2e}, mean {mean.max():.2e}, "
          f"deviation {spread.max():.2e}: {'ok' if good else 'FAILED'}")
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--vox-run", default="vox-run")
    parser.add_argument("argument", nargs="*", help="more arguments of vox-run")
    arguments = parser.parse_args()
    ours = run_voxc(arguments.vox_run, arguments.argument)
    good = True
    for name, values in run_pytorch().items():
        if name not in ours:
            print(f"{name}: has no monitor: FAILED")
            good = False
            continue
        good &= compare(name, ours[name], values)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
