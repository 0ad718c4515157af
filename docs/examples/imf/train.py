#!/usr/bin/env python3
#===- train.py - Train the intramuscular-fat example ---------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Trains a 3D CNN that reads the fat share of the muscle off a CT volume.

Everything in this folder that is not code comes out of this script: the ONNX
file, the sample volumes with what PyTorch says about them, and the scores.
Training data are synthetic (see phantom.py), so nothing is downloaded.

It takes about six minutes of CPU time on two threads.
"""

import argparse
import gzip
import pathlib
import sys

import nibabel
import numpy as np
import torch
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import common  # noqa: E402
import phantom  # noqa: E402

SEED = 3
CHANNELS = (16, 32, 64, 128)
BATCH = 8
PEAK_RATES = (4e-3, 3e-4)  # of the two stages

# Phantoms are numbered; no number is used for both training and scoring.
FIRST_TRAINING, FIRST_HELD_OUT = 0, 1_000_000
HELD_OUT, BUNDLED = 96, 8  # the bundled ones are the first held-out ones


class Block(nn.Module):
    """Convolution, batch-norm, ReLU, and half the extent in z, y and x."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv = nn.Conv3d(inputs, outputs, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm3d(outputs)
        self.relu = nn.ReLU()
        self.pool = nn.MaxPool3d(2)

    def forward(self, x):
        return self.pool(self.relu(self.norm(self.conv(x))))


class FatNet(nn.Module):
    """From Hounsfield units [N, 1, 64, 64, 64] to a percentage [N, 1]."""

    def __init__(self):
        super().__init__()
        # What lies beyond fat and muscle, air and bone, is cut off as by a
        # radiologist's soft-tissue window: it would drown their difference.
        self.window = nn.Hardtanh(-2.0, 2.0)
        self.block1 = Block(1, CHANNELS[0])
        self.block2 = Block(CHANNELS[0], CHANNELS[1])
        self.block3 = Block(CHANNELS[1], CHANNELS[2])
        self.block4 = Block(CHANNELS[2], CHANNELS[3])
        self.pool = nn.AdaptiveAvgPool3d(1)
        self.flatten = nn.Flatten()
        self.hidden = nn.Linear(CHANNELS[3], 64)
        self.relu = nn.ReLU()
        self.head = nn.Linear(64, 1)
        nn.init.constant_(self.head.bias, 20.0)  # a typical share

    def forward(self, hounsfield):
        # Scaling is part of the network, so that users feed it plain HU:
        # muscle (+50) becomes +1 and fat (-100) becomes -1.
        x = self.window((hounsfield - (-25.0)) / 75.0)
        x = self.block4(self.block3(self.block2(self.block1(x))))
        x = self.flatten(self.pool(x))
        return self.head(self.relu(self.hidden(x)))


def make_phantoms(first, count, say, what):
    """Returns volumes [count, 1, z, y, x] and fat shares [count, 1]."""
    # Whole HU fit 16 bits, which halves the memory that the set takes.
    volumes = np.empty((count, 1) + (phantom.SIZE,) * 3, np.int16)
    labels = np.empty((count, 1))
    for i in range(count):
        volumes[i, 0], labels[i] = phantom.make_phantom(first + i)
        if (i + 1) % 100 == 0 or i + 1 == count:
            say(f"made {i + 1} of {count} phantoms for {what}")
    return volumes, labels


def predict(function, model, volumes):
    """Applies one of common.in_float* to volumes one by one."""
    return np.concatenate([function(model, v[None].astype(np.float32))
                           for v in volumes])


def rmse(predictions, labels):
    return float(np.sqrt(np.mean(np.square(predictions - labels,
                                           dtype=np.float64))))


def run_epochs(model, volumes, labels, epochs, peak_rate, say):
    """Adam over mirrored copies, with one rise and fall of the learning rate."""
    steps = epochs * (len(volumes) // BATCH)
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=peak_rate, total_steps=steps, pct_start=0.2)
    rng = np.random.default_rng(SEED)

    for epoch in range(epochs):
        squares = []
        order = rng.permutation(len(volumes))
        for batch in order[:len(order) // BATCH * BATCH].reshape(-1, BATCH):
            # Mirroring a body along any axis keeps its fat share.
            mirrored = [axis for axis in (2, 3, 4) if rng.random() < 0.5]
            x = np.flip(volumes[batch], mirrored).astype(np.float32)
            error = model(torch.from_numpy(x)) - torch.from_numpy(
                labels[batch]).float()
            loss = error.square().mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            squares.append(loss.item())
        say(f"epoch {epoch + 1} of {epochs}: training RMSE "
            f"{np.sqrt(np.mean(squares)):.3f} %")


def train(model, volumes, labels, epochs, say):
    """Trains in two stages: `epochs` are the numbers of epochs in them.

    In the second stage the statistics of the batch-norms stay as they are. In a
    batch of eight they depend on who else is in it, and the network has learnt
    to allow for that, which is no help when volumes come one at a time.
    """
    # Channels-last doubles the speed of PyTorch's 3D convolutions on a CPU.
    model.to(memory_format=torch.channels_last_3d)
    say("stage 1: statistics of each batch")
    model.train()
    run_epochs(model, volumes, labels, epochs[0], PEAK_RATES[0], say)
    say("stage 2: fixed statistics")
    model.eval()
    run_epochs(model, volumes, labels, epochs[1], PEAK_RATES[1], say)
    model.to(memory_format=torch.contiguous_format)


def write_nifti(path, volume):
    """Writes a volume [z, y, x] as float32 .nii.gz; the same bytes each time.

    NIfTI stores i (our x) fastest, so the axes are turned round.
    """
    spacing = phantom.SPACING_MM
    image = nibabel.Nifti1Image(volume.transpose(2, 1, 0),
                                np.diag([spacing, spacing, spacing, 1.0]))
    image.header.set_xyzt_units("mm")
    image.header["descrip"] = b"Voxc CT phantom, Hounsfield units"
    path.write_bytes(gzip.compress(image.to_bytes(), 9, mtime=0))


def write_samples(folder, model, volumes, labels):
    """Writes the bundled phantoms and returns their rows for example.json."""
    folder.mkdir(parents=True, exist_ok=True)
    float32 = predict(common.in_float32, model, volumes)
    float64 = predict(common.in_float64, model, volumes)
    rows = ["file,fat_percent,pytorch_float32,pytorch_float64"]
    samples = []
    for i, volume in enumerate(volumes.astype(np.float32)):
        name = f"phantom-{i}"
        write_nifti(folder / f"{name}.nii.gz", volume[0])
        np.save(folder / f"{name}.expected.npy", float64[i:i + 1])
        rows.append(f"{name}.nii.gz,{labels[i, 0]:.9f},{float32[i, 0]:.9g},"
                    f"{float64[i, 0]:.15g}")
        samples.append({"input": f"samples/{name}.nii.gz",
                        "expected": f"samples/{name}.expected.npy",
                        "labels": [round(float(labels[i, 0]), 9)]})
    # The first one as a plain array too, with the model's own shape.
    np.save(folder / "phantom-0.npy", volumes[:1].astype(np.float32))
    (folder / "labels.csv").write_text("\n".join(rows) + "\n")
    return samples


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=pathlib.Path, default=HERE,
                        help="where to write (default: this folder)")
    parser.add_argument("--phantoms", type=int, default=320,
                        help="phantoms to train on (default: %(default)s)")
    parser.add_argument("--epochs", type=int, nargs=2, default=(4, 3),
                        help="passes over them in the two stages "
                        "(default: 4 3)")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)

    say = common.Progress()
    common.prepare(SEED)
    model = FatNet()
    training = make_phantoms(FIRST_TRAINING, options.phantoms, say, "training")
    train(model, *training, options.epochs, say)

    volumes, labels = make_phantoms(FIRST_HELD_OUT, HELD_OUT, say, "scoring")
    predictions = predict(common.in_float64, model, volumes)
    scores = {n: rmse(predictions[:n], labels[:n]) for n in (BUNDLED, HELD_OUT)}
    for count, score in scores.items():
        say(f"RMSE on {count} held-out phantoms: {score:.4f} % "
            f"(shares from {labels[:count].min():.1f} to "
            f"{labels[:count].max():.1f} %, deviation {labels[:count].std():.1f})")

    path = options.out / "model.onnx"
    first = volumes[:1].astype(np.float32)
    error = common.export(model, path, first, "volume", "fat_percent")
    say(f"wrote {path}: {path.stat().st_size} bytes, ONNX Runtime within "
        f"{error:.1e} of float64")
    common.describe_graph(path)

    samples = write_samples(options.out / "samples", model, volumes[:BUNDLED],
                            labels[:BUNDLED])
    flop = common.count_flop(model, first)
    float32_score = rmse(
        predict(common.in_float32, model, volumes[:BUNDLED]), labels[:BUNDLED])
    common.write_json(options.out / "example.json", {
        "name": "imf",
        "title": "intramuscular fat from a CT volume",
        "model": "model.onnx",
        "input": {"name": "volume", "shape": list(first.shape)},
        "output": {"name": "fat_percent", "shape": [1, 1]},
        "shapes": None,
        "scoring_shapes": None,
        "flop": flop,
        "metric": {"kind": "rmse", "unit": "%", "digits": 4,
                   "expected": scores[BUNDLED]},
        "samples": samples,
    })
    common.write_json(options.out / "score.json", {
        "metric": "rmse",
        "unit": "percent of muscle",
        "bundled": {"count": BUNDLED, "pytorch_float64": scores[BUNDLED],
                    "pytorch_float32": float32_score},
        "held_out": {"count": HELD_OUT, "pytorch_float64": scores[HELD_OUT],
                     "labels_deviation": float(labels.std())},
        "training": {"phantoms": options.phantoms, "epochs": list(options.epochs),
                     "seed": SEED, "threads": common.THREADS,
                     "cpu_seconds": round(say.cpu_seconds())},
        "versions": common.versions(),
    })
    say(f"done, {flop / 1e9:.3f} GFLOP per volume; "
        f"CPU time {say.cpu_seconds():.0f} s")


if __name__ == "__main__":
    main()
