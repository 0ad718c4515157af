#!/usr/bin/env python3
#===- export.py - Export torchvision's R3D-18 ----------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Exports the video network R3D-18 of torchvision, a network of full size.

The weights are random, from a seed, so nothing is downloaded. Its batch-norms
get random scales and shifts, and statistics that fit: those of a few batches of
smooth random clips.

It writes three files, of which 133 MB are the network:
    OUT/r3d18.onnx           1x3x16x112x112 -> 1x400, opset 17
    OUT/r3d18.input.npy      a clip, float32
    OUT/r3d18.expected.npy   PyTorch's answer in float64
"""

import argparse
import pathlib
import sys

import numpy as np
from torchvision.models.video import r3d_18

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import common  # noqa: E402

FRAMES, EXTENT = 16, 112


def smooth_clips(count, seed):
    """Random clips that look like normalised video."""
    return common.smooth_noise((count, 3, FRAMES, EXTENT, EXTENT), seed)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=pathlib.Path, help="folder to write to")
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("--batches", type=int, default=4,
                        help="batches of two clips for the statistics "
                        "(default: %(default)s)")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)

    say = common.Progress()
    common.prepare(options.seed)
    model = r3d_18(weights=None)
    common.calibrate(model, (smooth_clips(2, seed=100 + i)
                             for i in range(options.batches)), say)

    clip = smooth_clips(1, seed=1).numpy()
    path = options.out / "r3d18.onnx"
    error = common.export(model, path, clip, "clip", "logits")
    say(f"wrote {path}: {path.stat().st_size} bytes, ONNX Runtime within "
        f"{error:.1e} of float64")
    common.describe_graph(path)

    expected = common.in_float64(model, clip)
    np.save(options.out / "r3d18.input.npy", clip)
    np.save(options.out / "r3d18.expected.npy", expected)
    rms = np.sqrt(np.mean(np.square(expected)))
    float32_error = common.relative_error(common.in_float32(model, clip),
                                          expected)
    say(f"{sum(p.numel() for p in model.parameters()) / 1e6:.1f} M parameters, "
        f"{common.count_flop(model, clip) / 1e9:.2f} GFLOP per clip")
    say(f"output RMS {rms:.3f}, class {expected.argmax()}; PyTorch in float32 "
        f"is within {float32_error:.1e} of float64")


if __name__ == "__main__":
    main()
